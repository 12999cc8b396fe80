"""Every verdict on a mode comes with the reason that made it, and the two never disagree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Affected, Pedigree, Person, Sex, Verdict
from models.evidence import assess_variants, judge_modes
from models.evidence.family import family_of
from models.evidence.mode_reasons import REASONS, calls_of
from models.evidence.types import MODE_COLUMNS, Mode, VerdictCode
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing

GENOTYPE = st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1", "1", "0"])
PLACE = st.sampled_from(
    [("chr1", 1000), ("chrX", 30_000_000), ("chrX", 1_000_000), ("chrY", 10_000_000), ("chrM", 3243)]
)
AFFECTED = st.sampled_from(list(Affected))
SEX = st.sampled_from(list(Sex))


@settings(max_examples=300, deadline=None)
@given(
    PLACE,
    SEX,
    st.sampled_from(["0/1", "1/1", "1", "./1"]),
    st.lists(GENOTYPE, min_size=3, max_size=3),
    st.lists(AFFECTED, min_size=3, max_size=3),
    SEX,
    st.integers(0, 3),
    st.sampled_from([{}, {"depth_reads": 8}, {"gq_phred": 5}, {"depth_reads": 100, "alt_reads": 6}]),
)
def test_reasons_and_columns_reach_the_same_verdict(
    place, sex, proband, others, affected, sibling_sex, sequenced, facts
):
    names = ("mother", "father", "sibling")[:sequenced]
    people = (
        Person("proband", sex, Affected.AFFECTED, "father", "mother", "proband"),
        Person("mother", Sex.FEMALE, affected[0], sample="mother" if "mother" in names else ""),
        Person("father", Sex.MALE, affected[1], sample="father" if "father" in names else ""),
        Person("sibling", sibling_sex, affected[2], "father", "mother", "sibling" if "sibling" in names else ""),
    )
    calls = dict(zip(names, others, strict=False))
    case = a_case(a_variant(*place, "A", "C", proband=proband, **calls, **facts), pedigree=Pedigree("proband", people))
    frame, family = assess_variants(case, knowing()).frame, family_of(case)
    for mode, reasons in REASONS.items():
        assert reasons(calls_of(0, case, family), family).code == VerdictCode(int(frame[MODE_COLUMNS[mode]].iloc[0])), (
            mode
        )


def _judged(mode, pedigree=None, **facts):
    case = a_case(a_variant("chr1", 1000, "A", "C", **facts), pedigree=pedigree)
    return judge_modes(0, case, assess_variants(case, knowing()))[mode]


@pytest.mark.parametrize(
    ("mode", "facts", "verdict", "reason"),
    [
        (Mode.DE_NOVO, {"proband": "0/1", "mother": "0/1", "father": "0/0"}, Verdict.NOT_MET, "the mother carries it"),
        (
            Mode.DE_NOVO,
            {"proband": "0/1", "mother": "0/0", "father": "./."},
            Verdict.NOT_ASSESSABLE,
            "the father was not called here",
        ),
        (
            Mode.DOMINANT,
            {"proband": "0/1", "mother": "0/0", "father": "0/1"},
            Verdict.NOT_MET,
            "the unaffected father carries it",
        ),
        (
            Mode.HOMOZYGOUS_RECESSIVE,
            {"proband": "1/1", "mother": "0/1", "father": "0/0"},
            Verdict.NOT_ASSESSABLE,
            "the unaffected father does not carry it: a deletion or uniparental disomy?",
        ),
        (
            Mode.COMPOUND_HETEROZYGOUS,
            {"proband": "0/1", "mother": "0/1", "father": "0/0", "gene": "CFTR"},
            Verdict.NOT_MET,
            "no second hit in this gene",
        ),
    ],
)
def test_a_verdict_says_why(mode, facts, verdict, reason):
    judgement = _judged(mode, **facts)
    assert (judgement.verdict, judgement.reason) == (verdict, reason)


def test_parents_who_were_not_sequenced_are_the_reason():
    judgement = _judged(Mode.DE_NOVO, pedigree=a_single(), proband="0/1")
    assert judgement.reason == "the mother was not sequenced; the father was not sequenced"


def test_a_variant_that_left_the_funnel_has_no_verdicts():
    case = a_case(a_variant("chr1", 1000, "A", "C", proband="0/1", consequence="intron_variant"))
    assert judge_modes(0, case, assess_variants(case, knowing())) == {}

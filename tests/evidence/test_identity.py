"""SAFETY T16: wrong build, wrong sample, wrong parents are noticed before anything is ranked."""

from dataclasses import replace

import numpy as np
import pytest

from models.case import Affected, Assembly, Finding, Patient, Pedigree, Person, Severity, Sex
from models.evidence import check_identity
from models.evidence.build_markers import BUILD_MARKERS
from models.evidence.identity_kinship import MIN_PAIR_SITES
from models.evidence.identity_sex import MIN_X_SITES
from models.evidence.identity_siblings import MIN_CHROMOSOMES
from tests.builders import a_case, a_single, a_trio, a_variant
from tests.evidence.real_cases import BACKGROUNDS, background, table, trio


def _codes(case, severity=Severity.BLOCKING):
    return {f.code for f in check_identity(case) if f.severity is severity}


# On real trios --------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize("name", BACKGROUNDS)
def test_a_real_trio_is_accepted_even_with_a_chromosome_from_one_parent(name):
    case = trio(background(name), "CHILD", "FATHER", "MOTHER", BACKGROUNDS[name])
    assert _codes(case) == set()


@pytest.mark.shared
@pytest.mark.parametrize(("name", "chromosome"), [("bg03_imgag_trio2", "16"), ("bg04_imgag_trio3", "22")])
def test_uniparental_disomy_is_a_warning_and_names_the_missing_parent(name, chromosome):
    case = trio(background(name), "CHILD", "FATHER", "MOTHER", BACKGROUNDS[name])
    found = [f for f in check_identity(case) if f.code == f"possible-upd-chr{chromosome}"]
    assert [f.severity for f in found] == [Severity.WARNING]
    assert "without the father's copy" in found[0].sentence


@pytest.mark.shared
@pytest.mark.parametrize("name", BACKGROUNDS)
def test_parents_samples_exchanged_in_a_real_trio_are_found(name):
    case = trio(background(name), "CHILD", "MOTHER", "FATHER", BACKGROUNDS[name])
    assert _codes(case) == {"parents-swapped"}


@pytest.mark.shared
@pytest.mark.parametrize("name", BACKGROUNDS)
def test_a_child_exchanged_with_a_parent_is_found(name):
    father_as_child = trio(background(name), "FATHER", "CHILD", "MOTHER", BACKGROUNDS[name])
    assert {"unrelated-mother", "mendelian-errors"} <= _codes(father_as_child)
    sentence = next(f.sentence for f in check_identity(father_as_child) if f.code == "unrelated-mother")
    assert "patient and parent may be exchanged" in sentence


@pytest.mark.shared
def test_the_same_sample_as_child_and_father_is_found():
    case = trio(background("bg02_imgag_trio1"), "CHILD", "CHILD", "MOTHER", Sex.MALE)
    assert _codes(case) == {"duplicated-sample-father"}


@pytest.mark.shared
def test_a_mislabelled_sex_is_found():
    assert _codes(trio(background("bg02_imgag_trio1"), "CHILD", "FATHER", "MOTHER", Sex.FEMALE)) == {"wrong-sex"}
    assert _codes(trio(background("bg04_imgag_trio3"), "CHILD", "FATHER", "MOTHER", Sex.MALE)) == {"wrong-sex"}


@pytest.mark.shared
def test_one_parent_alone_is_checked_too():
    read = background("bg02_imgag_trio1")
    assert _codes(trio(read, "CHILD", "FATHER", "", Sex.MALE)) == set()
    assert _codes(trio(read, "FATHER", "", "MOTHER", Sex.MALE)) == {"unrelated-mother"}


@pytest.mark.shared
def test_a_real_trio_of_another_caller_on_grch37_is_accepted():
    case = trio(table("vcf_real/slivar_ashk-trio.vcf.gz"), "HG002", "HG003", "HG004", Sex.MALE)
    assert case.assembly is Assembly.GRCH37
    assert _codes(case) == set()


@pytest.mark.shared
@pytest.mark.parametrize(("name", "wrong"), [("bg02_imgag_trio1", Assembly.GRCH37), ("ashk", Assembly.GRCH38)])
def test_a_real_file_read_on_the_wrong_build_is_found(name, wrong):
    read = table("vcf_real/slivar_ashk-trio.vcf.gz") if name == "ashk" else background(name)
    case = a_case(pedigree=a_single())
    case = replace(case, variants=replace(read, facts=replace(read.facts, assembly=wrong)))
    assert "wrong-build" in _codes(case)


# Builds ---------------------------------------------------------------------------------------


def _markers(assembly, count):
    place = 1 if assembly is Assembly.GRCH37 else 2
    return [a_variant(m[0], m[place], m[3], m[4], proband="0/1") for m in BUILD_MARKERS[:count]]


def _on(assembly, *rows):
    case = a_case(*rows, pedigree=a_single())
    return replace(case, variants=replace(case.variants, facts=replace(case.variants.facts, assembly=assembly)))


@pytest.mark.parametrize(("count", "found"), [(2, False), (3, True), (4, True)])
def test_three_common_variants_at_their_place_on_the_other_build_contradict(count, found):
    assert ("wrong-build" in _codes(_on(Assembly.GRCH38, *_markers(Assembly.GRCH37, count)))) is found


def test_two_builds_in_one_file_are_found():
    mixed = [*_markers(Assembly.GRCH37, 4), *_markers(Assembly.GRCH38, 4)]
    assert "mixed-builds" in _codes(_on(Assembly.GRCH38, *mixed))


@pytest.mark.parametrize(("pos", "found"), [(248_956_421, False), (248_956_422, False), (248_956_423, True)])
def test_a_position_behind_the_end_of_its_chromosome_contradicts(pos, found):
    assert ("wrong-build" in _codes(_on(Assembly.GRCH38, a_variant("chr1", pos, "A", "C", proband="0/1")))) is found


def test_an_unknown_build_is_a_warning_with_the_likely_one():
    case = _on(Assembly.UNKNOWN, *_markers(Assembly.GRCH38, 5))
    assert _codes(case, Severity.WARNING) == {"assembly-likely"}
    assert any("state GRCh38" in f.sentence for f in check_identity(case))


def test_an_unknown_build_is_said_once():
    case = _on(Assembly.UNKNOWN, *_markers(Assembly.GRCH38, 2))
    assert _codes(case, Severity.WARNING) == {"assembly-unknown"}
    said = Finding("assembly-unknown", Severity.WARNING, "said by the intake")
    assert _codes(replace(case, findings=(said,)), Severity.WARNING) == set()


# Samples and people ---------------------------------------------------------------------------


def test_a_patient_who_is_no_sample_blocks():
    case = replace(
        a_case(a_variant("chr1", 1, "A", "C", proband="0/1")), pedigree=Pedigree("other", (Person("other"),))
    )
    assert "patient-not-in-file" in _codes(case)


def test_ranking_waits_when_a_parent_said_to_be_sequenced_is_not_in_the_file():
    case = a_case(a_variant("chr1", 1, "A", "C", proband="0/1"), pedigree=a_single())
    people = (replace(case.pedigree.people[0], father_id="f"), Person("f", Sex.MALE, sample="not-there"))
    case = replace(case, pedigree=Pedigree("proband", people))
    assert "sample-missing-father" in _codes(case)


# Made families --------------------------------------------------------------------------------


def _simulated(rng, *, autosomal=600, on_x=60, sex=Sex.FEMALE, frequency=0.5):
    """A trio whose genotypes are drawn by Mendel's rules from variants of one frequency."""
    rows = []
    for i in range(autosomal):
        mother, father = ((rng.random(2) < frequency).astype(int) for _ in range(2))
        child = (mother[rng.integers(2)], father[rng.integers(2)])
        rows.append((f"chr{1 + i % 22}", 1_000_000 + 1000 * i, child, mother, father))
    for i in range(on_x):
        mother, father = rng.integers(0, 2, 2), rng.integers(0, 2, 1)
        maternal = mother[rng.integers(2)]
        child = (maternal, father[0]) if sex is Sex.FEMALE else (maternal, maternal)
        rows.append(("chrX", 30_000_000 + 1000 * i, child, mother, (father[0], father[0])))
    texts = ["/".join(str(a) for a in sorted(g)) for row in rows for g in row[2:]]
    people = ("proband", "mother", "father")
    return [
        a_variant(row[0], row[1], "A", "C", **dict(zip(people, texts[3 * i : 3 * i + 3], strict=True)))
        for i, row in enumerate(rows)
    ]


@pytest.mark.parametrize("sex", [Sex.FEMALE, Sex.MALE])
def test_a_family_by_mendels_rules_raises_nothing(sex):
    case = a_case(*_simulated(np.random.default_rng(1), sex=sex), sex=sex)
    assert [f for f in check_identity(case) if f.severity is not Severity.NOTE] == []


def test_twins_are_a_warning_and_a_copied_parent_blocks():
    rows = [{**r, "twin": r["proband"]} for r in _simulated(np.random.default_rng(2))]
    twin = Person("twin", Sex.FEMALE, Affected.AFFECTED, "father", "mother", "twin")
    family = a_trio()
    case = a_case(*rows, pedigree=replace(family, people=(*family.people, twin)))
    assert "duplicated-sample-sibling" in _codes(case, Severity.WARNING)
    assert _codes(case) == set()


def _with_sibling(rows, sibling):
    member = Person("sibling", Sex.FEMALE, Affected.AFFECTED, "father", "mother", "sibling")
    family = a_trio()
    made = [{**r, "sibling": s["proband"]} for r, s in zip(rows, sibling, strict=True)]
    return a_case(*made, pedigree=replace(family, people=(*family.people, member)))


def test_a_siblings_sample_that_is_nobodys_child_is_found():
    rows = _simulated(np.random.default_rng(4))
    strangers_child = _simulated(np.random.default_rng(5))
    assert _codes(_with_sibling(rows, strangers_child)) == {"unrelated-sibling-mother", "unrelated-sibling-father"}


def _siblings_alone(rows, sibling):
    """Patient and sibling by the pedigree; their parents were not sequenced."""
    made = [
        {**{k: v for k, v in r.items() if k not in ("mother", "father")}, "sibling": s["proband"]}
        for r, s in zip(rows, sibling, strict=True)
    ]
    sib = Person("sibling", Sex.FEMALE, Affected.UNAFFECTED, "father", "mother", "sibling")
    people = (*a_trio(samples=("proband",)).people, sib)
    return a_case(*made, pedigree=Pedigree("proband", people))


def _child_again(rows, rng):
    """Another child of the same parents."""

    def inherited(row):
        return "/".join(sorted(row[parent].split("/")[rng.integers(2)] for parent in ("mother", "father")))

    return [{**row, "proband": inherited(row)} for row in rows]


def test_ranking_waits_for_a_sibling_who_is_a_stranger_by_genotype():
    rows = _simulated(np.random.default_rng(8), autosomal=1000, frequency=0.7)
    sibling = _child_again(rows, np.random.default_rng(9))
    stranger = _simulated(np.random.default_rng(10), autosomal=1000, frequency=0.7)
    assert _codes(_siblings_alone(rows, sibling)) == set()
    found = [f for f in check_identity(_siblings_alone(rows, stranger)) if f.severity is Severity.BLOCKING]
    assert [(f.code, f.people) for f in found] == [("unrelated-proband-sibling", ("proband", "sibling"))]


@pytest.mark.parametrize(("opposite", "stranger"), [(39, False), (40, True), (41, True)])
def test_siblings_are_strangers_from_a_fifth_of_opposite_homozygotes(opposite, stranger):
    rows = [
        a_variant(f"chr{1 + i % 20}", 1000 * i + 5, "A", "C", proband="1/1", sibling="0/0" if i < opposite else "1/1")
        for i in range(200)
    ]
    sib = Person("sibling", Sex.FEMALE, Affected.UNAFFECTED, "father", "mother", "sibling")
    case = a_case(*rows, pedigree=Pedigree("proband", (*a_trio(samples=("proband",)).people, sib)))
    assert ("unrelated-proband-sibling" in _codes(case)) is stranger


@pytest.mark.parametrize(("chromosomes", "judged"), [(MIN_CHROMOSOMES - 1, False), (MIN_CHROMOSOMES, True)])
def test_siblings_are_judged_only_when_most_chromosomes_were_seen(chromosomes, judged):
    rows = [
        a_variant(f"chr{1 + i % chromosomes}", 1000 * i + 5, "A", "C", proband="1/1", sibling="0/0")
        for i in range(20 * chromosomes)
    ]
    sib = Person("sibling", Sex.FEMALE, Affected.UNAFFECTED, "father", "mother", "sibling")
    case = a_case(*rows, pedigree=Pedigree("proband", (*a_trio(samples=("proband",)).people, sib)))
    assert ("unrelated-proband-sibling" in _codes(case)) is judged
    assert ("relatedness-not-assessable-sibling" in _codes(case, Severity.NOTE)) is not judged


@pytest.mark.shared
@pytest.mark.parametrize("name", BACKGROUNDS)
def test_two_real_strangers_declared_siblings_are_found(name):
    read = background(name)
    people = (
        Person("one", Sex.MALE, Affected.AFFECTED, "dad", "mum", "FATHER"),
        Person("other", Sex.FEMALE, Affected.UNAFFECTED, "dad", "mum", "MOTHER"),
    )
    case = replace(trio(read, "FATHER", "", "", Sex.MALE), pedigree=Pedigree("one", people))
    assert "unrelated-proband-sibling" in _codes(case)


def test_twins_do_not_hide_a_wrong_parent():
    rows, others = _simulated(np.random.default_rng(6)), _simulated(np.random.default_rng(7))
    wrong_mother = [{**r, "mother": o["mother"]} for r, o in zip(rows, others, strict=True)]
    case = _with_sibling(wrong_mother, wrong_mother)
    assert "duplicated-sample-sibling" in _codes(case, Severity.WARNING)
    assert "unrelated-mother" in _codes(case)


@pytest.mark.parametrize(("sites", "decided"), [(MIN_X_SITES - 1, False), (MIN_X_SITES, True), (MIN_X_SITES + 1, True)])
def test_sex_is_judged_from_twenty_x_sites_on(sites, decided):
    autosomal = [a_variant("chr1", 1000 * i + 5, "A", "C", proband="0/1") for i in range(200)]
    on_x = [a_variant("chrX", 30_000_000 + i * 50, "A", "C", proband="1/1") for i in range(sites)]
    case = a_case(*autosomal, *on_x, pedigree=a_single(Sex.FEMALE))
    assert ("wrong-sex" in _codes(case)) is decided
    assert ("sex-not-assessable-proband" in _codes(case, Severity.NOTE)) is not decided


@pytest.mark.parametrize(
    ("heterozygous", "read"), [(35, Sex.MALE), (36, Sex.UNKNOWN), (64, Sex.UNKNOWN), (65, Sex.FEMALE)]
)
def test_the_share_of_heterozygous_x_sites_decides_the_sex(heterozygous, read):
    autosomal = [a_variant("chr1", 1000 * i + 5, "A", "C", proband="0/1") for i in range(200)]
    on_x = [
        a_variant("chrX", 30_000_000 + i * 50, "A", "C", proband="0/1" if i < heterozygous else "1/1")
        for i in range(100)
    ]
    for stated in (Sex.MALE, Sex.FEMALE):
        case = a_case(*autosomal, *on_x, pedigree=a_single(stated))
        assert ("wrong-sex" in _codes(case)) is (read is not Sex.UNKNOWN and read is not stated)


def test_a_patient_without_a_stated_sex_is_told_what_the_sample_looks_like():
    rows = [a_variant("chr1", 1000 * i + 5, "A", "C", proband="0/1") for i in range(200)]
    rows += [a_variant("chrX", 30_000_000 + i * 50, "A", "C", proband="1/1") for i in range(30)]
    case = a_case(*rows, pedigree=a_single(Sex.UNKNOWN), sex=Sex.UNKNOWN)
    assert any("looks male" in f.sentence for f in check_identity(case) if f.code == "sex-not-stated")
    assert "sex-not-stated" not in _codes(a_case(*rows, pedigree=a_single(Sex.MALE)), Severity.WARNING)


@pytest.mark.parametrize(("opposite", "stranger"), [(9, False), (10, True), (11, True)])
def test_a_parent_is_a_stranger_from_a_tenth_of_opposite_homozygotes(opposite, stranger):
    rows = [
        a_variant("chr1", 1000 * i + 5, "A", "C", proband="1/1", mother="0/0" if i < opposite else "1/1", father="0/1")
        for i in range(100)
    ]
    assert ("unrelated-mother" in _codes(a_case(*rows))) is stranger


@pytest.mark.parametrize(("sites", "judged"), [(MIN_PAIR_SITES - 1, False), (MIN_PAIR_SITES, True)])
def test_relatedness_is_judged_from_fifty_homozygous_sites_on(sites, judged):
    rows = [a_variant("chr1", 1000 * i + 5, "A", "C", proband="1/1", mother="0/0", father="0/1") for i in range(sites)]
    case = a_case(*rows)
    assert ("unrelated-mother" in _codes(case)) is judged
    assert ("relatedness-not-assessable-mother" in _codes(case, Severity.NOTE)) is not judged


def test_no_sentence_names_a_sample():
    rows = [
        {
            **{k: v for k, v in r.items() if k not in ("mother", "father")},
            "ANNA-DOE": r["father"],
            "JOHN-DOE": r["mother"],
        }
        for r in _simulated(np.random.default_rng(3))
    ]
    people = (
        Person("proband", Sex.MALE, Affected.AFFECTED, "f", "m", "proband"),
        Person("m", Sex.FEMALE, sample="ANNA-DOE"),
        Person("f", Sex.MALE, sample="JOHN-DOE"),
    )
    case = replace(a_case(*rows, pedigree=Pedigree("proband", people)), patient=Patient("X", Sex.MALE))
    findings = check_identity(case)
    assert findings
    assert not any("DOE" in f.sentence or "DOE" in f.code for f in findings)

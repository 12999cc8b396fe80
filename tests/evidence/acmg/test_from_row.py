"""Facts of a ranked row: the file's own words, the family's genotypes, MANE on the right assembly only."""

from dataclasses import replace

import pytest

from models.case import (
    Affected,
    Assembly,
    Finding,
    Found,
    NotAssessed,
    Pedigree,
    Person,
    Severity,
    Sex,
    State,
    Verdict,
    Zygosity,
)
from models.evidence import assess_variants
from models.evidence.acmg import pm2, pp3
from models.evidence.acmg.from_row import facts_of_row
from models.evidence.acmg.protein_name import ProteinKind
from models.evidence.types import GenePhenotype
from tests.builders import a_case, a_table, a_trio, a_variant
from tests.knowledge.real import knowledge

MANE_PAH = "NM_000277.3"


def a_stop(**more):
    """PAH p.Trp187Ter, in the patient alone."""
    told = {
        "gene": "PAH", "transcript": MANE_PAH, "consequence": "stop_gained", "hgvs_c": "c.561G>A",
        "hgvs_p": "p.Trp187Ter", "af_fraction": None, "proband": "0/1", "mother": "0/0", "father": "0/0",
    }  # fmt: skip
    return a_variant("chr12", 102_855_281, "C", "T", **(told | more))


def facts(*rows, row=0, assembly=Assembly.GRCH38, pedigree=None, **more):
    case = a_case(*rows, pedigree=pedigree)
    if assembly is not Assembly.GRCH38:
        samples = [p.sample for p in case.pedigree.people if p.sample]
        case = replace(case, variants=a_table(*rows, samples=samples, assembly=assembly))
    return facts_of_row(row, case, assess_variants(case, knowledge()), knowledge(), **more)


def test_the_files_words_and_manes_place_are_facts():
    found = facts(a_stop())
    assert (found.gene, found.transcript, found.protein.value.kind) == ("PAH", MANE_PAH, ProteinKind.NONSENSE)
    assert found.place.value.residues == (187, 187)
    assert found.consequences.value == {"stop_gained"}


def test_absent_found_and_never_looked_up_stay_three_things():
    absent = facts(a_stop())
    seen = facts(a_stop(af_fraction=0.001, allele_count=3.0, allele_number=3000.0, homozygote_count=1.0))
    never = facts({k: v for k, v in a_stop().items() if k != "af_fraction"})
    assert [type(f.frequency.highest_fraction).__name__ for f in (absent, seen, never)] == [
        "Absent", "Found", "NotAssessed",
    ]  # fmt: skip
    assert seen.frequency.homozygotes == Found(1, seen.frequency.homozygotes.source)
    assert isinstance(never.predictors.revel, NotAssessed)


def test_on_grch37_a_place_is_known_only_from_a_name_of_manes_transcript():
    on_37 = facts(a_stop(), assembly=Assembly.GRCH37)
    other = facts(a_stop(transcript="NM_999999.1"), assembly=Assembly.GRCH37)
    assert on_37.place.value.residues == (187, 187)
    assert isinstance(other.place, NotAssessed)


def test_a_consequence_without_a_protein_name_still_tells_the_kind():
    found = facts(a_stop(hgvs_p=None))
    assert (found.protein.value.kind, found.protein.value.first) == (ProteinKind.NONSENSE, 187)


def test_without_annotation_length_and_place_tell_what_they_can():
    bare = a_variant("chr12", 102_852_850, "GA", "G", gene="PAH", proband="0/1", mother="0/0", father="0/0")
    found = facts(bare)
    assert found.protein.value.kind is ProteinKind.FRAMESHIFT
    assert found.consequences.value == {"frameshift_variant"}


def test_a_deletion_that_its_name_moves_away_from_the_donor_leaves_it_intact():
    row = a_stop(hgvs_c="c.60+5_60+9del", hgvs_p=None, consequence="splice_region_variant")
    deletion = {**row, "pos_1based": 102_917_067, "ref": "ACACAC", "alt": "A"}
    assert facts(deletion).place.value.splice_sites == ()


def test_a_trio_tells_de_novo_and_its_parents():
    found = facts(a_stop()).family
    assert found.de_novo is Verdict.MET and found.zygosity.value is Zygosity.HETEROZYGOUS
    assert found.parentage is Verdict.MET


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("unrelated-father", Verdict.NOT_MET),
        ("mendelian-errors", Verdict.NOT_MET),
        ("relatedness-not-assessable-mother", Verdict.NOT_ASSESSABLE),
        ("assembly-likely", Verdict.MET),
    ],
)
def test_parents_are_confirmed_only_when_the_checks_found_nothing(code, expected):
    finding = Finding(code, Severity.WARNING, "a sentence")
    assert facts(a_stop(), findings=(finding,)).family.parentage is expected


def test_a_carrier_mother_is_named_as_the_reason():
    found = facts(a_stop(mother="0/1")).family
    assert found.de_novo is Verdict.NOT_MET and "mother" in found.de_novo_reason


def test_relatives_count_by_status_and_genotype():
    family = a_trio()
    siblings = tuple(
        Person(f"s{i}", Sex.MALE, status, "father", "mother", f"s{i}")
        for i, status in enumerate((Affected.AFFECTED, Affected.AFFECTED, Affected.UNAFFECTED, Affected.UNKNOWN))
    )
    pedigree = Pedigree(family.proband_id, (*family.people, *siblings))
    found = facts(a_stop(s0="0/1", s1="0/0", s2="1/1", s3="0/1", mother="0/1"), pedigree=pedigree).family
    counts = (found.affected_carriers, found.affected_without, found.unaffected_carriers, found.unaffected_homozygotes)
    assert counts == (1, 1, 2, 1)


def test_the_second_hit_comes_with_its_own_class_and_phase():
    one = a_stop(mother="0/1")
    other = a_stop(father="0/1", clinvar_significance="Pathogenic", clinvar_stars=2.0, hgvs_c="c.1222C>T")
    other |= {
        "pos_1based": 102_840_493,
        "ref": "G",
        "alt": "A",
        "consequence": "missense_variant",
        "hgvs_p": "p.Arg408Trp",
    }
    found = facts(other, one, row=1).family.partner
    assert isinstance(found, Found)
    assert (found.value.phase, found.value.clinvar_class, found.value.stars) == ("in trans", "P", 2)


def test_the_variants_own_class_changes_no_fact():
    own = {"clinvar_significance": "Pathogenic", "clinvar_stars": 4.0, "clinvar_id": "102736"}
    assert facts(a_stop(**own)) == facts(a_stop())


@pytest.mark.parametrize(("explained", "fits"), [(1, False), (2, True), (3, True)])
def test_a_gene_that_explains_half_of_the_features_fits(explained, fits):
    match = GenePhenotype("PAH", State.FOUND, 1.0, 0.9, explained=explained, asked=4)
    assert facts(a_stop(), match=match).family.phenotype_fits is fits


@pytest.mark.parametrize(("score", "met"), [(0.643, False), (0.644, True), (0.645, True)])
def test_a_score_exactly_at_its_limit_reaches_it_through_the_files_columns(score, met):
    row = a_stop(consequence="missense_variant", hgvs_p="p.Trp187Arg", revel_score=score, spliceai_delta_max=0.0)
    found = facts({**row, "alt": "G"})
    assert found.predictors.revel.value == score
    assert (pp3.CRITERION(found).verdict is Verdict.MET) is met


@pytest.mark.parametrize(("fraction", "met"), [(0.00011, False), (0.0001, True), (0.00009, True)])
def test_a_frequency_exactly_at_its_limit_reaches_it_through_the_files_columns(fraction, met):
    found = facts(a_stop(af_fraction=fraction))
    assert (pm2.CRITERION(found).verdict is Verdict.MET) is met

"""Facts about the chosen variant: missing is said, never shown as zero."""

from dataclasses import replace
from typing import Any

import pytest

from components.candidate import gather
from components.drawing import words
from components.evidence_panel import evidence_tree, family_tree, heading_tree, inheritance_sentence, phenotype_tree
from models.case import Affected, Pedigree
from models.evidence import assess_variants
from tests.builders import a_case, a_trio, a_variant
from tests.builders_workup import a_workup, with_hand_made_matches
from tests.evidence.fakes import knowing

SCN1A, GBA1, UNKNOWN = 0, 1, 7


@pytest.fixture(autouse=True)
def _matches(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)


def test_a_predictor_that_the_file_does_not_bring_is_not_assessed() -> None:
    said = words(evidence_tree(gather(a_workup(), SCN1A)))
    assert "REVEL 0.98" in said
    assert "SpliceAI Δ max not assessed" in said


def test_absent_from_gnomad_is_not_called_zero() -> None:
    assert "gnomAD, everyone not seen in gnomAD" in words(evidence_tree(gather(a_workup(), SCN1A)))


def test_a_frequency_comes_with_its_counts() -> None:
    assert "AF 1.2e-05 (3/251,000, 0 hom)" in words(evidence_tree(gather(a_workup(), GBA1)))


def test_clinvar_comes_with_its_review_stars_in_words() -> None:
    assert "Pathogenic ★★☆☆ (2 of 4 stars)" in words(evidence_tree(gather(a_workup(), SCN1A)))


def test_each_block_names_who_answered_with_release_and_date() -> None:
    workup = a_workup()
    told = {
        "af_fraction": "gnomAD exomes 4.1 of 2024-04-19 (installed); else INFO/gnomAD_AF",
        "clinvar_significance": "ClinVar 2026-11-10 (installed)",
        "revel_score": "REVEL 1.3 of 2021-05-03 (installed)",
        "cadd_phred": "INFO/CADD",
    }
    facts = replace(workup.case.variants.facts, brought=told)
    case = replace(workup.case, variants=replace(workup.case.variants, facts=facts))
    said = words(evidence_tree(gather(replace(workup, case=case), SCN1A)))
    assert "Source gnomAD exomes 4.1 of 2024-04-19 (installed); else INFO/gnomAD_AF" in said
    assert "Source INFO/CADD; REVEL 1.3 of 2021-05-03 (installed)" in said
    assert "Source ClinVar 2026-11-10 (installed)" in said


def test_a_learner_sees_neither_clinvar_nor_the_rank_of_a_second_hit() -> None:
    candidate = gather(a_workup(), GBA1)
    assert "ClinVar" not in words(evidence_tree(candidate, blind=True))
    assert "rank" not in words(family_tree(candidate, blind=True)) + words(heading_tree(candidate, with_rank=False))


def test_the_inheritance_sentence_names_what_each_parent_carries() -> None:
    said = inheritance_sentence(gather(a_workup(), SCN1A))
    assert said.startswith("De novo") and "mother 0/0" in said and "father 0/0" in said


def test_a_compound_heterozygote_names_the_other_hit_and_its_phase() -> None:
    assert "second hit at rank 3, phase in trans" in inheritance_sentence(gather(a_workup(), GBA1))


def _as(workup: Any, row: int, **facts: Any) -> Any:
    """The same work-up with other evidence about one row."""
    frame = workup.evidence.frame.astype(dict.fromkeys(facts, object))
    for name, value in facts.items():
        frame.loc[row, name] = value
    return replace(workup, evidence=replace(workup.evidence, frame=frame))


def test_two_changes_on_one_copy_are_not_called_a_second_hit() -> None:
    said = inheritance_sentence(gather(_as(a_workup(), GBA1, partner_phase="in cis"), GBA1))
    assert "the other change at rank 3 lies on the same copy, in cis: not a second hit" in said


def test_one_pathogenic_copy_in_a_recessive_gene_is_called_a_carrier_finding_but_not_to_a_learner() -> None:
    one_copy = {"clinvar_class": "P", "partner_row": -1, "partner_phase": "", "best_mode": "dominant"}
    candidate = gather(_as(a_workup(), GBA1, **one_copy), GBA1)
    assert inheritance_sentence(candidate).startswith("Carrier finding: one copy of a pathogenic variant")
    assert "GBA1 is recessive" in inheritance_sentence(candidate)
    assert "arrier" not in inheritance_sentence(candidate, blind=True)


def test_a_parent_without_a_call_is_not_a_parent_without_the_variant() -> None:
    assert "mother ./." in inheritance_sentence(gather(a_workup(), UNKNOWN))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            Affected.UNKNOWN,
            "Not assessable as dominant (the father carries it, and whether affected is not known); "
            "mother 0/0, father 0/1.",
        ),
        (Affected.UNAFFECTED, "Fits no mode of inheritance here; mother 0/0, father 0/1."),
    ],
)
def test_a_carrier_parent_of_unknown_status_leaves_dominant_open(status: Affected, said: str) -> None:
    people = a_trio().people
    family = Pedigree("proband", (*people[:2], replace(people[2], affected=status)))
    raf1 = a_variant("chr3", 12_591_708, "C", "A", gene="RAF1", proband="0/1", mother="0/0", father="0/1")
    other = a_variant("chr9", 5_000, "C", "A", gene="OTHER", consequence="missense_variant", proband="0/1")
    case = a_case({**raf1, "consequence": "missense_variant"}, other, pedigree=family)
    evidence = assess_variants(case, knowing(RAF1="AD"))
    assert inheritance_sentence(gather(replace(a_workup(), case=case, evidence=evidence), 0)) == said


def test_each_feature_of_the_patient_is_matched_unexplained_or_excluded_in_words() -> None:
    said = words(phenotype_tree(gather(a_workup(), SCN1A)))
    assert "Seizure ● exact" in said and "very frequent" in said
    assert "Status epilepticus – unexplained" in said and "not Microcephaly ✓ excluded, agrees" in said


def test_without_terms_the_phenotype_panel_says_how_to_add_them() -> None:
    assert "Add the patient's features" in words(phenotype_tree(gather(a_workup(terms=()), SCN1A)))


def test_a_variant_in_no_gene_says_that_nothing_can_be_matched() -> None:
    assert "in no gene" in words(phenotype_tree(gather(a_workup(), UNKNOWN)))

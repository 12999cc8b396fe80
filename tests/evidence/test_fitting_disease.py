"""The disease named beside a gene is one that the genotype can cause."""

from typing import Any

import pytest

from models.case import Phenotype, Term
from models.evidence import explain_gene, fitting_diseases
from models.evidence.types import VerdictCode
from tests.knowledge.real import knowledge

DEAF = Phenotype((Term("HP:0000407", "Sensorineural hearing impairment"),))


def a_row(mode: str, *, pair: VerdictCode = VerdictCode.NOT_MET, phase: str = "") -> dict[str, Any]:
    return {"best_mode": mode, "compound_heterozygous": int(pair), "partner_phase": phase}


def named(gene: str, facts: dict[str, Any], phenotype: Phenotype = DEAF) -> str:
    return next((disease for disease, _ in fitting_diseases(gene, facts, phenotype, knowledge())), "")


RECESSIVE, DOMINANT = "OMIM:220290", "OMIM:601544"


# Fits a dominant disease of GJB2 best, whose inheritance Orphanet's annotation leaves out.
KNUCKLE_PADS = Phenotype((Term("HP:0008527", "Congenital sensorineural hearing impairment"),))


@pytest.mark.parametrize("phenotype", [DEAF, KNUCKLE_PADS])
def test_a_disease_of_unstated_inheritance_gives_way_to_one_that_agrees(phenotype: Phenotype) -> None:
    assert named("GJB2", a_row("recessive, homozygous"), phenotype) == RECESSIVE


@pytest.mark.parametrize("mode", ["recessive, homozygous", "recessive, compound heterozygous"])
def test_two_copies_in_gjb2_name_the_recessive_deafness(mode: str) -> None:
    assert named("GJB2", a_row(mode)) == RECESSIVE


@pytest.mark.parametrize("mode", ["dominant", "de novo", ""])
def test_one_copy_in_gjb2_never_names_the_recessive_deafness_alone(mode: str) -> None:
    assert named("GJB2", a_row(mode)) == DOMINANT


def test_a_pair_of_unknown_phase_leaves_both_open() -> None:
    both = a_row("dominant", pair=VerdictCode.NOT_ASSESSABLE, phase="unknown")
    assert named("GJB2", both) in {RECESSIVE, DOMINANT}


def test_two_diseases_that_fit_alike_are_both_named() -> None:
    ids = ("0002373", "0006813", "0002133", "0032794", "0002069", "0001251", "0000750", "0011198")
    dravet = Phenotype(tuple(Term(f"HP:{i}", "") for i in ids))
    told = [disease for disease, _ in fitting_diseases("SCN1A", a_row("de novo"), dravet, knowledge())]
    assert set(told) == {"OMIM:619317", "OMIM:607208"}  # DEE 6B, and Dravet syndrome


def test_a_disease_whose_inheritance_nobody_states_stays_when_it_fits_best() -> None:
    ids = ("0001268", "0001350", "0002018", "0002069", "0002104", "0002131", "0002172", "0002266", "0002315", "0002321")
    self_limited = Phenotype(tuple(Term(f"HP:{i}", "") for i in ids))
    assert named("SCN2A", a_row("de novo"), self_limited) == "ORPHA:140927"


def test_a_gene_without_annotated_disease_names_none() -> None:
    assert named("OR4F5", a_row("dominant")) == ""


def test_the_features_are_compared_with_the_disease_named() -> None:
    match = explain_gene(DEAF, "GJB2", knowledge(), RECESSIVE)[0]
    assert (match.disease_id, match.kind) == (RECESSIVE, "exact")

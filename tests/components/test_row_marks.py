"""The marks of a list row: only what tells one variant from another."""

from dataclasses import replace
from typing import Any

import pytest

from components.row_marks import family_speaks, mode_chip, second_hit_rank
from models.case import Affected, Pedigree, Person
from tests.builders import a_case, a_trio, a_variant
from tests.evidence.fakes import knowing

GENES = knowing(GBA1="AR", SCN1A="AD").genes


def a_row(**more: Any) -> dict[str, Any]:
    plain = {
        "gene": "SCN1A", "best_mode": "dominant", "zygosity": "heterozygous", "clinvar_class": "",
        "partner_row": -1, "partner_phase": "",
    }  # fmt: skip
    return {**plain, **more}


def test_dominant_is_not_said_of_every_heterozygote_of_a_patient_seen_alone() -> None:
    assert mode_chip(a_row(), GENES, family_speaks=False) == ""
    assert mode_chip(a_row(), GENES, family_speaks=True) == "dominant"


@pytest.mark.parametrize(
    ("mode", "chip"), [("de novo", "de novo"), ("recessive, homozygous", "recessive, hom"), ("X-linked", "X-linked")]
)
def test_what_one_genotype_shows_by_itself_is_said_of_a_patient_seen_alone(mode: str, chip: str) -> None:
    assert mode_chip(a_row(best_mode=mode), GENES, family_speaks=False) == chip


def test_a_variant_in_no_gene_has_no_mode() -> None:
    assert mode_chip(a_row(gene="", best_mode="de novo"), GENES, family_speaks=True) == ""


def test_one_pathogenic_copy_in_a_recessive_gene_is_called_a_carrier_finding() -> None:
    row = a_row(gene="GBA1", clinvar_class="P")
    assert mode_chip(row, GENES, family_speaks=True) == "carrier"
    assert mode_chip(row, GENES, family_speaks=True, blind=True) == "dominant"


def test_two_changes_on_one_copy_are_not_marked_as_a_second_hit() -> None:
    ranks = {7: 3}
    assert second_hit_rank(a_row(partner_row=7, partner_phase="in trans"), ranks) == 3
    assert second_hit_rank(a_row(partner_row=7, partner_phase="unknown"), ranks) == 3
    assert second_hit_rank(a_row(partner_row=7, partner_phase="in cis"), ranks) is None
    assert second_hit_rank(a_row(), ranks) is None


def test_a_family_speaks_when_a_relative_of_known_status_was_sequenced() -> None:
    variant = a_variant("chr2", 100, "A", "C", proband="0/1", mother="0/0", father="0/0")
    assert family_speaks(a_case(variant, pedigree=a_trio()))
    unknown = Pedigree("proband", tuple(replace(p, affected=Affected.UNKNOWN) for p in a_trio().people))
    assert not family_speaks(a_case(variant, pedigree=unknown))
    alone = Pedigree("proband", (Person("proband", sample="proband"),))
    assert not family_speaks(a_case(variant, pedigree=alone))

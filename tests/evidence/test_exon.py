"""Which exon or intron a variant lies in: as the file numbers it, else counted on MANE, else not assessed."""

from dataclasses import replace

import pytest

from models.case import Assembly
from models.evidence.exon import NOT_ASSESSED, ON_MITOCHONDRION, OUTSIDE, exon_words
from models.knowledge.types import TranscriptModel
from tests.builders import a_case, a_variant

EXONS = ((100, 110), (200, 210), (300, 310))
FORWARD = TranscriptModel("GENE", "chr1", "+", "NM_1.1", "ENST1.1", "MANE Select", EXONS, 105, 305)
BACKWARD = TranscriptModel("GENE", "chr1", "-", "NM_1.1", "ENST1.1", "MANE Select", EXONS, 105, 305)


def said(model: TranscriptModel | None = None, pos: int = 100, ref: str = "A", alt: str = "C", **facts: str) -> str:
    return exon_words(a_case(a_variant("1", pos, ref, alt, proband="0/1", **facts)), 0, model)


@pytest.mark.parametrize(
    ("facts", "want"),
    [
        ({"exon": "26/29"}, "exon 26 of 29"),
        ({"intron": "3/28"}, "intron 3 of 28"),
        ({"exon": "3-5/12"}, "exons 3 to 5 of 12"),
        ({"exon": "3/12", "intron": "3/11"}, "exon 3 of 12 and intron 3 of 11"),
        ({"exon": "3/12", "consequence": "splice_donor_variant&intron_variant"}, "intron 3 of 12"),
        ({"exon": "3", "consequence": "missense_variant"}, "exon 3 (of how many the file does not say)"),
        ({"exon": "third"}, NOT_ASSESSED),
        ({}, NOT_ASSESSED),
    ],
)
def test_the_annotators_numbers_are_told_of_its_own_transcript(facts: dict[str, str], want: str) -> None:
    assert said(transcript="ENST7.1", **facts) == want


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "forward", "backward"),
    [
        (100, "A", "C", "exon 1 of 3", "exon 3 of 3"),
        (110, "A", "C", "exon 1 of 3", "exon 3 of 3"),
        (111, "A", "C", "intron 1 of 2", "intron 2 of 2"),
        (199, "A", "C", "intron 1 of 2", "intron 2 of 2"),
        (110, "A", "AC", "exon 1 of 3 and intron 1 of 2", "exon 3 of 3 and intron 2 of 2"),
        (110, "AC", "A", "intron 1 of 2", "intron 2 of 2"),
        (109, "AC", "A", "exon 1 of 3", "exon 3 of 3"),
        (205, "A" * 100, "A", "exons 2 to 3 of 3 and intron 2 of 2", "exons 1 to 2 of 3 and intron 1 of 2"),
        (99, "A", "C", OUTSIDE, OUTSIDE),
        (311, "A", "C", OUTSIDE, OUTSIDE),
    ],
)
def test_without_them_exons_are_counted_on_mane_along_the_transcript(
    pos: int, ref: str, alt: str, forward: str, backward: str
) -> None:
    for model, want in ((FORWARD, forward), (BACKWARD, backward)):
        assert said(model, pos, ref, alt, transcript="NM_1.1") == f"{want} (counted on MANE)"
    assert said(FORWARD, pos, ref, alt, transcript="ENST1.1") == f"{forward} (counted on MANE)"


def test_another_transcript_than_the_genes_mane_is_not_counted_on_it() -> None:
    assert said(FORWARD, transcript="NM_1.2") == NOT_ASSESSED
    assert said(None, transcript="NM_1.1") == NOT_ASSESSED


def test_mane_is_not_asked_about_positions_of_another_build() -> None:
    here = a_case(a_variant("1", 100, "A", "C", proband="0/1", transcript="NM_1.1"))
    facts = replace(here.variants.facts, assembly=Assembly.GRCH37)
    case = replace(here, variants=replace(here.variants, facts=facts))
    assert exon_words(case, 0, FORWARD) == NOT_ASSESSED


def test_mitochondrial_dna_has_no_introns() -> None:
    assert exon_words(a_case(a_variant("MT", 3243, "A", "G", proband="0/1")), 0, None) == ON_MITOCHONDRION

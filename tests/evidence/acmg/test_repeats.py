"""A tandem repeat is a run of one unit over at least 25 bases of the reference."""

import pytest

from models.case import Allele, Assembly, NotAssessed
from models.evidence.acmg.repeats import in_tandem_repeat, repeat_at
from tests.knowledge.effects.toy import Sequence

LEFT, RIGHT = (
    "ACGTTGCAGTACCATGGTTACAGCATCGGATCTTAGCCATGACGTTCAGATCAACGTGGTACT",
    "TATTACATGCCGTAACTGGCATTCAGGTCCTATAGCAGTTCGATCGTAACCGTTAGGCATCAG",
)


def a_deletion(run: str, unit: str) -> bool | None:
    """Of one unit at the start of `run`, which lies between bases that repeat nothing."""
    text = LEFT + run + RIGHT
    at = len(LEFT)
    allele = Allele(Assembly.GRCH38, "1", at, text[at - 1] + unit, text[at - 1])
    return in_tandem_repeat(allele, Sequence(text, "1", 1))


@pytest.mark.parametrize(("copies", "expected"), [(1, False), (2, False), (8, False), (9, True), (12, True)])
def test_a_run_of_a_triplet_is_a_repeat_from_twenty_five_bases_on(copies, expected):
    assert a_deletion("GCC" * copies, "GCC") is expected


@pytest.mark.parametrize(("length", "expected"), [(24, False), (25, True), (26, True)])
def test_exactly_twenty_five_equal_bases_are_one(length, expected):
    assert a_deletion("A" * length, "AAA") is expected


def test_a_repeat_elsewhere_does_not_count():
    assert (
        in_tandem_repeat(Allele(Assembly.GRCH38, "1", 20, LEFT[19:23], LEFT[19]), Sequence(LEFT + "GCC" * 12, "1", 1))
        is False
    )


def test_a_substitution_and_unknown_bases_are_no_answer():
    assert in_tandem_repeat(Allele(Assembly.GRCH38, "1", 5, "T", "G"), Sequence(LEFT, "1", 1)) is None
    assert in_tandem_repeat(Allele(Assembly.GRCH38, "1", 5, "TGC", "T"), Sequence("", "1", 1)) is None


def test_without_a_reference_of_its_assembly_it_is_not_assessed():
    allele = Allele(Assembly.GRCH38, "1", 5, "TGC", "T")
    assert isinstance(repeat_at(allele, ()), NotAssessed)
    assert isinstance(repeat_at(None, ()), NotAssessed)

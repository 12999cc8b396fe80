"""The 64-bit key: it sorts as positions do, spells short alleles out, and is none where nothing is looked up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Kind
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.positions.key import KINDS, MOST_SPELLED, POSITION_END, is_hashed, keys_of, spelled
from tests.knowledge.positions.tables import alleles

contigs = st.sampled_from(CONTIGS[1:])
positions = st.integers(1, POSITION_END - 1)


def key_of(*variant):
    return keys_of(alleles([variant])).key[0]


@given(contigs, positions, st.text("ACGT", min_size=1, max_size=8), st.text("ACGT", min_size=1, max_size=3))
def test_a_short_allele_can_be_read_back_from_its_key(chrom, pos, ref, alt):
    keyed = keys_of(alleles([(chrom, pos, ref, alt)]))
    every = np.arange(1)
    trimmed = (chrom, int(keyed.pos_1based[0]), keyed.ref(every)[0].as_py(), keyed.alt(every)[0].as_py())
    assert spelled(int(keyed.key[0])) == trimmed or int(keyed.pos_1based[0]) >= POSITION_END


@given(contigs, positions, contigs, positions)
def test_keys_sort_as_positions_do(one, here, other, there):
    places = [(CONTIGS.index(one), here), (CONTIGS.index(other), there)]
    keys = [int(key_of(one, here, "A", "G")), int(key_of(other, there, "ACGTACGTACGTACGT", "C"))]
    if places[0] != places[1]:
        assert (keys[0] < keys[1]) == (places[0] < places[1])


@pytest.mark.parametrize(
    ("bases", "hashed"), [(MOST_SPELLED - 1, False), (MOST_SPELLED, False), (MOST_SPELLED + 1, True)]
)
def test_alleles_of_up_to_eleven_bases_are_spelled_out(bases, hashed):
    key = key_of("1", 100, "A", "C" * (bases - 1))
    assert is_hashed(np.array([key]))[0] == hashed
    assert (spelled(int(key)) is None) == hashed


def test_a_base_that_is_none_of_four_is_hashed():
    assert is_hashed(np.array([key_of("1", 100, "A", "N")]))[0]


def test_letters_may_be_small():
    assert key_of("1", 100, "a", "g") == key_of("1", 100, "A", "G")
    assert key_of("1", 100, "a" + "cgt" * 9, "A") == key_of("1", 100, "A" + "CGT" * 9, "a")


@pytest.mark.parametrize(
    "variant",
    [
        ("GL000220.1", 5, "A", "G"),
        ("1", 5, "A", "<DEL>"),
        ("1", 5, "A", "*"),
        ("1", 0, "A", "G"),
        ("1", POSITION_END, "A", "G"),
        ("1", 5, "", "G"),
    ],
)
def test_what_is_never_looked_up_has_no_key(variant):
    assert key_of(*variant) == 0
    assert keys_of(alleles([variant])).kind[0] == -1


@pytest.mark.parametrize(
    ("ref", "alt", "kind"),
    [
        ("A", "G", Kind.SNV),
        ("AC", "GT", Kind.MNV),
        ("A", "AC", Kind.INSERTION),
        ("AC", "A", Kind.DELETION),
        ("AC", "GTT", Kind.DELINS),
        ("A", "GT", Kind.DELINS),
    ],
)
def test_the_kind_is_that_of_the_trimmed_allele(ref, alt, kind):
    assert KINDS[keys_of(alleles([("1", 5, ref, alt)])).kind[0]] is kind
    assert KINDS[keys_of(alleles([("1", 5, "TT" + ref + "TT", "TT" + alt + "TT")])).kind[0]] is kind

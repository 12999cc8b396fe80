"""Alleles are normalised as bcftools norm does, and only where they must be."""

import random

import numpy as np
import pysam
import pysam.bcftools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.knowledge.effects.edit import edit_of, moved
from models.knowledge.effects.normalise import normalised
from tests.knowledge.effects.toy import Sequence, alleles, reference

#        1234567890123456789012345678901234567890
ONE = "CCACACACAGTTTTTTGATGATGATCNNNACGACGTTCCA"


@pytest.fixture
def toy(tmp_path):
    return reference(tmp_path, {"1": ONE})


def rows_of(known):
    return list(zip(known.pos_1based.tolist(), known.ref.to_pylist(), known.alt.to_pylist(), strict=True))


def test_a_deletion_in_a_repeat_moves_to_its_first_unit(toy):
    given_ = alleles(("1", 6, "CAC", "C"), ("1", 15, "TT", "T"), ("1", 19, "TGAT", "T"))
    assert rows_of(normalised(given_, toy)) == [(1, "CCA", "C"), (10, "GT", "G"), (15, "TTGA", "T")]


def test_an_insertion_in_a_repeat_moves_to_its_first_unit(toy):
    assert rows_of(normalised(alleles(("1", 9, "A", "ACA")), toy)) == [(1, "C", "CCA")]


def test_shared_bases_are_trimmed_and_the_anchor_kept(toy):
    given_ = alleles(("1", 9, "AGT", "ACT"), ("1", 9, "AGTT", "AGT"), ("1", 9, "AG", "CT"))
    assert rows_of(normalised(given_, toy)) == [(10, "G", "C"), (10, "GT", "G"), (9, "AG", "CT")]


def test_a_substitution_an_mnv_and_what_is_not_spelled_out_stay(toy):
    given_ = alleles(("1", 9, "A", "C"), ("1", 9, "AG", "CC"), ("1", 9, "A", "<DEL>"), ("1", 9, "A", "*"))
    assert normalised(given_, toy) is given_


def test_what_disagrees_with_the_reference_or_lies_on_unknown_bases_stays(toy):
    given_ = alleles(("1", 15, "GT", "T"), ("1", 26, "CNN", "N"), ("X", 15, "TT", "T"))
    assert rows_of(normalised(given_, toy)) == rows_of(given_)


def test_an_allele_never_moves_over_unknown_bases(toy):
    assert rows_of(normalised(alleles(("1", 32, "GACG", "G")), toy)) == [(29, "NACG", "N")]


def test_a_change_of_the_first_base_is_anchored_behind_it(tmp_path):
    known = reference(tmp_path, {"1": "AAAC"})
    assert rows_of(normalised(alleles(("1", 3, "AC", "C")), known)) == [(1, "AA", "A")]


@given(st.data())
def test_moving_never_changes_the_sequence_that_results(data):
    text = data.draw(st.text("AC", min_size=8, max_size=40))
    start = data.draw(st.integers(2, len(text) - 3))
    size = data.draw(st.integers(1, 3))
    inserted = data.draw(st.text("AC", min_size=1, max_size=4))
    ref = text[start - 1 : start - 1 + size]
    deletion = edit_of("1", start, ref + text[start - 1 + size], text[start - 1 + size])
    insertion = edit_of("1", start, text[start - 1], inserted + text[start - 1])
    for edit in (deletion, insertion):
        for direction, limit in ((1, len(text)), (-1, 1)):
            there = moved(edit, Sequence(text), direction, limit)
            assert applied(text, there) == applied(text, edit)
            assert moved(there, Sequence(text), direction, limit) == there


def applied(text, edit):
    at = edit.start_1based - 1
    assert text[at : at + len(edit.deleted)] == edit.deleted
    return text[:at] + edit.inserted + text[at + len(edit.deleted) :]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_normalised_alleles_equal_those_of_bcftools_norm(tmp_path_factory, seed):
    folder, rng = tmp_path_factory.mktemp("norm"), random.Random(seed)
    text = "".join(rng.choice(["A", "C", "CA", "AAT", "G"]) for _ in range(400)) + "T" * 300 + "G"
    rows = [row for n in range(150) if (row := random_allele(rng, text))]
    ours = normalised(alleles(*rows), reference(folder, {"1": text}))
    assert rows_of(ours) == by_bcftools(folder, text, rows)


def random_allele(rng, text):
    start = rng.randint(1, len(text) - 8)
    ref = text[start - 1 : start - 1 + rng.choice([1, 1, 2, 3, 5, 7])]
    shape = rng.random()
    alt = ref[: rng.randint(1, len(ref))] if shape < 0.4 else ref + "".join(rng.choices("AC", k=rng.randint(0, 4)))
    alt = alt if shape < 0.85 else "".join(rng.choices("ACT", k=rng.randint(1, 4)))
    return ("1", start, ref, alt) if ref != alt else None


def by_bcftools(folder, text, rows):
    (folder / "r.fa").write_text(f">1\n{text}\n")
    pysam.faidx(str(folder / "r.fa"))
    lines = [f"1\t{pos}\tv{i}\t{ref}\t{alt}\t.\t.\t." for i, (_, pos, ref, alt) in enumerate(rows)]
    head = f"##fileformat=VCFv4.2\n##contig=<ID=1,length={len(text)}>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    (folder / "v.vcf").write_text(head + "\n".join(lines) + "\n")
    said = pysam.bcftools.norm("-f", str(folder / "r.fa"), str(folder / "v.vcf"))
    fields = [line.split("\t") for line in said.splitlines() if not line.startswith("#")]
    found = {int(f[2][1:]): (int(f[1]), f[3], f[4]) for f in fields}
    return [found[i] for i in range(len(rows))]


def test_rows_that_are_normal_already_are_given_back(toy):
    rows = alleles(("1", 9, "A", "C"), ("1", 10, "GT", "G"))
    assert normalised(rows, toy) is rows
    assert np.array_equal(rows.pos_1based, [9, 10])

"""GRCh37 alleles carried to GRCh38: exactly, or not at all and with the reason."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Absent, Assembly, Found
from models.errors import UnreadableFile, WrongBuild
from models.intake.assembly import LENGTHS_BASES
from models.knowledge import chain as source
from models.knowledge.effects import lift
from models.knowledge.effects.genetic_code import reverse_complement
from models.knowledge.effects.lift import REASONS, Lift, lifted, read_chains
from models.knowledge.library import Library
from tests.knowledge.effects.toy import alleles, reference

SIZES = {"1": (1000, 1100), "2": (500, 600), "MT": (50, 50)}


@pytest.fixture(autouse=True)
def small_genome(monkeypatch):
    monkeypatch.setattr(lift, "LENGTHS_BASES", {k: v for k, v in SIZES.items() if k != "MT"})
    read_chains.cache_clear()


def chain(chrom="1", there="1", blocks=((100, 0, 0),), at=0, target=0, strand="+"):
    size, target_size = SIZES[chrom][0], SIZES[there][1]
    head = f"chain 1000 chr{chrom} {size} + {at} 999 chr{there} {target_size} {strand} {target} 999 1\n"
    lines = ["\t".join(map(str, b)) for b in blocks[:-1]] + [str(blocks[-1][0])]
    return head + "\n".join(lines) + "\n\n"


def chains(folder, *texts):
    path = folder / "toy.over.chain"
    path.write_text("".join(texts))
    return read_chains(path)


def carry(known, *rows, sequence=None):
    there = lifted(alleles(*rows, assembly=Assembly.GRCH37), known, sequence)
    texts = zip(
        there.alleles.pos_1based.tolist(), there.alleles.ref.to_pylist(), there.alleles.alt.to_pylist(), strict=True
    )
    return list(zip(there.outcome.tolist(), texts, strict=True))


def test_an_allele_in_a_block_is_carried_over(tmp_path):
    known = chains(tmp_path, chain(blocks=((100, 10, 30), (50, 0, 0)), at=200, target=300))
    assert carry(known, ("1", 201, "A", "C"), ("1", 300, "A", "C"), ("1", 311, "AC", "A"), ("1", 360, "A", "C")) == [
        (Lift.LIFTED, (301, "A", "C")),
        (Lift.LIFTED, (400, "A", "C")),
        (Lift.LIFTED, (431, "AC", "A")),
        (Lift.LIFTED, (480, "A", "C")),
    ]


def test_an_allele_on_another_chromosome_keeps_its_row(tmp_path):
    known = chains(tmp_path, chain(there="2", at=200, target=300))
    there = lifted(alleles(("1", 201, "A", "C"), assembly=Assembly.GRCH37), known, None)
    assert (there.alleles.contig.tolist(), there.alleles.assembly) == ([2], Assembly.GRCH38)


def test_a_reversed_block_is_read_from_the_other_strand(tmp_path):
    known = chains(tmp_path, chain(at=200, target=300, strand="-"))
    # of 1,100 bases, 300 from the end: the first base lies at 800 (1-based)
    assert carry(known, ("1", 201, "A", "C"), ("1", 210, "ACG", "A")) == [
        (Lift.LIFTED, (800, "T", "G")),
        (Lift.LIFTED, (789, "CGT", "T")),
    ]


def test_what_cannot_be_carried_says_why(tmp_path):
    known = chains(tmp_path, chain(blocks=((100, 10, 30), (50, 0, 0)), at=200, target=300))
    rows = carry(
        known,
        ("1", 305, "A", "C"),
        ("1", 200, "A", "C"),
        ("1", 300, "AC", "A"),
        ("MT", 20, "A", "C"),
        ("1", 210, "A", "<DEL>"),
        ("X", 210, "A", "C"),
    )
    outcomes = [Lift(outcome) for outcome, _ in rows]
    no, gap = Lift.NO_BLOCK, Lift.OVER_A_GAP
    assert outcomes == [no, no, gap, Lift.MITOCHONDRIAL, Lift.NOT_SPELLED_OUT, no]
    assert all(outcome in REASONS for outcome in outcomes)


def test_a_place_that_two_chains_claim_is_not_carried(tmp_path):
    known = chains(tmp_path, chain(at=200, target=300), chain(at=250, target=700), chain(at=600, target=900))
    assert [outcome for outcome, _ in carry(known, ("1", 260, "A", "C"), ("1", 601, "A", "C"))] == [
        Lift.NO_BLOCK,
        Lift.LIFTED,
    ]


def test_a_reference_that_differs_there_stops_it(tmp_path):
    known = chains(tmp_path, chain(at=0, target=10))
    sequence = reference(tmp_path, {"1": "N" * 10 + "ACGTN"})
    rows = carry(known, ("1", 1, "A", "C"), ("1", 2, "A", "C"), ("1", 5, "A", "C"), sequence=sequence)
    assert [outcome for outcome, _ in rows] == [Lift.LIFTED, Lift.DISAGREES, Lift.UNKNOWN_BASES]
    there = lifted(alleles(("1", 2, "A", "C"), assembly=Assembly.GRCH37), known, sequence)
    assert not there.alleles.is_sequence.any()


@given(st.data())
def test_carried_bases_are_the_bases_of_the_same_place(tmp_path_factory, data):
    """A random genome cut into blocks, some turned round, with gaps between them."""
    folder = tmp_path_factory.mktemp("chain")
    old, new, texts = "", "", []
    for _ in range(data.draw(st.integers(1, 5))):
        old += data.draw(st.text("ACGT", max_size=4))
        new += data.draw(st.text("ACGT", max_size=4))
        block = data.draw(st.text("ACGT", min_size=1, max_size=12))
        turned = data.draw(st.booleans())
        at = SIZES["1"][1] - len(new) - len(block) if turned else len(new)
        texts.append(chain(blocks=((len(block), 0, 0),), at=len(old), target=at, strand="-" if turned else "+"))
        old, new = old + block, new + (reverse_complement(block) if turned else block)
    start = data.draw(st.integers(0, len(old) - 1))
    ref = old[start : start + data.draw(st.integers(1, 3))]
    ((outcome, (pos, there, _)),) = carry(chains_again(folder, texts), ("1", start + 1, ref, "A"))
    if outcome == Lift.LIFTED:
        assert new[pos - 1 : pos - 1 + len(there)] == there
        assert there in (ref, reverse_complement(ref))


def chains_again(folder, texts):
    read_chains.cache_clear()
    return chains(folder, *texts)


@pytest.mark.parametrize("text", ["", "hello world\n", "100\n", "chain 1 chr1\n", chain().replace("100", "x100")])
def test_a_file_that_is_no_chain_file_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFile, match=r"toy\.over\.chain"):
        chains(tmp_path, text)


def test_a_chain_file_of_other_assemblies_is_refused(tmp_path):
    with pytest.raises(WrongBuild, match="GRCh37"):
        chains(tmp_path, chain().replace("chr1 1000", "chr1 1100"))


def test_only_grch37_is_lifted(tmp_path):
    with pytest.raises(WrongBuild, match="GRCh38"):
        lifted(alleles(("1", 1, "A", "C")), chains(tmp_path, chain()), None)


@pytest.mark.parametrize("compress", [False, True])
def test_an_installed_chain_file_answers_for_one_allele(tmp_path, monkeypatch, compress):
    monkeypatch.setattr(lift, "LENGTHS_BASES", LENGTHS_BASES)
    sizes = LENGTHS_BASES["2"]
    text = f"chain 1 chr2 {sizes[0]} + 166000000 167000000 chr2 {sizes[1]} + 165143490 166143490 1\n1000000\n"
    path = tmp_path / "hg19ToHg38.over.chain.gz"
    path.write_bytes(gzip.compress(text.encode()) if compress else text.encode())
    source.build([path], tmp_path, lambda *_: None)
    known = read_chains(tmp_path / source.CHAIN_FILE)
    monkeypatch.setattr(source, "open_chains", lambda _: known)

    class Here:
        library = Library(tmp_path)

    assert source.look_up(Here(), "2-166848852-G-A") == Found("chr2-165992342-G-A", source.RELEASE.name)
    assert isinstance(source.look_up(Here(), "3-166848852-G-A"), Absent)
    assert np.all(known.end - known.start == 1_000_000)

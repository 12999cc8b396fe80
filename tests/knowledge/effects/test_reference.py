"""The installed reference: what it says of a place, of an allele, and of a file that is none."""

import gzip

import numpy as np
import pysam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Assembly
from models.errors import IntegrityError, UnreadableFile, WrongBuild
from models.knowledge import reference as source
from models.knowledge.effects import packed
from models.knowledge.effects.reference import Agreement, disagreement, open_reference
from models.knowledge.library import Library
from tests.knowledge.effects.toy import alleles, reference

ONE = "NNNNNACGTNACGGGTTTN"
MT = "GATCACAGG"


@pytest.fixture
def toy(tmp_path):
    return reference(tmp_path, {"1": ONE, "MT": MT})


def test_bases_are_given_as_they_are_and_n_outside(toy):
    assert toy.bases("1", 1, len(ONE)) == ONE
    assert toy.bases("MT", 2, 4) == "ATC"
    assert toy.bases("MT", 8, 11) == "GGNN"
    assert toy.bases("1", -1, 7) == "NN" + ONE[:7]
    assert toy.bases("X", 1, 3) == toy.bases("chrUn", 1, 3) == "NNN"


@given(text=st.text("ACGTNacgtR", min_size=1, max_size=60), data=st.data())
def test_every_span_of_any_sequence_comes_back(tmp_path_factory, monkeypatch_chunk, text, data):
    known = reference(tmp_path_factory.mktemp("r"), {"1": "ACG", "2": text})
    start = data.draw(st.integers(1, len(text)))
    end = data.draw(st.integers(start, len(text)))
    plain = text.upper().replace("R", "N")
    assert known.bases("2", start, end) == plain[start - 1 : end]
    places = np.arange(-1, len(text) + 3)
    codes = known.genome.codes(np.full(len(places), 2, np.uint8), places)
    assert "".join("ACGTN"[c] for c in codes) == "NN" + plain + "NN"


@pytest.fixture(scope="module")
def monkeypatch_chunk():
    before, packed.CHUNK_BASES = packed.CHUNK_BASES, 8  # runs of N cross the pieces a contig is read in
    yield
    packed.CHUNK_BASES = before


def test_each_allele_agrees_differs_or_is_not_known(toy):
    rows = alleles(
        ("1", 6, "A", "C"),
        ("1", 6, "C", "A"),
        ("1", 6, "ACGT", "A"),
        ("1", 7, "CGA", "C"),
        ("1", 1, "A", "C"),
        ("1", 19, "GA", "G"),
        ("1", 6, "A", "<DEL>"),
        ("GL000220.1", 6, "A", "C"),
    )
    a, d, u = Agreement.AGREES, Agreement.DIFFERS, Agreement.UNKNOWN
    assert toy.agreement(rows).tolist() == [a, d, a, d, u, u, u, u]


def test_disagreeing_alleles_are_counted_and_agreement_is_not_spoken_of(toy):
    rows = alleles(("1", 6, "C", "A"), ("1", 7, "C", "A"), ("1", 8, "C", "A"))
    told = disagreement(toy.agreement(rows), toy)
    assert told.sentence.startswith("2 alleles disagree with the installed reference (toy reference 1)")
    assert disagreement(toy.agreement(alleles(("1", 7, "C", "A"))), toy) is None


def test_alleles_of_another_assembly_are_refused(toy):
    with pytest.raises(WrongBuild, match="GRCh37"):
        toy.agreement(alleles(("1", 6, "A", "C"), assembly=Assembly.GRCH37))


def test_no_alleles_are_no_trouble(toy):
    assert toy.agreement(alleles()).tolist() == []


@pytest.fixture
def small_genome(monkeypatch):
    monkeypatch.setattr(source, "LENGTHS_BASES", {"1": (15, len(ONE))})
    monkeypatch.setattr(source, "MITOCHONDRION_BASES", len(MT))


FASTA = f">chr1 AC:1\n{ONE[:10].lower()}\n{ONE[10:]}\n>chrM\n{MT}\n>chrUn_1\nACGT\n"


def fasta(folder, text=FASTA, how="plain"):
    path = folder / ("delivered.fa" if how == "plain" else "delivered.fa.gz")
    if how == "gzip":
        path.write_bytes(gzip.compress(text.encode()))
    elif how == "blocks":
        with pysam.BGZFile(str(path), "wb") as out:
            out.write(text.encode())
    else:
        path.write_text(text)
    return path


def build(path, folder, assembly=Assembly.GRCH38):
    folder.mkdir()
    source.build(assembly)([path], folder, lambda *_: None)
    return folder


@pytest.mark.parametrize("how", ["plain", "gzip", "blocks"])
def test_a_fasta_in_any_compression_becomes_an_indexed_reference(tmp_path, small_genome, how):
    folder = build(fasta(tmp_path, how=how), tmp_path / "release")
    with pysam.FastaFile(str(folder / source.FASTA_FILE)) as opened:
        assert opened.fetch("chrM") == MT
    genome = packed.read_packed(folder / packed.BASES_FILE, folder / packed.INDEX_FILE)
    assert genome.bases(1, 1, len(ONE)) == ONE
    assert genome.bases(25, 1, len(MT)) == MT


def test_a_mitochondrion_of_another_length_is_left_out(tmp_path, small_genome, monkeypatch):
    monkeypatch.setattr(source, "MITOCHONDRION_BASES", len(MT) + 2)
    folder = build(fasta(tmp_path), tmp_path / "release")
    genome = packed.read_packed(folder / packed.BASES_FILE, folder / packed.INDEX_FILE)
    assert genome.bases(25, 1, 3) == "NNN"


def test_a_fasta_of_the_other_build_is_refused(tmp_path, small_genome):
    with pytest.raises(WrongBuild, match="Chromosome 1 has 19 bases; in GRCh37 it has 15"):
        build(fasta(tmp_path), tmp_path / "release", Assembly.GRCH37)


@pytest.mark.parametrize("text", ["", "hello\n", ">chrUn\nACGT\n"])
def test_a_file_that_is_no_human_genome_is_refused(tmp_path, small_genome, text):
    with pytest.raises(UnreadableFile, match=r"delivered\.fa"):
        build(fasta(tmp_path, text), tmp_path / "release")


def test_lines_of_unequal_length_are_refused(tmp_path, small_genome):
    with pytest.raises(UnreadableFile, match="lines of one length"):
        build(fasta(tmp_path, ">chr1\nACG\nACGTA\nACG\n"), tmp_path / "release")


def test_a_truncated_download_is_refused(tmp_path, small_genome):
    path = fasta(tmp_path, how="gzip")
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(UnreadableFile, match="fetch it again"):
        build(path, tmp_path / "release")


def test_a_damaged_release_says_so(tmp_path, toy):
    (tmp_path / packed.BASES_FILE).write_bytes(b"1")
    with pytest.raises(IntegrityError, match="verify"):
        packed.read_packed(tmp_path / packed.BASES_FILE, tmp_path / packed.INDEX_FILE)
    (tmp_path / packed.INDEX_FILE).write_bytes(b"1")
    with pytest.raises(IntegrityError, match="verify"):
        packed.read_packed(tmp_path / packed.BASES_FILE, tmp_path / packed.INDEX_FILE)


def test_without_an_installed_reference_there_is_none(tmp_path):
    assert open_reference(Library(tmp_path), Assembly.GRCH38) is None
    assert open_reference(Library(tmp_path), Assembly.UNKNOWN) is None

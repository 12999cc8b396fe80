from pathlib import Path

import pysam
import pytest

from models.case import ReadsFile
from models.intake.md_tags import remembered_stretches
from models.intake.reads import ReadsExcerpt, excerpts
from tests.reads_builder import a_reference, some_reads
from tests.shared_data import shared

HEADER = pysam.AlignmentHeader.from_dict({"SQ": [{"SN": "chr1", "LN": 1000}, {"SN": "chr2", "LN": 1000}]})


def _read(pos: int, bases: str, cigar: str, md: str | None, tid: int = 0) -> pysam.AlignedSegment:
    read = pysam.AlignedSegment(HEADER)
    read.query_name, read.reference_id, read.reference_start = "r", tid, pos - 1
    read.query_sequence, read.cigarstring = bases, cigar
    if md is not None:
        read.set_tag("MD", md)
    return read


def test_a_mismatch_is_turned_back_into_the_reference_base() -> None:
    assert remembered_stretches([_read(101, "ACGTA", "5M", "2T2")]) == [(0, 101, "ACTTA")]


def test_deleted_bases_come_back_and_inserted_and_clipped_ones_go() -> None:
    assert remembered_stretches([_read(101, "ACGT", "2M2D2M", "2^GG2")]) == [(0, 101, "ACGGGT")]
    assert remembered_stretches([_read(101, "TTACGGT", "2S2M1I2M", "4")]) == [(0, 101, "ACGT")]


def test_overlapping_reads_become_one_stretch_and_gaps_stay_gaps() -> None:
    reads = [_read(101, "ACGTA", "5M", "5"), _read(103, "GTACC", "5M", "5"), _read(108, "TT", "2M", "2"),
             _read(120, "GG", "2M", "2"), _read(120, "CC", "2M", "2", tid=1)]  # fmt: skip
    assert remembered_stretches(reads) == [(0, 101, "ACGTACCTT"), (0, 120, "GG"), (1, 120, "CC")]


@pytest.mark.parametrize(("cigar", "md"), [("5M", None), ("5M", "2"), ("5M", "9"), ("2M10N3M", "5")])
def test_reads_without_a_usable_tag_remember_nothing(cigar: str, md: str | None) -> None:
    assert remembered_stretches([_read(101, "ACGTA", cigar, md)]) == []


def test_the_made_up_reference_is_rebuilt_from_the_reads_alone(tmp_path: Path) -> None:
    reference = a_reference(tmp_path, [("chr2", 166_012_345, "G")])
    plain = some_reads(tmp_path, "proband", reference, [("chr2", 166_012_345, "G", "A", 0.5)])
    whole = tmp_path / "whole.fa"  # calmd wants a contig from its first base on
    contig, start, bases = reference.slices[0]
    header = {"SQ": [{"SN": contig, "LN": len(bases)}]}
    moved = tmp_path / "moved.bam"
    with pysam.AlignmentFile(str(plain.bam)) as source, pysam.AlignmentFile(str(moved), "wb", header=header) as out:
        for read in source:
            read.reference_start -= start - 1
            out.write(read)
    whole.write_text(f">{contig}\n{bases}\n")
    tagged = tmp_path / "tagged.bam"
    tagged.write_bytes(pysam.calmd("-b", str(moved), str(whole), raw=True) or b"")
    pysam.index(str(tagged))
    (made,) = excerpts([ReadsFile("x", tagged, tagged.with_suffix(".bam.bai"))], [])
    assert isinstance(made, ReadsExcerpt)
    rebuilt = made.fasta.decode().splitlines()
    assert rebuilt[0].endswith(f" @len={len(bases)}")
    assert rebuilt[1] == bases[: len(rebuilt[1])]
    assert len(rebuilt[1]) > len(bases) - 130


@pytest.mark.shared
def test_real_reads_without_md_tags_give_no_reference() -> None:
    bam = shared("reads/minigenome/alignments.bam")
    (made,) = excerpts([ReadsFile("x", bam, bam.with_name(bam.name + ".bai"))], [])
    assert isinstance(made, ReadsExcerpt)
    assert made.fasta == b""

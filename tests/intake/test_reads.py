from collections.abc import Sequence
from pathlib import Path

import pysam
import pytest

from models.case import ReadsFile
from models.errors import UnreadableFile
from models.intake import reads as module
from models.intake.reads import DEPTH_CAP_READS, ReadsExcerpt, cut_all, excerpts
from models.intake.regions import Region, around, drawn_name, merged
from tests.reads_builder import a_reference, some_reads
from tests.shared_data import shared

PLACE = ("chr2", 166_012_345, "G")
HET = ("chr2", 166_012_345, "G", "A", 0.5)
SECRET = "Jane_Doe_1980"


def _proband(folder: Path, **more: object) -> ReadsFile:
    return some_reads(folder, SECRET, a_reference(folder, [PLACE]), [HET], **more)  # type: ignore[arg-type]


def _opened(made: ReadsExcerpt, folder: Path) -> list[pysam.AlignedSegment]:
    bam, index = folder / "made.bam", folder / "made.bam.csi"
    bam.write_bytes(made.bam)
    index.write_bytes(made.index)
    with pysam.AlignmentFile(str(bam), index_filename=str(index)) as source:
        return list(source.fetch())


def _cut_here(file: ReadsFile, regions: Sequence[Region], folder: Path, depth_cap: int = DEPTH_CAP_READS) -> dict:
    """What the child does, in this process, so that limits can be set low."""
    places = [[r.chrom, r.start_1based, r.end_1based] for r in regions]
    return cut_all([[str(file.bam), str(file.bai)]], places, depth_cap, str(folder))[0]


def _picked(folder: Path) -> list[pysam.AlignedSegment]:
    with pysam.AlignmentFile(str(folder / "0.bam"), index_filename=str(folder / "0.bam.csi")) as source:
        return list(source.fetch())


def test_a_small_file_is_sent_with_every_read_of_it(tmp_path: Path) -> None:
    file = _proband(tmp_path)
    (made,) = excerpts([file], [])
    assert isinstance(made, ReadsExcerpt)
    assert made.whole
    assert made.reads == len(_opened(made, tmp_path)) == pysam.AlignmentFile(str(file.bam)).count()


def test_nothing_that_names_the_patient_leaves_with_the_reads(tmp_path: Path) -> None:
    (made,) = excerpts([_proband(tmp_path, name=f"{SECRET}<img src=x>")], [])
    assert isinstance(made, ReadsExcerpt)
    plain = tmp_path / "plain.sam"
    (tmp_path / "made.bam").write_bytes(made.bam)
    plain.write_text(pysam.view("-h", str(tmp_path / "made.bam")))
    text = plain.read_text()
    assert "read_1\t" in text
    assert SECRET not in text
    assert "<img" not in text
    assert "@RG" not in text


def test_the_bases_that_differ_are_still_there(tmp_path: Path) -> None:
    (made,) = excerpts([_proband(tmp_path)], [])
    assert isinstance(made, ReadsExcerpt)
    at = 166_012_344
    bases = [
        r.query_sequence[at - r.reference_start]
        for r in _opened(made, tmp_path)
        if r.query_sequence and 0 <= at - r.reference_start < len(r.query_sequence)
    ]
    assert 0.2 < bases.count("A") / len(bases) < 0.8


def test_a_large_file_is_cut_to_the_stretches_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_FILE_BYTES", 0)
    facts = _cut_here(_proband(tmp_path), around("2", 166_012_345, 166_012_345, 100), tmp_path)
    found = _picked(tmp_path)
    assert not facts["whole"]
    assert found
    assert all(r.reference_start < 166_012_445 and (r.reference_end or 0) >= 166_012_245 for r in found)


def test_a_read_in_two_overlapping_or_neighbouring_stretches_is_sent_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WHOLE_FILE_BYTES", 0)
    near = [
        Region("2", 166_012_300, 166_012_340),
        Region("2", 166_012_320, 166_012_360),
        Region("2", 166_012_380, 166_012_390),
    ]
    _cut_here(_proband(tmp_path), near, tmp_path)
    names = [r.query_name for r in _picked(tmp_path)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("cap", "thinned"), [(20, 1), (39, 1), (41, 0)])
def test_stretches_deeper_than_the_cap_are_thinned_and_counted(
    cap: int, thinned: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The made reads are 40 deep."""
    monkeypatch.setattr(module, "WHOLE_FILE_BYTES", 0)
    file, place = _proband(tmp_path), around("2", 166_012_345, 166_012_345)
    everything = _cut_here(file, place, tmp_path, depth_cap=1_000)["reads"]
    facts = _cut_here(file, place, tmp_path, depth_cap=cap)
    assert facts["thinned"] == thinned
    assert (facts["reads"] < everything) == bool(thinned)
    assert facts["reads"] >= everything * min(1.0, cap / 40) * 0.8


def test_thinning_takes_both_mates_or_none() -> None:
    header = pysam.AlignmentHeader.from_dict({"SQ": [{"SN": "chr2", "LN": 1000}]})
    first, second = pysam.AlignedSegment(header), pysam.AlignedSegment(header)
    for number in range(200):
        first.query_name = second.query_name = f"pair{number}"
        assert module._keeps(first, 0.3) == module._keeps(second, 0.3)


def test_a_file_without_chr_in_its_names_answers_for_chr_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_FILE_BYTES", 0)
    file = _proband(tmp_path)
    bare = tmp_path / "bare.bam"
    with pysam.AlignmentFile(str(file.bam)) as source:
        header = source.header.to_dict()
        header["SQ"] = [{**s, "SN": s["SN"].removeprefix("chr")} for s in header["SQ"]]
        with pysam.AlignmentFile(str(bare), "wb", header=header) as out:
            for read in source:
                out.write(read)
    pysam.index(str(bare))
    bare_file = ReadsFile("x", bare, tmp_path / "bare.bam.bai")
    facts = _cut_here(bare_file, around("chr2", 166_012_345, 166_012_345), tmp_path)
    assert facts["reads"] > 0
    assert list(facts["contigs"]) == ["chr2"]


@pytest.mark.parametrize(
    ("contig", "drawn"),
    [("2", "chr2"), ("chr2", "chr2"), ("MT", "chrM"), ("chrM", "chrM"), ("x", "chrX"), ("GL000220.1", "GL000220.1"),
     ("<img src=x>", ""), ("a b", "")],
)  # fmt: skip
def test_contigs_are_spelt_one_way_and_markup_is_never_a_name(contig: str, drawn: str) -> None:
    assert drawn_name(contig) == drawn


def test_a_long_deletion_brings_the_reads_of_both_its_ends() -> None:
    left, right = around("1", 10_000, 90_000, 500)
    assert (left.start_1based, left.end_1based) == (9_500, 10_500)
    assert (right.start_1based, right.end_1based) == (89_500, 90_500)


def test_touching_stretches_are_joined() -> None:
    assert merged([Region("1", 11, 20), Region("chr1", 1, 10), Region("2", 1, 5)]) == (
        Region("chr1", 1, 20),
        Region("chr2", 1, 5),
    )


def _damaged(folder: Path, kind: str) -> ReadsFile:
    good = _proband(folder)
    bam, bai = folder / "bad.bam", folder / "bad.bai"
    bytes_of = {
        "text": b"not a bam\n",
        "empty": b"",
        "truncated": good.bam.read_bytes()[: good.bam.stat().st_size // 3],
        "sam": b"@SQ\tSN:chr2\tLN:1000\nr\t0\tchr2\t1\t60\t4M\t*\t0\t0\tACGT\tIIII\n",
        "wrong index": good.bam.read_bytes(),
    }
    bam.write_bytes(bytes_of[kind])
    bai.write_bytes(b"nonsense" if kind == "wrong index" else good.bai.read_bytes())
    return ReadsFile("x", bam, bai)


@pytest.mark.parametrize("kind", ["text", "empty", "truncated", "sam", "wrong index"])
def test_a_damaged_file_is_said_in_a_sentence_and_the_others_are_still_read(kind: str, tmp_path: Path) -> None:
    broken, fine = excerpts([_damaged(tmp_path, kind), _proband(tmp_path)], [])
    assert isinstance(broken, UnreadableFile)
    assert str(tmp_path) not in broken.sentence
    assert isinstance(fine, ReadsExcerpt)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "germline_hg38/recalibrated.bam",
        "minigenome/alignments.bam",
        "methylation_hifi/HG002_chr11_119076212_119102218.bam",
        "sv_skbr3_hg19/SKBR3_translocations.ill.bam",
        "mpileup_chr17/mpileup.1.bam",
        "softclip/overhanging_softclip.bam",
    ],
)
def test_real_files_of_many_aligners_open(name: str) -> None:
    bam = shared(f"reads/{name}")
    (made,) = excerpts([ReadsFile("x", bam, bam.with_name(bam.name + ".bai"))], [])
    assert isinstance(made, ReadsExcerpt)
    assert made.reads > 0


@pytest.mark.shared
def test_cram_is_refused_in_words() -> None:
    cram = shared("reads/minigenome/alignments.cram")
    (refused,) = excerpts([ReadsFile("x", cram, cram.with_name(cram.name + ".crai"))], [])
    assert isinstance(refused, UnreadableFile)
    assert "BAM" in refused.sentence

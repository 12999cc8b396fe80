from pathlib import Path

import pytest

from models.errors import UnreadableFile
from models.intake import reference as module
from models.intake.reference import reference_excerpt
from models.intake.regions import Region

BASES = "ACGTTGCAAC" * 20


def _fasta(folder: Path, *records: tuple[str, str], width: int = 60, end: str = "\n") -> Path:
    path = folder / "r.fa"
    text = ""
    for header, bases in records:
        lines = [bases[i : i + width] for i in range(0, len(bases), width)]
        text += f">{header}{end}" + "".join(f"{line}{end}" for line in lines)
    path.write_bytes(text.encode())
    return path


def test_a_small_reference_is_taken_whole_with_its_contig_lengths(tmp_path: Path) -> None:
    path = _fasta(tmp_path, ("chr2:1001-1200 @len=242193529", BASES), ("chrX:5-204", BASES))
    found = reference_excerpt(path, [])
    assert found.contigs == {"chr2": 242_193_529}  # a slice that does not say is not the whole contig
    assert found.fasta.decode().splitlines()[::2] == [">chr2:1001-1200 @len=242193529", ">chrX:5-204"]
    assert found.has("2", 1_001)
    assert found.has("2", 1_200)
    assert not found.has("2", 1_201)
    assert not found.has("3", 1_001)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [7, 60, 1000])
@pytest.mark.parametrize("header", ["2 the second", "chr2:1-200"])
def test_a_large_reference_is_cut_exactly(
    header: str, width: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WHOLE_FASTA_BYTES", 0)
    path = _fasta(tmp_path, ("1", BASES[:33]), (header, BASES), ("3", BASES), width=width, end=end)
    wanted = [Region("2", 1, 3), Region("chr2", 58, 63), Region("2", 195, 900)]
    found = reference_excerpt(path, wanted)
    assert found.fasta.decode().splitlines()[1::2] == [BASES[0:3], BASES[57:63], BASES[194:200]]
    assert found.covers[-1] == Region("chr2", 195, 200)


def test_a_slice_answers_in_the_coordinates_of_its_contig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE_FASTA_BYTES", 0)
    path = _fasta(tmp_path, ("chr2:1001-1200 @len=5000", BASES))
    found = reference_excerpt(path, [Region("2", 900, 1_003)])
    assert found.fasta == b">chr2:1001-1003 @len=5000\nACG\n"


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b\x08", b"chr2\nACGT\n", b">chr2\nACGT\nAC\nACGTACGT\n", b">chr2\nAC<b>\n"]
)
def test_what_is_no_plain_fasta_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "r.fa"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        reference_excerpt(path, [])


def test_a_last_line_without_an_end_keeps_its_last_base(tmp_path: Path) -> None:
    path = tmp_path / "r.fa"
    path.write_bytes(b">chr2\nACGT\nACG")
    assert reference_excerpt(path, []).fasta == b">chr2:1-7 @len=7\nACGTACG\n"

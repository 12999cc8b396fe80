"""No address in a file or a name is ever fetched (SAFETY T9); file names are display text only (T8)."""

# ruff: noqa: E501 (VCF text reads better in one line)
import contextlib
import gzip
import socket
import threading
from pathlib import Path

import cyvcf2
import pysam
import pytest

from models.case import Assembly, ReadsFile
from models.errors import CaseboardError, InputError
from models.intake import check_vcf, peek_vcf, read_variants
from models.intake.reads import ReadsExcerpt, excerpts
from models.knowledge.reference import build
from tests.intake.vcf_builder import a_record, a_vcf
from tests.reads_builder import a_reference, some_reads

PLACE = ("chr2", 166_012_345, "G")


@pytest.fixture
def canary():
    """A listener on 127.0.0.1 that counts who calls."""
    hits, server = [], socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    stop = threading.Event()

    def listen():
        while not stop.is_set():
            try:
                hits.append(server.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], hits
    stop.set()
    thread.join()
    server.close()


def text_full_of_addresses(port: int) -> str:
    url = f"http://127.0.0.1:{port}/x"
    meta = [
        f"##reference={url}",
        f"##assembly={url}.fa",
        f"##contig=<ID=chr1,length=248956422,URL={url}>",
        f"##pedigreeDB=<{url}>",
    ]
    return a_vcf(a_record(info=f"X={url}", id=url.replace(":", "_"), alt=f"<{url}>"), meta=meta)


def test_addresses_inside_a_file_are_not_fetched(canary, tmp_path):
    port, hits = canary
    path = tmp_path / "x.vcf"
    path.write_text(text_full_of_addresses(port))
    table, _ = read_variants(path, display_name="x.vcf", work_dir=tmp_path)
    peek_vcf(path)
    check_or_refuse(path)
    with pytest.raises(InputError):
        check_vcf(Path(f"http://127.0.0.1:{port}/x.vcf"))
    assert len(table) == 1
    assert hits == []


def check_or_refuse(path) -> None:
    with contextlib.suppress(InputError):
        check_vcf(path)


def test_a_bcf_is_read_by_descriptor_and_fetches_nothing(canary, tmp_path):
    port, hits = canary
    bcf = tmp_path / "x.bcf"
    bcf.write_bytes(_as_bcf(tmp_path, port))
    table, _ = read_variants(bcf, display_name="x.bcf", work_dir=tmp_path)
    assert len(table) == 1
    assert hits == []


def _as_bcf(folder, port) -> bytes:
    (folder / "plain.vcf").write_text(a_vcf(a_record(calls="GT 0/1"), samples=["S"], meta=["##contig=<ID=chr1,length=248956422>",
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">', f"##reference=http://127.0.0.1:{port}/x"]))  # fmt: skip
    source = cyvcf2.VCF(str(folder / "plain.vcf"))
    writer = cyvcf2.Writer(str(folder / "made.bcf"), source, "wb")
    for record in source:
        writer.write_record(record)
    writer.close()
    return (folder / "made.bcf").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "\\\\server\\share\\x.vcf",
        "x\0.vcf",
        "a" * 4096,
        "\u202efcv.x",
        "x\n.vcf",
        "http://127.0.0.1/x.vcf",
        "x##idx##http:y",
    ],
    ids=["traversal", "UNC", "NUL", "4 kB", "right to left", "newline", "address", "index trick"],
)
def test_a_hostile_display_name_is_never_a_path(name, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    path = tmp_path / "stored"
    path.write_text(a_vcf(a_record()))
    table, _ = read_variants(path, display_name=name, work_dir=work)
    assert table.facts.display_name == name
    made = [p.name for p in tmp_path.rglob("*") if p.is_file()]
    assert sorted(p[:8] for p in made) == ["stored", "variants"]


def reads_full_of_addresses(folder: Path, port: int) -> ReadsFile:
    """A BAM whose header names a reference, a program and a comment by address."""
    url, made = f"http://127.0.0.1:{port}/x", some_reads(folder, "s", a_reference(folder, [PLACE]), [])
    path = folder / "addresses.bam"
    with pysam.AlignmentFile(str(made.bam)) as source:
        header = source.header.to_dict()
        header["SQ"] = [{**one, "UR": f"{url}.fa", "M5": "0" * 32} for one in header["SQ"]]
        header |= {"PG": [{"ID": "p", "PN": url, "CL": f"align --reference {url}.fa"}], "CO": [url]}
        with pysam.AlignmentFile(str(path), "wb", header=header) as out:
            for read in source:
                out.write(read)
    pysam.index(str(path))
    return ReadsFile("s", path, path.with_suffix(".bam.bai"), url)


def test_addresses_in_the_header_of_reads_or_in_their_place_are_not_fetched(canary, tmp_path):
    port, hits = canary
    file = reads_full_of_addresses(tmp_path, port)
    (made,) = excerpts([file], [])
    assert isinstance(made, ReadsExcerpt)
    assert made.reads > 0
    assert str(port).encode() not in gzip.decompress(made.bam)
    away = ReadsFile("s", Path(f"http://127.0.0.1:{port}/x.bam"), Path(f"http://127.0.0.1:{port}/x.bam.bai"), "x.bam")
    (refused,) = excerpts([away], [])
    assert isinstance(refused, InputError)
    assert hits == []


def test_a_reference_named_by_addresses_fetches_nothing(canary, tmp_path):
    port, hits = canary
    url, given, kept = f"http://127.0.0.1:{port}/x", tmp_path / "given.fa", tmp_path / "kept"
    given.write_text(f">{url} {url}\nACGTACGT\n>chr1 {url}.fa\nACGTACGT\n", encoding="ascii")
    kept.mkdir()
    for delivered in (given, Path(f"{url}.fa")):
        with pytest.raises((CaseboardError, OSError)):
            build(Assembly.GRCH38)([delivered], kept, lambda *_: None)
    assert hits == []

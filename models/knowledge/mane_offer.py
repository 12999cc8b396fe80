"""Installing a release of MANE: the transcripts of its GFF3 in the columns of the shipped table."""

import gzip
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from models.case import Assembly
from models.errors import UnreadableFile
from models.knowledge.delivered import date_in_name, is_gzip, only_file, table_builder
from models.knowledge.library.offer import Licence, Offer
from models.knowledge.source import read_table
from models.knowledge.tables.mitochondrion import mitochondrial_rows
from models.knowledge.types import Release

RELEASE = Release(
    "mane",
    "MANE Select and Plus Clinical",
    "2026 (as of 2026-08-19)",
    "2026-08-19",
    "public domain (NCBI, EMBL-EBI)",
    "Morales et al. 2022, Nature 604:310, PMID:35388217",
    "https://www.ncbi.nlm.nih.gov/refseq/MANE",
)
# Alternative loci ("chr6_GL000256v2_alt") are left out, as in the shipped table.
_CHROMOSOME = re.compile(r"(?:chr)?(\d{1,2}|X|Y)")
_TAGS = {"MANE_Select": "MANE Select", "MANE_Plus_Clinical": "MANE Plus Clinical"}
_CODING = ("CDS", "stop_codon")  # some GFF3 writers leave the stop codon out of the CDS, and name it apart
_FIELDS = 9
# MANE v1.0 of 2022 had 19,120 transcripts; a file with fewer than this is cut or a slice.
FEWEST_TRANSCRIPTS = 18_000


@dataclass
class _Model:
    gene: str
    chrom: str
    strand: str
    refseq: str
    status: str
    exons: list[tuple[int, int]] = field(default_factory=list)
    coding: list[tuple[int, int]] = field(default_factory=list)


def from_official(path: Path, symbol_of: Mapping[str, str]) -> pd.DataFrame:
    """MANE's Ensembl GFF3 in the shipped table's columns, with the mitochondrial genes that MANE leaves out.

    symbol_of: Ensembl transcript without version -> symbol. A transcript that ships keeps the symbol it ships
    under, so that the other tables' genes are still found. Raises UnreadableFile with the line.
    """
    models = _models(path)
    rows = [_row(name, model, symbol_of) for name, model in models.items()]
    table = pd.DataFrame(rows).astype(dict.fromkeys(("start_1based", "cds_start_1based", "cds_end_1based"), "int32"))
    return pd.concat([table, mitochondrial_rows(table.columns)], ignore_index=True)


def _models(path: Path) -> dict[str, _Model]:
    """Transcript -> its model, from its own line and those of its exons and coding parts, in the file's order."""
    models: dict[str, _Model] = {}
    parts: list[tuple[str, str, tuple[int, int]]] = []
    for kind, chrom, span, strand, told in _features(path):
        name = told.get("transcript_id") or told.get("Parent", "")
        if kind in ("transcript", "mRNA"):
            status = next((_TAGS[tag] for tag in told.get("tag", "").split(",") if tag in _TAGS), "")
            refseq = re.search(r"RefSeq:([^,]+)", told.get("Dbxref", ""))
            if status and refseq:
                models[name] = _Model(told.get("gene_name", ""), chrom, strand, refseq[1], status)
        elif kind == "exon" or kind in _CODING:
            parts.append((name, kind, span))
    for name, kind, span in parts:
        if name in models:
            (models[name].exons if kind == "exon" else models[name].coding).append(span)
    return {name: model for name, model in models.items() if model.exons}


def _features(path: Path) -> Iterator[tuple[str, str, tuple[int, int], str, dict[str, str]]]:
    """(kind, chromosome, (start, end) 1-based closed, strand, attributes) of each line on a whole chromosome."""
    for number, line in enumerate(_lines(path), 1):
        if line.startswith("#") or not line.strip():
            continue
        parts = line.rstrip("\n").split("\t")
        if len(parts) != _FIELDS or not (parts[3].isdecimal() and parts[4].isdecimal()):
            raise UnreadableFile("This is not a line of GFF3; fetch the file again.", f"{path.name}, line {number}")
        if chrom := _CHROMOSOME.fullmatch(parts[0]):
            told = dict(pair.split("=", 1) for pair in parts[8].split(";") if "=" in pair)
            yield parts[2], chrom[1], (int(parts[3]), int(parts[4])), parts[6], told


def _lines(path: Path) -> Iterator[str]:
    is_packed = is_gzip(path)
    try:
        with gzip.open(path, "rt", encoding="utf-8") if is_packed else path.open(encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as problem:
        raise UnreadableFile("It cannot be read to its end; fetch it again.", path.name) from problem


def _row(name: str, model: _Model, symbol_of: Mapping[str, str]) -> dict[str, object]:
    exons = np.array(sorted(model.exons), dtype=np.int32)
    coding = np.array(model.coding, dtype=np.int32).reshape(-1, 2)
    return {
        "gene": symbol_of.get(name.split(".", maxsplit=1)[0], model.gene),
        "chrom": model.chrom,
        "strand": model.strand,
        "refseq": model.refseq,
        "ensembl": name,
        "mane_status": model.status,
        "start_1based": exons[0, 0],
        "cds_start_1based": coding[:, 0].min(initial=np.iinfo(np.int32).max) if len(coding) else 0,
        "cds_end_1based": coding[:, 1].max() if len(coding) else 0,
        "exon_offsets": exons[:, 0] - exons[0, 0],
        "exon_sizes": exons[:, 1] - exons[:, 0] + 1,
    }


def converted(files: Sequence[Path]) -> pd.DataFrame:
    """The delivered file in our columns; raises UnreadableFile when it holds too few transcripts to be MANE."""
    path, shipped = only_file(files), read_table(RELEASE.key)
    symbols = dict(zip(shipped["ensembl"].str.split(".").str[0], shipped["gene"], strict=True))
    symbols.pop("", None)  # the mitochondrial genes have no transcript of Ensembl
    table = from_official(path, symbols)
    found = int(table["mane_status"].isin(_TAGS.values()).sum())
    if found < FEWEST_TRANSCRIPTS:
        raise UnreadableFile(f"It holds {found:,} MANE transcripts, and MANE has some 19,000.", path.name)
    return table


def release_of(files: Sequence[Path]) -> Release:
    """The number in the file's name, and the day it was packed (a gzip file tells it), else a day in its name."""
    path = only_file(files)
    named = re.search(r"\.v(\d+\.\d+)\.", path.name)
    if named is None:
        raise UnreadableFile("Its name does not say which MANE it is, as MANE.GRCh38.v1.4 does.", path.name)
    return replace(RELEASE, version=named[1], released_on=_packed_on(path) or date_in_name(path))


def _packed_on(path: Path) -> str:
    """The ISO day in a gzip header (RFC 1952, MTIME), "" when it holds none."""
    with path.open("rb") as content:
        head = content.read(8)
    if not is_gzip(path) or len(head) < len("........"):
        return ""
    (seconds,) = struct.unpack("<I", head[4:8])
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else ""


OFFER = Offer(
    source=RELEASE.key,
    assembly=Assembly.UNKNOWN,
    licence=Licence(RELEASE.licence, "https://www.ncbi.nlm.nih.gov/home/about/policies/"),
    fetch=(),
    release_of=release_of,
    build=table_builder(RELEASE.key, converted),
    by_hand="Save MANE.GRCh38.v<number>.ensembl_genomic.gff.gz from ftp.ncbi.nlm.nih.gov/refseq/MANE/MANE_human; "
    "one newer than the table that ships takes its place.",
)

"""Transcripts from a GFF3 file in Ensembl's form, as rows of the table that MANE ships in.

Format: GFF3 (Sequence Ontology, version 1.26) with Ensembl's attributes (README of its gff3 folder): transcripts
are "ID=transcript:ENST...;Parent=gene:ENSG...", exons and CDS point to them by Parent. Transcripts whose ends are
not known (tags mRNA_start_NF and the like, or a CDS that begins within a codon) are left out: nothing could be
counted on them.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from models.case import Assembly, canonical_chrom
from models.errors import UnreadableFile, WrongBuild
from models.intake.assembly import BOTH, LENGTHS_BASES
from models.knowledge.delivered import is_gzip
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import CONTIGS

_INCOMPLETE = ("mRNA_start_NF", "mRNA_end_NF", "cds_start_NF", "cds_end_NF")
_STATUS = {"MANE_Select": "MANE Select", "MANE_Plus_Clinical": "MANE Plus Clinical", "Ensembl_canonical": "canonical"}
_STEP_LINES = 200_000


@dataclass
class _Transcript:
    name: str
    gene: str
    chrom: str
    strand: str
    status: str
    is_complete: bool
    exons: list[tuple[int, int]] = field(default_factory=list)
    coding: list[tuple[int, int, str]] = field(default_factory=list)


def read_gff(path: Path, assembly: Assembly, progress: Progress) -> pd.DataFrame:
    """One row a transcript, by gene: the columns of the shipped MANE table.

    refseq: the transcript with version, whoever named it. mane_status: "MANE Select", "MANE Plus Clinical",
    "canonical" (Ensembl's choice) or "". Raises UnreadableFile with the line, WrongBuild for another assembly.
    """
    genes: dict[str, str] = {}
    transcripts: dict[str, _Transcript] = {}
    for number, line in enumerate(_lines(path), 1):
        where = f"{path.name} line {number}"
        if number % _STEP_LINES == 0:
            progress(f"Reading line {number:,} of the transcripts", None)
        if line.startswith("##sequence-region"):
            _check_length(line.split(), assembly, where)
        if line.startswith("#") or not line.strip():
            continue
        try:
            _take(line.rstrip("\n").split("\t"), genes, transcripts)
        except (ValueError, KeyError) as problem:
            raise UnreadableFile(
                "This is no line of a GFF3 file of Ensembl.", f"{path.name} line {number}"
            ) from problem
    rows = [_row(t) for t in transcripts.values() if _can_be_counted_on(t)]
    if not rows:
        raise UnreadableFile("It holds no transcript in Ensembl's form.", path.name)
    return pd.DataFrame(rows).sort_values(["gene", "start_1based"], kind="stable", ignore_index=True)


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if is_gzip(path) else path.open(encoding="utf-8") as text:
            yield from text
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as problem:
        raise UnreadableFile("It cannot be read to its end; fetch it again.", path.name) from problem


def _check_length(fields: list[str], assembly: Assembly, where: str) -> None:
    expected = LENGTHS_BASES.get(canonical_chrom(fields[1])) if len(fields) == 4 else None
    if expected and fields[3] != str(expected[BOTH.index(assembly)]):
        raise WrongBuild(f"Chromosome {fields[1]} has not the length it has in {assembly.value}.", where)


def _take(fields: list[str], genes: dict[str, str], transcripts: dict[str, _Transcript]) -> None:
    contig, _, kind, start, end, _, strand, phase, attributes = fields
    if "ID=gene:" in attributes:
        said = _attributes(attributes)
        genes[said["ID"]] = said.get("Name", said["gene_id"])
    elif "ID=transcript:" in attributes:
        said = _attributes(attributes)
        tags = said.get("tag", "").split(",")
        name = f"{said['transcript_id']}.{said['version']}" if "version" in said else said["transcript_id"]
        status = next((words for tag, words in _STATUS.items() if tag in tags), "")
        chrom = canonical_chrom(contig)
        complete = chrom in CONTIGS and chrom != "MT" and not any(tag in _INCOMPLETE for tag in tags)
        transcripts[said["ID"]] = _Transcript(name, genes[said["Parent"]], chrom, strand, status, complete)
    elif kind in ("exon", "CDS") and (of := transcripts.get(_attributes(attributes)["Parent"])):
        if kind == "exon":
            of.exons.append((int(start), int(end)))
        else:
            of.coding.append((int(start), int(end), phase))


def _attributes(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if part)


def _can_be_counted_on(transcript: _Transcript) -> bool:
    if not transcript.is_complete or not transcript.exons or transcript.strand not in ("+", "-"):
        return False
    first = (min if transcript.strand == "+" else max)(transcript.coding, default=(0, 0, "0"))
    return first[2] == "0" and sum(end - start + 1 for start, end, _ in transcript.coding) % 3 == 0


def _row(transcript: _Transcript) -> dict[str, object]:
    exons, coding = sorted(transcript.exons), transcript.coding
    return {
        "gene": transcript.gene,
        "chrom": transcript.chrom,
        "strand": transcript.strand,
        "refseq": transcript.name,
        "ensembl": "",
        "mane_status": transcript.status,
        "start_1based": exons[0][0],
        "cds_start_1based": min((start for start, _, _ in coding), default=0),
        "cds_end_1based": max((end for _, end, _ in coding), default=0),
        "exon_offsets": np.array([start - exons[0][0] for start, _ in exons], np.int32),
        "exon_sizes": np.array([end - start + 1 for start, end in exons], np.int32),
    }

"""Work-ups for the genome browser page."""

import tempfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from models.case import ReferenceSlices, canonical_chrom
from models.knowledge.types import TranscriptModel
from tests.builders_workup import a_workup, some_variants
from tests.reads_builder import LENGTHS, a_reference, some_reads

_EXONS = ((166_010_500, 166_011_100), (166_012_200, 166_012_420), (166_013_300, 166_013_800))
SCN1A = TranscriptModel(
    "SCN1A", "2", "-", "NM_001165963.4", "ENST00000674923.1", "MANE Select", _EXONS, 166_010_700, 166_013_700
)
_SHARE = {"0/0": 0.0, "0/1": 0.5, "1/1": 1.0, "1": 1.0, "0": 0.0}


@cache
def genome_case(what: str) -> Any:
    """trio: reads of three people. no-reads, no-reference: as they say. md-tags: no reference but MD tags."""
    workup = a_workup(**_files(what))
    knowledge = SimpleNamespace(genes=workup.knowledge.genes, transcripts=SimpleNamespace(model={"SCN1A": SCN1A}.get))
    object.__setattr__(workup, "knowledge", knowledge)
    object.__setattr__(workup.case, "sha256", what)
    return workup


def _files(what: str) -> dict[str, Any]:
    if what == "no-reads":
        return {}
    folder = Path(tempfile.mkdtemp(prefix="genome-test-"))
    drawable = [(f"chr{canonical_chrom(v['chrom'])}".replace("chrMT", "chrM"), v) for v in some_variants()]
    drawable = [(c, v) for c, v in drawable if c in LENGTHS and set(v["ref"] + v["alt"]) <= set("ACGT")]
    reference = a_reference(folder, [(c, v["pos_1based"], v["ref"]) for c, v in drawable])
    reads = tuple(
        some_reads(
            folder,
            who,
            reference,
            [(c, v["pos_1based"], v["ref"], v["alt"], _SHARE.get(v.get(who, "0/0"), 0.0)) for c, v in drawable],
            md=what == "md-tags",
        )
        for who in ("proband", "mother", "father")
    )
    return {"reads": reads, "reference": ReferenceSlices(reference.fasta, True) if what == "trio" else None}

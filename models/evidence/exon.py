"""Which exon or intron of its transcript a variant lies in, and of how many."""

import re
from typing import Any

from models.case import Assembly, Case, State
from models.knowledge.types import TranscriptModel

NOT_ASSESSED = "not assessed: the file numbers no exons, and the transcript is not the gene's MANE transcript"
OUTSIDE = "neither: the change lies outside of the transcript's exons and introns"
ON_MITOCHONDRION = "neither: mitochondrial genes have no introns"
_NUMBERED = re.compile(r"(\d+)(?:-(\d+))?(?:/(\d+))?")
Span = tuple[int, int]


def exon_words(case: Case, row: int, model: TranscriptModel | None) -> str:
    """ "exon 26 of 29", "intron 3 of 28", "exons 3 to 5 of 12".

    As the file's annotator numbers them on its own transcript; where it does not, counted on MANE from `model` (the
    gene's), if that is the transcript named. Numbered in the direction of the transcript (VEP's EXON and INTRON,
    SnpEff's Rank).
    """
    v = case.variants.frame.iloc[row]
    if v["chrom"] == "MT":
        return ON_MITOCHONDRION
    if v["transcript_state"] == State.FOUND and (said := _as_annotated(v)):
        return said
    if case.assembly is Assembly.GRCH38 and model and str(v["transcript"]) in (model.refseq, model.ensembl):
        return f"{_counted(model, *_touched(v))} (counted on MANE)"
    return NOT_ASSESSED


def _as_annotated(v: Any) -> str:
    """SnpEff has one number for both; its c. name or its terms say that it is of an intron."""
    exon, intron = str(v["exon"]), str(v["intron"])
    if exon and not intron and "intron_variant" in str(v["consequence"]).split("&"):
        exon, intron = "", exon
    return " and ".join(filter(None, (_numbered("exon", exon), _numbered("intron", intron))))


def _numbered(what: str, numbers: str) -> str:
    """ "exon 26 of 29" of "26/29"; "" for what is no such number."""
    found = _NUMBERED.fullmatch(numbers)
    if not found:
        return ""
    return _told(what, int(found[1]), int(found[2] or found[1]), int(found[3] or 0))


def _told(what: str, first: int, last: int, of: int) -> str:
    which = f"{what} {first}" if first == last else f"{what}s {first} to {last}"
    return f"{which} of {of}" if of else f"{which} (of how many the file does not say)"


def _touched(v: Any) -> Span:
    """First and last base changed, 1-based; of an insertion the two bases that it lies between."""
    first, last = int(v["pos_1based"]), int(v["end_1based"])
    ref, alt = str(v["ref"]), str(v["alt"])
    if len(ref) == len(alt) or ref[:1] != alt[:1]:
        return first, last
    return (first, first + 1) if len(ref) == 1 else (first + 1, last)  # the anchor base itself stays


def _counted(model: TranscriptModel, first: int, last: int) -> str:
    introns = tuple((a[1] + 1, b[0] - 1) for a, b in zip(model.exons, model.exons[1:], strict=False))
    found = (_among("exon", model.exons, model, first, last), _among("intron", introns, model, first, last))
    return " and ".join(filter(None, found)) or OUTSIDE


def _among(what: str, parts: tuple[Span, ...], model: TranscriptModel, first: int, last: int) -> str:
    at = [n for n, (start, end) in enumerate(parts, 1) if start <= last and first <= end]
    if not at:
        return ""
    numbers = at if model.strand == "+" else [len(parts) + 1 - n for n in at]
    return _told(what, min(numbers), max(numbers), len(parts))

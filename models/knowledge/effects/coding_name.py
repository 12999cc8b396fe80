"""HGVS names on the transcript: "c.2836C>T", "c.124-2del", "c.*34dup", "n.14A>G", "m.3243A>G".

HGVS Nomenclature 21.0 (Hart et al. 2024, Genome Med 16:149, PMID:39702242): insertions and deletions as far
in the 3' direction of the transcript as the sequence of the genome allows, a copy of what stands before it is
a duplication, everything else that is not a substitution of one base is a "delins". Inversions are not told
from a "delins". The mitochondrion is counted on its genome (NC_012920.1).
"""

from collections.abc import Callable

from models.knowledge.effects.edit import Edit, moved
from models.knowledge.effects.genetic_code import on_strand
from models.knowledge.effects.protein import Bases
from models.knowledge.effects.spliced import Spliced

MITOCHONDRION_BASES = 16569  # rCRS, NC_012920.1


def coding_name(transcript: Spliced, edit: Edit, reference: Bases) -> str:
    """The name; "" where the change reaches beyond the transcript, which has no numbers there."""
    model = transcript.model
    if edit.chrom == "MT":
        return f"m.{_described(moved(edit, reference, 1, MITOCHONDRION_BASES), str, reference, 1)}"
    low, high = model.exons[0][0], model.exons[-1][1]
    if edit.start_1based < low or edit.end_1based > high:
        return ""

    def name(pos_1based: int) -> str:
        place = transcript.place(pos_1based)
        return transcript.name(place) if place else ""

    direction, limit = (1, high) if transcript.is_forward else (-1, low)
    described = _described(moved(edit, reference, direction, limit), name, reference, direction)
    return described and f"{'c' if transcript.coding else 'n'}.{described}"


def _described(edit: Edit, name: Callable[[int], str], reference: Bases, direction: int) -> str:
    """direction: of the transcript on the genome. name: of a position, "" outside of the transcript."""
    strand = "+" if direction > 0 else "-"
    deleted, inserted = on_strand(edit.deleted, strand), on_strand(edit.inserted, strand)
    if len(deleted) == len(inserted) == 1:
        return f"{name(edit.start_1based)}{deleted}>{inserted}"
    if deleted:
        span = _span(edit.start_1based, edit.end_1based, name, direction)
        return span and span + (f"delins{inserted}" if inserted else "del")
    copied = edit.start_1based - (len(inserted) if direction > 0 else 0)
    last = copied + len(inserted) - 1
    if reference.bases(edit.chrom, copied, last) == edit.inserted and (span := _span(copied, last, name, direction)):
        return f"{span}dup"
    span = _span(edit.start_1based - 1, edit.start_1based, name, direction)
    return span and f"{span}ins{inserted}"


def _span(low: int, high: int, name: Callable[[int], str], direction: int) -> str:
    """ "5" or "5_7" in the transcript's order; "" when an end lies outside."""
    first, last = (name(low), name(high)) if direction > 0 else (name(high), name(low))
    if not first or not last:
        return ""
    return first if low == high else f"{first}_{last}"

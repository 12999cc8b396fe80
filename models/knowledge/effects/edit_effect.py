"""What an insertion, a deletion or a change of several bases does to one transcript.

Sequence Ontology terms by the rules of Ensembl's VEP (calculated variant consequences, release 113), judged
where the file puts the allele, as VEP and `bcftools csq` do. Not told apart from their parents: VEP's finer
splice terms (donor 5th base, donor region, polypyrimidine tract), which are splice_region_variant or intron_variant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.intake.severity import RANK_OF
from models.knowledge.effects.edit import Edit
from models.knowledge.effects.genetic_code import code_of, on_strand
from models.knowledge.effects.protein import Bases
from models.knowledge.effects.protein_effect import (
    START_UNKNOWN,
    UNKNOWN_EFFECT,
    ReadingFrame,
    over_the_stop,
    protein_effect,
)
from models.knowledge.effects.spliced import Spliced

# SO:0001574, SO:0001575: the intron's first and last two bases. SO:0001630: its 3rd to 8th, the exon's last three.
ESSENTIAL_BASES, REGION_BASES, EXON_BASES = 2, 8, 3
ESSENTIAL = frozenset({"splice_donor_variant", "splice_acceptor_variant"})


@dataclass(frozen=True)
class Effect:
    """consequence: terms, most severe first, "&"-joined. hgvs_p: "" where it cannot be told; None where the change
    does not touch the protein at all."""

    consequence: str
    hgvs_p: str | None = None


def joined(terms: frozenset[str]) -> str:
    """Terms in the order of severity; a splice region is not told beside the essential splice site."""
    kept = terms - {"splice_region_variant"} if terms & ESSENTIAL else terms
    return "&".join(sorted(kept, key=RANK_OF.__getitem__))


def edit_effect(transcript: Spliced, edit: Edit, reference: Bases) -> Effect | None:
    """None where the change lies outside of the transcript."""
    span = _along(transcript, edit)
    if span is None:
        return None
    head, tail = _ends(transcript)
    if not edit.is_insertion and span[0] <= head and span[1] >= tail:
        return Effect("transcript_ablation")
    span = (max(span[0], head), min(span[1], tail))
    terms = frozenset(_splice_terms(transcript, span, edit.is_insertion))
    exonic = _exonic(transcript, span, edit.is_insertion)
    if exonic is None:
        return Effect(joined(terms), UNKNOWN_EFFECT if terms & ESSENTIAL and transcript.coding else None)
    if transcript.coding is None:
        return Effect(joined(terms | {"non_coding_transcript_exon_variant"}))
    first, last, is_whole = exonic
    terms |= _untranslated(transcript.coding, first, last)
    coding_terms, name = _coding(transcript, edit, (first, last), is_whole, reference)
    if terms & ESSENTIAL and name != START_UNKNOWN:
        name = UNKNOWN_EFFECT
    return Effect(joined(terms | coding_terms), name)


def _coding(
    transcript: Spliced, edit: Edit, exonic: tuple[int, int], is_whole: bool, reference: Bases
) -> tuple[frozenset[str], str | None]:
    """Terms and protein name for the bases of the reading frame that a change touches; none where it touches none."""
    first, last = exonic
    start, end = transcript.coding or (0, -1)
    if not start < first <= end if edit.is_insertion else last < start or first > end:
        return frozenset(), None
    inserted = on_strand(edit.inserted, transcript.model.strand)
    if first >= start and (is_whole or edit.is_insertion):
        judge = protein_effect if last <= end else over_the_stop
        effect = judge(reading_frame(transcript, reference), first - start, len(edit.deleted), inserted)
        return effect.terms, effect.name if is_whole else UNKNOWN_EFFECT  # between exon and intron: may be spliced out
    if is_whole and last <= end and _starts_again(transcript, exonic, inserted, reference):
        return frozenset({"start_retained_variant"}), "p.Met1="
    if first < start + 3:
        return frozenset({"start_lost"}), START_UNKNOWN
    if last > end - 3:
        return frozenset({"stop_lost"}), UNKNOWN_EFFECT
    return frozenset({"coding_sequence_variant"}), UNKNOWN_EFFECT


def _starts_again(transcript: Spliced, exonic: tuple[int, int], inserted: str, reference: Bases) -> bool:
    """Whether a change from the 5' UTR into the reading frame leaves the whole reading frame as it was."""
    text, start = _sequence(transcript, reference), transcript.coding[0] if transcript.coding else 0
    return (text[: exonic[0]] + inserted).endswith(text[start : exonic[1] + 1])


@lru_cache(maxsize=1024)
def reading_frame(transcript: Spliced, reference: Bases) -> ReadingFrame:
    """The transcript's own sequence from the start codon on, read from the reference."""
    text = _sequence(transcript, reference)[transcript.coding[0] if transcript.coding else 0 :]
    is_mitochondrial = transcript.model.chrom == "MT"
    return ReadingFrame(text, transcript.cds_length, code_of(transcript.model.chrom), is_mitochondrial)


def _sequence(transcript: Spliced, reference: Bases) -> str:
    """The spliced transcript in its own direction."""
    model = transcript.model
    parts = (on_strand(reference.bases(model.chrom, min(exon), max(exon)), model.strand) for exon in transcript.exons)
    return "".join(parts)


def _ends(transcript: Spliced) -> tuple[int, int]:
    sign = 1 if transcript.is_forward else -1
    return sign * transcript.exons[0][0], sign * transcript.exons[-1][1]


def _along(transcript: Spliced, edit: Edit) -> tuple[int, int] | None:
    """(first, last) base touched, counted in the transcript's direction (negative on the reverse strand): of an
    insertion the two it lies between. None outside."""
    low, high = (
        (edit.start_1based - 1, edit.start_1based) if edit.is_insertion else (edit.start_1based, edit.end_1based)
    )
    first, last = (low, high) if transcript.is_forward else (-high, -low)
    head, tail = _ends(transcript)
    outside = (first < head or last > tail) if edit.is_insertion else (last < head or first > tail)
    return None if outside else (first, last)


def _introns(transcript: Spliced, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """(first, last) base of each intron at or beside the span, in the transcript's direction."""
    sign = 1 if transcript.is_forward else -1
    places = [transcript.place(sign * at) for at in span]
    first, last = (p.exon for p in places if p)
    for i in range(max(0, first - 2), min(len(transcript.exons) - 1, last + 1)):
        yield sign * transcript.exons[i][1] + 1, sign * transcript.exons[i + 1][0] - 1


def _splice_terms(transcript: Spliced, span: tuple[int, int], is_insertion: bool) -> Iterator[str]:
    """What the span touches of introns and their borders. An insertion touches a stretch when both its
    neighbours lie in it."""

    def touches(first: int, last: int) -> bool:
        return first <= span[0] and span[1] <= last if is_insertion else span[0] <= last and span[1] >= first

    for start, end in _introns(transcript, span):
        donor, acceptor = (start, start + ESSENTIAL_BASES - 1), (end - ESSENTIAL_BASES + 1, end)
        if touches(*donor):
            yield "splice_donor_variant"
        if touches(*acceptor):
            yield "splice_acceptor_variant"
        near_donor = (start - EXON_BASES, min(start + REGION_BASES - 1, end))
        near_acceptor = (max(end - REGION_BASES + 1, start), end + EXON_BASES)
        if touches(*near_donor) or touches(*near_acceptor):
            yield "splice_region_variant"
        inner = (start, end) if is_insertion else (start + ESSENTIAL_BASES, end - ESSENTIAL_BASES)
        if touches(*inner) and not (is_insertion and (touches(*donor) or touches(*acceptor))):
            yield "intron_variant"


def _exonic(transcript: Spliced, span: tuple[int, int], is_insertion: bool) -> tuple[int, int, bool] | None:
    """(first, last) spliced base touched, and whether nothing but one exon's bases is; None in an intron.

    Of an insertion: first is the base it goes in before and last the one before it; between an exon and an intron
    it counts as the exon's.
    """
    sign = 1 if transcript.is_forward else -1
    places = [p for at in span if (p := transcript.place(sign * at))]
    low, high = places
    if is_insertion:
        if low.into_intron and high.into_intron:
            return None
        at = low.anchor + 1 if not low.into_intron else high.anchor
        return at, at - 1, not low.into_intron and not high.into_intron
    first = low.anchor + (1 if low.into_intron > 0 else 0)
    last = high.anchor - (1 if high.into_intron < 0 else 0)
    return None if last < first else (first, last, last - first == span[1] - span[0])


def _untranslated(coding: tuple[int, int], first: int, last: int) -> frozenset[str]:
    """5' and 3' UTR, as far as spliced bases first..last lie in them; of an insertion last is the base before first."""
    (start, end), is_insertion = coding, last < first
    terms = set()
    if first < start or (is_insertion and first == start):
        terms.add("5_prime_UTR_variant")
    if last > end or (is_insertion and last == end):
        terms.add("3_prime_UTR_variant")
    return frozenset(terms)

"""Gene, transcript, consequence and HGVS names of a case's alleles on MANE, from the installed reference.

One transcript stands for each row: the one most severely affected; between equals MANE Select goes before
Plus Clinical, then the first gene by symbol (as models.knowledge.segments has it); of genes that are only
nearby, the nearest. Every row in a transcript is named, far introns too. Each allele is judged by itself: two
changes of one codon on one haplotype are two rows here, as `bcftools csq --local-csq` has it, because the ranker
asks about one allele.

Nothing is written to disk and no other program is run. The rules are our own because `bcftools csq` takes
patients' alleles from files, ends at the first REF that disagrees, keeps state between calls in one process, reads
mitochondrial genes with the standard code and gives no HGVS; the tests hold our consequences to its.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import State
from models.intake.severity import RANK_OF
from models.knowledge.effects.coding_name import coding_name
from models.knowledge.effects.edit import Edit, edit_of
from models.knowledge.effects.edit_effect import REGION_BASES, Effect, edit_effect
from models.knowledge.effects.genetic_code import BASES, CODE_OF_LETTER
from models.knowledge.effects.layout import Ints, Layout, Pairs, layout_of
from models.knowledge.effects.reference import Agreement, Reference, letters_of
from models.knowledge.effects.snv_effect import INTRON, STOP_LOST, TEXTS, snv_effects
from models.knowledge.effects.snv_names import coding_names, protein_names
from models.knowledge.positions.alleles import CONTIGS, Alleles
from models.knowledge.transcripts import Transcripts

N = TypeVar("N", bound=np.generic)
UPSTREAM, DOWNSTREAM, INTERGENIC = "upstream_gene_variant", "downstream_gene_variant", "intergenic_variant"
_STEP_ROWS = 2000  # rows between two words of progress


@dataclass(frozen=True, eq=False)
class _Judged:
    """What each pair of a row and a transcript comes to. text: place in `texts`. distance_bases: to the
    transcript, 0 inside. effects: of pairs that are no substitution of one base and were looked at in full."""

    pairs: Pairs
    text: Ints
    texts: list[str]
    distance_bases: Ints
    effects: dict[int, Effect]


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows that are judged. at: their places in the case. is_snv: substitutions of one base. edits: of the
    others, by place in `at`. start, end: bases touched; of an insertion the two it lies between."""

    at: Ints
    contig: NDArray[np.uint8]
    start: Ints
    end: Ints
    is_snv: NDArray[np.bool_]
    ref: NDArray[np.uint8]
    alt: NDArray[np.uint8]
    edits: dict[int, Edit]


def effects(
    alleles: Alleles,
    reference: Reference,
    transcripts: Transcripts,
    progress: Callable[[str, float | None], None] = lambda *_: None,
) -> pd.DataFrame:
    """The contract's columns gene, transcript, is_mane_select, consequence, hgvs_c and hgvs_p with their states
    (models.case.variants), a row for each allele.

    NOT_ASSESSED: alleles that are not spelled out, disagree with the reference or lie on its unknown bases.
    ABSENT: no gene within 5,000 bases; no name because the change lies outside of the transcript, or no
    protein touched. Raises WrongBuild unless alleles, reference and MANE (GRCh38) are of one assembly.
    """
    return effects_on(layout_of(transcripts), alleles, reference, progress)


def effects_on(
    layout: Layout,
    alleles: Alleles,
    reference: Reference,
    progress: Callable[[str, float | None], None] = lambda *_: None,
) -> pd.DataFrame:
    """The same on any transcripts (`layout.laid_out`), as on a gene's others."""
    layout.check(alleles.assembly)
    reference.check(alleles.assembly)
    rows = _rows(alleles, reference)
    judged = _judge(layout, rows, reference, progress)
    return _frame(len(alleles), layout, rows, judged, _chosen(layout, rows, judged), reference)


def _rows(alleles: Alleles, reference: Reference) -> _Rows:
    agrees = reference.agreement(alleles) == Agreement.AGREES
    same = pc.equal(alleles.ref, alleles.alt).to_numpy(zero_copy_only=False)
    at = np.flatnonzero(agrees & ~same)
    sizes = [pc.binary_length(column).to_numpy(zero_copy_only=False)[at] for column in (alleles.ref, alleles.alt)]
    is_snv = (sizes[0] == 1) & (sizes[1] == 1)
    start = alleles.pos_1based[at].astype(np.int64)
    end = start.copy()
    contig, edits = alleles.contig[at], {}
    ref, alt = alleles.ref, alleles.alt
    for i in np.flatnonzero(~is_snv):
        row = int(at[i])
        edit = edit_of(CONTIGS[contig[i]], int(start[i]), ref[row].as_py(), alt[row].as_py())
        start[i], end[i] = sorted((edit.start_1based, edit.end_1based))
        edits[int(i)] = edit
    return _Rows(at, contig, start, end, is_snv, _first(ref)[at], _first(alt)[at], edits)


def _first(column: pa.LargeStringArray) -> NDArray[np.uint8]:
    """The first base of each row, as BASES numbers it."""
    letters, row, along = letters_of(column)
    codes = np.zeros(len(column), np.uint8)
    codes[row[along == 0]] = CODE_OF_LETTER[letters[along == 0]]
    return codes


def _judge(layout: Layout, rows: _Rows, reference: Reference, progress: Callable[[str, float | None], None]) -> _Judged:
    pairs = layout.pairs(rows.contig, rows.start, rows.end)
    texts = [*TEXTS, UPSTREAM, DOWNSTREAM]
    before = layout.start[pairs.transcript] - rows.end[pairs.row]
    behind = rows.start[pairs.row] - layout.end[pairs.transcript]
    distance = np.maximum(np.maximum(before, behind), 0)
    text = np.where((before > 0) == layout.forward[pairs.transcript], texts.index(UPSTREAM), texts.index(DOWNSTREAM))
    snv = np.flatnonzero(rows.is_snv[pairs.row] & (distance == 0))
    row, transcript = pairs.row[snv], pairs.transcript[snv]
    text[snv] = snv_effects(layout, transcript, rows.start[row], rows.alt[row], reference).text
    other = np.flatnonzero(~rows.is_snv[pairs.row] & (distance == 0))
    far = _in_a_far_intron(layout, rows, pairs, other)
    text[other[far]] = INTRON
    found = {}
    for done, at in enumerate(other[~far].tolist()):
        if done % _STEP_ROWS == 0:
            progress("Reading what insertions and deletions do", done / len(other))
        effect = edit_effect(layout.plans[pairs.transcript[at]], rows.edits[int(pairs.row[at])], reference)
        if effect is None:  # an insertion just before or behind the transcript
            distance[at] = 1
            continue
        found[at] = effect
        if effect.consequence not in texts:
            texts.append(effect.consequence)
        text[at] = texts.index(effect.consequence)
    return _Judged(pairs, text, texts, distance, found)


def _in_a_far_intron(layout: Layout, rows: _Rows, pairs: Pairs, at: Ints) -> NDArray[np.bool_]:
    """Pairs wholly within one intron and beyond its splice regions."""
    row, transcript = pairs.row[at], pairs.transcript[at]
    ends = [np.clip(p[row], layout.start[transcript], layout.end[transcript]) for p in (rows.start, rows.end)]
    low, high = (layout.places(transcript, end) for end in ends)
    introns = [place.exon - (place.into_intron < 0) for place in (low, high)]
    beyond = [np.abs(place.into_intron) > REGION_BASES for place in (low, high)]
    far: NDArray[np.bool_] = beyond[0] & beyond[1] & (introns[0] == introns[1])
    return far


def _chosen(layout: Layout, rows: _Rows, judged: _Judged) -> Ints:
    """For each row the pair that stands for it, -1 where no transcript is near."""
    rank = [min(RANK_OF[t] for t in text.split("&")) for text in judged.texts]
    rank[judged.texts.index(DOWNSTREAM)] = rank[judged.texts.index(UPSTREAM)]  # of these the nearer is told
    row, transcript = judged.pairs
    severity = np.array(rank)[judged.text]
    ties = (layout.by_symbol[transcript], layout.order[transcript])
    order = np.lexsort((*ties, judged.distance_bases, severity, row))
    first = order[np.concatenate(([True], np.diff(row[order]) > 0))] if len(order) else order
    chosen = np.full(len(rows.at), -1, np.int64)
    chosen[row[first]] = first
    return chosen


def _frame(size: int, layout: Layout, rows: _Rows, judged: _Judged, chosen: Ints, reference: Reference) -> pd.DataFrame:
    has = np.flatnonzero(chosen >= 0)
    pair, at = chosen[has], rows.at[has]
    transcript = judged.pairs.transcript[pair]
    models = [plan.model for plan in layout.plans]
    frame = pd.DataFrame(index=pd.RangeIndex(size))
    for name, of_models in (("gene", [m.gene for m in models]), ("transcript", [m.refseq for m in models])):
        codes, values = pd.factorize(np.array(of_models, dtype=object))
        frame[name] = _category(size, at, codes[transcript], list(values))
    is_select = np.array([m.mane_status == "MANE Select" for m in models], np.bool_)
    frame["is_mane_select"] = _placed(size, at, is_select[transcript], fill=False)
    told = np.where(chosen >= 0, judged.text[chosen] if len(judged.text) else 0, len(judged.texts))
    frame["consequence"] = _category(size, rows.at, told, [*judged.texts, INTERGENIC])
    names = _names(layout, rows, judged, has, pair, reference)
    for name, texts in zip(("hgvs_c", "hgvs_p"), names, strict=True):
        written = np.where(pd.isna(texts), "", texts)
        frame[name] = pd.Series(_placed(size, at, written, fill=""), dtype="str")
    return frame.assign(**_states(size, rows.at, at, *names))


def _names(
    layout: Layout, rows: _Rows, judged: _Judged, has: Ints, pair: Ints, reference: Reference
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """(hgvs_c, hgvs_p) of the rows `has` on their pairs; None: there is none, "": it cannot be told."""
    hgvs_c, hgvs_p = (np.full(len(has), None, dtype=object) for _ in range(2))
    inside = judged.distance_bases[pair] == 0
    transcript = judged.pairs.transcript[pair]
    snv = np.flatnonzero(rows.is_snv[has] & inside)
    of, row = transcript[snv], has[snv]
    found = snv_effects(layout, of, rows.start[row], rows.alt[row], reference)
    hgvs_c[snv] = coding_names(layout, of, rows.start[row], (rows.ref[row], rows.alt[row]), found)
    hgvs_p[snv] = protein_names(layout, of, found)
    for i in snv[np.flatnonzero(found.text % (len(TEXTS) // 2) == STOP_LOST)]:
        at = int(has[i])
        bases = (BASES[rows.ref[at]], BASES[rows.alt[at]])
        effect = edit_effect(
            layout.plans[transcript[i]], Edit(CONTIGS[rows.contig[at]], int(rows.start[at]), *bases), reference
        )
        hgvs_p[i] = effect.hgvs_p if effect else None
    for i in np.flatnonzero(~rows.is_snv[has] & inside):
        hgvs_c[i] = coding_name(layout.plans[transcript[i]], rows.edits[int(has[i])], reference) or None
        told = judged.effects.get(int(pair[i]))
        hgvs_p[i] = told.hgvs_p if told else None
    return hgvs_c, hgvs_p


def _states(
    size: int, judged: Ints, in_gene: Ints, hgvs_c: NDArray[np.object_], hgvs_p: NDArray[np.object_]
) -> dict[str, NDArray[np.int8]]:
    looked = np.full(size, State.NOT_ASSESSED, np.int8)
    looked[judged] = State.ABSENT
    gene, coding, protein, consequence = (looked.copy() for _ in range(4))
    consequence[judged] = State.FOUND
    gene[in_gene] = State.FOUND
    coding[in_gene[pd.notna(hgvs_c)]] = State.FOUND
    protein[in_gene[pd.notna(hgvs_p)]] = State.FOUND
    protein[in_gene[hgvs_p == ""]] = State.NOT_ASSESSED
    return {
        "gene_state": gene,
        "transcript_state": gene.copy(),
        "consequence_state": consequence,
        "hgvs_c_state": coding,
        "hgvs_p_state": protein,
    }


def _category(size: int, at: Ints, codes: Ints, values: list[str]) -> pd.Categorical:
    """A column of `values`, "" outside of the rows `at`."""
    used, code = np.unique(codes, return_inverse=True)
    placed = _placed(size, at, code + 1, fill=0)
    return pd.Categorical.from_codes(placed, ["", *(values[u] for u in used)])


def _placed(size: int, at: Ints, values: NDArray[N], fill: object) -> NDArray[N]:
    column: NDArray[N] = np.full(size, fill, values.dtype)
    column[at] = values
    return column

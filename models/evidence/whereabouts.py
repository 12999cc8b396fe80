"""Why is this variant not here? Any gene, HGVS name or place gets its verdict."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Case, Kind, State
from models.errors import InputError
from models.evidence.consequence import plain_words
from models.evidence.describe import change_name, copies_at, frequency_words, reads_words, zygosity_words
from models.evidence.family import calls_at, family_of
from models.evidence.funnel import TITLES, thresholds_in_words
from models.evidence.mitochondrial import mitochondrial_name
from models.evidence.query import (
    NOT_UNDERSTOOD,
    AlleleQuery,
    GeneQuery,
    HgvsQuery,
    IdQuery,
    PlaceQuery,
    PositionQuery,
    Query,
    is_same_name,
    normal_hgvs,
    read_query,
)
from models.evidence.regions import Copies
from models.evidence.types import Step, VariantEvidence, Whereabouts

RankOf = Callable[[int], int | None]
# A range can hold a whole chromosome: more answers than this are not read by anyone.
MAX_ANSWERS = 200


def where_is(query: str, case: Case, evidence: VariantEvidence, rank_of: RankOf) -> Whereabouts:
    """The single most useful answer: the best-ranked row asked for, else the one that got furthest.

    rank_of: 1-based rank of a row, None when it has none. Raises InputError for a question that is empty
    or not understood.
    """
    return where_are(query, case, evidence, rank_of)[0]


def where_are(query: str, case: Case, evidence: VariantEvidence, rank_of: RankOf) -> tuple[Whereabouts, ...]:
    """An answer for each row asked for, best first, at most MAX_ANSWERS; one "not in the file" when there is none."""
    asked = read_query(query, case.assembly)
    rows = rows_of(asked, case, evidence)
    if not len(rows):
        return (_not_in_file(query, asked, case, evidence),)
    answers = [_verdict(query, int(row), case, evidence, rank_of) for row in _furthest_first(rows, evidence)]
    return tuple(sorted(answers, key=lambda a: a.rank if a.rank is not None else np.inf))


def _furthest_first(rows: NDArray[np.intp], evidence: VariantEvidence) -> NDArray[np.intp]:
    step = evidence.left_at[rows].astype(int)
    reached = np.where(step == Step.RANKED, len(Step), step)
    return rows[np.argsort(-reached, kind="stable")][:MAX_ANSWERS]


def rows_of(asked: Query, case: Case, evidence: VariantEvidence) -> NDArray[np.intp]:
    """Rows that match, in file order."""
    frame = case.variants.frame
    match asked:
        case AlleleQuery(allele):
            rows = _rows_between(frame, allele.chrom, allele.pos_1based, allele.pos_1based)
            same = (frame["ref"].iloc[rows] == allele.ref) & (frame["alt"].iloc[rows] == allele.alt)
            return np.asarray(rows[same.to_numpy(dtype=bool)], dtype=np.intp)
        case PlaceQuery(chrom, start, end):
            return _rows_between(frame, chrom, start, end)
        case PositionQuery(position):
            chroms = frame["chrom"].cat.categories
            return np.sort(
                np.concatenate([np.array([], np.intp), *(_rows_between(frame, c, position, position) for c in chroms)])
            )
        case HgvsQuery():
            return _rows_named(frame, asked)
        case IdQuery(name):
            return _rows_with_id(frame, name)
        case GeneQuery(symbol):
            rows = _rows_in_gene(frame, evidence, symbol)
            return rows if len(rows) else _rows_in_gene(frame, evidence, _current(symbol, evidence))


def _rows_between(frame: pd.DataFrame, chrom: str, start: int, end: int) -> NDArray[np.intp]:
    """Rows that touch the range; blocks of a gVCF that only say "reference here" are not variants."""
    code = frame["chrom"].cat.categories.get_indexer(pd.Index([chrom]))[0]
    touches = (frame["chrom"].cat.codes.to_numpy() == code) & (code >= 0)
    touches &= (frame["pos_1based"].to_numpy() <= end) & (frame["end_1based"].to_numpy() >= start)
    rows = np.flatnonzero(touches)
    blocks = frame["kind"].iloc[rows].isin([Kind.NON_REF.value, Kind.REFERENCE.value]).to_numpy(dtype=bool)
    return np.asarray(rows[~blocks], dtype=np.intp)


def _rows_in_gene(frame: pd.DataFrame, evidence: VariantEvidence, symbol: str) -> NDArray[np.intp]:
    by_file = _is_category(frame["gene"], symbol) & (frame["gene_state"].to_numpy() == State.FOUND)
    located = evidence.frame.index.to_numpy()[_is_category(evidence.frame["gene"], symbol)]
    return np.union1d(np.flatnonzero(by_file), located).astype(np.intp)


def _is_category(column: pd.Series, name: str) -> NDArray[np.bool_]:
    wanted = [i for i, c in enumerate(column.cat.categories) if str(c).upper() == name.upper()]
    same: NDArray[np.bool_] = np.isin(column.cat.codes.to_numpy(), wanted)
    return same


def _rows_named(frame: pd.DataFrame, asked: HgvsQuery) -> NDArray[np.intp]:
    column = "hgvs_p" if asked.name.startswith("p.") else "hgvs_c"
    rows = np.flatnonzero(frame[f"{column}_state"].to_numpy() == State.FOUND)
    named = np.array([is_same_name(asked.name, normal_hgvs(str(v))) for v in frame[column].iloc[rows]], dtype=bool)
    rows = rows[named] if len(rows) else rows
    if asked.gene:
        rows = rows[_is_category(frame["gene"], asked.gene)[rows]]
    if asked.transcript:
        base = frame["transcript"].iloc[rows].astype(str).str.split(".").str[0]
        rows = rows[(base == asked.transcript).to_numpy(dtype=bool)]
    return np.asarray(rows, dtype=np.intp)


def _rows_with_id(frame: pd.DataFrame, name: str) -> NDArray[np.intp]:
    """The ID column may hold several, ";"-joined."""
    holds = frame["record_id"].str.contains(name, regex=False).to_numpy(dtype=bool)
    rows = np.flatnonzero(holds)
    exact = np.array([name in str(v).split(";") for v in frame["record_id"].iloc[rows]], dtype=bool)
    return np.asarray(rows[exact] if len(rows) else rows, dtype=np.intp)


def _verdict(query: str, row: int, case: Case, evidence: VariantEvidence, rank_of: RankOf) -> Whereabouts:
    step = Step(int(evidence.left_at[row]))
    name = name_of(case, row)
    if step is Step.RANKED:
        rank = rank_of(row)
        place = f"is at place {rank} of the ranked list" if rank else "is in the funnel without a place in this list"
        return Whereabouts(query, True, f"{name} {place}.", row, None, rank)
    value, threshold = value_at_step(case, row, step), thresholds_in_words(case.variants)[step]
    sentence = f"{name} left at the step “{TITLES[step]}”: {value}. Threshold: {threshold}."
    return Whereabouts(query, True, sentence, row, step, None, value, threshold)


def name_of(case: Case, row: int) -> str:
    """ "SCN1A c.2836C>T (chr2-166012345-C-T)", with what the file brings of it."""
    facts = case.variants.frame.iloc[row]
    gene = str(facts["gene"]) if facts["gene_state"] == State.FOUND else ""
    named = facts["hgvs_c_state"] == State.FOUND or bool(mitochondrial_name(facts))
    change = change_name(case, row) if named else ""
    place = f"chr{facts['chrom']}-{facts['pos_1based']}-{facts['ref']}-{facts['alt']}"
    known = " ".join(part for part in (gene, change) if part)
    return f"{known} ({place})" if known else place


def value_at_step(case: Case, row: int, step: Step) -> str:
    """The value that made the row leave, in words."""
    facts = case.variants.frame.iloc[row]
    if step is Step.COMMON:
        return frequency_words(case, row)
    if step is Step.NO_PREDICTED_EFFECT:
        found = facts["consequence_state"] == State.FOUND
        effect = plain_words(str(facts["consequence"])) if found else "no consequence named by the annotator"
        splice = facts["spliceai_delta_max"] if facts["spliceai_state"] == State.FOUND else None
        return f"{effect}, SpliceAI {'not assessed' if splice is None else format(float(splice), '.2f')}"
    if step is Step.NOT_SEQUENCE_RESOLVED:
        return f"the file gives a {str(facts['kind']).replace('_', ' ')} allele"
    return _call_words(case, row, str(facts["filter"]))


def _call_words(case: Case, row: int, filter_name: str) -> str:
    proband = family_of(case).proband
    if proband is None:
        return "the patient's genotypes are not in this file"
    calls = calls_at(case.variants.genotypes, proband.column, np.array([row], dtype=np.intp))
    copies = copies_at(case, row)
    reads = "" if copies is Copies.MITOCHONDRIAL else reads_words(calls)
    words = [zygosity_words(calls, copies, case.patient.sex), reads, f"FILTER {filter_name}"]
    return f"patient {', '.join(w for w in words if w)}"


def _current(symbol: str, evidence: VariantEvidence) -> str:
    """Today's symbol of a gene asked for by an older one."""
    return evidence.gene_table.current(symbol.upper()) if evidence.gene_table is not None else symbol


def _not_in_file(query: str, asked: Query, case: Case, evidence: VariantEvidence) -> Whereabouts:
    match asked:
        case AlleleQuery(allele):
            where = _about_place(case, allele.chrom, allele.pos_1based, allele.pos_1based)
        case PlaceQuery(chrom, start, end):
            where = _about_place(case, chrom, start, end)
        case PositionQuery(position):
            return Whereabouts(query, False, f"No variant of the file touches position {position:,} of any chromosome.")
        case HgvsQuery(name):
            column = "hgvs_p" if name.startswith("p.") else "hgvs_c"
            brought = column in case.variants.facts.brought
            where = "" if brought else " The file brings no HGVS names: ask by place (chr2:166,012,345)."
        case IdQuery():
            where = " Not every file holds dbSNP ids: ask by place (chr2:166,012,345)."
        case GeneQuery(symbol):
            return Whereabouts(query, False, _nothing_in_gene(symbol, case, evidence))
    return Whereabouts(query, False, f"{query.strip()} is not in the file at all.{where}")


def _nothing_in_gene(symbol: str, case: Case, evidence: VariantEvidence) -> str:
    """Raises InputError for a word that is no gene: a misspelt name must not read as an absent variant."""
    known = evidence.gene_table
    current = _current(symbol, evidence)
    if known is not None and current.upper() not in {str(g).upper() for g in known.frame.index}:
        raise InputError(NOT_UNDERSTOOD)
    brought = "gene" in case.variants.facts.brought
    where = "" if brought else " The file names no genes: ask by place (chr2:166,012,345)."
    return f"No variant of the file lies in {current}.{where}"


def _about_place(case: Case, chrom: str, start: int, end: int) -> str:
    """The nearest call, and whether the file says that this position was covered."""
    return f"{_nearest(case, chrom, start, end)} {_coverage(case, chrom, start, end)}"


def _nearest(case: Case, chrom: str, start: int, end: int) -> str:
    frame = case.variants.frame
    on_chrom = np.flatnonzero((frame["chrom"] == chrom).to_numpy(dtype=bool))
    if not len(on_chrom):
        return f" The file holds nothing on chromosome {chrom}."
    position = frame["pos_1based"].to_numpy()[on_chrom]
    distance = np.maximum(np.maximum(start - position, position - end), 0)
    nearest = int(np.argmin(distance))
    return f" The nearest call is {name_of(case, int(on_chrom[nearest]))}, {distance[nearest]:,} bases away."


def _coverage(case: Case, chrom: str, start: int, end: int) -> str:
    frame, proband = case.variants.frame, family_of(case).proband
    is_block = frame["kind"].isin([Kind.NON_REF.value, Kind.REFERENCE.value]).to_numpy(dtype=bool)
    if not is_block.any() or proband is None:
        return "The file does not say whether this position was covered."
    inside = is_block & (frame["chrom"] == chrom).to_numpy(dtype=bool)
    inside &= (frame["pos_1based"].to_numpy() <= start) & (frame["end_1based"].to_numpy() >= end)
    rows = np.flatnonzero(inside)
    if not len(rows):
        return "No reference block of this gVCF covers the position: it was not called."
    calls = calls_at(case.variants.genotypes, proband.column, rows[:1])
    return (
        f"The gVCF says the patient was called {zygosity_words(calls, copies_at(case, int(rows[0])), case.patient.sex)}"
        + (f" there ({reads_words(calls)})." if reads_words(calls) else " there.")
    )

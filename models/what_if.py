"""What would change a variant's place, each answer found by scoring the case again.

Nothing here is a forecast: "had this been so, the list would have read so".
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Case, Genotypes, Person, Phenotype, Role, Sex, State, Term, VariantTable
from models.errors import InputError
from models.evidence import assess_variants, next_questions
from models.ranking import CalibratedScorer, Ranking
from models.ranking.inputs import prepare
from models.ranking.ranking import best_order, feature_matrix
from models.workup import Workup, rerank

QUESTIONS = 4  # terms not yet recorded that are tried
LEADING = 20  # they tell the genes of so many first variants apart
# The review status of a class that several laboratories or a panel agree on.
AGREED_STARS = 2.0
_ORDER_COLUMNS = ["partner_row", "compound_heterozygous", "gene_mode_fit"]


class Kind(str, Enum):
    """What is imagined to be different."""

    TERM_REMOVED = "a term less"
    TERM_ADDED = "a term more"
    PARENT = "a parent's genotype"
    CLINVAR = "ClinVar"


@dataclass(frozen=True)
class WhatIf:
    """One imagined difference and the place that follows. rank_after None: it would leave the ranking."""

    kind: Kind
    words: str
    rank_before: int
    rank_after: int | None
    log_odds_before: float
    log_odds_after: float

    @property
    def gain(self) -> float:
        """Change of the score in log-odds; negative when it would stand lower."""
        return self.log_odds_after - self.log_odds_before


def what_would_change(workup: Workup, row: int, scorer: CalibratedScorer) -> tuple[WhatIf, ...]:
    """Differences that would move a ranked variant row, the largest move of its score first.

    Raises InputError when the row is not in the ranking.
    """
    if workup.ranking.rank_of(row) is None:
        raise InputError("This variant was not ranked; the list of steps says where it left.")
    found = (*_terms(workup, row, scorer), *_parents(workup, row, scorer), *_clinvar(workup, row, scorer))
    return tuple(sorted(found, key=lambda w: (-abs(w.gain), w.kind.value, w.words)))


def _terms(workup: Workup, row: int, scorer: CalibratedScorer) -> Iterator[WhatIf]:
    phenotype = workup.case.phenotype
    for term in phenotype.terms:
        if not term.excluded:
            rest = Phenotype(tuple(t for t in phenotype.terms if t != term))
            yield _other_terms(workup, row, scorer, rest, Kind.TERM_REMOVED, f"without “{term.label}”")
    leading = {str(gene) for gene in workup.ranking.table["gene"][:LEADING] if gene}
    for question in next_questions(phenotype, workup.phenotype, workup.knowledge, QUESTIONS, leading):
        more = Phenotype((*phenotype.terms, Term(question.term_id, question.label)))
        yield _other_terms(workup, row, scorer, more, Kind.TERM_ADDED, f"with “{question.label}” present")


def _other_terms(
    workup: Workup, row: int, scorer: CalibratedScorer, phenotype: Phenotype, kind: Kind, words: str
) -> WhatIf:
    after = rerank(workup, phenotype, scorer).ranking
    (before, score), (place, fresh) = _standing(workup.ranking, row), _standing(after, row)
    return WhatIf(kind, words, before, place, score, fresh)


def _standing(ranking: Ranking, row: int) -> tuple[int, float]:
    """1-based rank and log-odds of a ranked row."""
    place = int(np.flatnonzero(ranking.table["row"].to_numpy() == row)[0])
    return place + 1, float(ranking.table["log_odds"][place])


def _parents(workup: Workup, row: int, scorer: CalibratedScorer) -> Iterator[WhatIf]:
    """Each called parent with the other answer; parents without a call, without the variant."""
    case, calls = workup.case, workup.case.variants.genotypes
    people = {Role.MOTHER: case.pedigree.mother, Role.FATHER: case.pedigree.father}
    unknown = []
    for role in _INHERITED_FROM.get(str(case.variants.frame["chrom"][row]), ()):
        column = _column(case, people[role])
        if column < 0 or calls.called_copies[row, column] == 0:
            unknown.append(role)
            continue
        carries = bool(calls.alt_copies[row, column] > 0)
        words = f"had the {role.value} {'not carried' if carries else 'carried'} it"
        yield _other_case(workup, row, scorer, _with_parents(case, row, {role: not carries}), Kind.PARENT, words)
    if unknown:
        who = " and ".join(f"the {role.value}" for role in unknown)
        imagined = _with_parents(case, row, dict.fromkeys(unknown, False))
        yield _other_case(workup, row, scorer, imagined, Kind.PARENT, f"were {who} known not to carry it")


_BOTH = (Role.MOTHER, Role.FATHER)
_INHERITED_FROM = {**{str(n): _BOTH for n in range(1, 23)}, "X": _BOTH, "Y": (Role.FATHER,), "MT": (Role.MOTHER,)}


def _column(case: Case, person: Person | None) -> int:
    return case.variants.sample_index(person.sample) if person and person.sample else -1


def _with_parents(case: Case, row: int, carries: dict[Role, bool]) -> Case:
    """The case with these parents' genotypes at one row; a parent not sequenced is called nowhere else."""
    for role, has_it in carries.items():
        known = case.pedigree.mother if role is Role.MOTHER else case.pedigree.father
        column = _column(case, known)
        if column < 0:
            case, column = _with_sample(case, role, known)
        case = replace(case, variants=_called(case.variants, row, column, case, has_it))
    return case


def _with_sample(case: Case, role: Role, known: Person | None) -> tuple[Case, int]:
    pedigree, table = case.pedigree, case.variants
    me = pedigree.proband
    name = f"imagined {role.value}"
    sex = Sex.FEMALE if role is Role.MOTHER else Sex.MALE
    parent = replace(known, sample=name) if known else Person(name, sample=name, sex=sex)
    me = replace(me, mother_id=parent.id) if role is Role.MOTHER else replace(me, father_id=parent.id)
    others = tuple(p for p in pedigree.people if p.id not in {me.id, parent.id})
    calls = {
        field: np.column_stack([array, np.full(len(table), _UNCALLED.get(field, -1), dtype=array.dtype)])
        for field, array in vars(table.genotypes).items()
    }
    wider = replace(table, genotypes=Genotypes(**calls), samples=(*table.samples, name))
    return replace(case, pedigree=replace(pedigree, people=(me, parent, *others)), variants=wider), len(table.samples)


# What "./." is in each genotype array (see models.case.Genotypes); -1 in the others.
_UNCALLED = {"called_copies": 0, "ploidy": 2, "haplotype": 0, "phase_set": 0, "vaf_fraction": np.nan}
_CLEAR_DEPTH_READS, _CLEAR_GQ_PHRED = 30, 99  # a call nobody would doubt


def _called(table: VariantTable, row: int, column: int, case: Case, carries: bool) -> VariantTable:
    """One clear call: one copy or none."""
    chrom, father = str(table.frame["chrom"][row]), case.pedigree.father
    is_father = father is not None and table.samples[column] == father.sample
    copies = 1 if chrom in {"MT", "Y"} or (chrom == "X" and is_father) else 2
    reads = (_CLEAR_DEPTH_READS if copies == 1 else _CLEAR_DEPTH_READS // 2) if carries else 0
    told = {
        "alt_copies": int(carries), "called_copies": copies, "ploidy": copies, "haplotype": 0, "phase_set": 0,
        "gq_phred": _CLEAR_GQ_PHRED, "depth_reads": _CLEAR_DEPTH_READS, "alt_reads": reads,
        "vaf_fraction": reads / _CLEAR_DEPTH_READS,
    }  # fmt: skip
    arrays = {name: array.copy() for name, array in vars(table.genotypes).items()}
    for name, value in told.items():
        arrays[name][row, column] = value
    return replace(table, genotypes=Genotypes(**arrays))


def _clinvar(workup: Workup, row: int, scorer: CalibratedScorer) -> Iterator[WhatIf]:
    """Newer ClinVar classes, as several laboratories would agree on them."""
    now = str(workup.evidence.frame.at[row, "clinvar_class"])
    for short, name in (("P", "Pathogenic"), ("B", "Benign")):
        if now == short:
            continue
        frame = workup.case.variants.frame.copy()
        frame["clinvar_significance"] = frame["clinvar_significance"].astype("str").astype("category")
        frame["clinvar_significance"] = frame["clinvar_significance"].cat.add_categories(
            [n for n in (name,) if n not in frame["clinvar_significance"].cat.categories]
        )
        frame.loc[row, ["clinvar_significance", "clinvar_state", "clinvar_stars", "clinvar_stars_state"]] = [
            name, np.int8(State.FOUND), AGREED_STARS, np.int8(State.FOUND),
        ]  # fmt: skip
        imagined = replace(workup.case, variants=replace(workup.case.variants, frame=frame))
        words = f"did ClinVar say {name.lower()}, agreed by several laboratories"
        yield _other_case(workup, row, scorer, imagined, Kind.CLINVAR, words)


def _other_case(workup: Workup, row: int, scorer: CalibratedScorer, imagined: Case, kind: Kind, words: str) -> WhatIf:
    """Only the gene's own rows are scored again: nothing else of the case depends on them."""
    rows = _rows_of_gene(workup, row)
    small = _only(imagined, rows)
    evidence = assess_variants(small, workup.knowledge)
    before, score = _standing(workup.ranking, row)
    place = int(np.flatnonzero(rows == row)[0])
    if place not in evidence.frame.index:
        return WhatIf(kind, words, before, None, score, -np.inf)
    features = feature_matrix(prepare(small, evidence, workup.phenotype, workup.knowledge, scorer))
    fresh = scorer.log_odds(features)
    rank_after = _rank_with(workup, rows, evidence.frame, fresh, row)
    here = int(np.flatnonzero(evidence.frame.index.to_numpy() == place)[0])
    return WhatIf(kind, words, before, rank_after, score, float(fresh[here]))


def _rows_of_gene(workup: Workup, row: int) -> NDArray[np.int_]:
    frame = workup.evidence.frame
    gene = str(frame.at[row, "gene"])
    rows = frame.index.to_numpy()
    return np.asarray(rows[(frame["gene"] == gene).to_numpy()] if gene else np.array([row]))


def _only(case: Case, rows: NDArray[np.int_]) -> Case:
    table = case.variants
    calls = Genotypes(**{name: array[rows] for name, array in vars(table.genotypes).items()})
    frame = table.frame.iloc[rows].reset_index(drop=True)
    return replace(case, variants=replace(table, frame=frame, genotypes=calls))


def _rank_with(
    workup: Workup, rows: NDArray[np.int_], fresh: pd.DataFrame, log_odds: NDArray[np.float64], row: int
) -> int:
    """1-based place of `row` when the gene's rows have these scores and second hits. fresh: numbered in `rows`."""
    table, known = workup.ranking.table, workup.evidence.frame
    all_rows = known.index.to_numpy()
    scores = np.empty(len(all_rows))
    scores[np.searchsorted(all_rows, table["row"].to_numpy())] = table["log_odds"].to_numpy()
    columns = {name: known[name].to_numpy().copy() for name in _ORDER_COLUMNS}
    places = np.searchsorted(all_rows, rows[fresh.index.to_numpy()])
    partner = fresh["partner_row"].to_numpy()
    for name in _ORDER_COLUMNS:
        columns[name][places] = fresh[name].to_numpy()
    columns["partner_row"][places] = np.where(partner >= 0, rows[partner], -1)
    scores[places] = log_odds
    lost = np.searchsorted(all_rows, np.delete(rows, fresh.index.to_numpy()))
    order = pd.DataFrame(columns, index=all_rows).drop(index=all_rows[lost])
    best = best_order(np.delete(scores, lost), order)
    return int(np.flatnonzero(order.index.to_numpy()[best] == row)[0]) + 1

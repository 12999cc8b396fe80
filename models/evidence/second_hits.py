"""All second hits of one variant, for display: every other variant the patient carries in its gene.

Includes what the ranking does not score: a deletion or duplication that touches the variant or that
the file puts in the same gene is a second hit too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.case import Case, Sex, State
from models.evidence.family import family_of
from models.evidence.inheritance import family_calls
from models.evidence.pairs import PHASE_WORDS, Phase, contradicted_pairs, parent_of_origin, phase_of_pairs
from models.evidence.regions import Copies, copies_of
from models.evidence.types import Step, VariantEvidence

# More partners than this are not read; the list is ordered, so the best stay.
MAX_SECOND_HITS = 50


@dataclass(frozen=True)
class SecondHit:
    """Another variant of the patient in the same gene.

    phase: "in trans", "in cis" or "unknown". is_ranked: False for a structural change listed but not
    scored. reason: why the phase is what it is, for people.
    """

    row: int
    phase: str
    is_ranked: bool
    reason: str


def second_hits(row: int, case: Case, evidence: VariantEvidence) -> tuple[SecondHit, ...]:
    """Second hits of a ranked variant: in trans first, then unknown, then in cis; most severe first.

    Empty when the row is not ranked or its gene is not known and nothing structural touches it.
    """
    family = family_of(case)
    if family.proband is None or row not in evidence.frame.index:
        return ()
    ranked, structural = _same_gene(row, evidence), _structural(row, case, evidence)
    others = np.concatenate([ranked, structural])[:MAX_SECOND_HITS]
    if not len(others):
        return ()
    rows = np.concatenate([[row], others]).astype(np.intp)
    place = case.variants.frame[["chrom", "pos_1based"]].iloc[rows]
    calls = family_calls(case.variants.genotypes, family, rows, copies_of(place, case.assembly))
    left, right = np.zeros(len(others), dtype=np.intp), np.arange(1, len(rows))
    origin = parent_of_origin(calls)
    phases = phase_of_pairs(calls, origin, left, right)
    against = contradicted_pairs(calls, left, right)
    by_parents = (origin[0] > 0) & (origin[1:] > 0)
    hits = [
        SecondHit(int(o), PHASE_WORDS[Phase(int(p))], i < len(ranked), _reason(Phase(int(p)), bool(b), bool(a)))
        for i, (o, p, b, a) in enumerate(zip(others, phases, by_parents, against, strict=True))
    ]
    one_copy = bool(calls.one_copy[0]) or (calls.copies[0] == Copies.X and calls.sex is Sex.UNKNOWN)
    return () if one_copy else tuple(sorted(hits, key=lambda h: (_ORDER[h.phase], not h.is_ranked)))


_ORDER = {PHASE_WORDS[p]: int(p) for p in Phase}


def _reason(phase: Phase, by_parents: bool, against: bool) -> str:
    if phase is Phase.UNKNOWN:
        return "neither the parents nor phased reads tell the two copies apart"
    how = "by the parents' genotypes" if by_parents else "by phased genotypes"
    where = "on different copies" if phase is Phase.TRANS else "on the same copy"
    return f"{where} {how}" + ("; but another family member's genotypes speak against the pair" if against else "")


def _same_gene(row: int, evidence: VariantEvidence) -> NDArray[np.intp]:
    gene = evidence.frame["gene"]
    here = str(gene.loc[row])
    if not here:
        return np.empty(0, dtype=np.intp)
    inside = evidence.frame[gene == here].drop(index=row)
    severity = inside["severity_rank"].to_numpy()
    order = np.argsort(np.where(severity < 0, np.iinfo(np.int8).max, severity), kind="stable")
    return np.asarray(inside.index.to_numpy()[order], dtype=np.intp)


def _structural(row: int, case: Case, evidence: VariantEvidence) -> NDArray[np.intp]:
    """Carried symbolic alleles in the same gene by the file, or across the variant's position."""
    frame = case.variants.frame
    rows = np.flatnonzero(evidence.left_at == Step.NOT_SEQUENCE_RESOLVED)
    facts, here = frame[["chrom", "pos_1based", "end_1based", "gene", "gene_state", "kind"]].iloc[rows], frame.iloc[row]
    across = (facts["chrom"] == here["chrom"]) & (facts["pos_1based"] <= here["end_1based"])
    across &= facts["end_1based"] >= here["pos_1based"]
    gene = str(evidence.frame.at[row, "gene"])
    same_gene = (facts["gene_state"] == State.FOUND) & (facts["gene"] == gene) & bool(gene)
    wanted = (across | same_gene) & (facts["kind"] == "symbolic")
    return np.asarray(rows[wanted.to_numpy(dtype=bool)], dtype=np.intp)

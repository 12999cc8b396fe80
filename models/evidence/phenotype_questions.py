"""What to ask or examine next: the features that best separate the leading diseases."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Phenotype
from models.evidence.types import PhenotypeEvidence
from models.knowledge import Knowledge

# How many leading diseases are told apart.
LEADING_DISEASES = 12
# A feature at least this frequent points to a disease; HPO's "frequent" begins at 30 % (HP:0040282).
POINTS_TO_FRACTION = 0.30
# Nothing is impossible: what is said never or always to occur is taken as this far from it.
NEVER_FRACTION = 0.001
# Questions that would move less than this are not worth asking.
LEAST_GAIN_BITS = 0.01


@dataclass(frozen=True)
class Question:
    """A feature worth asking about. gain_bits: how much its answer is expected to narrow the leading
    diseases. points_to: labels of those in which it is frequent, likeliest first."""

    term_id: str
    label: str
    definition: str
    gain_bits: float
    points_to: tuple[str, ...]


def next_questions(
    phenotype: Phenotype,
    evidence: PhenotypeEvidence,
    knowledge: Knowledge,
    limit: int = 8,
    genes: Collection[str] | None = None,
) -> tuple[Question, ...]:
    """Features not yet recorded, by expected narrowing of the leading diseases, best first.

    genes: only diseases of these genes are told apart (for example the top of the ranking); None:
    all diseases with a known gene. No questions when there are no terms, or fewer than two diseases.
    """
    leading = _leading(evidence, genes)
    if len(leading) < 2:
        return ()
    chance = np.exp(leading["log_lr"].to_numpy(np.float64) - float(leading["log_lr"].max()))
    terms, expected = _expected(leading, knowledge)
    open_terms = ~_settled(phenotype, knowledge)[terms]
    terms, expected = terms[open_terms], expected[:, open_terms]
    gain = _gain_bits(chance / chance.sum(), expected)
    chosen = _spread(terms, gain, knowledge, limit)
    labels = leading["label"].to_numpy(object)
    return tuple(
        _question(int(terms[i]), float(gain[i]), labels[expected[:, i] >= POINTS_TO_FRACTION], knowledge)
        for i in chosen
    )


def _leading(evidence: PhenotypeEvidence, genes: Collection[str] | None) -> pd.DataFrame:
    wanted = None if genes is None else set(genes)
    fits = [bool(found) if wanted is None else not wanted.isdisjoint(found) for found in evidence.diseases["genes"]]
    return evidence.diseases[fits].drop_duplicates("genes").head(LEADING_DISEASES)


def _expected(leading: pd.DataFrame, knowledge: Knowledge) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Features of the leading diseases, and how often each disease (row) has each (column)."""
    notes = knowledge.annotations
    diseases = [notes.disease_position[d] for d in leading["disease_id"]]
    profiles = [notes.disease_profiles.by_owner.of(d) for d in diseases]
    terms = np.unique(np.concatenate([features for features, _ in profiles]))
    expected = np.tile(notes.background[terms].astype(np.float64), (len(profiles), 1))
    for row, disease, (features, fraction) in zip(expected, diseases, profiles, strict=True):
        row[np.isin(terms, notes.negated.of(disease))] = NEVER_FRACTION
        row[np.searchsorted(terms, features)] = fraction
    return terms, np.clip(expected, NEVER_FRACTION, 1 - NEVER_FRACTION)


def _settled(phenotype: Phenotype, knowledge: Knowledge) -> NDArray[np.bool_]:
    """Terms already answered: observed ones with their ancestors, excluded ones with their descendants."""
    hpo = knowledge.hpo
    known = {a for t in phenotype.observed for a in (t.id, *hpo.ancestors(t.id))}
    known |= {d for t in phenotype.excluded for d in (t.id, *hpo.descendants(t.id))}
    settled = np.zeros(len(hpo), dtype=np.bool_)
    settled[[hpo.position(t) for t in known if t in hpo]] = True
    return settled


def _gain_bits(chance: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mutual information between the disease and the answer, by term."""
    overall = chance @ expected
    gain: NDArray[np.float64] = _entropy_bits(overall) - chance @ _entropy_bits(expected)
    return gain


def _entropy_bits(p: NDArray[np.float64]) -> NDArray[np.float64]:
    entropy: NDArray[np.float64] = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    return entropy


def _spread(terms: NDArray[np.int64], gain: NDArray[np.float64], knowledge: Knowledge, limit: int) -> list[int]:
    """The best questions, none of them a kind of another; of equally good ones the most specific."""
    hpo, chosen = knowledge.hpo, list[int]()
    for i in np.lexsort((-knowledge.annotations.information[terms], -gain.round(3))):
        if len(chosen) == limit or gain[i] < LEAST_GAIN_BITS:
            break
        lineage = hpo.ancestor_links.of(int(terms[i]))
        if not any(terms[j] in lineage or terms[i] in hpo.ancestor_links.of(int(terms[j])) for j in chosen):
            chosen.append(int(i))
    return chosen


def _question(term: int, gain_bits: float, points_to: NDArray[np.object_], knowledge: Knowledge) -> Question:
    hpo = knowledge.hpo
    return Question(hpo.ids[term], hpo.labels[term], hpo.definitions[term], gain_bits, tuple(points_to))

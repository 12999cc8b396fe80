"""Which of the patient's features does this gene explain? One line per term, for people."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.case import Phenotype, Term
from models.evidence.phenotype import best_disease_of, is_telling, scored_terms
from models.evidence.phenotype_likelihood import term_log_ratios
from models.evidence.types import TermMatch
from models.knowledge import Knowledge

# "Expected" is said only of a feature that at least half of the patients have. HPO's class "frequent"
# (HP:0040282) is 30-79 %, which we take as its middle, so the class itself is expected and 12/31 is not.
EXPECTED_FRACTION = 0.50
# Below this a feature is "very rare" (HP:0040284, 1-4 %): to be without it agrees with the disease.
SEEN_IN_SOME_FRACTION = 0.05


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A disease of the gene (by position) and the log ratio of each of the patient's terms (by position)."""

    knowledge: Knowledge
    disease: int
    log_lr: Mapping[int, float]

    @cached_property
    def direct(self) -> tuple[int, ...]:
        """Features the disease is itself annotated with."""
        return tuple(self.knowledge.annotations.direct.of(self.disease)[0].tolist())

    @cached_property
    def with_ancestors(self) -> frozenset[int]:
        """The same features and all that lie above them."""
        return frozenset(self.knowledge.annotations.disease_profiles.by_owner.of(self.disease)[0].tolist())

    @cached_property
    def lineages(self) -> tuple[frozenset[int], ...]:
        """Of each direct feature: it and all that lie above it."""
        return tuple(frozenset(self.knowledge.hpo.ancestor_links.of(t).tolist()) for t in self.direct)

    def match(self, term: Term, kind: str, log_lr: float = 0.0, gene_term: int = -1) -> TermMatch:
        hpo, notes = self.knowledge.hpo, self.knowledge.annotations
        return TermMatch(
            term.id,
            term.label,
            kind,
            hpo.ids[gene_term] if gene_term >= 0 else "",
            hpo.labels[gene_term] if gene_term >= 0 else "",
            notes.disease_profiles.frequency_text(self.disease, gene_term) if gene_term >= 0 else "",
            notes.disease_ids[self.disease],
            notes.disease_labels[self.disease],
            log_lr,
            self.stated_fraction(gene_term),
        )

    def stated_fraction(self, feature: int) -> float:
        """Share of patients annotated with exactly `feature`; NaN when not stated or not annotated."""
        features, fraction = self.knowledge.annotations.disease_profiles.direct.of(self.disease)
        stated = fraction[features == feature]
        return float(stated[0]) if len(stated) else float("nan")


def explain_gene(phenotype: Phenotype, gene: str, knowledge: Knowledge, disease_id: str = "") -> tuple[TermMatch, ...]:
    """One TermMatch per phenotypic abnormality of the patient, in the patient's order.

    Each is compared with the disease named, "" for the gene's best, the one PhenotypeEvidence names; what
    that does not explain, with the gene's other diseases (disease_id says which). A gene without annotated disease
    explains nothing: its observed terms are "unexplained", with no disease. Excluded terms have log_lr
    0, because they are not scored.
    """
    notes = knowledge.annotations
    terms = [t for t in phenotype.terms if knowledge.hpo.is_phenotype(t.id)]
    position = notes.gene_position.get(knowledge.genes.current(gene), -1)
    if position < 0:
        return tuple(TermMatch(t.id, t.label, "unexplained") for t in terms if not t.excluded)
    candidates = _candidates(position, scored_terms(phenotype, knowledge.hpo), knowledge, disease_id)
    return tuple(_excluded(t, candidates[0]) if t.excluded else _observed(t, candidates) for t in terms)


def _candidates(gene: int, terms: NDArray[np.int32], knowledge: Knowledge, named: str) -> list[_Candidate]:
    """The diseases of the gene, the one named first, else the best."""
    hpo, notes = knowledge.hpo, knowledge.annotations
    own = notes.gene_diseases.of(gene)
    best = notes.disease_position[named] if named else best_disease_of(gene, terms, hpo, notes)
    ratios = term_log_ratios(terms, hpo, notes.disease_profiles.subset(own), notes.information)
    by_term = [dict(zip(terms.tolist(), ratios[:, i].tolist(), strict=True)) for i in range(len(own))]
    found = [_Candidate(knowledge, int(d), log_lr) for d, log_lr in zip(own, by_term, strict=True)]
    return sorted(found, key=lambda c: c.disease != best)


def _observed(term: Term, candidates: list[_Candidate]) -> TermMatch:
    """The match with the first disease, or where it explains nothing, the best with another."""
    first = _compare(term, candidates[0])
    if first.kind != "unexplained":
        return first
    explaining = [m for m in (_compare(term, c) for c in candidates[1:]) if m.kind != "unexplained"]
    return max(explaining, key=lambda m: m.log_lr, default=first)


def _compare(term: Term, candidate: _Candidate) -> TermMatch:
    at = candidate.knowledge.hpo.position(term.id)
    log_lr = candidate.log_lr[at]
    if at in candidate.direct:
        return candidate.match(term, "exact", log_lr, at)
    kind_of_it = _most_frequent(candidate, at)
    if kind_of_it >= 0:
        return candidate.match(term, "more general", log_lr, kind_of_it)
    return _through_ancestor(term, at, log_lr, candidate)


def _through_ancestor(term: Term, at: int, log_lr: float, candidate: _Candidate) -> TermMatch:
    """By the most informative telling ancestor: the disease has it, or something else below it."""
    hpo, notes = candidate.knowledge.hpo, candidate.knowledge.annotations
    shared = [a for a in hpo.ancestor_links.of(at).tolist() if a in candidate.with_ancestors]
    direct = candidate.direct
    telling = [a for a in shared if is_telling(float(notes.information[a]), annotated=a in direct)]
    if not telling:
        return candidate.match(term, "unexplained", log_lr)
    nearest = max(telling, key=lambda a: float(notes.information[a]))
    if nearest in direct:
        return candidate.match(term, "more specific", log_lr, nearest)
    return candidate.match(term, "related", log_lr, _most_frequent(candidate, nearest))


def _most_frequent(candidate: _Candidate, ancestor: int) -> int:
    """The most frequent feature of the disease at or below `ancestor`; -1 when there is none."""
    below = [ancestor in lineage for lineage in candidate.lineages]
    if not any(below):
        return -1
    profiles = candidate.knowledge.annotations.disease_profiles
    span = slice(profiles.direct.indptr[candidate.disease], profiles.direct.indptr[candidate.disease + 1])
    return candidate.direct[int(np.argmax(np.where(below, profiles.direct_expected[span], -1.0)))]


def _excluded(term: Term, candidate: _Candidate) -> TermMatch:
    """By the frequency that is shown; where none is stated, by the one assumed for what is annotated without."""
    at, profiles = candidate.knowledge.hpo.position(term.id), candidate.knowledge.annotations.disease_profiles
    features, assumed = profiles.by_owner.of(candidate.disease)
    shown = _most_frequent(candidate, at)
    stated = candidate.stated_fraction(shown)
    fraction = float(assumed[features == at].sum()) if math.isnan(stated) else stated
    if fraction < SEEN_IN_SOME_FRACTION:
        return candidate.match(term, "excluded, agrees")
    kind = "excluded but expected" if fraction >= EXPECTED_FRACTION else "excluded, seen in some"
    return candidate.match(term, kind, 0.0, shown)

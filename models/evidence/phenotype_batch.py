"""Scores of all genes for many patients, one after another: what each term gives is kept for the next patient."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.evidence.phenotype import gene_scores
from models.evidence.phenotype_likelihood import (
    Floats,
    likeness,
    owner_scores,
    profile_agreement,
    term_log_ratios,
    term_scores,
)
from models.knowledge import Annotations, Ontology

# Each kept term takes four bytes a disease, a gene and a term: about 150 kB, 600 MB for this many.
TERMS_KEPT = 4096


class GeneScorer:
    """Call with positions of terms; gives the same gene scores as score_all, by position of the gene.

    Without terms all genes are equal.
    """

    def __init__(self, ontology: Ontology, notes: Annotations) -> None:
        self._ontology, self._notes = ontology, notes
        self._profiles = (notes.disease_profiles, notes.gene_profiles)
        self._term = lru_cache(maxsize=TERMS_KEPT)(self._of_term)

    def __call__(self, terms: NDArray[np.int32]) -> Floats:
        if not len(terms):
            return np.zeros(len(self._notes.genes), dtype=np.float32)
        diseases, together = self.views(terms)
        return gene_scores(diseases, together, self._notes)[1]

    def views(self, terms: NDArray[np.int32]) -> tuple[Floats, Floats]:
        """(score of each disease, score of each gene's diseases together), for one term or more."""
        found = [self._term(int(term)) for term in terms]
        nearest = np.max([like for like, _ in found], axis=0)
        views = []
        for at, profiles in enumerate(self._profiles):
            agreement = profile_agreement(nearest, profiles, self._notes.information)
            views.append(owner_scores(np.stack([given[at] for _, given in found]), agreement))
        return views[0], views[1]

    def _of_term(self, term: int) -> tuple[Floats, tuple[Floats, Floats]]:
        """(its likeness to all terms, what it gives each disease and each gene)."""
        alone, information = np.array([term], dtype=np.int32), self._notes.information
        like = likeness(alone, self._ontology, information)
        diseases, genes = (
            term_scores(term_log_ratios(alone, self._ontology, p, information), like, information[alone], p)[0]
            for p in self._profiles
        )
        return like[0], (diseases, genes)

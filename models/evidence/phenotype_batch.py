"""Scores of all genes for many patients, one after another: what each term gives is kept for the next patient."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.evidence.phenotype import gene_scores
from models.evidence.phenotype_likelihood import Floats, owner_scores, profile_agreement, term_log_ratios
from models.knowledge import Annotations, Ontology

# Each kept term takes four bytes a disease and a gene: about 70 kB, 300 MB for this many.
TERMS_KEPT = 4096


class GeneScorer:
    """Call with positions of terms; gives the same gene scores as score_all, by position of the gene.

    Without terms all genes are equal.
    """

    def __init__(self, ontology: Ontology, notes: Annotations) -> None:
        self._ontology, self._notes = ontology, notes
        self._profiles = (notes.disease_profiles, notes.gene_profiles)
        self._ratios = lru_cache(maxsize=TERMS_KEPT)(self._ratios_of)

    def __call__(self, terms: NDArray[np.int32]) -> Floats:
        if not len(terms):
            return np.zeros(len(self._notes.genes), dtype=np.float32)
        by_term = [self._ratios(int(term)) for term in terms]
        views = []
        for at, profiles in enumerate(self._profiles):
            agreement = profile_agreement(terms, self._ontology, profiles, self._notes.information)
            views.append(owner_scores(np.stack([ratios[at] for ratios in by_term]), agreement))
        return gene_scores(views[0], views[1], self._notes)[1]

    def _ratios_of(self, term: int) -> tuple[Floats, Floats]:
        """The log ratio of one term for each disease, and for each gene."""
        alone, notes = np.array([term], dtype=np.int32), self._notes
        diseases, genes = (term_log_ratios(alone, self._ontology, p, notes.information)[0] for p in self._profiles)
        return diseases, genes

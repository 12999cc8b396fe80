"""How well each gene explains the patient's terms. The arithmetic is in phenotype_likelihood.py.

A gene is scored as the mean of two views: its best disease, and all its diseases together. Where a
disease has several genes each gets its share, as the terms cannot tell them apart. Excluded terms do
not enter the score: in published cases they made it worse, because a feature is written down as
absent where the disease has it in others (benchmarks/phenotype.py); explain_gene shows them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Phenotype
from models.evidence.phenotype_likelihood import (
    Floats,
    likeness,
    owner_scores,
    profile_agreement,
    term_log_ratios,
    term_scores,
)
from models.evidence.types import PhenotypeEvidence
from models.knowledge import Annotations, Knowledge, Ontology, Profiles

# A term that a disease has neither itself nor in a more specific form still counts as explained when the
# disease is annotated with an ancestor found in fewer than about one disease in five (1.5 nats; "seizure"
# for a kind of seizure), or with a relative under a shared ancestor found in fewer than one in twenty (3
# nats; two disorders of the lens). Ours; it decides what is shown, not the score.
ANNOTATED_ANCESTOR_NATS = 1.5
SHARED_ANCESTOR_NATS = 3.0
# Patients whose terms' likeness to all others is kept: 80 kB a term.
PATIENTS_KEPT = 16
# Weight of the best disease against all diseases of the gene together.
BEST_DISEASE_WEIGHT = 0.5
_likeness: WeakKeyDictionary[Annotations, dict[bytes, tuple[Ontology, Floats]]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Scores:
    """By position. diseases: score; genes: score; best: the gene's best disease; explained: by gene,
    how many of `asked` terms at least one of its diseases explains."""

    diseases: Floats
    genes: Floats
    best: NDArray[np.int32]
    explained: NDArray[np.int16]
    asked: int


def score_phenotype(phenotype: Phenotype, knowledge: Knowledge) -> PhenotypeEvidence:
    """Score every gene with a known disease, and every disease.

    Onsets, inheritance and other terms that are not phenotypic abnormalities are left out; when
    nothing is left, `used` is False and every gene is NOT_ASSESSED. Scores are tempered log
    likelihood ratios: they order genes for one patient and are not comparable between patients.
    """
    notes = knowledge.annotations
    terms = scored_terms(phenotype, knowledge.hpo)
    scores = score_all(terms, knowledge.hpo, notes)
    genes, diseases = gene_frame(scores, notes), disease_frame(scores, notes)
    source = f"HPO annotations {notes.release}"
    if not len(terms):
        return PhenotypeEvidence(genes.iloc[:0], diseases.iloc[:0], False, source)
    return PhenotypeEvidence(genes, diseases, True, source)


def scored_terms(phenotype: Phenotype, ontology: Ontology) -> NDArray[np.int32]:
    """Positions of the observed phenotypic abnormalities, without repeats."""
    found = (ontology.position(t.id) for t in phenotype.observed)
    return np.array(sorted({p for p in found if p >= 0 and ontology.is_abnormality[p]}), dtype=np.int32)


def score_all(terms: NDArray[np.int32], ontology: Ontology, notes: Annotations) -> Scores:
    """Scores of all diseases and genes for the terms at these positions."""
    like = _likeness_of(terms, ontology, notes)
    diseases = profile_scores(terms, like, ontology, notes.disease_profiles, notes)
    together = profile_scores(terms, like, ontology, notes.gene_profiles, notes)
    best, genes = gene_scores(diseases, together, notes)
    return Scores(diseases, genes, best, _explained(terms, ontology, notes), len(terms))


def _likeness_of(terms: NDArray[np.int32], ontology: Ontology, notes: Annotations) -> Floats:
    """`likeness` of a patient's terms: the same for each of their genes, and most of what comparing one takes."""
    known, key = _likeness.setdefault(notes, {}), terms.tobytes()
    made_for, like = known.get(key, (None, None))
    if like is None or made_for is not ontology:
        like = likeness(terms, ontology, notes.information)
        like.flags.writeable = False
        for old in list(known)[: 1 - PATIENTS_KEPT]:
            known.pop(old, None)
        known[key] = ontology, like
    return like


def profile_scores(
    terms: NDArray[np.int32], like: Floats, ontology: Ontology, profiles: Profiles, notes: Annotations
) -> Floats:
    """The score of each owner of `profiles`. like: the likeness of the terms to all others."""
    ratios = term_log_ratios(terms, ontology, profiles, notes.information)
    by_term = term_scores(ratios, like, notes.information[terms], profiles)
    return owner_scores(by_term, profile_agreement(like.max(axis=0, initial=0.0), profiles, notes.information))


def best_disease_of(
    gene: int,
    terms: NDArray[np.int32],
    ontology: Ontology,
    notes: Annotations,
    among: Collection[int] | None = None,
) -> int:
    """The same best disease of one gene (position) as in score_all, without scoring all the others.

    among: only these diseases (positions, at least one of them the gene's) are compared.
    """
    return int(diseases_by_fit(gene, terms, ontology, notes, among)[0][0])


def diseases_by_fit(
    gene: int, terms: NDArray[np.int32], ontology: Ontology, notes: Annotations, among: Collection[int] | None = None
) -> tuple[NDArray[np.int32], Floats]:
    """(positions, scores in nats) of a gene's diseases, the best fit first. among: as in best_disease_of."""
    own, like = notes.gene_diseases.of(gene), _likeness_of(terms, ontology, notes)
    if among is not None:
        own = own[np.isin(own, list(among))]
    scores = profile_scores(terms, like, ontology, notes.disease_profiles.subset(own), notes) - _shared_nats(notes)[own]
    order = np.argsort(-scores, kind="stable")
    return own[order], scores[order]


def gene_scores(diseases: Floats, together: Floats, notes: Annotations) -> tuple[NDArray[np.int32], Floats]:
    """(best disease, score) by gene, from the scores of diseases and of each gene's diseases together."""
    best, of_best = _best_disease(diseases, notes)
    weight = np.float32(BEST_DISEASE_WEIGHT)
    return best, weight * of_best + (1 - weight) * together


def _best_disease(scores: Floats, notes: Annotations) -> tuple[NDArray[np.int32], Floats]:
    """(position of its best disease, its score shared with the disease's other genes) by gene."""
    links = notes.gene_diseases
    values = (scores - _shared_nats(notes))[links.indices]
    gene = np.repeat(np.arange(len(notes.genes)), np.diff(links.indptr))
    order = np.lexsort((links.indices, -values, gene))[links.indptr[:-1]]
    return links.indices[order], values[order]


def _shared_nats(notes: Annotations) -> Floats:
    """By disease: what is taken off for each of its genes, as only one of them is the cause."""
    shared: Floats = np.log(np.maximum(1, np.diff(notes.disease_genes.indptr))).astype(np.float32)
    return shared


def is_telling(information_nats: float, annotated: bool) -> bool:
    """Whether matching a term through an ancestor explains it; annotated: the disease has the ancestor itself."""
    return information_nats >= (ANNOTATED_ANCESTOR_NATS if annotated else SHARED_ANCESTOR_NATS)


def _explained(terms: NDArray[np.int32], ontology: Ontology, notes: Annotations) -> NDArray[np.int16]:
    profiles, links = notes.disease_profiles, notes.gene_diseases
    explains = np.zeros((len(terms), profiles.size), dtype=np.bool_)
    for row, term in zip(explains, terms, strict=True):
        row[profiles.by_term.of(int(term))[0]] = True
        for ancestor in ontology.ancestor_links.of(int(term)):
            information = float(notes.information[ancestor]) if ontology.is_abnormality[ancestor] else 0.0
            if is_telling(information, annotated=False):
                row[profiles.by_term.of(int(ancestor))[0]] = True
            elif is_telling(information, annotated=True):
                row[profiles.direct_by_term.of(int(ancestor))[0]] = True
    by_gene = np.logical_or.reduceat(explains[:, links.indices], links.indptr[:-1], axis=1)
    counts: NDArray[np.int16] = by_gene.sum(axis=0).astype(np.int16)
    return counts


def gene_frame(scores: Scores, notes: Annotations) -> pd.DataFrame:
    """One row a gene, best first: log_lr, percentile, disease_id, disease_label, explained, asked."""
    columns = {
        "log_lr": scores.genes,
        "percentile": _percentiles(scores.genes),
        "disease_id": np.array(notes.disease_ids, dtype=object)[scores.best],
        "disease_label": np.array(notes.disease_labels, dtype=object)[scores.best],
        "explained": scores.explained,
        "asked": np.int16(scores.asked),
    }
    frame = pd.DataFrame(columns, index=pd.Index(notes.genes, name="gene"))
    return frame.sort_values("log_lr", ascending=False, kind="stable")


def disease_frame(scores: Scores, notes: Annotations) -> pd.DataFrame:
    """Every disease, best first: disease_id, label, log_lr, genes."""
    order = np.argsort(-scores.diseases, kind="stable")
    columns = {
        "disease_id": np.array(notes.disease_ids, dtype=object)[order],
        "label": np.array(notes.disease_labels, dtype=object)[order],
        "log_lr": scores.diseases[order],
        "genes": notes.genes_by_disease[order],
    }
    return pd.DataFrame(columns)


def _percentiles(values: Floats) -> NDArray[np.float64]:
    """Share of the other genes with a lower score, ties counting half; 1 is best."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    through = np.searchsorted(ordered, values, side="right")
    return (below + through - 1) / 2 / max(1, len(values) - 1)

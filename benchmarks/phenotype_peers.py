"""The usual ways to order genes by terms, and Caseboard's with excluded terms, on the same annotations."""

import numpy as np
import pandas as pd

from benchmarks.phenotype_cases import Terms
from benchmarks.phenotype_statistics import Score
from models.evidence import phenotype as scoring
from models.evidence.phenotype_batch import GeneScorer
from models.knowledge import Annotations, Knowledge, Profiles
from models.knowledge.profiles import Matrix

# LIRICAL's chance of a feature that the disease does not explain (Robinson et al. 2020, PMID:32755546: a
# constant that stands for another cause), here as a share of the feature's background.
UNEXPLAINED_SHARE = 0.01
EXCLUDED_LEAST = -3.0  # the most one excluded feature may take off, in nats


def our_score(notes: Annotations, knowledge: Knowledge) -> Score:
    score = GeneScorer(knowledge.hpo, notes)
    return lambda _, terms: score(terms)


def with_excluded(
    notes: Annotations, knowledge: Knowledge, cases: pd.DataFrame, least_expected: float = 0.0, weight: float = 1.0
) -> Score:
    """Ours, and for each excluded term weight * ln((1 - P(h | D)) / (1 - P(h))) where D is expected to have it.

    least_expected: only where P(h | D) is at least this. What is annotated without a frequency counts as 0.8, so
    0.85 keeps to stated frequencies. A negative weight turns the sign: what was looked for speaks for the disease.
    """
    scorer = GeneScorer(knowledge.hpo, notes)

    def against(profiles: Profiles, excluded: Terms) -> np.ndarray:
        total = np.zeros(profiles.size, dtype=np.float32)
        for term in excluded:
            owners, fraction = profiles.by_term.of(int(term))
            expected = fraction >= least_expected
            lost = np.log1p(-np.minimum(fraction, 0.999)) - np.log1p(-notes.background[term])
            total[owners[expected]] += np.float32(weight) * np.maximum(lost, EXCLUDED_LEAST)[expected]
        return total

    def score(row: int, terms: Terms) -> np.ndarray:
        excluded = np.setdiff1d(cases["excluded"].iat[row], terms)
        diseases, together = scorer.views(terms)
        diseases = diseases + against(notes.disease_profiles, excluded)
        together = together + against(notes.gene_profiles, excluded)
        return scoring.gene_scores(diseases, together, notes)[1]

    return score


def plain_ratio(notes: Annotations, knowledge: Knowledge) -> Score:
    """The likelihood ratio with frequencies, after LIRICAL: the gene's best disease, frequencies as stated.

    A disease annotated with a kind of the term has it; one annotated only with an ancestor has it as often as
    the term occurs among all diseases with that ancestor; what is unexplained has UNEXPLAINED_SHARE of its background.
    """
    links, profiles = notes.gene_diseases, notes.disease_profiles
    direct = profiles.direct
    annotated = Matrix(direct.indptr, direct.columns, profiles.direct_expected)
    expected = annotated.transposed(len(knowledge.hpo))
    kept: dict[int, np.ndarray] = {}

    def of_term(term: int) -> np.ndarray:
        ratios = np.full(profiles.size, np.log(UNEXPLAINED_SHARE), dtype=np.float32)
        for ancestor in knowledge.hpo.ancestor_links.of(term):
            if knowledge.hpo.is_abnormality[ancestor]:
                having = profiles.by_term if ancestor == term else expected
                owners, fraction = having.of(int(ancestor))
                ratios[owners] = np.maximum(ratios[owners], np.log(fraction) + notes.information[ancestor])
        return ratios

    def score(_: int, terms: Terms) -> np.ndarray:
        for term in terms:
            if int(term) not in kept:
                kept[int(term)] = of_term(int(term))
        diseases = np.sum([kept[int(term)] for term in terms], axis=0)
        return np.maximum.reduceat(diseases[links.indices], links.indptr[:-1])

    return score


def similarity(notes: Annotations, knowledge: Knowledge, kind: str) -> Score:
    """Mean of the two best-match averages between the patient's terms and all terms of the gene's diseases."""
    links, is_feature = knowledge.hpo.ancestor_links, knowledge.hpo.is_abnormality
    flat, starts, sizes = gene_terms(notes)
    carriers = np.zeros(len(knowledge.hpo))
    for gene in range(len(notes.genes)):
        terms = flat[starts[gene] : starts[gene] + sizes[gene]]
        carriers[np.unique(np.concatenate([links.of(int(t)) for t in terms]))] += 1 if len(terms) else 0
    information = np.where(is_feature, -np.log(np.maximum(carriers, 0.5) / len(notes.genes)), 0.0)
    whole = np.add.reduceat(information[links.indices], links.indptr[:-1])

    kept: dict[int, np.ndarray] = {}

    def like(term: int) -> np.ndarray:
        if term not in kept:
            mine = np.zeros(len(information))
            mine[links.of(term)] = information[links.of(term)]
            if kind == "resnik":
                found = np.maximum.reduceat(mine[links.indices], links.indptr[:-1])
            else:
                common = np.add.reduceat(mine[links.indices], links.indptr[:-1])
                found = common / (whole[term] + whole - common)
            kept[term] = found.astype(np.float32)
        return kept[term]

    def score(_: int, terms: Terms) -> np.ndarray:
        table = np.array([like(int(term))[flat] for term in terms])
        patient = np.maximum.reduceat(table, starts, axis=1).mean(axis=0)
        gene = np.add.reduceat(table.max(axis=0), starts) / sizes
        return (patient + gene) / 2

    return score


def gene_terms(notes: Annotations) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(terms of all genes one after the other, where each gene starts, how many it has; at least one)."""
    terms = []
    for gene in range(len(notes.genes)):
        found = [notes.direct.of(int(d))[0] for d in notes.gene_diseases.of(gene)]
        mine = np.unique(np.concatenate(found))
        terms.append(mine if len(mine) else np.zeros(1, dtype=np.int32))
    sizes = np.array([len(t) for t in terms])
    return np.concatenate(terms), np.cumsum(sizes) - sizes, sizes

"""What does choosing the constants flatter? They are chosen again without the gene families that are measured.

    python -m benchmarks.phenotype_choice [--data ../shared/data]

Nested cross-validation: in each of five folds over gene families every combination of the constants below is
judged on the other four (the leak-free core; a gene weighs as much as the square root of its cases), on four
kinds of terms: as given, three only, with random ones, parents instead. The best is measured on the fold.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.phenotype_cases import DATA, DEGRADED, RELEASE, degraded, freeze, read_cases
from benchmarks.phenotype_statistics import difference, figures, heading
from models.evidence import phenotype as scoring
from models.evidence import phenotype_likelihood as arithmetic
from models.knowledge import Annotations, Knowledge, load_knowledge

FOLDS, SPLITS = 5, 3
KINDS = ("observed", *DEGRADED)
# weight of the nearest feature, of the profile agreement, terms at which that has half its weight, best disease
GRID = tuple(product((0.0, 0.3, 0.5, 0.7), (2.0, 4.0, 6.0), (0.0, 5.0), (0.5, 0.75)))
SHIPPED = GRID.index(
    (
        arithmetic.NEAREST_WEIGHT,
        arithmetic.PROFILE_WEIGHT,
        arithmetic.HALF_WEIGHT_TERMS,
        scoring.BEST_DISEASE_WEIGHT,
    )
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, default=DATA, help="folder with cases/")
    data = arguments.parse_args().data / "cases"
    knowledge = load_knowledge()
    notes, cases = freeze(data, RELEASE, knowledge), read_cases(data / "cases.parquet", knowledge)
    ranks = np.stack([ranks_of(cases, kind, notes, knowledge) for kind in KINDS])  # kind, case, combination
    held_out = [choose(ranks, cases, seed) for seed in range(SPLITS)]
    ratio_alone = np.array([nearest == 0 for nearest, *_ in GRID])
    without = [choose(ranks[:, :, ratio_alone], cases, seed) for seed in range(SPLITS)]
    for at, kind in enumerate(KINDS):
        print(heading(f"{kind}: {len(cases)} cases"))
        print(f"{'constants as shipped':48s}{figures(ranks[at][:, SHIPPED], cases['gene'])}")
        for split in range(SPLITS):
            print(f"{f'chosen on other families, split {split}':48s}{figures(held_out[split][at], cases['gene'])}")
            print(f"{'  the same without nearest features':48s}{figures(without[split][at], cases['gene'])}")
            print(f"  with minus without: {difference(held_out[split][at], without[split][at], cases['gene'])}")


def choose(ranks: np.ndarray, cases: pd.DataFrame, seed: int) -> np.ndarray:
    """Ranks by kind and case, each with the combination that is best on the other folds."""
    families = np.unique(cases["component"])
    fold_of = dict(zip(families, np.random.default_rng(seed).permutation(len(families)) % FOLDS, strict=True))
    fold = cases["component"].map(fold_of).to_numpy()
    weight = 1 / np.sqrt(cases.groupby("gene")["gene"].transform("size").to_numpy())
    held_out = np.empty(ranks.shape[:2])
    for number in range(FOLDS):
        other = fold != number
        found = 1 / ranks[:, other] + 0.5 * (ranks[:, other] <= 10)
        merit = (found * weight[other][:, None]).sum(axis=1).mean(axis=0)
        best = int(np.argmax(merit))
        print(f"split {seed}, fold {number}: combination {best} of {ranks.shape[2]}", flush=True)
        held_out[:, ~other] = ranks[:, ~other, best]
    return held_out


def ranks_of(cases: pd.DataFrame, kind: str, notes: Annotations, knowledge: Knowledge) -> np.ndarray:
    """Rank of the causal gene by case (row) and combination (column)."""
    frame = cases if kind == KINDS[0] else degraded(cases, kind, knowledge.hpo).head(len(cases))
    links, shared = notes.gene_diseases, np.log(np.maximum(1, np.diff(notes.disease_genes.indptr)))
    ranks = np.empty((len(frame), len(GRID)))
    for row, (gene, terms) in enumerate(zip(frame["gene"], frame["observed"], strict=True)):
        at = notes.gene_position[gene]
        diseases, genes = parts_of(terms, notes, knowledge)
        for column, (nearest, weight, half, best) in enumerate(GRID):
            factors = np.array([1 - nearest, nearest, weight * len(terms) ** 2 / (len(terms) + half)])
            of_best = np.maximum.reduceat((factors @ diseases - shared)[links.indices], links.indptr[:-1])
            scores = best * of_best + (1 - best) * (factors @ genes)
            ranks[row, column] = 1 + (scores > scores[at]).sum() + ((scores == scores[at]).sum() - 1) / 2
    return ranks


def parts_of(terms: np.ndarray, notes: Annotations, knowledge: Knowledge) -> tuple[np.ndarray, np.ndarray]:
    """Log ratios added up, nearest features added up, and agreement (rows): of diseases, and of genes."""
    information, hpo = notes.information, knowledge.hpo
    like = arithmetic.likeness(terms, hpo, information)
    found = []
    for profiles in (notes.disease_profiles, notes.gene_profiles):
        ratios = arithmetic.term_log_ratios(terms, hpo, profiles, information)
        given = arithmetic.term_scores(ratios, like, information[terms], profiles)
        nearest = (given - (1 - arithmetic.NEAREST_WEIGHT) * ratios) / arithmetic.NEAREST_WEIGHT
        agreement = arithmetic.profile_agreement(like.max(axis=0), profiles, information)
        found.append(np.stack([ratios.sum(axis=0), nearest.sum(axis=0), agreement]).astype(np.float64))
    return found[0], found[1]


if __name__ == "__main__":
    main()

"""Is each constant of the phenotype score on a plateau? One at a time, its neighbours on either side.

    python -m benchmarks.phenotype_constants [folder with cases.parquet and kb/]

Cases: all leak-free development cases with two terms or more, at most four a gene; gene top-1, top-10
(percent) and 100 x MRR, with all terms and with three. Differences below about two points are noise.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import numpy as np
import pandas as pd

from benchmarks.phenotype import DATA, RELEASE, our_score, positions, rank_all
from models.evidence import phenotype, phenotype_likelihood
from models.knowledge import Annotations, Knowledge, frozen_annotations, load_knowledge, profiles

CASES_A_GENE = 4
# module, constant, its neighbours, and whether the annotations must be built again
VARIATIONS: tuple[tuple[ModuleType, str, tuple[float, ...], bool], ...] = (
    (phenotype, "BEST_DISEASE_WEIGHT", (0.25, 0.75), False),
    (phenotype_likelihood, "FREQUENCY_POWER", (0.3, 0.75), False),
    (phenotype_likelihood, "IMPRECISION_COST", (0.4, 1.0), False),
    (phenotype_likelihood, "LEAST_LOG_RATIO", (-0.5, -1.0), False),
    (phenotype_likelihood, "PROFILE_WEIGHT", (1.0, 1.5, 2.5, 3.0), False),
    (phenotype_likelihood, "PROFILE_PRIOR_NATS", (0.5, 12.0), False),
    (profiles, "FREQUENCY_NOT_STATED", (0.65, 0.9), True),
    (profiles, "PRIOR_PEOPLE", (1.0, 6.0), True),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=Path, nargs="?", default=DATA)
    data = arguments.parse_args().data
    knowledge = load_knowledge()
    cases, frozen = read_cases(data / "cases.parquet", knowledge), freeze(data, knowledge)
    print(f"{len(cases)} cases, {cases['gene'].nunique()} causal genes, annotations of {RELEASE}\n")
    print(f"{'':32s}  all terms: top-1 top-10 MRR   three: top-1 top-10 MRR")
    print(f"{'as shipped':32s} {measure(cases, frozen, knowledge)}")
    for module, name, neighbours, rebuild in VARIATIONS:
        for value in neighbours:
            with changed(module, name, value):
                notes = freeze(data, knowledge) if rebuild else frozen
                print(f"{f'{name} {getattr(module, name)}':32s} {measure(cases, notes, knowledge)}", flush=True)


@contextmanager
def changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    with patch.object(module, name, value):
        yield


def freeze(data: Path, knowledge: Knowledge) -> Annotations:
    tables = data / "kb"
    return frozen_annotations(
        tables / f"hpoa_{RELEASE}.parquet",
        tables / "gene_disease_2025-01.parquet",
        knowledge.annotations,
        knowledge.hpo,
    )


def read_cases(path: Path, knowledge: Knowledge) -> pd.DataFrame:
    table = pd.read_parquet(path)
    table = table[table["leakfree_2024_03"] & table["gene"].notna()]
    table = table.assign(observed=[positions(ids, knowledge) for ids in table["hpo_observed"]])
    table = table[table["observed"].map(len) >= 2].sample(frac=1, random_state=3).groupby("gene").head(CASES_A_GENE)
    draw = np.random.default_rng(1)
    three = [np.sort(draw.choice(terms, min(3, len(terms)), replace=False)) for terms in table["observed"]]
    genes = [knowledge.genes.current(gene) for gene in table["gene"]]
    return table[["observed"]].assign(gene=genes, three=three).reset_index(drop=True)


def measure(cases: pd.DataFrame, notes: Annotations, knowledge: Knowledge) -> str:
    words = []
    for column in ("observed", "three"):
        ranks = rank_all(cases, column, our_score(notes, knowledge), notes)
        words += [f"{100 * value:7.1f}" for value in ((ranks <= 1).mean(), (ranks <= 10).mean(), (1 / ranks).mean())]
    return " ".join(words)


if __name__ == "__main__":
    main()

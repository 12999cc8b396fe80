"""Published patients for the phenotype benchmark, with their terms as given and degraded in known ways."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from models.knowledge import Annotations, Knowledge, Ontology, frozen_annotations

Terms = np.ndarray
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
RELEASE = "2024-03"
SEED = 20240301
# Random terms added to a noisy patient, as a share of the patient's own, rounded up.
NOISE_SHARE = 0.5
# Drawing terms at random moves top-10 by about three points from draw to draw: several draws are averaged.
DRAWS_A_CASE = 2


def read_cases(
    path: Path, knowledge: Knowledge, release: str = RELEASE, all_free: bool = False, most_a_gene: int = 1000
) -> pd.DataFrame:
    """Cases whose own paper the release does not cite, with a named gene.

    gene, component (gene family), core; observed, excluded (positions of phenotypic abnormalities). all_free:
    beyond the scored core. most_a_gene: keeps core cases first, then a random draw.
    """
    table = pd.read_parquet(path)
    table = table[table[f"leakfree_{release.replace('-', '_')}"] & table["gene"].notna()]
    table = table[table["core"] | all_free].reset_index(drop=True)
    observed = [positions(ids, knowledge) for ids in table["hpo_observed"]]
    frame = pd.DataFrame(
        {
            "gene": [knowledge.genes.current(gene) for gene in table["gene"]],
            "component": table["component"],
            "core": table["core"],
            "observed": observed,
            "excluded": [positions(ids, knowledge) for ids in table["hpo_excluded"]],
        }
    )
    frame = frame[frame["observed"].map(len) > 0]
    if most_a_gene < len(frame):
        drawn = frame.sample(frac=1, random_state=3).sort_values("core", ascending=False, kind="stable")
        frame = drawn.groupby("gene").head(most_a_gene)
    return frame.reset_index(drop=True)


def degraded(cases: pd.DataFrame, how: str, ontology: Ontology) -> pd.DataFrame:
    """The cases with degraded terms in `observed`, each case DRAWS_A_CASE times, drawn from a fixed seed."""
    draw = np.random.default_rng([SEED, list(DEGRADED).index(how)])
    again = pd.concat([cases] * DRAWS_A_CASE, ignore_index=True)
    observed = [DEGRADED[how](terms, ontology, draw) for terms in again["observed"]]
    return again.assign(observed=pd.Series(observed, dtype=object))


def positions(ids: Sequence[str], knowledge: Knowledge) -> Terms:
    found = (knowledge.hpo.position(i) for i in ids)
    return np.array(sorted({p for p in found if p >= 0 and knowledge.hpo.is_abnormality[p]}), dtype=np.int32)


def three_of(terms: Terms, ontology: Ontology, draw: np.random.Generator) -> Terms:
    return np.sort(draw.choice(terms, min(3, len(terms)), replace=False))


def with_noise(terms: Terms, ontology: Ontology, draw: np.random.Generator) -> Terms:
    """Random phenotypic abnormalities beside the patient's own."""
    other = draw.choice(np.flatnonzero(ontology.is_abnormality), int(np.ceil(NOISE_SHARE * len(terms))), replace=False)
    return np.unique(np.concatenate([terms, other])).astype(np.int32)


def less_precise(terms: Terms, ontology: Ontology, draw: np.random.Generator) -> Terms:
    """Each term replaced by one of its parents, down to the abnormalities of an organ system, which stay out."""
    systems = {ontology.positions[t] for t in ("HP:0000118", *ontology.children("HP:0000118"))}
    chosen = []
    for term in terms:
        parents = [int(p) for p in ontology.parent_links.of(int(term)) if ontology.is_abnormality[p]]
        telling = [p for p in parents if p not in systems]
        chosen.append(int(draw.choice(telling)) if telling else int(term))
    return np.unique(np.array(chosen, dtype=np.int32))


DEGRADED: dict[str, Callable[[Terms, Ontology, np.random.Generator], Terms]] = {
    "three": three_of,
    "noisy": with_noise,
    "imprecise": less_precise,
}


def freeze(data: Path, release: str, knowledge: Knowledge) -> Annotations:
    """The annotations of an earlier release; gene-disease links are those of 2025-01 for all of them."""
    tables = data / "kb"
    links = tables / "gene_disease_2025-01.parquet"
    return frozen_annotations(tables / f"hpoa_{release}.parquet", links, knowledge.annotations, knowledge.hpo)

"""The causal gene from the patient's terms alone, beside the usual measures, in one run on the same rows.

    python -m benchmarks.phenotype [--data ../shared/data]

Cases: the scored core of the development set, only those whose own paper the annotation release does not
cite (leak-free), at most six a gene. Ranks are among all genes with a known disease; ties share the middle
rank. Intervals: 95 %, bootstrapped over genes. The constants were chosen on cases that include these:
benchmarks/phenotype_choice.py says what that flatters. "As shipped" uses the installed annotations, partly
written from the same papers: inflated, for the record only.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.phenotype_cases import DATA, DEGRADED, RELEASE, degraded, freeze, positions, read_cases
from benchmarks.phenotype_peers import our_score, plain_ratio, similarity, with_excluded
from benchmarks.phenotype_statistics import Score, difference, figures, heading, mcnemar, rank_all
from models.knowledge import Annotations, Knowledge, load_knowledge

OURS = "Caseboard"
BARS = ("likelihood ratio with frequencies", "graphic similarity", "Resnik similarity")
OTHER_RELEASES = ("2023-04", "2025-01")
TERM_COUNTS = ((3, 4), (5, 7), (8, 12), (13, 999))
# Exomiser 13.3 ran with its data release 2109, of September 2021; the nearest annotations are of 2021-10.
EXOMISER_TABLE, EXOMISER_RELEASE = "exomiser13.3_2109_lirical385.parquet", "2021-10"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, default=DATA, help="folder with cases/")
    data = arguments.parse_args().data / "cases"
    knowledge = load_knowledge()
    frozen = freeze(data, RELEASE, knowledge)
    cases = read_cases(data / "cases.parquet", knowledge)
    print(f"HPO {knowledge.hpo.release}, annotations of {RELEASE}, {len(frozen.genes)} candidate genes")
    ours = core_table(cases, frozen, knowledge)
    excluded_table(cases, ours, frozen, knowledge)
    count_table(cases, ours)
    degraded_table(cases, frozen, knowledge)
    release_table(data, knowledge)
    exomiser_table(data, knowledge)


def scores(notes: Annotations, knowledge: Knowledge) -> dict[str, Score]:
    graphic, resnik = (similarity(notes, knowledge, kind) for kind in ("graphic", "resnik"))
    return dict(
        zip((OURS, *BARS), (our_score(notes, knowledge), plain_ratio(notes, knowledge), graphic, resnik), strict=True)
    )


def table(title: str, cases: pd.DataFrame, notes: Annotations, by_name: dict[str, Score]) -> dict[str, np.ndarray]:
    """Print one line a measure and the paired differences to the first; ranks by name."""
    print(heading(f"{title}: {len(cases)} rows, {cases['gene'].nunique()} genes"))
    ranks = {}
    for name, score in by_name.items():
        ranks[name] = rank_all(cases, "observed", score, notes)
        print(f"{name:48s}{figures(ranks[name], cases['gene'])}", flush=True)
    first, *others = ranks
    for name in others:
        print(f"  {first} minus {name}: {difference(ranks[first], ranks[name], cases['gene'])}", flush=True)
    return ranks


def core_table(cases: pd.DataFrame, frozen: Annotations, knowledge: Knowledge) -> np.ndarray:
    ours = table("Leak-free core", cases, frozen, scores(frozen, knowledge))[OURS]
    shipped = rank_all(cases, "observed", our_score(knowledge.annotations, knowledge), knowledge.annotations)
    print(f"{'as shipped (INFLATED: written from these papers)':48s}{figures(shipped, cases['gene'])}", flush=True)
    return ours


def excluded_table(cases: pd.DataFrame, ours: np.ndarray, frozen: Annotations, knowledge: Knowledge) -> None:
    """Only cases that have excluded terms can differ."""
    has = cases["excluded"].map(len).to_numpy() > 0
    some = cases[has].reset_index(drop=True)
    uses = {"all, full weight": (0.0, 1.0), "all, 0.3": (0.0, 0.3), "stated >= 85 %, full": (0.85, 1.0)}
    uses |= {"stated >= 85 %, 0.3": (0.85, 0.3), "sign turned, 0.3": (0.0, -0.3)}
    print(heading(f"Excluded terms: {len(some)} cases that have some"))
    print(f"{'not used':48s}{figures(ours[has], some['gene'])}")
    for name, (least, weight) in uses.items():
        ranks = rank_all(some, "observed", with_excluded(frozen, knowledge, some, least, weight), frozen)
        print(f"{name:48s}{figures(ranks, some['gene'])}")
        print(f"  minus not used: {difference(ranks, ours[has], some['gene'])}", flush=True)


def count_table(cases: pd.DataFrame, ours: np.ndarray) -> None:
    print(heading("By number of terms"))
    count = cases["observed"].map(len).to_numpy()
    for low, high in TERM_COUNTS:
        rows = (count >= low) & (count <= high)
        label = f"{low} or more" if high == TERM_COUNTS[-1][1] else f"{low} to {high}"
        print(f"{f'{label} terms, {rows.sum()} cases':48s}{figures(ours[rows], cases['gene'][rows])}")


def degraded_table(cases: pd.DataFrame, frozen: Annotations, knowledge: Knowledge) -> None:
    by_name = {name: score for name, score in scores(frozen, knowledge).items() if name in (OURS, BARS[1])}
    titles = {"three": "Three terms only", "noisy": "Half as many random terms added", "imprecise": "Parents instead"}
    for how in DEGRADED:
        table(titles[how], degraded(cases, how, knowledge.hpo), frozen, by_name)


def release_table(data: Path, knowledge: Knowledge) -> None:
    for release in OTHER_RELEASES:
        notes = freeze(data, release, knowledge)
        by_name = {name: score for name, score in scores(notes, knowledge).items() if name in (OURS, *BARS[:2])}
        table(f"Annotations of {release}", read_cases(data / "cases.parquet", knowledge, release), notes, by_name)


def exomiser_table(data: Path, knowledge: Knowledge) -> None:
    """The published LIRICAL cases; a gene that Exomiser does not list is a miss."""
    anchors = pd.read_parquet(data / "anchors" / EXOMISER_TABLE)
    cases = pd.DataFrame(
        {
            "gene": [knowledge.genes.current(genes[0]) for genes in anchors["genes"]],
            "observed": [positions(ids, knowledge) for ids in anchors["hpo_observed"]],
        }
    )
    notes = freeze(data, EXOMISER_RELEASE, knowledge)
    ranks = rank_all(cases, "observed", our_score(notes, knowledge), notes)
    theirs = anchors["exomiser_gene_rank"].fillna(np.inf).to_numpy()
    free = ~anchors["own_pmid_cited_hpoa_2021_10"].to_numpy()
    for title, rows in (("own paper not cited", free), ("all", np.ones(len(cases), dtype=bool))):
        print(heading(f"Exomiser 13.3's cases, {title}: {rows.sum()}"))
        print(f"{f'{OURS}, annotations of {EXOMISER_RELEASE}':48s}{figures(ranks[rows], cases['gene'][rows])}")
        print(f"{'Exomiser 13.3, data 2109 (phenotype only)':48s}{figures(theirs[rows], cases['gene'][rows])}")
        print(f"  {OURS} minus Exomiser: {difference(ranks[rows], theirs[rows], cases['gene'][rows])}")
        print("  " + "; ".join(mcnemar(ranks[rows], theirs[rows], k) for k in (1, 10)), flush=True)


if __name__ == "__main__":
    main()

"""End to end: is the causal variant of a published patient on top, in a real person's exome?

    python -m benchmarks.ranking [--data ../shared/data] [--cases 200] [--bare 60] [--rows FILE]

Each test case is ranked by models that saw neither its gene family nor its background person: five
folds by gene family; training people are two families, test people a third family and a singleton.
--rows: the rows that training kept (train(..., keep_rows=FILE)), else every training case is spiked again.
ClinVar and third-party scores are masked. Phenotypes are scored with the frozen 2024-03 annotations on
cases whose paper they do not cite. Intervals: 95 %, bootstrap over genes. A pair counts by its better
hit; a causal variant that leaves the funnel counts as missed.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy as np

from models.knowledge import load_knowledge
from models.ranking import FEATURES, Group
from models.ranking.ranking import best_order
from models.ranking.training.backgrounds import SINGLES, TRAINING_FILES, TRIOS
from models.ranking.training.effect_model import labelled_changes
from models.ranking.training.examples import (
    BARE,
    FULL,
    Brought,
    Example,
    ExampleMaker,
    fitting_people,
    training_examples,
    training_maker,
)
from models.ranking.training.kept_out import KeptOut, read_alleles
from models.ranking.training.labelled import read_labelled
from models.ranking.training.published import FOLDS, PublishedCase
from models.ranking.training.ranker_model import Rows, fit_ranker, load_rows, rows_of
from models.ranking.training.train import all_cases, fold_scorers

TOPS = (1, 5, 10)
RESAMPLES = 1000
SAMPLE_ALLELES = Path(__file__).resolve().parents[1] / "sample_data" / "facts" / "published_alleles.tsv"
# Equal scores are put in random order: spiked rows come first in their table and would win every tie.
SHUFFLE = 1e-7
RARE_LOG10 = -3.0  # the baseline's rule: rarer than one in a thousand

LEARNED = [i for i, f in enumerate(FEATURES) if f.fixed_log_odds is None]
PLACE = {f.name: i for i, f in enumerate(FEATURES)}
IS_PHENOTYPE = np.array([FEATURES[i].group is Group.PHENOTYPE for i in LEARNED])

Score = Callable[[Example], np.ndarray]


@dataclass(frozen=True)
class Setting:
    """One way a case arrives."""

    name: str
    people: Sequence[tuple]
    brought: Brought


SETTINGS = (
    Setting("annotated exome, singleton", SINGLES, FULL),
    Setting("annotated exome, trio", TRIOS, FULL),
    Setting("bare VCF, singleton", SINGLES, BARE),
    Setting("bare VCF, trio", TRIOS, BARE),
)


def ablated(rows: Rows, hidden: np.ndarray) -> Rows:
    """The same rows with some learned columns not assessed."""
    features = rows.features.copy()
    features[:, hidden] = np.nan
    return Rows(features, rows.label, rows.weight, rows.fold, rows.example)


def fold_rankers(rows: Rows, hidden: np.ndarray) -> list[lightgbm.Booster]:
    seen = ablated(rows, hidden)
    return [fit_ranker(seen, rows.fold != i) for i in range(FOLDS)]


def learned_score(models: list[lightgbm.Booster], hidden: np.ndarray) -> Score:
    def score(example: Example) -> np.ndarray:
        features = example.features[:, LEARNED].copy()
        features[:, hidden] = np.nan
        return models[example.case.fold].predict(features, raw_score=True)

    return score


def baseline(example: Example) -> np.ndarray:
    """Rare and protein-changing first, then by phenotype likelihood ratio, then by kind of change."""
    x = example.features
    frequency, effect = x[:, PLACE["frequency_log10"]], x[:, PLACE["effect_class"]]
    rare = np.isnan(frequency) | (frequency < RARE_LOG10)
    serious = rare & (np.nan_to_num(effect) >= 4)
    return serious * 1000.0 - x[:, PLACE["phenotype_behind_best"]] + np.nan_to_num(effect) * 1e-3


def rank_of_best(example: Example, scores: np.ndarray) -> float:
    if not example.is_causal.any():
        return np.inf
    order = best_order(scores + SHUFFLE * np.random.default_rng(len(scores)).random(len(scores)), example.evidence)
    return float(np.flatnonzero(example.is_causal[order])[0] + 1)


def interval(hits: np.ndarray, genes: np.ndarray) -> tuple[float, float]:
    """95 % bootstrap over genes."""
    generator = np.random.default_rng(5)
    names, code = np.unique(genes, return_inverse=True)
    hit, count = np.bincount(code, hits), np.bincount(code)
    drawn = generator.integers(0, len(names), (RESAMPLES, len(names)))
    share = hit[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    return float(np.percentile(share, 2.5)), float(np.percentile(share, 97.5))


def cell(ranks: np.ndarray, genes: np.ndarray, top: int) -> str:
    hits = (ranks <= top).astype(float)
    low, high = interval(hits, genes)
    return f"{100 * hits.mean():.1f} ({100 * low:.0f}–{100 * high:.0f})"


def test_examples(maker: ExampleMaker, cases: Sequence[PublishedCase], setting: Setting) -> list[Example]:
    made = []
    for case in cases:
        people = [o for o in fitting_people(case, setting.people) if o[0] not in TRAINING_FILES]
        if not people:
            continue
        generator = np.random.default_rng(crc32(f"{case.case_id}|{setting.name}".encode()))
        made.append(maker.make(case, people[int(generator.integers(len(people)))], setting.brought, generator))
    return made


def chosen_cases(cases: Sequence[PublishedCase], most: int) -> list[PublishedCase]:
    """Core cases of the 2024-03 release, spread evenly."""
    core = sorted((c for c in cases if c.is_core and c.release == "2024-03"), key=lambda c: crc32(c.case_id.encode()))
    return core[:most]


def print_table(setting: Setting, examples: Sequence[Example], scores: dict[str, Score]) -> None:
    genes = np.array([e.case.gene for e in examples])
    size = np.median([len(e.features) for e in examples])
    left = np.mean([not e.is_causal.any() for e in examples])
    print(f"\n**{setting.name}**: {len(examples)} cases, {len(set(genes))} genes, median {size:,.0f} ranked variants; "
          f"the causal variant left the funnel in {100 * left:.1f} %\n")  # fmt: skip
    print("| ranked by | top 1 % | top 5 % | top 10 % |\n|---|---|---|---|")
    for name, score in scores.items():
        ranks = np.array([rank_of_best(e, score(e)) for e in examples])
        print(f"| {name} | " + " | ".join(cell(ranks, genes, top) for top in TOPS) + " |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    options.add_argument("--cases", type=int, default=200)
    options.add_argument("--bare", type=int, default=60)
    options.add_argument("--rows", type=Path)
    asked, started = options.parse_args(), time.time()
    knowledge = load_knowledge()
    kept_out = KeptOut(read_alleles(SAMPLE_ALLELES))
    scorers = fold_scorers(labelled_changes(asked.data / "pathogenicity", kept_out))
    labelled = read_labelled(asked.data / "pathogenicity", kept_out)
    maker = training_maker(asked.data / "cases", labelled, knowledge, scorers, kept_out)
    cases = all_cases(asked.data, knowledge, maker, kept_out)
    rows = load_rows(asked.rows) if asked.rows else rows_of(training_examples(maker, cases))
    print(f"{len(cases):,} training cases, {len(rows.label):,} rows, {time.time() - started:.0f} s", flush=True)
    nothing = np.zeros(len(LEARNED), dtype=bool)
    scores: dict[str, Score] = {
        name: learned_score(fold_rankers(rows, hidden), hidden)
        for name, hidden in {
            "Caseboard": nothing,
            "variant only": IS_PHENOTYPE,
            "phenotype only": ~IS_PHENOTYPE,
        }.items()
    }
    scores["baseline rule"] = baseline
    for setting in SETTINGS:
        most = asked.bare if setting.brought is BARE else asked.cases
        print_table(setting, test_examples(maker, chosen_cases(cases, most), setting), scores)
    print(f"\n{time.time() - started:.0f} s")


if __name__ == "__main__":
    main()

"""End to end: is the causal variant of a published patient on top, in a real person's exome?

    python -m benchmarks.ranking [--data ../shared/data] [--cases 200] [--bare 60] [--rows FILE]

Each test case is ranked by models that saw neither its gene family nor its background person: five
folds by gene family; training people are two families, test people a third family and a singleton.
--rows: what training kept (train(..., keep_rows=FILE)), else every training case is spiked again.
ClinVar and third-party scores are masked. Phenotypes are scored with the frozen 2024-03 annotations on
cases whose paper they do not cite. Intervals: 95 %, bootstrap over genes. A pair counts by its better
hit when both are in the list; an answer that leaves the funnel counts as missed. Confidence: each case
is judged with its answer and with the answer taken out; "convincing" in the latter is false confidence.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy as np

from benchmarks.bootstrap import share
from benchmarks.ranking_confidence import Judge, lists_of, print_confidence, print_head, print_reliability, shortened
from benchmarks.ranking_strata import TOPS, print_strata
from models.evaluation.placement import place_of_answer
from models.knowledge import load_knowledge
from models.ranking import FEATURES, Group
from models.ranking.training.backgrounds import SINGLES, TRAINING_FILES, TRIOS
from models.ranking.training.calibrate import Judged, judged_of
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
from models.ranking.training.kept_rows import load_rows
from models.ranking.training.labelled import read_labelled
from models.ranking.training.mitochondrial import is_real
from models.ranking.training.published import PublishedCase
from models.ranking.training.ranker_model import Rows, rows_of
from models.ranking.training.train import all_cases, fold_rankers, fold_scorers

SAMPLE_ALLELES = Path(__file__).resolve().parents[1] / "sample_data" / "facts" / "published_alleles.tsv"
RARE_LOG10 = -3.0  # the baseline's rule: rarer than one in a thousand

LEARNED = [i for i, f in enumerate(FEATURES) if f.fixed_log_odds is None]
PLACE = {f.name: i for i, f in enumerate(FEATURES)}
OURS = "Caseboard"
GROUPS = np.array([FEATURES[i].group.value for i in LEARNED])
# What is hidden from training and test alike.
ABLATIONS = {
    OURS: np.zeros(len(LEARNED), dtype=bool),
    "variant only": Group.PHENOTYPE.value == GROUPS,
    "phenotype only": Group.PHENOTYPE.value != GROUPS,
    "without inheritance": Group.INHERITANCE.value == GROUPS,
}

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


@dataclass(frozen=True, eq=False)
class Lists:
    """Lists of a setting with and without their answers."""

    name: str
    judged: Judged
    genes: np.ndarray


def ablated(rows: Rows, hidden: np.ndarray) -> Rows:
    """The same rows with some learned columns not assessed."""
    features = rows.features.copy()
    features[:, hidden] = np.nan
    return Rows(features, rows.label, rows.weight, rows.fold, rows.example)


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


def ranks_of(examples: Sequence[Example], scores: Sequence[np.ndarray]) -> np.ndarray:
    return np.array(
        [
            place_of_answer(e.is_causal, len(e.case.variants), s, e.evidence, crc32(e.case.case_id.encode())).rank
            for e, s in zip(examples, scores, strict=True)
        ]
    )


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


def print_table(setting: Setting, examples: Sequence[Example], ranks: dict[str, np.ndarray]) -> None:
    genes = np.array([e.case.gene for e in examples])
    size = np.median([len(e.features) for e in examples])
    left = np.isinf(ranks[OURS]).mean()
    print(f"\n**{setting.name}**: {len(examples)} cases, {len(set(genes))} genes, median {size:,.0f} ranked variants; "
          f"the answer left the funnel in {100 * left:.1f} %\n")  # fmt: skip
    print("| ranked by | top 1 % | top 5 % | top 10 % |\n|---|---|---|---|")
    for name, places in ranks.items():
        print(f"| {name} | " + " | ".join(share(places <= top, genes) for top in TOPS) + " |")


def measure(setting: Setting, examples: Sequence[Example], scores: dict[str, Score]) -> list[Lists]:
    """Print the places of one setting; return its lists with Caseboard's scores, whole and short."""
    scored = {name: [score(e) for e in examples] for name, score in scores.items()}
    ranks = {name: ranks_of(examples, by) for name, by in scored.items()}
    print_table(setting, examples, ranks)
    print_strata(setting.name, examples, ranks[OURS])
    short = [shortened(e) for e in examples]
    return [
        Lists(setting.name, *lists_of(examples, scored[OURS])),
        Lists(f"{setting.name}, short list", *lists_of(short, [scores[OURS](e) for e in short])),
    ]


def training_rows(
    kept: Path | None, maker: ExampleMaker, cases: Sequence[PublishedCase]
) -> tuple[Rows, Judged, list[lightgbm.Booster]]:
    """Rows, lists, and the rankers of the five folds."""
    if kept:
        rows, judged = load_rows(kept)
        return rows, judged, fold_rankers(rows)
    examples = list(training_examples(maker, cases))
    rows = rows_of(examples)
    rankers = fold_rankers(rows)
    return rows, judged_of((e for e in examples if is_real(e.case)), rankers), rankers


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    options.add_argument("--cases", type=int, default=200)
    options.add_argument("--bare", type=int, default=60)
    options.add_argument("--rows", type=Path)
    asked, started = options.parse_args(), time.time()
    knowledge = load_knowledge()
    kept_out = KeptOut(read_alleles(SAMPLE_ALLELES))
    scorers = fold_scorers(labelled_changes(asked.data / "pathogenicity", kept_out, knowledge.transcripts))
    labelled = read_labelled(asked.data / "pathogenicity", kept_out)
    maker = training_maker(asked.data / "cases", labelled, knowledge, scorers, kept_out)
    cases = all_cases(asked.data, knowledge, maker, kept_out)
    rows, judged, rankers = training_rows(asked.rows, maker, cases)
    print(f"{len(cases):,} training cases, {len(rows.label):,} rows, {time.time() - started:.0f} s", flush=True)
    scores: dict[str, Score] = {
        name: learned_score(rankers if name == OURS else fold_rankers(ablated(rows, hidden)), hidden)
        for name, hidden in ABLATIONS.items()
    }
    scores["baseline rule"] = baseline
    judge, lists = Judge(judged), []
    for setting in SETTINGS:
        most = asked.bare if setting.brought is BARE else asked.cases
        lists += measure(setting, test_examples(maker, chosen_cases(cases, most), setting), scores)
    print_head(judge)
    for each in lists:
        print_confidence(each.name, each.judged, each.genes, judge)
    for each in lists[0], lists[2]:
        print_reliability(each.name, each.judged, judge)
    print(f"\n{time.time() - started:.0f} s")


if __name__ == "__main__":
    main()

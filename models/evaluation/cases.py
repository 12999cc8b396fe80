"""End to end on tables of published patients: at which place is the causal variant, spiked into a real exome?

Nothing but the tables, the backgrounds and what Caseboard ships is read. ClinVar and third-party scores are masked:
the simulated file brings neither, for the answer or for anything else. The answer is annotated from its published
names, the background as models.evaluation.people says. The same tables give the same ranks.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.errors import InputError
from models.evaluation.case_tables import NOT_DESCRIBED, UNKNOWN_MODEL, Entry, read_entries, read_table
from models.evaluation.people import People
from models.evaluation.placement import Placement, place_of_answer
from models.knowledge import Knowledge, frozen_annotations, load_knowledge
from models.ranking import FEATURES, Group, load_scorer
from models.ranking.scorer import LightGbmScorer
from models.ranking.training.examples import BARE, FULL, Example, ExampleMaker

Progress = Callable[[str], None]
PHENOTYPE, VARIANT = "phenotype", "variant"
RANKED, LEFT_FUNNEL, NO_TRIO = "ranked", "answer left the funnel", "no trio named"
TOPS = (1, 5, 10)
CASES_BETWEEN_WORDS = 100
# What the file says about a variant; the gene (its phenotype, whether a disease of it is known) stays.
OF_THE_VARIANT = np.array(
    [f.group is not Group.PHENOTYPE and f.name not in {"disease_gene", "parents_sequenced"} for f in FEATURES]
)


@dataclass(frozen=True)
class Placed:
    """One line of the result. n_ranked None: the case was not run."""

    case_id: str
    outcome: str
    place: Placement
    n_ranked: int | None


@dataclass(frozen=True)
class CaseRun:
    """What to measure on. trio: with both parents, a single heterozygous answer new in the child.

    ablate: "phenotype" ranks without terms; "variant" without everything the file says about the variant (rarity,
    effect, inheritance, call quality), so that the phenotype of its gene and whether a disease of the gene is known
    decide; the list of candidates is the same. annotations, gene_disease: a frozen HPO release instead of the
    shipped one. bare: the file brings no annotation. limit: the first so many cases of the manifest.
    """

    cases: Path
    manifest: Path
    backgrounds: Path
    out: Path
    trio: bool = False
    ablate: str | None = None
    annotations: Path | None = None
    gene_disease: Path | None = None
    bare: bool = False
    limit: int | None = None


def evaluate_cases(run: CaseRun, progress: Progress = lambda _: None) -> None:
    """Write one row to `run.out` for each case of the manifest that is in the cases table.

    Columns: case_id; rank (1-based place of the causal variant, of a pair the place of the hit that stands higher;
    one past the end of the list when the answer, or one hit of a pair, left the funnel, so that it counts as a
    miss; missing when the case was not run); rank_of_last_hit (missing unless ranked); n_ranked (variants in the
    list, missing when the case was not run); outcome in words. Raises InputError for tables or backgrounds that
    cannot be used.
    """
    if not run.out.parent.is_dir():
        raise InputError("no such folder to write to; make it first.", run.out.parent.name)
    if run.limit is not None and run.limit < 1:
        raise InputError("--limit must be at least 1.")
    knowledge = _knowledge(run.annotations, run.gene_disease)
    release, scorer = knowledge.annotations.release, load_scorer()
    current = dict(knowledge.genes.previous)
    entries, unusable = read_entries(run.cases, run.manifest, release, current, run.limit)
    progress(f"{len(entries):,} cases; HPO annotations {release}; {scorer.card.name} {scorer.card.version}")
    _warn_of_training_cases(entries, scorer, progress)
    people = People(run.backgrounds, entries, run.trio, knowledge)
    maker = ExampleMaker(people.reader, people.facts, {release: knowledge}, [scorer])
    placed: list[Placed] = []
    for entry in entries:
        placed.append(_place(entry, people, maker, scorer, run))
        if len(placed) % CASES_BETWEEN_WORDS == 0:
            progress(f"{len(placed):,} of {len(entries):,} cases")
    placed += [Placed(case, reason, Placement(None, None), None) for case, reason in unusable.items()]
    _table(placed).to_parquet(run.out, index=False)
    for line in summary(placed):
        progress(line)


def _knowledge(annotations: Path | None, gene_disease: Path | None) -> Knowledge:
    knowledge = load_knowledge()
    if annotations is None and gene_disease is None:
        return knowledge
    if annotations is None or gene_disease is None:
        raise InputError("a frozen HPO release needs both --annotations and --gene-disease.")
    read_table(annotations, ("database_id", "hpo_id", "frequency"))
    read_table(gene_disease, ("gene", "disease_id"))
    frozen = frozen_annotations(annotations, gene_disease, knowledge.annotations, knowledge.hpo)
    return replace(knowledge, annotations=frozen)


def _warn_of_training_cases(entries: Sequence[Entry], scorer: LightGbmScorer, progress: Progress) -> None:
    """Say when the figures would flatter: the shipped model has seen these patients."""
    seen = sum(scorer.was_trained_on(e.case.case_id) for e in entries)
    if seen:
        progress(
            f"{seen:,} of these cases are among those that the shipped model was trained on: the ranks flatter. "
            "Figures by models that have not seen them: python -m benchmarks.ranking"
        )


def _place(entry: Entry, people: People, maker: ExampleMaker, scorer: LightGbmScorer, run: CaseRun) -> Placed:
    of, case = people.of(entry), entry.case
    if of is None:
        return Placed(case.case_id, NO_TRIO, Placement(None, None), None)
    seed = crc32(f"{case.case_id}|{len(of[1])}".encode())
    terms = () if run.ablate == PHENOTYPE else None
    example = maker.make(case, of, BARE if run.bare else FULL, np.random.default_rng(seed), terms)
    features = without_the_variant(example) if run.ablate == VARIANT else example.features
    place = place_of_answer(example.is_causal, len(case.variants), scorer.log_odds(features), example.evidence, seed)
    outcome = LEFT_FUNNEL if place.first is None else RANKED
    return Placed(case.case_id, outcome, place, len(example.features))


def without_the_variant(example: Example) -> NDArray[np.float32]:
    """The features with everything that the file says about the variant not assessed."""
    features = example.features.copy()
    features[:, OF_THE_VARIANT] = np.nan
    return features


def _table(placed: Sequence[Placed]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_id": [p.case_id for p in placed],
            "rank": pd.array([_rank(p) for p in placed], dtype="Int32"),
            "rank_of_last_hit": pd.array([p.place.last for p in placed], dtype="Int32"),
            "n_ranked": pd.array([p.n_ranked for p in placed], dtype="Int32"),
            "outcome": [p.outcome for p in placed],
        }
    )


def _rank(p: Placed) -> int | None:
    return p.n_ranked + 1 if p.outcome == LEFT_FUNNEL and p.n_ranked is not None else p.place.first


def summary(placed: Sequence[Placed]) -> list[str]:
    """What happened to the cases, and the share at the top of those that were run."""
    counts = Counter(p.outcome for p in placed)
    lines = [f"{counts[RANKED]:,} ranked; the answer left the funnel in {counts[LEFT_FUNNEL]:,} (counted as missed)"]
    lines += [f"{counts[why]:,} not run: {why}" for why in (NO_TRIO, UNKNOWN_MODEL, NOT_DESCRIBED) if counts[why]]
    ranks = np.array([p.place.rank for p in placed if p.n_ranked is not None])
    if len(ranks):
        lines.append(", ".join(f"top {k}: {100 * np.mean(ranks <= k):.1f} %" for k in TOPS))
    return lines

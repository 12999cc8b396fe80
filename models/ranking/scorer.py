"""The shipped LightGBM models, loaded only after their checksums are verified."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from models.errors import IntegrityError
from models.ranking.calibration import Calibration, calibration_of
from models.ranking.damage import DAMAGE_COLUMNS
from models.ranking.features import FEATURES
from models.ranking.manifest import EFFECT_NAME, RANKER_NAME, case_mark, read_manifest, read_model
from models.ranking.types import ModelCard

SHIPPED = Path(__file__).parent / "model"
THREADS = 2
_FIXED = np.array([f.fixed_log_odds or 0.0 for f in FEATURES], dtype=np.float64)
_LEARNED = np.array([f.fixed_log_odds is None for f in FEATURES])
# A log-odds beyond this is certainty; it keeps the damage feature inside its range.
_DAMAGE_LIMIT = 8.0


def learned_names() -> list[str]:
    """Names of the features that LightGBM sees, in order."""
    return [f.name for f in FEATURES if f.fixed_log_odds is None]


def monotone_constraints() -> list[int]:
    return [int(f.direction) for f in FEATURES if f.fixed_log_odds is None]


class EffectOnly:
    """The effect model alone: judges changes, ranks nothing."""

    def __init__(self, effect: lightgbm.Booster) -> None:
        self._effect = effect

    def damage(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log-odds that a change damages, from DAMAGE_COLUMNS; independent of the patient."""
        if not len(columns):
            return np.zeros(0, dtype=np.float32)
        raw = self._effect.predict(columns, raw_score=True, num_threads=THREADS)
        return np.asarray(np.clip(raw, -_DAMAGE_LIMIT, _DAMAGE_LIMIT), dtype=np.float32)


class LightGbmScorer(EffectOnly):
    """Scorer of the shipped model: learned log-odds plus the fixed, published weights.

    Learned features go through LightGBM; features with `fixed_log_odds` add weight x value (not
    assessed adds nothing).
    """

    def __init__(self, ranker: lightgbm.Booster, effect: lightgbm.Booster, manifest: Mapping[str, Any]) -> None:
        super().__init__(effect)
        self._ranker, self._manifest = ranker, dict(manifest)
        self._explainer: Any = None

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Everything the manifest says: data with dates and licences, versions, parameters, metrics."""
        return self._manifest

    @property
    def card(self) -> ModelCard:
        told = self._manifest
        return ModelCard(
            str(told["name"]), str(told["version"]), str(told["files"][RANKER_NAME]),
            str(told["trained_on"]), tuple(told["features"]),
        )  # fmt: skip

    @property
    def calibration(self) -> Calibration:
        """How scores become probabilities; raises IntegrityError when the model has none."""
        return calibration_of(self._manifest)

    def was_trained_on(self, case_id: str) -> bool:
        """Whether a published patient is among those that the model was trained on."""
        return case_mark(case_id) in str(self._manifest["training_cases"]).split()

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        if not len(features):
            return np.zeros(0, dtype=np.float64)
        learned = self._ranker.predict(features[:, _LEARNED], raw_score=True, num_threads=THREADS)
        fixed = np.nan_to_num(features[:, ~_LEARNED].astype(np.float64)) @ _FIXED[~_LEARNED]
        total: NDArray[np.float64] = np.asarray(learned, dtype=np.float64) + fixed
        return total

    def contributions(self, features: NDArray[np.float32]) -> tuple[NDArray[np.float64], float]:
        """SHAP values, features x rows in log-odds; rows + baseline add up to `log_odds`."""
        import shap  # costs a second of CPU; only explanations need it

        if self._explainer is None:
            self._explainer = shap.TreeExplainer(self._ranker)
        told = self._explainer(features[:, _LEARNED].astype(np.float64))
        learned = np.asarray(told.values, dtype=np.float64)
        values = np.nan_to_num(features.astype(np.float64)) * _FIXED
        values[:, _LEARNED] = learned
        return values, float(np.ravel(told.base_values)[0])


def _check_columns(manifest: Mapping[str, Any]) -> None:
    """The model must have been trained on exactly the features this code computes, in this order."""
    ours = {
        "features": [f.name for f in FEATURES],
        "fixed_log_odds": {f.name: f.fixed_log_odds for f in FEATURES if f.fixed_log_odds is not None},
        "damage_columns": list(DAMAGE_COLUMNS),
    }
    for what, expected in ours.items():
        if manifest.get(what) != expected:
            raise IntegrityError(
                f"The model was made for other {what.replace('_', ' ')}; train it again with 'python cli.py train'."
            )


def load_scorer(folder: Path = SHIPPED) -> LightGbmScorer:
    """The model of `folder`.

    Raises IntegrityError when any byte differs from the manifest, or the model was trained for other
    features than this code computes; LightGBM is not called before both are checked.
    """
    manifest = read_manifest(folder)
    _check_columns(manifest)
    calibration_of(manifest)
    texts = [read_model(folder, name, manifest) for name in (RANKER_NAME, EFFECT_NAME)]
    ranker, effect = (lightgbm.Booster(model_str=text) for text in texts)
    if ranker.feature_name() != learned_names() or effect.feature_name() != list(DAMAGE_COLUMNS):
        raise IntegrityError("The model's columns are not those of its manifest; train it again.")
    return LightGbmScorer(ranker, effect, manifest)

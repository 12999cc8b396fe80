"""Settings of both models. Seeds are fixed and threads are one, so that a machine repeats its bytes."""

from typing import Any

SEED = 20261120

_REPEATABLE: dict[str, Any] = {
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}

EFFECT_TREES = 200
EFFECT: dict[str, Any] = {
    **_REPEATABLE,
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 200,
    "lambda_l2": 5.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints_method": "basic",
}

RANKER_TREES = 120
RANKER: dict[str, Any] = {
    **_REPEATABLE,
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 8,
    "min_data_in_leaf": 40,
    "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 5.0,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints_method": "basic",
    # The most that one tree may move a score: keeps single lucky splits from dominating explanations.
    "max_delta_step": 2.0,
}

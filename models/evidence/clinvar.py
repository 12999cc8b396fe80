"""ClinVar's classification, reduced to the closed set a clinician reads.

"Conflicting ..." is CONFLICTING, whatever follows it, and never pathogenic. "Pathogenic/Likely
pathogenic" is LP: the submitters do not agree on the stronger word, so we take the weaker; likewise
"Benign/Likely benign" is LB. Risk alleles, drug response, association and the like are OTHER.
Several values: a germline classification counts before OTHER ("Pathogenic|drug response" is P); two
of pathogenic, uncertain and benign side by side (VEP's "pathogenic&uncertain_significance") are
CONFLICTING, as ClinVar itself aggregates them.
"""

import re
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State
from models.evidence.columns import by_category, categorical

CLASSES = ("", "P", "LP", "VUS", "CONFLICTING", "LB", "B", "OTHER")
PATHOGENIC = frozenset({"P", "LP"})
# ClinVar review status: 1 star = criteria provided, single submitter. Below it nobody stated criteria.
KEEP_MIN_STARS = 1

_WORDS = {
    "pathogenic": "P",
    "likely pathogenic": "LP",
    "uncertain significance": "VUS",
    "vus": "VUS",
    "benign": "B",
    "likely benign": "LB",
    # CLNSIG of ClinVar's VCF until 2017 was a number.
    "0": "VUS",
    "2": "B",
    "3": "LB",
    "4": "LP",
    "5": "P",
}
_SILENT = frozenset({"", ".", "-", "1", "not provided", "no classification provided", "low penetrance"})
_SEPARATORS = re.compile(r"[&|/;,]")
_SIDES = (PATHOGENIC, frozenset({"VUS"}), frozenset({"LB", "B"}))


def _clean(part: str) -> str:
    return re.sub(r"[\s_]+", " ", part).strip().lower()


@lru_cache(maxsize=4096)
def clinvar_class(significance: str) -> str:
    """The class of a raw significance text; "" for "", "." and "not provided"."""
    if "conflicting" in significance.lower():
        return "CONFLICTING"
    parts = (_clean(p) for p in _SEPARATORS.split(significance))
    classes = {_WORDS.get(p, "OTHER") for p in parts if p not in _SILENT}
    if sum(bool(side & classes) for side in _SIDES) > 1:
        return "CONFLICTING"
    return next((c for c in ("LP", "P", "VUS", "LB", "B", "OTHER") if c in classes), "")


def clinvar_column(significance: pd.Series, state: NDArray[np.int8]) -> pd.Categorical:
    """Class of each row; "" where ClinVar has nothing or was not brought."""
    codes = by_category(significance, lambda c: CLASSES.index(clinvar_class(c)), missing=0, dtype=np.int8)
    return categorical(np.where(state == State.FOUND, codes, 0), CLASSES)


def is_asserted_pathogenic(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """ClinVar P or LP with at least one star: such a row is never filtered by frequency or effect.

    Where the file brings no stars at all the assertion counts, since hiding it would be the worse error.
    """
    found = frame["clinvar_state"].to_numpy() == State.FOUND
    pathogenic = by_category(
        frame["clinvar_significance"], lambda c: clinvar_class(c) in PATHOGENIC, missing=False, dtype=np.bool_
    )
    stars_known = frame["clinvar_stars_state"].to_numpy() == State.FOUND
    enough = ~stars_known | (frame["clinvar_stars"].to_numpy() >= KEEP_MIN_STARS)
    kept: NDArray[np.bool_] = found & pathogenic & enough
    return kept

"""Is there a convincing answer in this list, how likely is it, and what is unlike what the model was fitted on?

"No convincing candidate" is an outcome, not a failure: most exomes hold no answer. Where the best candidate is of a
kind that was never an answer in training, no probability is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np
import pandas as pd

from models.case import Case, Kind
from models.ranking.calibration import AMONG_FIRST, Calibration, candidate_places, probabilities
from models.ranking.features.effect_class import EffectClass
from models.ranking.types import Ranking, Scorer

# Fewer terms than any published patient of the measured core has.
FEWEST_TERMS = 3
# Share of variant reads this far off the genotype's: artefact or mosaic; no answer in training was either.
UNEVEN_READS_FRACTION = 0.25
# Ancestry of the one measured background person whose ancestry is known (NA12878, Utah, of European ancestry).
MEASURED_ANCESTRY = "nfe"
_STRUCTURAL = (Kind.SYMBOLIC.value, Kind.BREAKEND.value)


class CalibratedScorer(Scorer, Protocol):
    """A scorer whose scores can be told as probabilities."""

    @property
    def calibration(self) -> Calibration: ...


class Outcome(str, Enum):
    """What the list as a whole says."""

    CONVINCING = "convincing candidate"
    NONE_CONVINCING = "no convincing candidate"
    NOT_JUDGED = "not judged"


class Unlike(str, Enum):
    """How a case differs from those that model and calibration were fitted on; words for people."""

    # No probability is given:
    NO_CANDIDATE = "no variant is left to rank"
    MITOCHONDRIAL = "the best candidate is mitochondrial: trained on simulated patients only"
    NONCODING = "the best candidate lies outside coding sequence and splice sites: no such answer was trained on"
    EFFECT_UNKNOWN = "what the best candidate does is not assessed"
    UNEVEN_READS = "the best candidate's reads are uneven (mosaic or artefact): no such answer was trained on"
    LONGER_LIST = "the list is longer than any that was fitted on"
    # A probability is given, to be read with care:
    NO_TERMS = "no features of the patient are known"
    FEW_TERMS = "fewer than three features of the patient are known"
    SHORTER_LIST = "the list is shorter than any that was fitted on"
    ONE_PARENT = "one parent alone is sequenced: no such family was fitted on"
    PATTERN = "the file brings frequencies but no consequences: no such file was fitted on"
    WEIGHTED = (
        "the best candidate's score includes ClinVar or a predictor, whose weights are published, not fitted here"
    )
    STRUCTURAL = "the file holds structural variants, which are not ranked"
    ANCESTRY = "nobody of the stated ancestry was measured"

    @property
    def forbids(self) -> bool:
        """Whether no probability may be given."""
        return self in _FORBIDDING


_FORBIDDING = {
    Unlike.NO_CANDIDATE,
    Unlike.MITOCHONDRIAL,
    Unlike.NONCODING,
    Unlike.EFFECT_UNKNOWN,
    Unlike.UNEVEN_READS,
    Unlike.LONGER_LIST,
}


@dataclass(frozen=True)
class Confidence:
    """probability: that the best candidate (a variant or a pair) is the answer, 0..1; among_first: that the answer
    is among the first AMONG_FIRST candidates; both None when not judged. unlike: in the order of Unlike."""

    outcome: Outcome
    probability: float | None
    among_first: float | None
    unlike: tuple[Unlike, ...]

    @property
    def short(self) -> str:
        """A few words for a heading; a number read with care never stands alone."""
        if self.probability is None:
            return "Not judged as a whole"
        first = "Convincing candidate" if self.outcome is Outcome.CONVINCING else "No convincing candidate"
        notes = "" if not self.unlike else f", {len(self.unlike)} reservation{'s' if len(self.unlike) > 1 else ''}"
        return f"{first} ({percent(self.probability)}{notes})"

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        if self.probability is None or self.among_first is None:
            reason = next(u for u in self.unlike if u.forbids)
            return f"How likely the first candidate is was not judged: {reason.value}."
        first = "A convincing candidate" if self.outcome is Outcome.CONVINCING else "No convincing candidate"
        return (
            f"{first}: the first is the answer in {percent(self.probability)} of such cases, one of the "
            f"first {AMONG_FIRST} in {percent(self.among_first)}."
        )


def percent(fraction: float) -> str:
    """Never surer than the few hundred patients behind it: "under 1 %", "34 %", "over 95 %"."""
    if fraction < 0.01:
        return "under 1 %"
    return "over 95 %" if fraction > 0.95 else f"{fraction:.0%}".replace("%", " %")


def confidence_of(ranking: Ranking, case: Case, calibration: Calibration) -> Confidence:
    """What the ranking of `case` as a whole says. calibration: of the scorer that ranked it."""
    unlike = tuple(u for u in Unlike if u in set(_unlike(ranking, case, calibration)))
    if any(u.forbids for u in unlike):
        return Confidence(Outcome.NOT_JUDGED, None, None, unlike)
    table = ranking.table
    places = candidate_places(table["row"].to_numpy(), table["partner_row"].to_numpy())
    best = _features(ranking).iloc[0]
    likely = probabilities(
        table["log_odds"].to_numpy()[places], float(best["parents_sequenced"]), _is_bare(ranking), calibration
    )
    top = float(likely[1])
    outcome = Outcome.CONVINCING if top >= calibration.convincing_fraction else Outcome.NONE_CONVINCING
    return Confidence(outcome, top, float(likely[1 : AMONG_FIRST + 1].sum()), unlike)


def _features(ranking: Ranking) -> pd.DataFrame:
    return pd.DataFrame(ranking.features, columns=list(ranking.card.feature_names))


def _is_bare(ranking: Ranking) -> bool:
    """No consequence anywhere: the effect model had nothing to judge."""
    return bool(_features(ranking)["damage_log_odds"].isna().all())


def _unlike(ranking: Ranking, case: Case, calibration: Calibration) -> Iterator[Unlike]:
    if ranking.table.empty:
        yield Unlike.NO_CANDIDATE
    else:
        features = _features(ranking)
        yield from _unlike_candidate(features.iloc[0], str(_chrom(case, ranking)))
        if features["damage_log_odds"].isna().all() and features["frequency_log10"].notna().any():
            yield Unlike.PATTERN
        if features["parents_sequenced"].iloc[0] == 1:
            yield Unlike.ONE_PARENT
        if len(features) > calibration.most_ranked:
            yield Unlike.LONGER_LIST
        if len(features) < calibration.fewest_ranked:
            yield Unlike.SHORTER_LIST
    terms = sum(not t.excluded for t in case.phenotype.terms)
    if terms < FEWEST_TERMS:
        yield Unlike.FEW_TERMS if terms else Unlike.NO_TERMS
    if case.variants.frame["kind"].isin(_STRUCTURAL).any():
        yield Unlike.STRUCTURAL
    if case.patient.ancestry not in {"", MEASURED_ANCESTRY}:
        yield Unlike.ANCESTRY


def _chrom(case: Case, ranking: Ranking) -> object:
    return case.variants.frame["chrom"].iloc[int(ranking.table["row"].iloc[0])]


def _unlike_candidate(best: pd.Series, chrom: str) -> Iterator[Unlike]:
    effect = best["effect_class"]
    if chrom == "MT":
        yield Unlike.MITOCHONDRIAL
    elif np.isnan(effect):
        yield Unlike.EFFECT_UNKNOWN
    elif effect <= EffectClass.NONCODING:
        yield Unlike.NONCODING
    if best["allele_imbalance_fraction"] > UNEVEN_READS_FRACTION:
        yield Unlike.UNEVEN_READS
    if any(best[name] and not np.isnan(best[name]) for name in ("predictor_points", "clinvar_points")):
        yield Unlike.WEIGHTED

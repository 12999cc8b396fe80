"""What one calibrated predictor of missense says, for PP3 and BP4.

One predictor is chosen beforehand: the panel's, else REVEL, else AlphaMissense, else CADD; never the one that fits best
(Pejaver 2022, PMID:36413997).
"""

from dataclasses import dataclass

from models.case import Absent, Found, Looked
from models.evidence.acmg.calibration import (
    ALPHAMISSENSE_BENIGN,
    ALPHAMISSENSE_PATHOGENIC,
    ALPHAMISSENSE_SOURCE,
    CADD_BENIGN,
    CADD_PATHOGENIC,
    MISSENSE_SOURCE,
    REVEL_BENIGN,
    REVEL_PATHOGENIC,
    Steps,
)
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import MissenseTool, Specification
from models.evidence.acmg.types import Strength


@dataclass(frozen=True)
class Score:
    """A predictor's value with the limits it is compared with."""

    name: str
    value: float
    pathogenic: Steps
    benign: Steps
    source: str

    @property
    def says_pathogenic(self) -> Strength | None:
        """Highest strength whose limit is reached, None below all."""
        return next((s for limit, s in reversed(self.pathogenic) if self.value >= limit), None)

    @property
    def says_benign(self) -> Strength | None:
        return next((s for limit, s in reversed(self.benign) if self.value <= limit), None)

    def against(self, steps: Steps) -> str:
        """ "REVEL 0.71 (limits 0.644, 0.773, 0.932)"."""
        limits = ", ".join(f"{limit:g}" for limit, _ in steps)
        return f"{self.name} {self.value:.3g} (limit{'s' if len(steps) > 1 else ''} {limits})"


def missense_score(facts: Facts, panel: Specification | None) -> Score | None:
    """The chosen predictor's score; None when it is not known."""
    p = facts.predictors
    if panel and panel.missense.tool is MissenseTool.REVEL:
        return _score("REVEL", p.revel, panel.missense.pathogenic, panel.missense.benign, panel.source)
    return (
        _score("REVEL", p.revel, REVEL_PATHOGENIC, REVEL_BENIGN, MISSENSE_SOURCE)
        or _score(
            "AlphaMissense", p.alphamissense, ALPHAMISSENSE_PATHOGENIC, ALPHAMISSENSE_BENIGN, ALPHAMISSENSE_SOURCE
        )
        or _score("CADD", p.cadd_phred, CADD_PATHOGENIC, CADD_BENIGN, MISSENSE_SOURCE)
    )


def _score(name: str, looked: Looked[float], pathogenic: Steps, benign: Steps, source: str) -> Score | None:
    return Score(name, looked.value, pathogenic, benign, source) if isinstance(looked, Found) else None


def wanted_predictor(panel: Specification | None) -> str:
    """Which score is missing, in words."""
    if panel and panel.missense.tool is MissenseTool.OWN:
        return "the panel's own predictor"
    return "REVEL" if panel and panel.missense.tool is MissenseTool.REVEL else "REVEL, AlphaMissense or CADD"


def no_score(facts: Facts, panel: Specification | None) -> str:
    """Why there is no score although its source was asked; "" where it was not."""
    if panel and panel.missense.tool is MissenseTool.OWN:
        return ""
    asked = isinstance(facts.predictors.revel, Absent)
    return "REVEL has no score for this change" if asked else ""

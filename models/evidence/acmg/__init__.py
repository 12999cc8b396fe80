"""What the ACMG/AMP criteria say of a variant: each met, not met or not assessable, with its reason.

CRITERIA lists them in the order they are shown; to add one, write a file and add it there.
"""

from models.evidence.acmg import (
    ba1,
    bp1,
    bp2,
    bp3,
    bp4,
    bp7,
    bs1,
    bs2,
    bs4,
    by_reading,
    pm1,
    pm2,
    pm3,
    pm4,
    pm5,
    pm6,
    pp1,
    pp2,
    pp3,
    ps1,
    ps2,
    pvs1,
)
from models.evidence.acmg.combine import classify
from models.evidence.acmg.criterion import Criterion
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.of_workup import suggestion_of
from models.evidence.acmg.suggest import suggest
from models.evidence.acmg.types import Class, CriterionResult, Strength, Suggestion

CRITERIA: tuple[Criterion, ...] = (
    pvs1.CRITERION,
    ps1.CRITERION,
    ps2.CRITERION,
    by_reading.PS3,
    by_reading.PS4,
    pm1.CRITERION,
    pm2.CRITERION,
    pm3.CRITERION,
    pm4.CRITERION,
    pm5.CRITERION,
    pm6.CRITERION,
    pp1.CRITERION,
    pp2.CRITERION,
    pp3.CRITERION,
    by_reading.PP4,
    ba1.CRITERION,
    bs1.CRITERION,
    bs2.CRITERION,
    by_reading.BS3,
    bs4.CRITERION,
    bp1.CRITERION,
    bp2.CRITERION,
    bp3.CRITERION,
    bp4.CRITERION,
    by_reading.BP5,
    bp7.CRITERION,
)

__all__ = [
    "CRITERIA",
    "Class",
    "Criterion",
    "CriterionResult",
    "Facts",
    "Strength",
    "Suggestion",
    "classify",
    "suggest",
    "suggestion_of",
]

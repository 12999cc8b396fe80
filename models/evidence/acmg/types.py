"""The words of the ACMG/AMP framework: strengths, results of criteria, classes and points.

Points: Tavtigian 2020 (Hum Mutat 41:1734, PMID:32720330): supporting 1, moderate 2, strong 4, very strong
8, benign ones negative. Pathogenic from 10, likely pathogenic 6 to 9, uncertain 0 to 5, likely benign -1
to -6, benign from -7. BA1 stands alone (Richards 2015, PMID:25741868).
"""

from dataclasses import dataclass
from enum import Enum

from models.case import Verdict


class Strength(Enum):
    """How much a met criterion weighs; the value is its points."""

    SUPPORTING = 1
    MODERATE = 2
    STRONG = 4
    VERY_STRONG = 8
    STAND_ALONE = 0  # BA1: decides by itself, without points


class Class(str, Enum):
    """The five classes, as ClinVar and the expert panels write them."""

    PATHOGENIC = "Pathogenic"
    LIKELY_PATHOGENIC = "Likely Pathogenic"
    UNCERTAIN = "Uncertain Significance"
    LIKELY_BENIGN = "Likely Benign"
    BENIGN = "Benign"


@dataclass(frozen=True)
class CriterionResult:
    """What one criterion says of one variant.

    code: "PVS1". strength: the one it is met at; of no meaning unless MET. reason: a sentence with the
    value against the threshold. source: guideline, panel or data it rests on. lacking: what was missing
    for a NOT_ASSESSABLE ("gnomAD", "the parents' genotypes"), "" otherwise.
    """

    code: str
    verdict: Verdict
    strength: Strength
    reason: str
    source: str
    lacking: str = ""

    @property
    def is_benign(self) -> bool:
        return self.code.startswith("B")

    @property
    def points(self) -> int:
        """Points it adds: 0 unless met, negative for a benign criterion."""
        if self.verdict is not Verdict.MET:
            return 0
        return -self.strength.value if self.is_benign else self.strength.value


@dataclass(frozen=True)
class Suggestion:
    """A suggested class with what it rests on. It is never the class: that is a named human's.

    points: sum over met criteria. sentence: why this class ("7 points: PVS1, ...; or BA1 alone").
    results: one for each criterion, in the order of CRITERIA.
    """

    suggested: Class
    points: int
    sentence: str
    results: tuple[CriterionResult, ...]

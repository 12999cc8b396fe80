"""From met criteria to one of five classes.

ClinGen's panels have moved from the table of Richards 2015 (Genet Med 17:405, PMID:25741868, table 5) to the points of
Tavtigian 2020 (Hum Mutat 41:1734, PMID:32720330). Where both give the same class, that is the class. They differ in
few places, and there, unless a panel's own specification says otherwise:

- one way only (all evidence pathogenic, or all benign): the table, with ClinGen's additions. So PVS1 with one
  moderate is likely pathogenic, two strong are pathogenic, and PVS1 with one supporting is likely pathogenic (ClinGen
  SVI, "PM2 recommendation 1.0", 2020). For one very strong criterion alone the table has no line; its eight points
  are likely pathogenic (odds of 350 to 1 on a prior of 0.1: 0.975). One strong benign criterion alone is likely
  benign, and one supporting alone is not: the weakest likely benign of the table weighs two points.
- both ways: only what the table and the points both say, and of the two the more careful class. A contradiction
  is never settled by one of the systems alone.
- BA1 stands alone, except against evidence that by itself makes the variant (likely) pathogenic: then a human must
  look (BA1 has exceptions: Ghosh 2018, Hum Mutat 39:1525, PMID:30311383).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.case import Verdict
from models.evidence.acmg.codes import write_codes
from models.evidence.acmg.panel_rules import PanelRules, panel_rules
from models.evidence.acmg.types import Class, CriterionResult, Strength

# Tavtigian 2020, table 2.
PATHOGENIC_POINTS = 10
LIKELY_PATHOGENIC_POINTS = 6
LIKELY_BENIGN_POINTS = -1
BENIGN_POINTS = -7
# The weakest likely benign of Richards 2015 is two supporting criteria; the points' -1 is one.
LIKELY_BENIGN_ALONE_POINTS = -2

_ORDER = (Class.BENIGN, Class.LIKELY_BENIGN, Class.UNCERTAIN, Class.LIKELY_PATHOGENIC, Class.PATHOGENIC)


@dataclass(frozen=True)
class Tally:
    """How many met criteria there are of each strength, pathogenic and benign apart."""

    very_strong: int = 0
    strong: int = 0
    moderate: int = 0
    supporting: int = 0
    benign_very_strong: int = 0
    benign_strong: int = 0
    benign_moderate: int = 0
    benign_supporting: int = 0
    stand_alone: int = 0

    @property
    def points_for(self) -> int:
        return 8 * self.very_strong + 4 * self.strong + 2 * self.moderate + self.supporting

    @property
    def points_against(self) -> int:
        """Points of the benign criteria, as a positive number; BA1 has none."""
        weights = 8 * self.benign_very_strong + 4 * self.benign_strong
        return weights + 2 * self.benign_moderate + self.benign_supporting

    @property
    def points(self) -> int:
        return self.points_for - self.points_against


def tally(results: Sequence[CriterionResult]) -> Tally:
    """Counts of the criteria that are met."""
    counts = Counter((r.is_benign, r.strength) for r in results if r.verdict is Verdict.MET)
    return Tally(
        very_strong=counts[False, Strength.VERY_STRONG],
        strong=counts[False, Strength.STRONG],
        moderate=counts[False, Strength.MODERATE],
        supporting=counts[False, Strength.SUPPORTING],
        benign_very_strong=counts[True, Strength.VERY_STRONG],
        benign_strong=counts[True, Strength.STRONG],
        benign_moderate=counts[True, Strength.MODERATE],
        benign_supporting=counts[True, Strength.SUPPORTING],
        stand_alone=counts[True, Strength.STAND_ALONE],
    )


def by_points(points: int) -> Class:
    """The class of a sum of points (Tavtigian 2020)."""
    if points >= PATHOGENIC_POINTS:
        return Class.PATHOGENIC
    if points >= LIKELY_PATHOGENIC_POINTS:
        return Class.LIKELY_PATHOGENIC
    if points > LIKELY_BENIGN_POINTS:
        return Class.UNCERTAIN
    return Class.BENIGN if points <= BENIGN_POINTS else Class.LIKELY_BENIGN


def pathogenic_by_table(t: Tally) -> Class:
    """What the pathogenic criteria alone come to in table 5 of Richards 2015, UNCERTAIN when in no line of it.

    With one line of ClinGen SVI 2020: one very strong and one supporting are likely pathogenic.
    """
    vs, s, m, p = t.very_strong, t.strong, t.moderate, t.supporting
    with_very_strong = vs >= 2 or (vs == 1 and (s >= 1 or m >= 2 or (m >= 1 and p >= 1) or p >= 2))
    with_strong = s >= 2 or (s == 1 and (m >= 3 or (m == 2 and p >= 2) or (m == 1 and p >= 4)))
    if with_very_strong or with_strong:
        return Class.PATHOGENIC
    likely = (
        (vs == 1 and (m >= 1 or p >= 1))
        or (s == 1 and (m >= 1 or p >= 2))
        or (m >= 3 or (m == 2 and p >= 2) or (m == 1 and p >= 4))
    )
    return Class.LIKELY_PATHOGENIC if likely else Class.UNCERTAIN


def benign_by_table(t: Tally) -> Class:
    """What the benign criteria alone come to in table 5 of Richards 2015, UNCERTAIN when in no line of it.

    The table knows no moderate benign criterion; ClinGen's calibration (Pejaver 2022, PMID:36413997) does, at the
    weight of two supporting ones.
    """
    strong = t.benign_strong + 2 * t.benign_very_strong
    supporting = t.benign_supporting + 2 * t.benign_moderate
    if t.stand_alone or strong >= 2:
        return Class.BENIGN
    return Class.LIKELY_BENIGN if (strong and supporting) or supporting >= 2 else Class.UNCERTAIN


def classify(results: Sequence[CriterionResult], panel: str = "", gene: str = "") -> tuple[Class, int, str]:
    """(class, points, a sentence that says why) of the met criteria.

    panel: an expert panel's name as ClinGen's Evidence Repository writes it; its own rules of combination are used
    where it has published some, else the general ones. gene: HGNC symbol; no rule depends on it today. Criteria that
    are not met or not assessable weigh nothing.
    """
    t = tally(results)
    rules = panel_rules(panel)
    suggested, why = _combined(t, rules)
    if results and all(r.verdict is Verdict.NOT_ASSESSABLE for r in results):
        why = "none of the criteria could be assessed"
    named = write_codes(results).replace(",", ", ")
    points = f"{t.points} point{'' if abs(t.points) == 1 else 's'}"
    return (
        suggested,
        t.points,
        f"{suggested.value} ({points}): {named}; {why}." if named else f"{suggested.value}: {why}.",
    )


def _combined(t: Tally, rules: PanelRules) -> tuple[Class, str]:
    if t == Tally():
        return Class.UNCERTAIN, "no criterion is met"
    if t.stand_alone:
        return _stand_alone(t)
    if t.points_for and t.points_against:
        return _contradictory(t, rules)
    if t.points_against:
        return _benign_alone(t)
    return _pathogenic_alone(t, rules)


def _stand_alone(t: Tally) -> tuple[Class, str]:
    against = pathogenic_by_table(t)
    if against is Class.UNCERTAIN:
        return Class.BENIGN, "BA1 stands alone"
    return Class.UNCERTAIN, f"BA1 contradicts criteria that alone make it {against.value}; see whether BA1 applies"


def _contradictory(t: Tally, rules: PanelRules) -> tuple[Class, str]:
    """The more careful of table and points when they point the same way, else uncertain."""
    points, up, down = by_points(t.points), pathogenic_by_table(t), benign_by_table(t)
    if rules.points:
        return points, f"criteria point both ways; the points decide ({rules.source})"
    if up is not Class.UNCERTAIN and down is not Class.UNCERTAIN:
        return Class.UNCERTAIN, "criteria contradict each other (Richards 2015)"
    table = up if down is Class.UNCERTAIN else down
    if _steps(table) * _steps(points) <= 0:
        return Class.UNCERTAIN, "criteria point both ways, and table and points do not agree"
    return min(
        table, points, key=lambda c: abs(_steps(c))
    ), "criteria point both ways; the more careful of table and points"


def _steps(of: Class) -> int:
    """How far from uncertain: -2 benign to 2 pathogenic."""
    return _ORDER.index(of) - _ORDER.index(Class.UNCERTAIN)


def _benign_alone(t: Tally) -> tuple[Class, str]:
    table = benign_by_table(t)
    if table is not Class.UNCERTAIN:
        return table, "Richards 2015, table 5"
    if -t.points_against <= LIKELY_BENIGN_ALONE_POINTS:
        return Class.LIKELY_BENIGN, "one strong benign criterion and nothing against it (Tavtigian 2020)"
    return Class.UNCERTAIN, "one supporting benign criterion is not enough (Richards 2015, table 5)"


def _pathogenic_alone(t: Tally, rules: PanelRules) -> tuple[Class, str]:
    points = by_points(t.points)
    table = pathogenic_by_table(t)
    if rules.points:
        return points, f"points ({rules.source})"
    if t == Tally(very_strong=1):
        return points, "one very strong criterion alone, by points (Tavtigian 2020); Richards 2015 has no line for it"
    if table is points:
        return table, "table 5 of Richards 2015 and the points agree"
    return table, f"Richards 2015, table 5, with ClinGen SVI 2020 (by points alone: {points.value})"

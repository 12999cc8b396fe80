"""What the criteria come to: one rule for the screen of decisions, the report and every file made of it.

Only what a named person let count adds points: accepted, changed or added (Richards 2015, PMID:25741868, leaves it to
the person who classifies which criteria apply). A suggestion that nobody judged counts for nothing and is told apart,
with what everything would come to if all of it were accepted. The class is the person's and may be another than the
criteria come to; then that is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.case import Verdict
from models.evidence.acmg import CRITERIA
from models.evidence.acmg.codes import write_codes
from models.evidence.acmg.combine import classify
from models.evidence.acmg.specifications import specification
from models.evidence.acmg.types import Class, CriterionResult
from models.review.second_reading import counted
from models.review.state import JudgedCriterion

Judged = Mapping[str, JudgedCriterion]
_PLACE = {c.code: place for place, c in enumerate(CRITERIA)}
NONE_JUDGED = "No criterion was judged, so none counts; the class given rests on the reader's own words."


@dataclass(frozen=True)
class Sum:
    """What criteria come to. because: class, points, codes and the rule that combined them, in a sentence."""

    acmg_class: Class
    points: int
    because: str

    @property
    def words(self) -> str:
        """ "12 points: Pathogenic"."""
        return f"{points_words(self.points)}: {class_words(self.acmg_class)}"


def sum_of(judged: Judged, gene: str, disease: str) -> Sum:
    """Of the criteria that a person lets count, by the same rules as a suggestion. disease: decides which panel's."""
    return _combined(_counting(judged), gene, disease)


def not_judged(suggested: Iterable[CriterionResult], judged: Judged) -> tuple[CriterionResult, ...]:
    """What is suggested as met and nobody judged: it does not count."""
    return tuple(r for r in suggested if r.verdict is Verdict.MET and r.code not in judged)


def sum_if_accepted(suggested: Iterable[CriterionResult], judged: Judged, gene: str, disease: str) -> Sum:
    """What everything would come to if each suggestion that nobody judged were accepted as it stands."""
    return _combined((*_counting(judged), *not_judged(suggested, judged)), gene, disease)


def not_judged_words(suggested: Iterable[CriterionResult], judged: Judged, gene: str, disease: str) -> str:
    """ "Suggested, not judged: PM2_Supporting. ..."; "" where every suggestion was judged."""
    results = tuple(suggested)
    if not (open_ := not_judged(results, judged)):
        return ""
    named = write_codes(open_).replace(",", ", ")
    come_to = sum_if_accepted(results, judged, gene, disease).words
    do = "It does" if len(open_) == 1 else "They do"
    return f"Suggested, not judged: {named}. {do} not count; with all accepted it would be {come_to}."


def differs_words(given: Class, judged: Judged, gene: str, disease: str) -> str:
    """That the class given is not what the judged criteria come to; "" where it is."""
    if not judged:
        return NONE_JUDGED
    come_to = sum_of(judged, gene, disease)
    if come_to.acmg_class is given:
        return ""
    return (
        f"The class given is {class_words(given).lower()}; the criteria that count come to "
        f"{class_words(come_to.acmg_class).lower()} ({points_words(come_to.points)}). The class is the reader's own."
    )


def class_words(of: Class) -> str:
    """ "Likely pathogenic"."""
    return of.value.capitalize()


def points_words(of: int) -> str:
    """ "1 point", "−4 points"."""
    return f"{of} point{'' if abs(of) == 1 else 's'}".replace("-", "−")


def _counting(judged: Judged) -> tuple[CriterionResult, ...]:
    return tuple(
        CriterionResult(code, Verdict.MET, strength, one.note, one.event.who)
        for code, one in sorted(judged.items(), key=lambda item: _PLACE.get(item[0], len(_PLACE)))
        if (strength := counted(one))
    )


def _combined(results: tuple[CriterionResult, ...], gene: str, disease: str) -> Sum:
    panel = specification(gene, disease)
    return Sum(*classify(results, panel.panel if panel else "", gene))

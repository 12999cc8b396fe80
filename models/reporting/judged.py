"""The class and the criteria of one variant as people left them: what was suggested, what was judged.

Which reading speaks is `models.review.second_reading`'s word. While a second reading is awaited the first is withheld
from everybody, so that the report does not tell the second reader what to find.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.case import Verdict
from models.evidence.acmg import CRITERIA, Class, CriterionResult, Strength, Suggestion
from models.reporting.content import CriterionLine, GivenClass
from models.review.commands import Reading, Ruling
from models.review.events import Event
from models.review.second_reading import Stage, criteria_of, outcome_of, standing_criteria
from models.review.state import HumanClass, JudgedCriterion, VariantState
from models.review.what_counts import class_words, differs_words, not_judged_words, sum_of

WITHHELD = "A first reading is in and the second is awaited; neither is told before both are in."
DISAGREE = "Two readings differ and there is no consensus yet: {first}; {second}."
STRENGTHS = {s: s.name.lower().replace("_", " ").replace("stand alone", "stand-alone") for s in Strength}
_ORDER = {c.code: place for place, c in enumerate(CRITERIA)}


def by_whom(event: Event) -> str:
    """ "Dr A. Berg, 2026-11-21"."""
    return f"{event.who}, {event.at[:10]}"


def given_class(variant: VariantState, needed: int) -> tuple[GivenClass | None, str]:
    """(the class that stands, why there is none): one of the two is empty; both are when nobody gave a class."""
    outcome = outcome_of(variant, needed)
    if outcome.settled:
        return _given(variant, outcome.settled), ""
    if outcome.stage is Stage.WAITING:
        return None, WITHHELD
    if outcome.stage is Stage.DISAGREED:
        first, second = (_told(variant.classes[r]) for r in (Reading.FIRST, Reading.SECOND))
        return None, DISAGREE.format(first=first, second=second)
    return None, ""


def _given(variant: VariantState, human: HumanClass) -> GivenClass:
    event, readers = human.event, [variant.classes[r] for r in (Reading.FIRST, Reading.SECOND) if r in variant.classes]
    given = GivenClass(human.acmg_class.value, human.condition, human.note, event.who, event.at, "one reading")
    if human is variant.classes.get(Reading.CONSENSUS):
        return replace(given, reading="resolution of two readings")
    if len(readers) == 1:
        return given
    both = {
        name: dict.fromkeys(getattr(r, name) for r in readers if getattr(r, name)) for name in ("condition", "note")
    }
    said: dict[str, Any] = {name: "; ".join(words) for name, words in both.items()}
    return replace(given, who=" and ".join(r.event.who for r in readers), reading="two readings that agree", **said)


def _told(human: HumanClass) -> str:
    return f"{class_words(human.acmg_class)} ({by_whom(human.event)})"


def judged_criteria(suggestion: Suggestion | None, rulings: Mapping[str, JudgedCriterion]) -> tuple[CriterionLine, ...]:
    """Every criterion that is suggested or judged, as it is told, in the order of CRITERIA."""
    suggested = {r.code: r for r in suggestion.results} if suggestion else {}
    codes = sorted({*suggested, *rulings}, key=lambda code: (_ORDER.get(code, len(_ORDER)), code))
    return tuple(_told_line(code, suggested.get(code), rulings.get(code)) for code in codes)


def rulings_of(variant: VariantState, needed: int) -> Mapping[str, JudgedCriterion]:
    """The ruling that counts for each code; none while a second reading is awaited or the two differ."""
    if outcome_of(variant, needed).stage is Stage.UNREAD and needed == 1:
        return criteria_of(variant, Reading.FIRST)
    return standing_criteria(variant, needed)


def _told_line(code: str, suggested: CriterionResult | None, judged: JudgedCriterion | None) -> CriterionLine:
    told = _in_words(suggested) if suggested else "nothing"
    base = suggested or CriterionResult(code, Verdict.NOT_MET, Strength.SUPPORTING, "", "")
    if judged is None:
        return _line(base, told)
    line = _line(replace(_ruled(base, judged), lacking=""), told)
    return replace(line, ruling=judged.ruling.value, judged_by=by_whom(judged.event), note=judged.note)


def _ruled(base: CriterionResult, judged: JudgedCriterion) -> CriterionResult:
    """What the ruling makes of it; changed, it rests on the person's word and no longer on the suggestion's."""
    if judged.ruling is Ruling.REJECTED or judged.strength is None:
        return replace(base, verdict=Verdict.NOT_MET)
    if judged.ruling is Ruling.CHANGED:
        return CriterionResult(base.code, Verdict.MET, judged.strength, judged.note, judged.event.who)
    return replace(base, verdict=Verdict.MET, strength=judged.strength)


def _in_words(result: CriterionResult) -> str:
    if result.verdict is Verdict.MET:
        return f"met, {STRENGTHS[result.strength]}: {result.reason}"
    return f"{result.verdict.value}: {result.reason}"


def _line(result: CriterionResult, told: str) -> CriterionLine:
    strength = STRENGTHS[result.strength] if result.verdict is Verdict.MET else ""
    verdict = result.verdict.value
    return CriterionLine(result.code, verdict, strength, result.reason, result.source, result.lacking, told)


def counted_words(
    suggestion: Suggestion | None,
    rulings: Mapping[str, JudgedCriterion],
    outcome: tuple[GivenClass | None, str],
    gene: str,
    disease: str,
) -> dict[str, Any]:
    """What the criteria come to, by the rule of `models.review.what_counts`.

    outcome: of `given_class`; while a question is open nothing is said of what would come, so that no reader learns
    from it what the other judged.
    """
    given, open_question = outcome
    come_to = sum_of(rulings, gene, disease) if rulings else None
    suggested = suggestion.results if suggestion and not open_question else ()
    return {
        "counts_suggestions": False,
        "comes_to": come_to.acmg_class.value if come_to else "",
        "comes_to_because": come_to.because if come_to else "",
        "not_judged": not_judged_words(suggested, rulings, gene, disease),
        "differs": differs_words(Class(given.acmg_class), rulings, gene, disease) if given else "",
    }

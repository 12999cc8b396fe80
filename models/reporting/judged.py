"""The class and the criteria of one variant as people left them: what was suggested, what was judged, what it comes to.

Which reading speaks: a consensus, else two equal readings, else the first alone. While the second reading is awaited
the first is withheld, so that the report does not tell the second reader what to find.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.case import Verdict
from models.evidence.acmg import CRITERIA, CriterionResult, Strength, Suggestion, classify
from models.evidence.acmg.specifications import specification
from models.reporting.content import CriterionLine, GivenClass
from models.review.commands import Reading, Ruling, Status
from models.review.events import Event
from models.review.state import HumanClass, JudgedCriterion, VariantState

WITHHELD = "A first reading is in and the second is awaited; neither is told before both are in."
DISAGREE = "Two readings differ and there is no consensus yet: {first}; {second}."
STRENGTHS = {s: s.name.lower().replace("_", " ").replace("stand alone", "stand-alone") for s in Strength}
_ORDER = {c.code: place for place, c in enumerate(CRITERIA)}


def by_whom(event: Event) -> str:
    """ "Dr A. Berg, 2026-11-21"."""
    return f"{event.who}, {event.at[:10]}"


def given_class(variant: VariantState, status: Status) -> tuple[GivenClass | None, str]:
    """(the class that stands, why there is none): one of the two is empty; both are when nobody gave a class."""
    classes = variant.classes
    if Reading.CONSENSUS in classes:
        return _given(Reading.CONSENSUS, classes[Reading.CONSENSUS]), ""
    first, second = classes.get(Reading.FIRST), classes.get(Reading.SECOND)
    if first and second:
        if first.acmg_class is second.acmg_class:
            return _both(first, second), ""
        return None, DISAGREE.format(first=_told(first), second=_told(second))
    alone = first or second
    if alone is None:
        return None, ""
    if is_withheld(variant, status):
        return None, WITHHELD
    return _given(Reading.FIRST if first else Reading.SECOND, alone), ""


def is_withheld(variant: VariantState, status: Status) -> bool:
    """Whether one of two independent readings is in and the other is still awaited."""
    return status is Status.SECOND_READING and not (
        Reading.CONSENSUS in variant.classes or {Reading.FIRST, Reading.SECOND} <= variant.classes.keys()
    )


def _given(reading: Reading, human: HumanClass) -> GivenClass:
    event = human.event
    return GivenClass(human.acmg_class.value, human.condition, human.note, event.who, event.at, reading.value)


def _both(first: HumanClass, second: HumanClass) -> GivenClass:
    given = _given(Reading.FIRST, first)
    notes = "; ".join(dict.fromkeys(n for n in (first.note, second.note) if n))
    later = max(first.event.at, second.event.at)
    return replace(
        given, who=f"{first.event.who} and {second.event.who}", at=later, note=notes, reading="two readings that agree"
    )


def _told(human: HumanClass) -> str:
    return f"{human.acmg_class.value} ({by_whom(human.event)})"


def judged_criteria(
    suggestion: Suggestion | None, variant: VariantState, status: Status
) -> tuple[tuple[CriterionResult, ...], tuple[CriterionLine, ...]]:
    """(results as they count, lines as they are told), in the order of CRITERIA."""
    rulings = _rulings(variant, status)
    suggested = {r.code: r for r in suggestion.results} if suggestion else {}
    codes = sorted({*suggested, *rulings}, key=lambda code: (_ORDER.get(code, len(_ORDER)), code))
    pairs = [_settled(code, suggested.get(code), rulings.get(code)) for code in codes]
    return tuple(r for r, _ in pairs), tuple(line for _, line in pairs)


def _rulings(variant: VariantState, status: Status) -> Mapping[str, JudgedCriterion]:
    """The ruling that counts for each code; none while a reading is withheld."""
    if is_withheld(variant, status):
        return {}
    found: dict[str, JudgedCriterion] = {}
    for reading in (Reading.SECOND, Reading.FIRST, Reading.CONSENSUS):  # the last one told wins
        found |= {code: judged for (of, code), judged in variant.criteria.items() if of is reading}
    return found


def _settled(
    code: str, suggested: CriterionResult | None, judged: JudgedCriterion | None
) -> tuple[CriterionResult, CriterionLine]:
    told = _in_words(suggested) if suggested else "nothing"
    base = suggested or CriterionResult(code, Verdict.NOT_MET, Strength.SUPPORTING, "", "")
    if judged is None:
        return base, _line(base, told)
    result = replace(_ruled(base, judged), lacking="")
    line = replace(_line(result, told), ruling=judged.ruling.value, judged_by=by_whom(judged.event), note=judged.note)
    return result, line


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


def what_it_comes_to(results: tuple[CriterionResult, ...], gene: str, disease: str) -> tuple[str, str]:
    """(class, how the criteria combine) of the criteria as they count now; ("", "") without any."""
    if not results:
        return "", ""
    panel = specification(gene, disease)
    found, _, sentence = classify(results, panel.panel if panel else "", gene)
    return found.value, sentence

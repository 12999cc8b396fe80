"""What the screen of decisions says about the chosen variant and its case, as plain data for the browser.

The suggestion stands beside, and nothing of it is chosen beforehand. While two people read apart, only what this
person may see is sent.
"""

from collections.abc import Mapping
from typing import Any

from components.acmg_panel import CLASSES, STRENGTHS, suggested
from components.candidate import Candidate
from components.decision_desk import AS_TYPED, Desk
from models.case import Verdict
from models.evidence.acmg import CRITERIA, CriterionResult, Strength
from models.evidence.acmg.codes import own_strength, write_code
from models.review import ReviewState
from models.review.commands import Consent, Reading, Status
from models.review.consent import MEANINGS, Allowed, Recorded, allows, recorded_of
from models.review.rules import FINISHED, NEXT
from models.review.second_reading import (
    Begun,
    Stage,
    begun,
    counted,
    criteria_of,
    differences,
    outcome_of,
    same_person,
    turn_of,
    uncovered,
)
from models.review.state import HumanClass, JudgedCriterion, VariantState, WrittenNote
from models.review.telling import when
from models.review.what_counts import differs_words, not_judged_words, points_words, sum_of

TITLES = {c.code: c.title for c in CRITERIA}
WAITS = "Two people read each variant here. What the other reader says is covered until both classes are in."
NO_TURN = "Two others read this variant already. What they say is covered until both classes are in."
DIFFER = "The two readings differ. Whoever resolves it gives the class and says how; the name is kept with it."
AGREE = "Both readings are in and agree on the class."
SETTLED = "The two readings were resolved on the record."


def decide_view(candidate: Candidate, desk: Desk, state: ReviewState, allele: str) -> dict[str, Any]:
    """Everything the panel shows. `seen` goes back with each decision: the version this person looked at."""
    whole = state.variant(allele)
    seen_by = uncovered(whole, desk.identity, desk.needed)
    turn = turn_of(whole, desk.identity, desk.needed)
    own = criteria_of(seen_by, turn) if turn else {}
    return {
        "row": candidate.row,
        "case_id": desk.case_id,
        "seen": state.version,
        "who": desk.who,
        "asks_name": not desk.account,
        "as_typed": AS_TYPED,
        "reading": turn.value if turn else "",
        "says": reading_words(whole, turn, desk.needed),
        "left": [_left(one) for one in _releasable(whole, desk, state)],
        "closed": f"This case is {state.status.value}; set it back to in review to change it."
        if state.status in FINISHED
        else "",
        "classes": [[c.value, words] for c, words in CLASSES.items()],
        "mine": _class(seen_by.classes.get(turn)) if turn else None,
        "suggested": suggested_words(candidate),
        "tally": sum_of(own, *_panel(candidate)).words if own else "none judged yet",
        "not_judged": not_judged_words(suggested(candidate).results, own, *_panel(candidate)) if own else "",
        "differs": _differs(own, seen_by.classes.get(turn) if turn else None, candidate),
        "criteria": [_criterion(r, own.get(r.code)) for r in _shown(candidate, own)],
        "addable": [_addable(r) for r in suggested(candidate).results if r.code not in own and not _is_met(r)],
        "strengths": [[s.name, words] for s, words in STRENGTHS.items()],
        "disease": candidate.disease[1],
        "notes": [_note(n) for n in seen_by.notes],
        "compared": _compared(seen_by) if turn is Reading.CONSENSUS else None,
        "case": case_view(state, candidate.workup.case.patient.consent),
    }


def reading_words(variant: VariantState, turn: Reading | None, needed: int) -> str:
    """What to know about who reads; "" where one person is enough."""
    if turn is None:
        return NO_TURN
    if turn is not Reading.CONSENSUS:
        return f"This is the {turn.value}. {WAITS}" if needed > 1 else ""
    outcome = outcome_of(variant, needed)
    if outcome.stage is Stage.DISAGREED:
        return DIFFER
    return SETTLED if Reading.CONSENSUS in variant.classes else AGREE


def _releasable(variant: VariantState, desk: Desk, state: ReviewState) -> list[Begun]:
    """Readings of others that keep their place unfinished, for who may give the place back."""
    if desk.needed == 1 or not desk.may_release or state.status in FINISHED:
        return []
    return [one for one in begun(variant) if not same_person(one.of, desk.identity)]


def _left(one: Begun) -> dict[str, str]:
    words = f"The {one.reading.value} was begun by {one.name} on {when(one.since)} and has no class yet."
    return {"reading": one.reading.value, "of": one.of, "words": words}


def suggested_words(candidate: Candidate) -> str:
    """The suggested class with points and criteria."""
    found = suggested(candidate)
    met = ", ".join(write_code(r.code, r.strength) for r in found.results if _is_met(r)) or "no criterion is met"
    return f"{CLASSES[found.suggested]}, {points_words(found.points)}: {met}"


def _panel(candidate: Candidate) -> tuple[str, str]:
    """Gene and disease, which decide whose rules combine the criteria."""
    return candidate.gene, candidate.disease[1]


def _differs(own: Mapping[str, JudgedCriterion], mine: HumanClass | None, candidate: Candidate) -> str:
    return differs_words(mine.acmg_class, own, *_panel(candidate)) if mine else ""


def _is_met(result: CriterionResult) -> bool:
    return result.verdict is Verdict.MET


def _shown(candidate: Candidate, own: Mapping[str, JudgedCriterion]) -> list[CriterionResult]:
    """What is suggested as met, then what the person judged beyond it."""
    results = suggested(candidate).results
    return [r for r in results if _is_met(r)] + _added(results, own)


def _added(results: tuple[CriterionResult, ...], own: Mapping[str, JudgedCriterion]) -> list[CriterionResult]:
    known = {r.code: r for r in results}
    unknown = [
        CriterionResult(c, Verdict.NOT_ASSESSABLE, own_strength(c), "", "") for c in sorted(own) if c not in known
    ]
    return [r for r in results if r.code in own and not _is_met(r)] + unknown


def _criterion(result: CriterionResult, judged: JudgedCriterion | None) -> dict[str, Any]:
    strength = counted(judged)
    return {
        "code": result.code,
        "title": TITLES.get(result.code, ""),
        "reason": result.reason,
        "suggested": result.strength.name if _is_met(result) else "",
        "value": (strength.name if strength else "") if judged else None,
        "judged": f"{judged.ruling.value} by {_by(judged.event)}" if judged else "",
        "note": judged.note if judged else "",
        "benign": result.is_benign,
        "stand_alone": result.code == "BA1",
    }


def _addable(result: CriterionResult) -> dict[str, Any]:
    return {"code": result.code, "title": TITLES.get(result.code, ""), "own": own_strength(result.code).name}


def _class(given: HumanClass | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {
        "class": given.acmg_class.value,
        "words": f"{CLASSES[given.acmg_class]}, by {_by(given.event)}",
        "condition": given.condition,
        "note": given.note,
    }


def _note(note: WrittenNote) -> dict[str, str]:
    return {"text": note.text, "by": _by(note.event)}


def _by(event: Any) -> str:
    return f"{event.who}, {when(event.at)}"


def _compared(variant: VariantState) -> dict[str, Any]:
    """Both readings side by side, a line for each criterion that somebody judged."""
    first, second = (variant.classes[r] for r in (Reading.FIRST, Reading.SECOND))
    heads = [f"{r.value}: {c.event.who}" for r, c in ((Reading.FIRST, first), (Reading.SECOND, second))]
    rows = [["Class", _said(first), _said(second), first.acmg_class is not second.acmg_class]]
    rows += [[d.code, _ruled(d.first), _ruled(d.second), d.differs] for d in differences(variant)]
    return {"heads": heads, "rows": rows}


def _said(given: HumanClass) -> str:
    return CLASSES[given.acmg_class] + (f": {given.note}" if given.note else "")


def _ruled(judged: JudgedCriterion | None) -> str:
    if judged is None:
        return "not judged"
    strength: Strength | None = counted(judged)
    words = STRENGTHS[strength] if strength else "does not count"
    return f"{words}: {judged.note}" if judged.note else words


def case_view(state: ReviewState, stated: str) -> dict[str, Any]:
    """Status with where it may go from here, who it is assigned to, consent and notes of the case. stated: of consent,
    the files' words."""
    scope = state.consent
    said = "consent not recorded" if scope is None else ", ".join(c.value for c in Consent if c in scope) or "refused"
    return {
        "summary": " · ".join(
            (state.status.value, f"for {', '.join(state.assigned)}" if state.assigned else "assigned to nobody", said)
        ),
        "status": state.status.value,
        "next": [s.value for s in Status if s in NEXT[state.status]],
        "asks_reason": state.status in FINISHED,
        "assigned": ", ".join(state.assigned),
        "consent": None if scope is None else sorted(c.value for c in scope),
        "consents": [[c.value, MEANINGS[c].line] for c in Consent],
        "begins": _ticked_at_first(recorded_of(stated, state)),
        "notes": [_note(n) for n in state.notes],
    }


def _ticked_at_first(recorded: Recorded) -> list[str]:
    """Care needs no record, so its box is ticked unless the files say no: whoever records what else was agreed does not
    close the report by passing it over. Every other use is asked."""
    return [Consent.DIAGNOSIS.value] if isinstance(allows(Consent.DIAGNOSIS, recorded), Allowed) else []

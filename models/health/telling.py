"""The outcome of all checks: one sentence on top, lines for a terminal, JSON for whoever watches many machines."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.case import NotAssessed
from models.health.answers import Answer, Check, Facts, Good, Group, Look

WORDS = {Good: "in order", Look: "needs a look", NotAssessed: "not assessed"}
_FEW = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Health:
    """What every check answered at one moment."""

    at: datetime
    answers: tuple[tuple[Check, Answer], ...]

    def of(self, kind: type[Answer]) -> int:
        """How many answers are of this kind."""
        return sum(isinstance(answer, kind) for _, answer in self.answers)

    @property
    def in_order(self) -> bool:
        """Nothing needs a look; what was not assessed is no fault."""
        return not self.of(Look)

    @property
    def sentence(self) -> str:
        looks, open_ones = self._titles(Look), self._titles(NotAssessed)
        first = f"{_count(len(looks))} a look: {', '.join(looks)}." if looks else "Everything looked at is in order."
        if not open_ones:
            return first
        were = "was" if len(open_ones) == 1 else "were"
        return f"{first} {_few(len(open_ones)).capitalize()} {were} not assessed: {', '.join(open_ones)}."

    def _titles(self, kind: type[Answer]) -> list[str]:
        return [check.title for check, answer in self.answers if isinstance(answer, kind)]

    def grouped(self) -> Iterator[tuple[Group, tuple[tuple[Check, Answer], ...]]]:
        """The answers of each part, in the order of the parts."""
        for group in Group:
            if theirs := tuple((c, a) for c, a in self.answers if c.group is group):
                yield group, theirs


def judged(checks: Sequence[Check], facts: Facts) -> Health:
    """What each check says of these facts."""
    return Health(facts.at, tuple((check, check.judge(facts)) for check in checks))


def words(answer: Answer) -> tuple[str, str]:
    """What was found, and what to do about it ("" when nothing)."""
    if isinstance(answer, NotAssessed):
        return answer.reason, ""
    return answer.what, answer.to_do if isinstance(answer, Look) else ""


def as_lines(health: Health) -> Iterator[str]:
    """For a terminal."""
    yield health.sentence
    for group, answers in health.grouped():
        yield f"\n{group.value}"
        for check, answer in answers:
            said, todo = words(answer)
            yield f"  {WORDS[type(answer)]:<13} {check.title}: {said}"
            if todo:
                yield f"  {'':<13} -> {todo}"


def as_json(health: Health) -> str:
    """For other programs. `state`: in order, needs a look, not assessed; `number` is null without a figure."""
    document = {
        "at": health.at.isoformat(timespec="seconds"),
        "in_order": health.in_order,
        "needs_a_look": health.of(Look),
        "not_assessed": health.of(NotAssessed),
        "checks": [_as_dict(check, answer) for check, answer in health.answers],
    }
    return json.dumps(document, indent=1) + "\n"


def _as_dict(check: Check, answer: Answer) -> dict[str, Any]:
    said, todo = words(answer)
    figure = (answer.number, answer.unit) if isinstance(answer, Good | Look) else (None, "")
    return {
        "check": check.key,
        "state": WORDS[type(answer)],
        "said": said,
        "to_do": todo,
        "number": figure[0],
        "unit": figure[1],
    }


def _few(number: int) -> str:
    return _FEW[number] if number < len(_FEW) else str(number)


def _count(number: int) -> str:
    """ "One thing needs", "Two things need"."""
    return "One thing needs" if number == 1 else f"{_few(number).capitalize()} things need"

"""A text with everything that identifies replaced, and where: by known names, by dates, by shapes."""

import re
import unicodedata
from dataclasses import dataclass

from models.privacy.dates import Axis, dates_in
from models.privacy.identifiers import shapes_in
from models.privacy.names import NAME, Names
from models.reporting.document import printed

_GAP = re.compile(r"[ \t\u00a0.'’-]*")
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters that show nothing
_PERSON = re.compile(r"(?:Proband|Mother|Father|Sibling|Relative|Practitioner|Organisation|Person|Reviewer)(?: \d+)?")


@dataclass(frozen=True)
class Mark:
    """Signs start to end (not included) of the original are replaced by `instead`."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Replaced:
    """original: as it can be printed, without marks that show nothing. outcome: what the rules make of it."""

    original: str
    outcome: str
    marks: tuple[Mark, ...] = ()


def readable(text: str) -> str:
    """A text without the signs that show nothing and could hide a name from a reader (zero width, right to left), and
    with each letter and its accent as one sign."""
    shown = (c for c in printed(text) if unicodedata.category(c) != "Cf" and c not in _FILLERS)
    return unicodedata.normalize("NFC", "".join(c for c in shown if c >= " " or c in "\n\t"))


def replaced(text: str, names: Names, axis: Axis, *, shapes: bool = True) -> Replaced:
    """The text with names, dates and ages replaced. shapes: also what only has the shape of an identifier; not for
    sentences of our own, which are full of positions and accessions."""
    original = readable(text)
    found = [(hit.start, hit.end, hit.instead) for hit in names.hits(original)]
    found += dates_in(original, axis)
    if shapes:
        found += shapes_in(original)
    marks = _apart(original, found)
    return Replaced(original, _with(original, marks), marks)


def years_only(text: str, names: Names) -> str:
    """One of our own sentences about who decided what: names replaced, of every date the year left."""
    plain = readable(text)
    marks = _apart(plain, [(hit.start, hit.end, hit.instead) for hit in names.hits(plain)])
    return re.sub(r"\b((?:19|20)\d\d)-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?", r"\1", _with(plain, marks))


def _apart(text: str, found: list[tuple[int, int, str]]) -> tuple[Mark, ...]:
    """Marks that do not overlap: of two that do, the one that begins first and is longer stands for both."""
    marks: list[Mark] = []
    for start, end, instead in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        last = marks[-1] if marks else None
        if last and start < last.end:
            marks[-1] = Mark(last.start, max(last.end, end), _one_person(last.instead, instead) or last.instead)
        elif last and (one := _one_person(last.instead, instead)) and _GAP.fullmatch(text[last.end : start]):
            marks[-1] = Mark(last.start, end, one)
        else:
            marks.append(Mark(start, end, instead))
    return tuple(marks)


def _one_person(first: str, second: str) -> str:
    """What two neighbouring words together stand for: "Anna" (Proband) and the family's name ([name]) are one Proband;
    "" when they are two things."""
    if first == second:
        return first
    people = [who for who in (first, second) if who != NAME]
    return people[0] if len(people) == 1 and _PERSON.fullmatch(people[0]) else ""


def _with(text: str, marks: tuple[Mark, ...]) -> str:
    parts, at = [], 0
    for mark in marks:
        parts += [text[at : mark.start], mark.instead]
        at = mark.end
    return "".join([*parts, text[at:]])

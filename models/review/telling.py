"""Decisions in words: what it was about, what it says, and what had stood before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.evidence.acmg.types import Strength
from models.review.events import Event, EventKind, Thing, thing_of

Payload = Mapping[str, Any]
STRENGTHS = {s.name: s.name.lower().replace("_", " ") for s in Strength} | {Strength.STAND_ALONE.name: "stand-alone"}
NOTHING_BEFORE = "nothing decided"


@dataclass(frozen=True)
class Told:
    """One event in words. about: the variant in words, "" for the case. before: "" for what only adds."""

    event: Event
    subject: str
    about: str
    after: str
    before: str


def told(events: Iterable[Event]) -> Iterator[Told]:
    """Each event of one case with what it replaced, in their order."""
    standing: dict[Thing, Event] = {}
    names: dict[str, str] = {}
    for event in events:
        thing = thing_of(event.kind, event.payload)
        allele = str(event.payload.get("allele", ""))
        names[allele] = variant_name(event) or names.get(allele, allele)
        before = standing.get(thing) if thing else None
        was = (value_words(before.kind, before.payload) if before else NOTHING_BEFORE) if thing else ""
        yield Told(
            event, subject(event.kind, event.payload), names[allele], value_words(event.kind, event.payload), was
        )
        if thing:
            standing[thing] = event


def variant_name(event: Event) -> str:
    """The variant as the screen named it when the decision was taken; "" when that was not kept."""
    shown = event.evidence.get("variant")
    if not isinstance(shown, Mapping):
        return ""
    return " ".join(str(shown[k]) for k in ("gene", "transcript", "hgvs_c", "hgvs_p") if shown.get(k))


def when(iso: str) -> str:
    """20 Nov 2026 18:05, in the time zone of this computer."""
    return datetime.fromisoformat(iso).astimezone().strftime("%-d %b %Y %H:%M")


def day(iso: str) -> str:
    """20 Nov 2026, in the time zone of this computer."""
    return datetime.fromisoformat(iso).astimezone().strftime("%-d %b %Y")


def counted(number: int, noun: str) -> str:
    """ "1 signed report", "1,203 signed reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def subject(kind: EventKind, said: Payload) -> str:
    """What it is about: "PVS1, first reading", "class, second reading", "place on the shortlist"."""
    if kind is EventKind.CRITERION_JUDGED:
        return f"{said.get('code', '')}, {said.get('reading', '')}"
    if kind is EventKind.VARIANT_CLASSIFIED:
        return f"class, {said.get('reading', '')}"
    if kind is EventKind.READING_RELEASED:
        return str(said.get("reading", "a reading"))
    if kind in (EventKind.TERM_SET, EventKind.TERM_REMOVED, EventKind.SUGGESTION_REJECTED):
        return f"feature {said.get('id', '')}"
    return _SUBJECTS.get(kind, str(kind.value))


def value_words(kind: EventKind, said: Payload) -> str:
    """What an event says, without who and when."""
    tell = _VALUES.get(kind)
    return tell(said) if tell else "; ".join(f"{name} {value}" for name, value in said.items()) or kind.value


def _because(words: str, why: object) -> str:
    return f"{words}: {why}" if why else words


def _criterion(said: Payload) -> str:
    strength = STRENGTHS.get(str(said.get("strength", "")), "")
    ruling = str(said.get("ruling", ""))
    return _because(f"{ruling}, counts as {strength}" if strength else ruling, said.get("note"))


def _class(said: Payload) -> str:
    condition = f" for {said['condition']}" if said.get("condition") else ""
    return _because(f"{str(said.get('class', '')).capitalize()}{condition}", said.get("note"))


def _term(said: Payload) -> str:
    return f"{said.get('label') or said.get('id', '')}, {'excluded' if said.get('excluded') else 'present'}"


def _consent(said: Payload) -> str:
    return _because(", ".join(map(str, said.get("scope", ()))) or "everything was refused", said.get("note"))


def _report(said: Payload) -> str:
    amends = f", amends {str(said['amends'])[:12]}" if said.get("amends") else ""
    return f"report {said.get('number', '')} signed, content {str(said.get('content_sha256', ''))[:12]}{amends}"


def _copy(said: Payload) -> str:
    texts = f"{said.get('checked', 0)} free texts checked, {said.get('left_out', 0)} left out"
    return f"{said.get('way', '')} copy taken out, {texts}, sha256 {str(said.get('sha256', ''))[:12]}"


def _people(said: Payload) -> str:
    if said.get("taken_out"):
        return f"{said.get('person', '')} taken out of the list"
    cases = said.get("cases", ())
    which = "every case" if cases == "all" else f"{len(cases)} cases given"
    return f"{said.get('person', '')}: {', '.join(said.get('roles', ())) or 'no role'}; {which}"


_SUBJECTS = {
    EventKind.CHECK_OVERRIDDEN: "check",
    EventKind.PARENTS_EXCHANGED: "mother and father",
    EventKind.VARIANT_SHORTLISTED: "place on the shortlist",
    EventKind.VARIANT_DISMISSED: "place on the shortlist",
    EventKind.VARIANT_PUT_BACK: "place on the shortlist",
    EventKind.NOTE_WRITTEN: "note",
    EventKind.CASE_ASSIGNED: "assigned people",
    EventKind.STATUS_SET: "status",
    EventKind.CONSENT_SET: "consent",
    EventKind.REPORT_SIGNED: "report",
    EventKind.LEARNER_COMMITTED: "teaching",
    EventKind.CHANGES_SEEN: "changes since last time",
    EventKind.CASE_STARTED: "case",
    EventKind.OPENED_IN_EMERGENCY: "access in an emergency",
    EventKind.EXPORTED: "copy",
    EventKind.DELETION_ASKED: "deletion",
    EventKind.PEOPLE_CHANGED: "people",
    EventKind.DELETION_BEGUN: "deletion",
    EventKind.DELETION_COMPLETED: "deletion",
}
_VALUES: Mapping[EventKind, Callable[[Payload], str]] = {
    EventKind.TERM_SET: _term,
    EventKind.TERM_REMOVED: lambda said: "taken away",
    EventKind.SUGGESTION_REJECTED: lambda said: "suggestion of the notes turned down",
    EventKind.CHECK_OVERRIDDEN: lambda said: _because(f"overridden, {said.get('reason', '')}", said.get("found")),
    EventKind.PARENTS_EXCHANGED: lambda said: _because("samples exchanged", said.get("reason")),
    EventKind.VARIANT_SHORTLISTED: lambda said: _because("shortlisted", said.get("note")),
    EventKind.VARIANT_DISMISSED: lambda said: _because("dismissed", said.get("reason")),
    EventKind.VARIANT_PUT_BACK: lambda said: _because("neither shortlisted nor dismissed", said.get("note")),
    EventKind.CRITERION_JUDGED: _criterion,
    EventKind.VARIANT_CLASSIFIED: _class,
    EventKind.NOTE_WRITTEN: lambda said: str(said.get("text", "")),
    EventKind.CASE_ASSIGNED: lambda said: ", ".join(map(str, said.get("people", ()))) or "nobody",
    EventKind.STATUS_SET: lambda said: _because(str(said.get("status", "")), said.get("reason")),
    EventKind.CONSENT_SET: _consent,
    EventKind.REPORT_SIGNED: _report,
    EventKind.LEARNER_COMMITTED: lambda said: "a learner committed to an answer, which Teaching shows to them alone",
    EventKind.CHANGES_SEEN: lambda said: _because("read", ", ".join(map(str, said.get("releases", ())))),
    EventKind.CASE_STARTED: lambda said: "started",
    EventKind.OPENED_IN_EMERGENCY: lambda said: _because(f"open until {when(str(said['until']))}", said.get("reason")),
    EventKind.READING_RELEASED: lambda said: _because(
        f"released, begun by {said.get('of_name', '')}", said.get("reason")
    ),
    EventKind.PEOPLE_CHANGED: _people,
    EventKind.EXPORTED: _copy,
    EventKind.DELETION_ASKED: lambda said: _because(f"asked for, {said.get('reason', '')}", said.get("note")),
    EventKind.DELETION_BEGUN: lambda said: f"case {said.get('case_id', '')}, certificate {said.get('number', '')}",
    EventKind.DELETION_COMPLETED: lambda said: "completed",
}

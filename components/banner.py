"""The slim line on top of a case: who this is about, and under which conditions it may be read."""

from collections.abc import Mapping

from components import phrases
from components.drawing import Node, draw, el
from models.case import Case, Finding, Role, Severity
from models.review import Event
from models.review.commands import Consent, Status
from models.review.consent import Recorded, by_words, contradictions
from models.workup import Workup

CHIPS = 3
# Drawn, not written: few fonts hold the signs. A circle, a triangle with a stroke cut out, a square.
SIGNS = {
    Severity.NOTE: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM5.3 3v1.4h1.4V3zM5.3 5.3V9h1.4V5.3z",
    Severity.WARNING: "M6 .8L11.6 11H.4zM5.3 4.2v3.4h1.4V4.2zM5.3 8.4v1.3h1.4V8.4z",
    Severity.BLOCKING: "M1.5 1.5h9v9h-9z",
}


def banner(
    workup: Workup,
    decided: Mapping[str, Event] | None = None,
    agreed: Recorded | None = None,
    *,
    status: Status = Status.NEW,
    key: str = "banner",
) -> None:
    """Draw the line. decided: the override of each check that somebody overrode, by the finding's key. agreed: the
    consent on record; of the files alone when not given. status: how far the case is."""
    draw(banner_tree(workup.case, workup.findings, decided or {}, agreed, status), key=key)


def board_banner(workup: Workup, *, key: str, hide_identity: bool) -> None:
    """The line of the board: who and why. hide_identity: only what cannot name anyone."""
    draw(board_tree(workup.case, hide_identity=hide_identity), key=key)


def board_tree(case: Case, *, hide_identity: bool) -> Node:
    made = el("span", "Synthetic", cls="chip made") if case.patient.is_synthetic else None
    parts = (*_who(case, hide_identity), el("span", cls="grow"), _family(case), made)
    return el("section", *parts, cls="cb banner", aria_label="Patient")


def banner_tree(
    case: Case,
    findings: tuple[Finding, ...],
    decided: Mapping[str, Event] | None = None,
    agreed: Recorded | None = None,
    status: Status = Status.NEW,
) -> Node:
    return el(
        "section",
        *_who(case, False),
        _status(status),
        *_terms(case),
        el("span", cls="grow"),
        _family(case),
        _fact("Assembly", case.assembly.value),
        _consent(agreed or Recorded(case.patient.consent)),
        el("span", "Synthetic", cls="chip made") if case.patient.is_synthetic else None,
        _noticed(findings, decided or {}),
        cls="cb banner",
        aria_label="Patient",
    )


def age_band(years: float | None) -> str:
    """What a projector may show instead of an age (bands of the HPO's onset terms)."""
    if years is None:
        return "age not given"
    return "infant" if years < 1 else "child" if years < 16 else "adult"


def _who(case: Case, hide_identity: bool) -> tuple[Node, ...]:
    patient = case.patient
    name = "Identity hidden" if hide_identity else patient.pseudonym
    years = age_band(patient.age_years) if hide_identity else phrases.age(patient.age_years)
    private = "" if hide_identity else " private"  # gone at once when the key is pressed
    why = None if hide_identity else patient.indication or "no indication given"  # free text can name people
    return (
        el("h1", name, cls=f"who{private}"),
        el("span", f"{years} · {patient.sex.value}", cls=private.strip()),
        el("span", why, cls=f"indication{private}"),
    )


def _status(status: Status) -> Node | None:
    """Said where it changes what one may do here; that a case is new or being read is seen without a word."""
    if status in (Status.NEW, Status.IN_REVIEW):
        return None
    return el("span", status.value.capitalize(), cls="chip status", title="Changed on the Decide tab, under The case")


def _terms(case: Case) -> tuple[Node, ...]:
    """The first features as chips; the others, and the excluded ones, behind a count."""
    observed, excluded = case.phenotype.observed, case.phenotype.excluded
    if not case.phenotype.terms:
        return (el("span", "No HPO terms: add them under Phenotype", cls="chip missing"),)
    chips = el("span", *(el("span", t.label, cls="chip", title=t.id) for t in observed[:CHIPS]), cls="chips")
    rest = [t.label for t in observed[CHIPS:]] + [f"not {t.label}" for t in excluded]
    if not rest:
        return (chips,)
    more = el("summary", f"+{len(rest)}", aria_label=f"{len(rest)} more features")
    return chips, el("details", more, el("span", ", ".join(rest), cls="popped"), cls="chip more", data_key="terms")


def _family(case: Case) -> Node:
    roles = [case.pedigree.role(p.id) for p in case.pedigree.people if p.sample]
    parents = {Role.MOTHER, Role.FATHER} & set(roles)
    count = len(case.variants.samples)
    name = "trio" if len(parents) == 2 and count == 3 else {1: "single", 2: "duo"}.get(count, f"{count} people")
    return _fact("Sequenced", name)


def _consent(agreed: Recorded) -> Node:
    """What is agreed, by whose record; a contradiction between the files and that record is marked."""
    against = contradictions(agreed)
    if agreed.scope is not None:
        title, lines = "Consent recorded", (*_scope(agreed.scope), f"Recorded by {by_words(agreed.by)}.", *against)
    elif agreed.stated:
        title, lines = "Consent: files only", ("Nobody recorded an answer here.",)
    else:
        title, lines = "Consent not recorded", ("Nobody recorded what the patient agreed to.",)
    files = agreed.stated or "The files do not say what the patient consented to."
    told = [el("li", line) for line in (*lines, f"Files: {files}" if agreed.stated else files)]
    sign = _sign(Severity.WARNING) if against else None
    kind = "chip more warn" if against else "chip more"
    return el(
        "details", el("summary", sign, f" {title}" if sign else title), el("ul", *told, cls="popped right"), cls=kind,
        data_key="consent",
    )  # fmt: skip


def _scope(scope: frozenset[Consent]) -> tuple[str, ...]:
    yes, no = ([c.value for c in Consent if (c in scope) is agreed] for agreed in (True, False))
    return tuple(f"{word}: {', '.join(uses)}." for word, uses in (("Agreed", yes), ("Not agreed", no)) if uses)


def _fact(label: str, value: str) -> Node:
    return el("span", el("span", f"{label} ", cls="cb-muted"), value, cls="fact", title=f"{label}: {value}")


def _decision(event: Event | None) -> Node | None:
    """Who went on in spite of a check, when and why."""
    if event is None:
        return None
    when = event.at[:16].replace("T", " ")
    return el("small", f"Overridden by {event.who}, {when}: {event.payload['reason']}")


def _noticed(findings: tuple[Finding, ...], decided: Mapping[str, Event]) -> Node | None:
    loud = [f for f in findings if f.severity is not Severity.NOTE]
    shown = loud or list(findings)
    if not shown:
        return None
    worst = max(shown, key=lambda f: list(Severity).index(f.severity)).severity
    noun = "finding" if len(shown) == 1 else "findings"
    lines = [
        el(
            "li",
            _sign(f.severity),
            f" {f.sentence}",
            el("small", f.where) if f.where else None,
            _decision(decided.get(f.key)),
        )
        for f in findings
    ]
    passed = sum(f.key in decided for f in shown)
    title = el("summary", _sign(worst), f" {len(shown)} {noun}{f', {passed} overridden' if passed else ''}")
    kind = "warn" if loud else "note"
    return el("details", title, el("ul", *lines, cls="popped right"), cls=f"chip more {kind}", data_key="findings")


def _sign(severity: Severity) -> Node:
    shape = el("path", d=SIGNS[severity])
    return el("svg", shape, cls="sign", viewBox="0 0 12 12", role="img", aria_label=severity.value)

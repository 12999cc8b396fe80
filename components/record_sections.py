"""The lists of the record as trees to draw, with what matters for the gene lit and explained."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components import phrases
from components.drawing import Child, Node, el
from components.lab_trends import is_out
from models.case import ClinicalRecord, LabValue, Medication, Note, Problem, Relative
from models.evidence.record_match import Lit, Section

LIT_MARK = "◆ "
NOTE_CHARS = 220
NOT_COMPARED = "Procedures were not compared; family history and medicines only in part."


@dataclass(frozen=True)
class Reading:
    """The record as it is read for one gene. hide_dates: on a projector with identity hidden; free
    text, which can name people, is hidden too."""

    record: ClinicalRecord
    lit: Mapping[tuple[Section, int], Lit]
    hide_dates: bool = False

    @classmethod
    def of(cls, record: ClinicalRecord, lit: Iterable[Lit], *, hide_dates: bool = False) -> "Reading":
        return cls(record, {(one.section, one.index): one for one in lit}, hide_dates)


def lit_line(reading: Reading, gene: str) -> Node:
    """How much of the record speaks for this gene, and what was not compared with it: never an all-clear."""
    medicines = sum(section is Section.MEDICATION for section, _ in reading.lit)
    features = len(reading.lit) - medicines
    noun = "item" if features == 1 else "items"
    said = (
        f"{LIT_MARK}{features} {noun} of this record fit {gene}."
        if features
        else f"No HPO feature of the diseases of {gene} was found in this record."
        if gene
        else "No gene is known at this position, so the record was compared with none."
    )
    if medicines:
        noun = "medicine" if medicines == 1 else "medicines"
        said += f" {LIT_MARK}{medicines} {noun} with a known caution or a reason the record gives for stopping."
    return el("p", f"{said} {NOT_COMPARED}", cls="litline" if reading.lit else "litline none")


def problems(reading: Reading) -> Node | None:
    def line(p: Problem) -> tuple[str, str, str]:
        return p.text, p.onset_date, "ruled out" if p.is_refuted else "" if p.status in {"", "active"} else p.status

    return _section("Problems", Section.PROBLEM, reading.record.problems, reading, line)


def medications(reading: Reading) -> Node | None:
    def line(m: Medication) -> tuple[str, str, str]:
        ended = "" if reading.hide_dates else m.end_date
        when = {True: "current", False: f"stopped {ended}".strip()}.get(bool(m.is_current), "")
        state = when if m.is_current is not None else m.status
        reason = "" if reading.hide_dates else m.reason
        return f"{m.text} {m.dose}".strip(), m.start_date, " · ".join(p for p in (state, reason) if p)

    return _section("Medication", Section.MEDICATION, reading.record.medications, reading, line)


def relatives(reading: Reading) -> Node | None:
    def line(r: Relative) -> tuple[str, str, str]:
        noted = "hidden with identity" if reading.hide_dates else ", ".join(r.conditions)
        said = noted if r.conditions else "nothing noted"
        return (
            f"{r.relationship[:1].upper()}{r.relationship[1:]}: {said}",
            r.age_text,
            "" if reading.hide_dates else r.note,
        )

    return _section("Family history", Section.RELATIVE, reading.record.relatives, reading, line)


def latest_labs(reading: Reading) -> Node | None:
    """The last value of each test, out-of-range first; trends are drawn below the list."""
    last: dict[str, tuple[int, LabValue]] = {}
    for index, lab in enumerate(reading.record.labs):
        if lab.name not in last or lab.date >= last[lab.name][1].date:
            last[lab.name] = (index, lab)
    if not last:
        return None
    ordered = sorted(last.values(), key=lambda item: (not is_out(item[1]), item[1].name))
    rows = [
        _item(_lab_words(lab), lab.date, _range(lab), reading.lit.get((Section.LAB, i)), reading.hide_dates)
        for i, lab in ordered
    ]
    return _titled("Laboratory, last values", rows)


def notes(reading: Reading) -> Node | None:
    if not reading.record.notes:
        return None
    rows = [_note(i, n, reading) for i, n in enumerate(reading.record.notes)]
    return _titled("Notes and imaging", sorted(rows, key=lambda row: "lit" not in row.get("c", "")), private=True)


def rest(record: ClinicalRecord) -> Node | None:
    """Allergies, and what the bundle held that is not shown here."""
    parts = [f"Allergies: {', '.join(record.allergies)}."] if record.allergies else []
    if record.unread:
        parts.append("Not shown: " + ", ".join(f"{count} {kind}" for kind, count in record.unread) + ".")
    return el("p", " ".join(parts), cls="cb-muted") if parts else None


def _section(
    title: str, section: Section, items: tuple[Any, ...], reading: Reading, line: Callable[..., tuple[str, str, str]]
) -> Node | None:
    if not items:
        return None
    rows = [(reading.lit.get((section, i)), line(item)) for i, item in enumerate(items)]
    rows.sort(key=lambda row: row[0] is None)
    items_drawn = [_item(text, when, under, lit, reading.hide_dates) for lit, (text, when, under) in rows]
    return _titled(title, items_drawn, private=section in _FREE_TEXT and not reading.hide_dates)


_FREE_TEXT = {Section.MEDICATION, Section.RELATIVE}


def _titled(title: str, rows: list[Node], *, private: bool = False) -> Node:
    """private: gone at once when the board's key is pressed, before the server answers."""
    heading = el("h3", title, el("span", str(len(rows)), cls="n"))
    return el("section", heading, el("ul", *rows, cls="items"), cls="section private" if private else "section")


def _item(text: Child, when: str, under: str, lit: Lit | None, hide_dates: bool) -> Node:
    return el(
        "li",
        el("span", LIT_MARK if lit else None, text),
        el("span", "" if hide_dates else when, cls="when"),
        el("span", under, cls="under") if under else None,
        el("span", lit.because, cls="because") if lit else None,
        cls="lit" if lit else "",
    )


def _lab_words(lab: LabValue) -> Node:
    flag = f" {lab.flag}" if lab.flag not in {"", "N"} else ""
    return el(
        "span",
        f"{phrases.test_name(lab.name)} ",
        el("span", f"{phrases.measured(lab)}{flag}", cls="alert" if is_out(lab) else ""),
    )


def _range(lab: LabValue) -> str:
    if lab.low is None and lab.high is None:
        return "no reference range given"
    low = "" if lab.low is None else f"{lab.low:g}"
    high = "" if lab.high is None else f"{lab.high:g}"
    ends = f"{low}–{high}" if low and high else f"up to {high}" if high else f"from {low}"
    return f"reference {ends} {phrases.unit(lab.unit)}".strip()


def _note(index: int, note: Note, reading: Reading) -> Node:
    lit = reading.lit.get((Section.NOTE, index))
    start = " ".join(note.text.split())
    excerpt = start if len(start) <= NOTE_CHARS else f"{start[:NOTE_CHARS]}…"
    full = el("details", el("summary", "Whole note"), el("div", note.text, cls="full"), data_key=f"note-{index}")
    return el(
        "li",
        el("span", LIT_MARK if lit else None, note.title or note.kind),
        el("span", "" if reading.hide_dates else note.date, cls="when"),
        el("span", lit.because, cls="because") if lit else None,
        el("span", f"“{lit.quote if lit and lit.quote else excerpt}”", cls="quote"),
        full if len(start) > NOTE_CHARS or (lit and lit.quote) else None,
        cls="lit" if lit else "",
    )

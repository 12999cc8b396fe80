"""What would leave: everything a report and a record hold, each free text as a piece that a person has to check."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.case import Case, Known, Role, Sort, Whose
from models.privacy.dates import OVER, Axis, axis_of, is_over_89, year_of
from models.privacy.fields import Fate, Public, onset_out, walked
from models.privacy.names import Names, pseudonyms
from models.privacy.record_table import dates_of, phrases_of_record
from models.privacy.secret import Secret
from models.privacy.words import Mark, Replaced, replaced, years_only
from models.reporting.content import ReportContent
from models.review.events import Event
from models.workup import Workup

LEFT_OUT = "[left out]"
_IN_WORDS = {
    "variants": "variant", "criteria": "criterion", "findings": "check", "terms": "feature",
    "dismissed": "variant set aside", "given: note": "comment on the class", "given: condition": "condition it is for",
    "chosen because": "why it was chosen", "overridden": "why it was overridden", "sentence": "what was found",
    "consent": "consent as the files state it", "why amended": "why the report was amended",
}  # fmt: skip
_CLINICAL = {"indication"}  # of a report; all its other free texts are of those who decide
PHRASES = "the record's words"
_SEQUENCED = {Role.PROBAND: "Proband", Role.MOTHER: "Mother", Role.FATHER: "Father", Role.SIBLING: "Sibling"}


@dataclass(frozen=True)
class Piece:
    """One free text. title: where it stands. original: as it can be read; outcome: what the rules make of it, which a
    person may change; marks: where in the original something is replaced. lines: how many lines it must keep, 0 any."""

    key: str
    title: str
    original: str
    outcome: str
    marks: tuple[Mark, ...] = ()
    lines: int = 0


@dataclass(frozen=True, eq=False)
class Draft:
    """Everything an export is made of. names: what is known from the record; axis, secret: of this patient.

    names_kept: the case's files were read when names were kept; else no free text may leave.
    """

    case: Case
    content: ReportContent
    public: Public
    names: Names
    axis: Axis
    secret: Secret
    pieces: tuple[Piece, ...]
    names_kept: bool = True

    def rendered(self, checked: Mapping[str, str]) -> ReportContent:
        """The report as it leaves. checked: the words of each piece that a person let go, by its key."""

        def treat(fate: Fate, _: str, text: str) -> str:
            if fate is Fate.FREE:
                return checked.get(key_of(text), LEFT_OUT) if text.strip() else text
            return self.ruled(fate, text)

        content: ReportContent = walked(self.content, self.public, treat)
        over = OVER if self.axis.is_over or is_over_89(self.content.age_years) else ""
        return replace(content, age_group=over, age_years=None if over else content.age_years)

    def ruled(self, fate: Fate, text: str) -> str:
        """A text that is no person's own words, as the table says."""
        match fate:
            case Fate.NAMED:
                return years_only(text, self.names)
            case Fate.CODE:
                return self.secret.code
            case Fate.YEAR:
                return year_of(text)
            case Fate.ONSET:
                return "" if self.axis.is_over else onset_out(text)
            case Fate.GONE:
                return ""
            case _:
                return text

    def piece(self, key: str) -> Piece | None:
        """The free text of this key; None when the case has none such any more."""
        return next((p for p in self.pieces if p.key == key), None)


def key_of(text: str) -> str:
    """Equal words are one piece, checked once."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def draft_of(
    workup: Workup,
    content: ReportContent,
    events: Sequence[Event],
    known: Iterable[Known] | None,
    secret: Secret,
    *,
    days_only: bool = False,
) -> Draft:
    """What would leave of this case. known: of `models.case.known`, None where it was not kept. events: of the case.
    days_only: tell no moved dates."""
    case = workup.case
    everybody = (*(known or ()), *_of_case(case))
    names = Names(pseudonyms(everybody, _reviewers(events, content), _family(case)))
    axis = axis_of(dates_of(case.record), secret.days_back, content.age_years, days_only=days_only)
    diseases = frozenset(v.disease for v in content.variants if v.disease)
    public = _public(workup, content, diseases)
    draft = Draft(case, content, public, names, axis, secret, (), names_kept=known is not None)
    return replace(draft, pieces=tuple(_pieces(draft)))


def _public(workup: Workup, content: ReportContent, diseases: frozenset[str]) -> Public:
    ontology, genes = workup.knowledge.hpo, workup.knowledge.genes.frame.index
    labels = frozenset(t.label for t in content.terms if t.label == ontology.label(t.id))
    return Public(ontology.label, lambda symbol: symbol in genes, diseases, labels)


def _of_case(case: Case) -> list[Known]:
    """What the case itself is known by: samples, people of the family, files."""
    samples = (*case.variants.facts.samples_in_file, *(r.sample for r in case.reads))
    people = [n for p in case.pedigree.people for n in (p.id, p.father_id, p.mother_id, p.sample)]
    files = [case.variants.facts.display_name, *(r.display_name for r in case.reads)]
    numbers = (case.patient.pseudonym, case.id, *samples, *people)
    found = [Known(Sort.NUMBER, Whose.OTHER, n) for n in dict.fromkeys(numbers) if n]
    return [*found, *(Known(Sort.FILE, Whose.OTHER, f) for f in dict.fromkeys(files) if f)]


def _family(case: Case) -> dict[str, str]:
    """What the patient and members of the family are called instead of their ids."""
    called = {case.patient.pseudonym: "Proband"}
    others = 0
    for person in case.pedigree.people:
        role = case.pedigree.role(person.id)
        others += role is Role.OTHER
        name = _SEQUENCED.get(role, f"Relative {others}")
        called |= {n: name for n in (person.id, person.sample) if n}
    return called


def _reviewers(events: Sequence[Event], content: ReportContent) -> dict[str, str]:
    """Everybody who decided or was named in a decision, numbered as they come."""
    said = [n for e in events for n in (e.who, *map(str, e.payload.get("people", ())))]
    said += [content.signature.who] if content.signature else []
    accounts = dict.fromkeys((e.account for e in events if e.account), "[number]")
    people = dict.fromkeys(n for n in said if n.strip())
    return {n: f"Reviewer {at}" for at, n in enumerate(people, 1)} | accounts


def _pieces(draft: Draft) -> list[Piece]:
    found: dict[str, Piece] = {}

    def collect(fate: Fate, path: str, text: str) -> str:
        if fate is Fate.FREE and text.strip():
            axis = draft.axis if path in _CLINICAL else replace(draft.axis, years_only=True)
            found.setdefault(key_of(text), _piece(draft, key_of(text), _in_words(path), text, axis))
        return text

    walked(draft.content, draft.public, collect)
    for at, note in enumerate(draft.case.record.notes, 1):
        if note.text.strip():
            key = key_of(note.text)
            found.setdefault(key, _piece(draft, key, f"{note.kind} {at} of the record", note.text, draft.axis))
    phrases = phrases_of_record(draft.case.record)
    if phrases:
        found[key_of(PHRASES)] = _by_line(draft, phrases)
    return list(found.values())


def _in_words(path: str) -> str:
    """ "variants 1: given: note" as a person says it."""
    for name, words in _IN_WORDS.items():
        path = path.replace(name, words)
    return path


def _piece(draft: Draft, key: str, title: str, text: str, axis: Axis) -> Piece:
    done: Replaced = replaced(text, draft.names, axis)
    return Piece(key, title, done.original, done.outcome, done.marks)


def _by_line(draft: Draft, phrases: Sequence[str]) -> Piece:
    """All words of the record as one piece, each on a line of its own that stays one."""
    done, marks, at = [replaced(phrase, draft.names, draft.axis) for phrase in phrases], [], 0
    for line in done:
        marks += [Mark(at + m.start, at + m.end, m.instead) for m in line.marks]
        at += len(line.original) + 1
    before, after = ("\n".join(getattr(line, name) for line in done) for name in ("original", "outcome"))
    title = "names of problems, medicines and tests in the record"
    return Piece(key_of(PHRASES), title, before, after, tuple(marks), lines=len(phrases))


def notes_out(draft: Draft, checked: Mapping[str, str]) -> dict[str, str]:
    """The notes that a person let go, by their place in the record."""
    notes = enumerate(draft.case.record.notes, 1)
    return {str(at): checked[key_of(note.text)] for at, note in notes if key_of(note.text) in checked}


def phrases_out(draft: Draft, checked: Mapping[str, str]) -> dict[str, str]:
    """What each phrase of the record leaves as; empty unless a person let them go."""
    said: Any = checked.get(key_of(PHRASES))
    if said is None:
        return {}
    return dict(zip(phrases_of_record(draft.case.record), said.split("\n"), strict=True))

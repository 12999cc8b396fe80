"""The patient's terms: present, excluded, searched for, suggested by the notes. Returns what to change."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from components import phrases, text
from components.choices import Action, Badge, Choice, choices
from models.case import Phenotype, Term
from models.knowledge import Ontology, Suggestion, SuggestionKind, open_suggestions

HITS_SHOWN = 6
MIN_QUERY_CHARS = 2
DEFINITION_CHARS = 110
SUGGESTIONS_SHOWN = 5


@dataclass(frozen=True)
class SetTerm:
    """Add a term, or change whether it is present or excluded."""

    term: Term


@dataclass(frozen=True)
class RemoveTerm:
    """Take a term away altogether: neither present nor excluded."""

    term_id: str


@dataclass(frozen=True)
class RejectSuggestion:
    """This sentence does not mean this term; do not suggest it again."""

    term_id: str
    sentence_sha256: str


Edit: TypeAlias = SetTerm | RemoveTerm | RejectSuggestion


def term_lists(phenotype: Phenotype, ontology: Ontology) -> Edit | None:
    """Terms present, then terms looked for and not there, each with its buttons."""
    st.header(f"Present ({len(phenotype.observed)})")
    edit = _terms(phenotype.observed, ontology, "present", Action("exclude", "Exclude"))
    if not phenotype.observed:
        st.text("No feature recorded yet; without one the phenotype plays no part in the ranking.")
    st.header(f"Excluded ({len(phenotype.excluded)})")
    other = _terms(phenotype.excluded, ontology, "excluded", Action("include", "Present after all"))
    if not phenotype.excluded:
        st.text("Features that were looked for and are not there. They count too.")
    return edit or other


def _terms(terms: Sequence[Term], ontology: Ontology, key: str, turn: Action) -> Edit | None:
    rows = [Choice(t.id, t.label or t.id, lines=_about(t), actions=(turn, Action("remove", "Remove"))) for t in terms]
    pressed = choices(f"Terms {key}", rows, key=f"terms-{key}", layout="tight", gone=ontology)
    if pressed is None:
        return None
    if pressed.action == "remove":
        return RemoveTerm(pressed.id)
    return SetTerm(Term(pressed.id, ontology.label(pressed.id), pressed.action == "exclude", origin="typed"))


def _about(term: Term) -> tuple[str, ...]:
    came = f"in {term.origin}" if term.origin and term.origin != "typed" else ""
    replaced = f"given as {term.given_id}" if term.given_id else ""
    return (" · ".join(part for part in (phrases.onset(term.onset), term.id, came, replaced) if part),)


def term_search(phenotype: Phenotype, ontology: Ontology) -> Edit | None:
    """Search by name, synonym or id while typing; add a hit as present or excluded."""
    if st.session_state.pop("term-added", False):
        st.session_state["term-query"] = ""
    query = st.text_input(
        "Add a term",
        key="term-query",
        type="search",
        live=True,
        max_chars=80,
        placeholder="fits, small head, HP:0001250",
    ).strip()
    if len(query) < MIN_QUERY_CHARS:
        return None
    hits = ontology.search(query, HITS_SHOWN)
    if not hits:
        st.text("No term of the ontology is like this; try another word.")
        return None
    has = {t.id: t for t in phenotype.terms}
    rows = [
        Choice(
            hit.id,
            hit.label,
            lines=(
                f"{hit.id} · also called {hit.matched}" if hit.is_synonym else hit.id,
                text.one_line(ontology.definition(hit.id), DEFINITION_CHARS),
            ),
            badges=(Badge("excluded" if has[hit.id].excluded else "present", "info"),) if hit.id in has else (),
            actions=(Action("include", "Present", "main"), Action("exclude", "Excluded")),
        )
        for hit in hits
    ]
    pressed = choices("Terms found", rows, key="term-hits", layout="tight", gone=ontology)
    if pressed is None:
        return None
    st.session_state["term-added"] = True
    return SetTerm(Term(pressed.id, ontology.label(pressed.id), pressed.action == "exclude", origin="typed"))


_KINDS = {
    SuggestionKind.PRESENT: Badge("present", "good"),
    SuggestionKind.ABSENT: Badge("denied", "caution"),
    SuggestionKind.FAMILY: Badge("in the family", "info"),
}


def suggestions(
    found: Sequence[tuple[str, Suggestion]], phenotype: Phenotype, rejected: Set[tuple[str, str]], ontology: Ontology
) -> Edit | None:
    """What the notes seem to say, each with its sentence; found: (title of the note, suggestion)."""
    undecided = [(title, s) for title, s in found if (s.term_id, sentence_key(s)) not in rejected]
    worth_asking = set(open_suggestions([s for _, s in undecided], phenotype, ontology))
    open_ones = [(title, s) for title, s in undecided if s in worth_asking]
    st.header(f"Suggested by the notes ({len(open_ones)})")
    if not open_ones:
        st.text("Nothing left to decide." if found else "The notes of this case suggest no further term.")
    by_id = {_id(s): s for _, s in found}
    rows = [_suggested(title, s) for title, s in open_ones[:SUGGESTIONS_SHOWN]]
    pressed = choices("Suggestions", rows, key="suggestions", layout="tight", gone=by_id)
    if left := len(open_ones) - len(rows):
        st.text(f"{left} more {'follows' if left == 1 else 'follow'} when these are decided.")
    return _decided(by_id[pressed.id], pressed.action) if pressed else None


def _id(suggestion: Suggestion) -> str:
    """What a press says: the term, what is said of it and the sentence, never its place, which moves when somebody
    else decides."""
    return f"{suggestion.term_id} {suggestion.kind.value} {sentence_key(suggestion)}"


def _suggested(title: str, suggestion: Suggestion) -> Choice:
    as_said = {
        SuggestionKind.PRESENT: (Action("include", "Accept", "main"),),
        SuggestionKind.ABSENT: (Action("exclude", "Accept as excluded", "main"),),
        SuggestionKind.FAMILY: (Action("include", "Patient has it too"),),
    }[suggestion.kind]
    return Choice(
        _id(suggestion),
        suggestion.label,
        lines=(f"“{text.one_line(suggestion.sentence, 300)}”",),
        badges=(_KINDS[suggestion.kind],),
        foot=f"{suggestion.term_id} · {title}",
        actions=(*as_said, Action("reject", "Reject")),
    )


def _decided(suggestion: Suggestion, action: str) -> Edit:
    if action == "reject":
        return RejectSuggestion(suggestion.term_id, sentence_key(suggestion))
    return SetTerm(Term(suggestion.term_id, suggestion.label, action == "exclude", origin="note"))


def sentence_key(suggestion: Suggestion) -> str:
    """The sentence by its hash: the decision log keeps no text of the notes."""
    return hashlib.sha256(suggestion.sentence.encode()).hexdigest()

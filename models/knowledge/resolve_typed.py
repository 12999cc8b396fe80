"""Reads terms as people type them: ids, and exact names or synonyms; what is not recognised is given back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from models.case import Term
from models.knowledge.ontology import Ontology
from models.knowledge.term_search import words_of
from models.knowledge.term_search_lay import with_lay_words
from models.knowledge.types import TermHit

NEAREST_SHOWN = 3
# No name of the ontology is written with more commas than this many parts.
_PARTS_OF_A_NAME = 6
_ID = re.compile(r"\b(?:HP[:_ ]?)?(\d{7})\b", re.IGNORECASE)
_SIGN = re.compile(r"^\s*[-!–−]\s*")
_WORD = re.compile(r"^\s*(?:no|not|without)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Unread:
    """Words that are no id, name or synonym of one term. nearest: terms to choose from, when any is like it."""

    words: str
    nearest: tuple[TermHit, ...]


@dataclass(frozen=True)
class TypedTerms:
    """Terms in the order typed, without repeats, and what was not recognised."""

    terms: tuple[Term, ...]
    unread: tuple[Unread, ...]

    @property
    def as_ids(self) -> str:
        """The terms as ids, one a line, "-" before an excluded one."""
        return "\n".join(f"{'-' if t.excluded else ''}{t.id}" for t in self.terms)


def read_typed_terms(text: str, ontology: Ontology) -> TypedTerms:
    """Entries are separated by line breaks, commas or semicolons; "-", "!", "no" or "not" before one excludes it.

    An id counts as it is, retired or unknown ones too: the case then says what became of them. A name
    counts when it is one term's name or synonym word for word, whatever its case; a name that several
    terms share, or that holds a slip, is not guessed.
    """
    terms: dict[str, Term] = {}
    unread: dict[str, Unread] = {}
    for entry in _entries(text, ontology):
        excluded, words = _without_negation(entry, ontology)
        term = _term(words, excluded, ontology)
        if term is None:
            unread.setdefault(words, Unread(words, ontology.search(words, NEAREST_SHOWN)))
        else:
            terms.setdefault(term.id, term)
    return TypedTerms(tuple(terms.values()), tuple(unread.values()))


def _entries(text: str, ontology: Ontology) -> Iterator[str]:
    """A comma separates, unless it is part of a name ("Intellectual disability, mild") or of a label beside its id."""
    for piece in re.split(r"[\n;]", text):
        parts = piece.split("#", 1)[0].split(",")
        at = 0
        while at < len(parts):
            taken = _longest_entry(parts[at:], ontology)
            if entry := ",".join(parts[at : at + taken]).strip():
                yield entry
            at += taken


def _longest_entry(parts: list[str], ontology: Ontology) -> int:
    """How many of the comma-separated parts make one entry: the most that are one name, else one."""
    for count in range(min(len(parts), _PARTS_OF_A_NAME), 1, -1):
        whole = ",".join(parts[:count])
        named = _ID.sub("", whole) if _ID.search(parts[0]) and len(_ID.findall(whole)) == 1 else whole
        if _named(named, ontology):
            return count
    return 1


def _without_negation(entry: str, ontology: Ontology) -> tuple[bool, str]:
    """(excluded, the rest); a name that itself begins with "no" is not negated by it."""
    sign = _SIGN.match(entry) or (None if _named(entry, ontology) else _WORD.match(entry))
    return (True, entry[sign.end() :].strip()) if sign else (False, entry)


def _term(words: str, excluded: bool, ontology: Ontology) -> Term | None:
    if found := _ID.search(words):
        term_id = f"HP:{found[1]}"
        now = ontology.current_id(term_id) or term_id
        return Term(now, ontology.label(now), excluded, origin="typed", given_id=term_id if now != term_id else "")
    named = _named(words, ontology)
    return Term(named, ontology.label(named), excluded, origin="typed") if named else None


def _named(words: str, ontology: Ontology) -> str:
    """Id of the one term with exactly this name; its label before a synonym of others; "" for none or several."""
    labels, synonyms = _names(ontology)
    asked = " ".join(words_of(words))
    found = labels.get(asked) or synonyms.get(asked) or ()
    return ontology.ids[found[0]] if len(found) == 1 else ""


_Names: TypeAlias = Mapping[str, Sequence[int]]


@lru_cache(maxsize=1)
def _names(ontology: Ontology) -> tuple[_Names, _Names]:
    """Positions of the features by label, and by synonym, each name as its words."""
    labels: dict[str, list[int]] = {}
    synonyms: dict[str, list[int]] = {}
    named = with_lay_words(ontology.labels, ontology.synonym_lists)
    for at in np.flatnonzero(ontology.is_abnormality).tolist():
        labels.setdefault(" ".join(words_of(ontology.labels[at])), []).append(at)
        for name in {" ".join(words_of(synonym)) for synonym in named[at]}:
            synonyms.setdefault(name, []).append(at)
    return labels, synonyms

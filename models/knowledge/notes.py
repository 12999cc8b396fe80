"""Suggests terms from a clinical note; a person accepts or rejects each of them."""

import re
from collections.abc import Iterator

from models.knowledge.note_context import kind_in
from models.knowledge.ontology import Ontology
from models.knowledge.types import Suggestion, SuggestionKind

# A longer note is read up to here; the rest is left to the reader.
LONGEST_NOTE_CHARACTERS = 200_000
# A line at least this long that does not end a sentence was only wrapped.
WRAPPED_LINE_CHARACTERS = 60
# Text without an end of a sentence is taken in pieces of this size: what negates a word is judged from
# everything before it in its piece, so the work must not grow with the square of the note.
LONGEST_SENTENCE_CHARACTERS = 2_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])|\n\s*\n|\n")


def suggest_terms(text: str, ontology: Ontology) -> tuple[Suggestion, ...]:
    """Terms whose name or synonym the note mentions, with the sentence each came from.

    One suggestion per term and kind, in the order of first mention: a feature of the patient, one the
    note says is not there, and one of a relative are kept apart. Nothing here is a diagnosis: words
    that only look like a feature are suggested too.
    """
    found: dict[tuple[str, SuggestionKind], Suggestion] = {}
    for start, sentence in _pieces(text[:LONGEST_NOTE_CHARACTERS]):
        for term, first, last in ontology.phrases.find(sentence):
            kind = kind_in(sentence, first, last)
            if kind is None:
                continue
            mention = sentence[first:last]
            suggestion = Suggestion(
                ontology.ids[term],
                ontology.labels[term],
                kind,
                " ".join(sentence.split()),
                mention,
                start + first,
                start + last,
            )
            found.setdefault((suggestion.term_id, kind), suggestion)
    return tuple(found.values())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Sentences, those too long cut at a blank where there is one."""
    for start, sentence in _sentences(text):
        at = 0
        while len(sentence) - at > LONGEST_SENTENCE_CHARACTERS:
            cut = sentence.rfind(" ", at + 1, at + LONGEST_SENTENCE_CHARACTERS)
            end = cut if cut > 0 else at + LONGEST_SENTENCE_CHARACTERS
            yield start + at, sentence[at:end]
            at = end
        yield start + at, sentence[at:]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """(place in the text, sentence). A single line break inside a wrapped paragraph does not end one."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if not (end.group() == "\n" and _is_wrapped(text, end.start())):
            yield start, text[start : end.start()]
            start = end.end()
    yield start, text[start:]


def _is_wrapped(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    goes_on = text[at + 1 : at + 2].islower()
    return goes_on or (len(line) >= WRAPPED_LINE_CHARACTERS and line[-1] not in ".!?:;")

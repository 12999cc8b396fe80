"""Finds the names of terms inside running text, whatever the order and the endings of their words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A name of more content words than this is not looked for.
LONGEST_PHRASE_WORDS = 8
# Written in capitals and this short, a synonym is an abbreviation: it must stand in the text as it is.
# Shorter than that it means too many other things (BO, ID, S4).
ABBREVIATION_LETTERS = 5
SHORTEST_ABBREVIATION = 3
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’][a-z]+)?")
# A name does not reach across these.
_CLAUSE = re.compile(r"[^,;:()\[\].?!]+")
_FILLERS = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "with", "for", "by", "from"}
    | {"his", "her", "its", "their", "this", "that"}
)
# Longest first; what is cut from both the name and the text, so only sameness matters.
_ENDINGS = ("ings", "ies", "ing", "ed", "es", "al", "s", "y", "e")
# Everyday words that are also synonyms of terms; alone they do not name a feature.
_EVERYDAY = frozenset(
    {"order", "ordering", "sorting", "collecting", "collection", "slow", "fall", "falls", "falling", "sleep", "sleepy"}
    | {"dull", "jump", "jumping", "inactive", "weak", "cold", "heat", "mass", "walk", "sit", "smell", "jerky", "bruise"}
    | {"sweat", "hot", "tall", "pain", "ache"}
)
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class Token:
    """A content word: its stem, its place in the text, and itself."""

    stem: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class PhraseIndex:
    """Sorted stems of a name -> term position; abbreviations apart, by their exact letters."""

    phrases: dict[tuple[str, ...], int]
    abbreviations: dict[str, int]

    @classmethod
    def build(cls, labels: Sequence[str], synonyms: Sequence[Sequence[str]], keep: NDArray[np.bool_]) -> "PhraseIndex":
        """Labels win over synonyms, and a synonym of several terms stands for the first."""
        phrases: dict[tuple[str, ...], int] = {}
        abbreviations: dict[str, int] = {}
        kept = np.flatnonzero(keep).tolist()
        names = [(i, labels[i]) for i in kept] + [(i, name) for i in kept for name in synonyms[i]]
        for at, name in names:
            if name.isupper() and len(name) <= ABBREVIATION_LETTERS:
                if len(name) >= SHORTEST_ABBREVIATION:
                    abbreviations.setdefault(name, at)
            elif name.lower() in _EVERYDAY:
                continue
            elif key := tuple(sorted(token.stem for token in tokens_of(name))):
                phrases.setdefault(key, at)
        return cls(phrases, abbreviations)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(term position, start, end) of each name, from the left, the longest first, not overlapping."""
        for clause in _CLAUSE.finditer(text):
            tokens = tokens_of(clause.group())
            at = 0
            while at < len(tokens):
                taken, term = self._longest(tokens, at)
                if taken:
                    yield term, clause.start() + tokens[at].start, clause.start() + tokens[at + taken - 1].end
                at += max(taken, 1)

    def _longest(self, tokens: Sequence[Token], at: int) -> tuple[int, int]:
        """(number of words, term) of the longest name that starts at a word; (0, -1) when none does."""
        for size in range(min(LONGEST_PHRASE_WORDS, len(tokens) - at), 0, -1):
            term = self.phrases.get(tuple(sorted(t.stem for t in tokens[at : at + size])), -1)
            if term >= 0:
                return size, term
        term = self.abbreviations.get(tokens[at].text, -1)
        return (1, term) if term >= 0 else (0, -1)


def tokens_of(text: str) -> list[Token]:
    """The content words of a text, in order."""
    found = ((m.group().lower(), m) for m in _TOKEN.finditer(text))
    return [Token(_stem(word), m.start(), m.end(), m.group()) for word, m in found if word not in _FILLERS]


def _stem(word: str) -> str:
    plain = word.replace("'s", "").replace("’s", "").replace("ae", "e").replace("oe", "e").replace("our", "or")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain

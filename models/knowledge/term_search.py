"""Finds terms by what people type: starts of words, synonyms, and words with a slip in them."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

# A word this long may hold one slip (a wrong, missing, extra or swapped letter); twice as long, two.
ONE_SLIP_LETTERS = 5
TWO_SLIPS_LETTERS = 10
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_WORD = 28


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers of a text, without accents; an apostrophe does not split a word."""
    plain = text if text.isascii() else normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _WORD.findall(plain.lower().replace("'", ""))


@dataclass(frozen=True, eq=False)
class TermIndex:
    """An inverted index of words over all names (labels and synonyms) of the terms kept.

    term_of, familiarity (log of 1 + usage), names, is_synonym, word_counts: by name. words: sorted;
    postings: the name positions of each word, sorted; letters, lengths: the words once more, as a matrix.
    """

    term_of: NDArray[np.int32]
    familiarity: NDArray[np.float32]
    names: tuple[str, ...]
    is_synonym: NDArray[np.bool_]
    word_counts: NDArray[np.int32]
    words: tuple[str, ...]
    postings: tuple[NDArray[np.int32], ...]
    letters: NDArray[np.uint8]
    lengths: NDArray[np.int32]

    @classmethod
    def build(
        cls,
        labels: Sequence[str],
        synonyms: Sequence[Sequence[str]],
        keep: NDArray[np.bool_],
        usage: NDArray[np.int32],
    ) -> "TermIndex":
        """Of the terms kept, by position."""
        kept = np.flatnonzero(keep).tolist()
        entries = [(i, name, name is not labels[i]) for i in kept for name in (labels[i], *synonyms[i])]
        by_word: dict[str, list[int]] = {}
        counts = []
        for at, (_, name, _) in enumerate(entries):
            found = words_of(name)
            counts.append(len(found))
            for word in set(found):
                by_word.setdefault(word, []).append(at)
        words = tuple(sorted(by_word))
        term_of = np.array([e[0] for e in entries], dtype=np.int32)
        return cls(
            term_of,
            np.log1p(usage[term_of]).astype(np.float32),
            tuple(e[1] for e in entries),
            np.array([e[2] for e in entries], dtype=np.bool_),
            np.array(counts, dtype=np.int32),
            words,
            tuple(np.array(by_word[w], dtype=np.int32) for w in words),
            _letter_matrix(words),
            np.array([min(len(w), _LONGEST_WORD) for w in words], dtype=np.int32),
        )

    def search(self, text: str, limit: int) -> list[tuple[int, str, bool]]:
        """(term position, name that matched, is it a synonym) of the best names, one per term."""
        asked = words_of(text)
        if not asked or limit < 1:
            return []
        penalties = np.zeros(len(self.names), dtype=np.float32)
        matched = np.ones(len(self.names), dtype=np.bool_)
        for word, times in Counter(asked).items():
            cost = self._word_costs(word)
            matched &= np.isfinite(cost)
            if not matched.any():  # however long a text is pasted, no name holds the rest of it
                return []
            penalties += np.where(np.isfinite(cost), times * cost, 0)
        hits = np.flatnonzero(matched)
        return self._best(hits, penalties[hits], asked, limit)

    def _word_costs(self, word: str) -> NDArray[np.float32]:
        """By name: 0 the word itself, 0.5 its start, more for slips; infinity when it is not there."""
        cost = np.full(len(self.names), np.inf, dtype=np.float32)
        first = bisect_left(self.words, word)
        last = bisect_left(self.words, word + "\uffff")
        near = chain(((w, 0.0 if self.words[w] == word else 0.5) for w in range(first, last)), self._slips(word))
        for at, penalty in near:
            names = self.postings[at]
            cost[names] = np.minimum(cost[names], penalty)
        return cost

    def _slips(self, word: str) -> list[tuple[int, float]]:
        allowed = (len(word) >= ONE_SLIP_LETTERS) + (len(word) >= TWO_SLIPS_LETTERS)
        if not allowed:
            return []
        close = np.flatnonzero(np.abs(self.lengths - len(word)) <= allowed)
        distance = _edit_distances(word, self.letters[close], self.lengths[close])
        return [(int(w), 3.0 * d) for w, d in zip(close, distance, strict=True) if 0 < d <= allowed]

    def _best(
        self, hits: NDArray[np.intp], penalties: NDArray[np.float32], asked: list[str], limit: int
    ) -> list[tuple[int, str, bool]]:
        starts = np.array([words_of(self.names[i])[: len(asked)] == asked for i in hits], dtype=np.bool_)
        score = (
            penalties
            + 0.25 * (self.word_counts[hits] - len(asked))
            + 0.5 * self.is_synonym[hits]
            - starts
            - 0.1 * self.familiarity[hits]
        )
        best: dict[int, tuple[int, str, bool]] = {}
        for at in hits[np.argsort(score, kind="stable")]:
            term = int(self.term_of[at])
            best.setdefault(term, (term, self.names[at], bool(self.is_synonym[at])))
            if len(best) == limit:
                break
        return list(best.values())


def _letter_matrix(words: Sequence[str]) -> NDArray[np.uint8]:
    padded = "".join(w[:_LONGEST_WORD].ljust(_LONGEST_WORD, "\0") for w in words)
    return np.frombuffer(padded.encode("ascii"), dtype=np.uint8).reshape(len(words), _LONGEST_WORD)


def _edit_distances(word: str, letters: NDArray[np.uint8], lengths: NDArray[np.int32]) -> NDArray[np.int32]:
    """Optimal string alignment distance from `word` to each row of `letters`, all rows at once."""
    asked = np.frombuffer(word[:_LONGEST_WORD].encode("ascii"), dtype=np.uint8)
    rows, width = letters.shape
    before = np.zeros((rows, width + 1), dtype=np.int32)
    last = np.tile(np.arange(width + 1, dtype=np.int32), (rows, 1))
    for i, letter in enumerate(asked):
        row = np.empty_like(last)
        row[:, 0] = i + 1
        for j in range(width):
            cost = np.minimum(last[:, j] + (letters[:, j] != letter), last[:, j + 1] + 1)
            row[:, j + 1] = np.minimum(cost, row[:, j] + 1)
            if i and j:
                swapped = (letters[:, j] == asked[i - 1]) & (letters[:, j - 1] == letter)
                row[:, j + 1] = np.where(swapped, np.minimum(row[:, j + 1], before[:, j - 1] + 1), row[:, j + 1])
        before, last = last, row
    return last[np.arange(rows), lengths]

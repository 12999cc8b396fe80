"""Finding every known name and number in a text, however it is written, and what it is called instead.

A text is compared word by word in its folded form: without case, accents, marks that show nothing (zero width, right
to left) and punctuation between words. So "MÜLLER-Schmidt", "Mueller Schmidt" and "mu\u200bller schmidt" are one
name, and "555-123-4567" and "(555) 123 4567" one number.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from models.case import Known, Sort, Whose
from models.privacy.identifiers import zip_words

# Titles, and words of every family, clinic or folder: no one is known by them.
_EMPTY = (
    "dr prof professor mr mrs ms miss md phd do rn np pa facmg frcp sir jr sr ii iii iv von van der den de la le "
    "di da du del el al bin ibn the of and und et y hospital clinic center centre medical health care university "
    "department laboratory lab institute group service services private public insurance medicaid medicare "
    "general children patient proband index mother father parent sibling brother sister child son daughter twin "
    "family case control sample affected unaffected unknown none anonymous test synthetic person reviewer signer "
    "relative variants variant record records note notes letter phenopacket reference answer reads pedigree exome "
    "genome genomes trio duo quad wes wgs vcf bcf bam bai gz json ped fam txt fa fasta fhir bundle results result "
    "annotated final merged filtered output report file files"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())
# Names that are ordinary words too: found only where they begin with a capital.
_ORDINARY_WORDS = (
    "may will long young rose grace hope mark bill art white black brown green grey gray short little small hand "
    "foot head day night summer winter spring autumn june july april august sunday monday friday rich poor good "
    "best new old king prince pope baker cook fish bird wolf fox stone wood woods hill lake rivers field fields "
    "park reading bath mobile orange normal paris florence chance faith joy dawn eve ray rob pat sue drew jack "
    "don dan carol ruby page price love case born both many noble sharp swift wise strong major cross bush berry "
    "bean rice salt call rank stop start frame gain loss copy"
)
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
ORDINARY_NAMES = _ORDINARY_WORDS.title()
LEAST_LETTERS = 2  # of a person's name that is looked for alone
LEAST_SIGNS = 4  # letters and digits of anything else; shorter codes ("P", "II-1") are in every text
_MOST_PARTS = 5  # of a name of which every two are looked for as one word
LEAST_JOINED = 6  # letters of two names written as one word
LEAST_DIGITS = 5  # of a number that is looked for alone; shorter ones are ages, doses and positions
NAME = "[name]"  # somebody of whom it is not certain who
_GAP = 3  # signs that may stand between two words of one name
_APART = re.compile(r"[;:!?|]|\n\s*\n")  # between two names, never inside one
_WORD = re.compile(r"[^\W\d_]+|\d+")
# "Mül-" at the end of a line and "ler" on the next; "M ü l l e r", as emphasis is typed.
_BROKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]+[-\u2010][ \t]{0,9}\n[ \t]{0,9}[^\W\d_]+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\u00a0]){3,50}[^\W\d_](?!\w)")
_FILLERS = "\u115f\u1160"  # letters that show nothing; Unicode counts them among the letters
_UNMARKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """Signs start to end (not included) of a text hold `known`; instead: what is written there."""

    start: int
    end: int
    known: str
    instead: str


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str
    is_capital: bool


def folded(text: str) -> tuple[str, Sequence[int]]:
    """(the text as it is compared, for each of its signs the place in `text`)."""
    if text.isascii():  # most are, and nothing in it hides or falls apart
        return text.lower(), range(len(text))
    signs, places = [], []
    for at, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).casefold().translate(_UNMARKED):
            if unicodedata.category(part) not in ("Mn", "Me", "Cf") and part not in _FILLERS:
                signs.append(part)
                places.append(at)
    return "".join(signs), places


def words(text: str) -> Words:
    """The words and numbers of a text as they are compared."""
    return tuple(_WORD.findall(folded(text)[0]))


def _tokens(text: str) -> list[_Token]:
    plain, places = folded(text)
    found = []
    for match in _WORD.finditer(plain):
        start, end = places[match.start()], places[match.end() - 1] + 1
        found.append(_Token(start, end, match[0], text[start].isupper() or not text[start].islower()))
    return found


class Names:
    """What to look for. instead: what each known phrase is replaced by; the first given wins."""

    def __init__(self, instead: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, dict[Words, tuple[str, str]]] = defaultdict(dict)
        self._unspaced: dict[str, tuple[str, str]] = {}
        for phrase, replacement in instead:
            self._learn(phrase, replacement)

    def _learn(self, phrase: str, replacement: str) -> None:
        for spelling in {phrase, unicodedata.normalize("NFC", phrase).casefold().translate(_SPELT_OUT)}:
            key = words(spelling)
            if key and _worth_looking(key):
                self._by_first[key[0]].setdefault(key, (phrase, replacement))
            whole = "".join(key)
            if len(key) > 1 and len(whole) >= (LEAST_DIGITS if whole.isdigit() else LEAST_JOINED):
                self._by_first[whole].setdefault((whole,), (phrase, replacement))
        if _WITHOUT_SPACES.search(phrase):
            self._unspaced.setdefault(folded(phrase)[0], (phrase, replacement))

    def __len__(self) -> int:
        return sum(map(len, self._by_first.values()))

    def without(self, text: str) -> "Names":
        """The same, but for what this text holds anyway."""
        met = {hit.known for hit in self.hits(text)}
        kept = Names(())
        for first, phrases in self._by_first.items():
            kept._by_first[first] = {k: v for k, v in phrases.items() if v[0] not in met}
        kept._unspaced = {k: v for k, v in self._unspaced.items() if v[0] not in met}
        return kept

    def hits(self, text: str) -> list[Hit]:
        """Every known name and number in the text, the longest at each place, in reading order."""
        tokens, found, at = _tokens(text), [], 0
        while at < len(tokens):
            hit, used = self._at(text, tokens, at)
            if hit:
                found.append(hit)
            at += max(1, used)
        return sorted([*found, *self._without_spaces(text), *self._pulled_apart(text)], key=lambda h: (h.start, -h.end))

    def _at(self, text: str, tokens: list[_Token], at: int) -> tuple[Hit | None, int]:
        phrases = self._by_first.get(tokens[at].word, {})
        for key in sorted(phrases, key=len, reverse=True):
            run = tokens[at : at + len(key)]
            if tuple(t.word for t in run) == key and _is_close(run, text) and not _is_ordinary(run):
                return Hit(run[0].start, run[-1].end, *phrases[key]), len(key)
        return None, 0

    def _pulled_apart(self, text: str) -> Iterator[Hit]:
        """One word over two lines, or with a space behind every letter."""
        plain, places = folded(text)
        for match in (*_BROKEN.finditer(plain), *_SPACED.finditer(plain)):
            whole = "".join(_WORD.findall(match[0]))
            if known := self._by_first.get(whole, {}).get((whole,)):
                yield Hit(places[match.start()], places[match.end() - 1] + 1, *known)

    def _without_spaces(self, text: str) -> Iterator[Hit]:
        if not self._unspaced:
            return
        plain, places = folded(text)
        for key, (phrase, replacement) in self._unspaced.items():
            for match in re.finditer(re.escape(key), plain):
                yield Hit(places[match.start()], places[match.end() - 1] + 1, phrase, replacement)


def _worth_looking(key: Words) -> bool:
    if len(key) == 1:
        word = key[0]
        return word not in _EMPTY_WORDS and len(word) >= (LEAST_DIGITS if word.isdigit() else LEAST_LETTERS)
    return len("".join(key)) >= LEAST_SIGNS and not all(w in _EMPTY_WORDS for w in key)


def _is_close(run: list[_Token], text: str) -> bool:
    gaps = (text[earlier.end : later.start] for earlier, later in pairwise(run))
    return all(len(gap) <= _GAP and not _APART.search(gap) for gap in gaps)


def _is_ordinary(run: list[_Token]) -> bool:
    """One word that says something else when it is written small: "may", a name of two letters."""
    only = run[0]
    return len(run) == 1 and not only.is_capital and (only.word in _ORDINARY or len(only.word) <= LEAST_LETTERS)


def phrases_of(known: Known) -> tuple[str, ...]:
    """All that is looked for because of one known value: the whole, and of a person's name each of its words."""
    value = known.value.strip()
    if known.sort is Sort.FILE:
        stem = value.split(".", maxsplit=1)[0]
        return (value, *((stem,) if len("".join(words(stem))) >= LEAST_SIGNS else ()))
    if known.sort is Sort.PLACE:
        street = re.sub(r"^\s*\d+\w?\s+", "", value)
        return (value, street)
    if known.sort is not Sort.NAME:
        return (value,) if len("".join(words(value))) >= LEAST_SIGNS else ()
    if known.whose is Whose.ORGANISATION:
        return (value,)
    parts = [w for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", value) if len(w) >= LEAST_LETTERS]
    bare = re.sub(r"\d+", "", value)
    parts = [w for w in parts if w.casefold() not in _EMPTY_WORDS]
    of_them = [f"{w}s" for w in parts if len(w) >= LEAST_SIGNS and w.casefold() not in _ORDINARY]  # "Müllers Mutter"
    pairs = [f"{one} {other}" for one, other in permutations(parts[:_MOST_PARTS], 2)]  # "AnnaMüller" is learnt of one
    return (value, bare, " ".join(reversed(bare.split())), *parts, *of_them, *pairs)


_CALLED: Mapping[Sort, str] = {
    Sort.PLACE: "[place]", Sort.DATE: "[date]", Sort.PHONE: "[phone]", Sort.EMAIL: "[e-mail]",
    Sort.NUMBER: "[number]", Sort.WEB: "[web address]", Sort.FILE: "[file]",
}  # fmt: skip
_PEOPLE: Mapping[Whose, str] = {
    Whose.RELATIVE: "Relative", Whose.PRACTITIONER: "Practitioner", Whose.ORGANISATION: "Organisation",
    Whose.OTHER: "Person",
}  # fmt: skip


def pseudonyms(
    known: Iterable[Known], people: Mapping[str, str], samples: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """(phrase, what is written instead), the more certain first. people: names that have a pseudonym already
    ("Dr A" is Reviewer 1); samples: what people of the family are called in the files. A word that two people share
    names neither: it becomes [name]."""
    called: dict[str, str] = {}
    numbers: dict[tuple[Whose, str], str] = {}
    pairs: list[tuple[str, str]] = []
    pairs += [(s, replacement) for s, replacement in samples.items() if len("".join(words(s))) >= LEAST_SIGNS]
    for name, replacement in people.items():
        pairs += [(p, replacement) for p in phrases_of(Known(Sort.NAME, Whose.PRACTITIONER, name))]
    for one in sorted(known, key=lambda k: (list(Sort).index(k.sort), list(Whose).index(k.whose))):
        pairs += [(p, _instead(one, numbers)) for p in phrases_of(one)]
    for phrase, replacement in pairs:
        key = " ".join(words(phrase))
        is_shared = called.setdefault(key, replacement) != replacement and replacement[0] != "["
        if is_shared and called[key][0] != "[":
            called[key] = NAME
    return tuple((phrase, called[" ".join(words(phrase))]) for phrase, _ in pairs)


def _instead(one: Known, numbers: dict[tuple[Whose, str], str]) -> str:
    if one.sort is Sort.ZIP:
        return zip_words(one.value)
    if one.sort is not Sort.NAME:
        return _CALLED[one.sort]
    if one.whose is Whose.PATIENT:
        return "Proband"
    who = (one.whose, one.about or " ".join(words(one.value)))
    if who not in numbers:
        number = 1 + sum(whose is one.whose for whose, _ in numbers)
        numbers[who] = f"{_PEOPLE[one.whose]} {number}"
    return numbers[who]

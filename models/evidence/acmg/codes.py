"""Criteria as experts write them ("PVS1, PM3_Very Strong, PM2_Supporting") and back.

A code without a word weighs what Richards 2015 (Genet Med 17:405, PMID:25741868) gave it; a word after it
is the strength that the expert chose (ClinGen SVI 2017, "Recommendations for criteria code modifications").
"""

import re
from collections.abc import Iterable, Sequence

from models.case import Verdict
from models.evidence.acmg.types import CriterionResult, Strength

# The criteria of Richards 2015, tables 3 and 4. ClinGen retired PP5 and BP6, which repeat another laboratory's
# class (Biesecker 2018, Genet Med 20:1687, PMID:29543229); they are read, so that they can be named, and weigh 0.
_NUMBERS = {"PVS": 1, "PS": 4, "PM": 6, "PP": 5, "BA": 1, "BS": 4, "BP": 7}
CODES = tuple(f"{kind}{n}" for kind, last in _NUMBERS.items() for n in range(1, last + 1))
RETIRED = ("PP5", "BP6")
_OWN_STRENGTH = {
    "PVS": Strength.VERY_STRONG,
    "PS": Strength.STRONG,
    "PM": Strength.MODERATE,
    "PP": Strength.SUPPORTING,
    "BA": Strength.STAND_ALONE,
    "BS": Strength.STRONG,
    "BP": Strength.SUPPORTING,
}
_WORDS = {
    "supporting": Strength.SUPPORTING,
    "supp": Strength.SUPPORTING,
    "p": Strength.SUPPORTING,
    "moderate": Strength.MODERATE,
    "mod": Strength.MODERATE,
    "m": Strength.MODERATE,
    "strong": Strength.STRONG,
    "s": Strength.STRONG,
    "verystrong": Strength.VERY_STRONG,
    "vs": Strength.VERY_STRONG,
    "standalone": Strength.STAND_ALONE,
    "a": Strength.STAND_ALONE,
}
_NAMES = {s: " ".join(w.capitalize() for w in s.name.split("_")) for s in Strength}
_CODE = re.compile(r"(PVS|PS|PM|PP|BA|BS|BP)(\d)(?:[\s_\-:(]+([A-Za-z][A-Za-z _\-]*)\)?)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;|+/]")


def own_strength(code: str) -> Strength:
    """The strength a code has by its own name in Richards 2015: "PM2" is moderate. Raises KeyError for no code."""
    return _OWN_STRENGTH[code.rstrip("0123456789")]


def read_code(word: str) -> tuple[str, Strength] | None:
    """One criterion: "PM2_Supporting", "PM3_Very Strong", "BS2-Stand Alone", "pvs1 (strong)"; None when it is none."""
    match = _CODE.fullmatch(word.strip())
    if match is None:
        return None
    code = f"{match[1].upper()}{match[2]}"
    if code not in CODES:
        return None
    if not match[3]:
        return code, own_strength(code)
    strength = _WORDS.get(re.sub(r"[ _\-]", "", match[3]).lower())
    return None if strength is None else (code, strength)


def read_codes(text: str) -> tuple[tuple[tuple[str, Strength], ...], tuple[str, ...]]:
    """(criteria, words that are none) of a list separated by comma, semicolon, bar, plus or slash.

    A code written twice counts once, at the higher strength: the same evidence is never counted twice.
    """
    best: dict[str, Strength] = {}
    unread: list[str] = []
    for word in filter(None, (w.strip() for w in _BETWEEN.split(text))):
        read = read_code(word)
        if read is None:
            unread.append(word)
        elif read[0] not in best or _rank(read[1]) > _rank(best[read[0]]):
            best[read[0]] = read[1]
    return tuple(best.items()), tuple(unread)


def _rank(strength: Strength) -> int:
    """Order of strengths: STAND_ALONE weighs no points but stands above all."""
    return 100 if strength is Strength.STAND_ALONE else strength.value


def expert_results(codes: Iterable[tuple[str, Strength]], source: str) -> tuple[CriterionResult, ...]:
    """The codes as met criteria of `source`; retired ones are left out."""
    return tuple(
        CriterionResult(code, Verdict.MET, strength, "named by the expert panel", source)
        for code, strength in codes
        if code not in RETIRED
    )


def write_code(code: str, strength: Strength) -> str:
    """ "PVS1" at its own strength, else "PM2_Supporting", "PM3_Very Strong", as ClinGen writes it."""
    return code if strength is own_strength(code) else f"{code}_{_NAMES[strength]}"


def write_codes(results: Sequence[CriterionResult]) -> str:
    """The met criteria, "PVS1,PM2_Supporting", in the order given; "" when none is met."""
    return ",".join(write_code(r.code, r.strength) for r in results if r.verdict is Verdict.MET)

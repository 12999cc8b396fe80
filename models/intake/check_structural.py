"""Rules of VCF 4.4 and later for structural variants and tandem repeats.

Source: VCF 4.4 specification, sections 1.6.1 (SVLEN, SVCLAIM, CN), 3 and 5.7 (CNV:TR: RN, RUS, RUL, RUC, RB, RUB).
"""

import re

from models.intake.check_header import refuse

_WITH_LENGTH = ("DEL", "INS", "DUP", "INV", "CNV")
_CLAIMS = {"D", "J", "DJ", "."}
Info = dict[str, str]


def _items(info: Info, key: str) -> list[str] | None:
    """Values of a key; None when it is not there or a single dot."""
    text = info.get(key)
    return None if text is None or text == "." else text.split(",")


def _kind(alt: str) -> str:
    return alt[1:-1] if alt.startswith("<") and alt.endswith(">") else ""


def check_structural(info: Info, alts: list[str], columns: list[str], line: int) -> None:
    """SVLEN, SVCLAIM and copy numbers of symbolic alleles."""
    kinds = [_kind(alt) for alt in alts]
    lengths, claims = _items(info, "SVLEN"), _items(info, "SVCLAIM")
    _check_lengths(kinds, lengths, "SVLEN" in info, line)
    _check_claims(kinds, claims, line)
    _check_copies(info, kinds, lengths, columns, line)


def _check_lengths(kinds: list[str], lengths: list[str] | None, given: bool, line: int) -> None:
    if lengths is not None and len(lengths) != len(kinds):
        raise refuse("SVLEN must have one value for each ALT.", line)
    for i, kind in enumerate(kinds):
        value = lengths[i] if lengths else "."
        if given and kind.split(":")[0] in _WITH_LENGTH and value == ".":
            raise refuse("SVLEN must give a length for each symbolic structural allele.", line)
        if value != "." and not re.fullmatch(r"-?\d+", value):
            raise refuse("SVLEN must be a whole number.", line)


def _check_claims(kinds: list[str], claims: list[str] | None, line: int) -> None:
    if claims is not None and (len(claims) != len(kinds) or not set(claims) <= _CLAIMS):
        raise refuse("SVCLAIM must have D, J or DJ for each ALT.", line)


def _check_copies(info: Info, kinds: list[str], lengths: list[str] | None, columns: list[str], line: int) -> None:
    interval = _items(info, "CICN")
    if interval is not None and len(interval) != 2 * len(kinds):
        raise refuse("CICN must have two values for each ALT.", line)
    keys = columns[8].split(":") if len(columns) > 9 else []
    if "CICN" in keys and "CN" not in keys:
        raise refuse("FORMAT CICN needs FORMAT CN beside it.", line)
    if "CN" in keys and lengths:
        of_copies = {lengths[i] for i, kind in enumerate(kinds) if kind.split(":")[0] in ("DEL", "DUP", "CNV")}
        if len(of_copies) > 1:
            raise refuse("SVLEN must be the same for all DEL, DUP and CNV alleles where FORMAT CN is given.", line)


def check_repeats(info: Info, alts: list[str], line: int) -> None:
    """Tandem repeats (<CNV:TR>): how many values each key must have."""
    if not any(_kind(alt).startswith("CNV:TR") for alt in alts):
        return
    repeats = _whole(_items(info, "RN"), len(alts), line)
    units = sum(repeats)
    if not (_items(info, "RUS") or _items(info, "RUL")):
        raise refuse("A <CNV:TR> allele needs RUS or RUL.", line)
    for key, times in (("RUS", 1), ("RUL", 1), ("RUC", 1), ("RB", 1), ("CIRUC", 2), ("CIRB", 2)):
        values = _items(info, key)
        if values is not None and len(values) != times * units:
            raise refuse(f"{key} must have {times * units} values, as RN says.", line)
    _check_lengths_of_units(info, line)


def _whole(values: list[str] | None, alts: int, line: int) -> list[int]:
    """RN for each ALT; 1 where it is not said."""
    if values is None:
        return [1] * alts
    if len(values) != alts or not all(v.isdigit() or v == "." for v in values):
        raise refuse("RN must have one whole number for each ALT.", line)
    return [int(v) if v.isdigit() else 0 for v in values]


def _check_lengths_of_units(info: Info, line: int) -> None:
    counts, each = _items(info, "RUC"), _items(info, "RUB")
    if each is None:
        return
    if counts is None or not all(re.fullmatch(r"\d+(\.0*)?|\.", c) for c in counts):
        raise refuse("RUB needs whole numbers in RUC.", line)
    wanted = sum(int(float(c)) for c in counts if c != ".")
    if len(each) != wanted:
        raise refuse("RUB must have one value for each repeat unit that RUC counts.", line)

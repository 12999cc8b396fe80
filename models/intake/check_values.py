"""Whether values keep the Type and Number they were declared with."""

import re
from collections.abc import Sequence
from math import comb

INTEGER = re.compile(r"[+-]?\d+$")
FLOAT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|[+-]?(inf|infinity|nan)$", re.IGNORECASE)
CIGAR = re.compile(r"(\d+[MIDNSHPX=])+$")
# VCF 4.3, section 1.3: these eight values are taken by BCF's own marks.
LARGEST, SMALLEST = 2**31 - 1, -(2**31) + 8


def fits_type(value: str, kind: str, *, bounded: bool = False) -> bool:
    """Whether one value has `kind`; "." always does. bounded: integers must fit 32 bits (VCF 4.3 on)."""
    if value in (".", ""):
        return True
    if kind == "Integer":
        return bool(INTEGER.match(value)) and (not bounded or SMALLEST <= int(value) <= LARGEST)
    if kind == "Float":
        return bool(FLOAT.match(value))
    if kind == "Character":
        return len(value) == 1
    return True


def expected_count(number: str, alts: int, ploidy: int | None) -> int | None:
    """How many values `number` asks for; None when any number will do."""
    if number.isdigit():
        return int(number)
    if number == "A":
        return alts
    if number == "R":
        return alts + 1
    if number == "G":
        return comb(alts + ploidy, ploidy) if ploidy else None
    if number == "P":
        return ploidy
    return None


def fits_count(values: Sequence[str], number: str, alts: int, ploidy: int | None = None) -> bool:
    """Whether there are as many values as `number` asks for; a single "." stands for all."""
    wanted = expected_count(number, alts, ploidy)
    return wanted is None or len(values) == wanted or list(values) in ([""], ["."])

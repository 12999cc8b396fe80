"""Compiled reading of SpliceAI's combined field: the largest delta score of each ALT.

Illumina's SpliceAI 1.3 writes INFO/SpliceAI as "ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL",
one entry for each allele and gene, with commas between; a score it could not compute is ".". Ensembl VEP's
plugin leaves ALLELE away, and "|" stands as "&" inside VEP's own entries. The delta score of a variant is
the largest of its four (SpliceAI README); positions (DP) are never taken for scores.
"""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR1714, SIM110
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_alleles import is_allele
from models.intake.scan_bytes import AMPERSAND, COMMA, DOT, PIPE, read_float, says_missing
from models.intake.scan_plan import LENGTH, START

_SCORES = 4  # acceptor gain, acceptor loss, donor gain, donor loss
_WITH_ALLELE, _WITH_SYMBOL = 2, 1  # texts before the scores
_UNREAD = np.inf  # something stands there, and it gives no score


@compiled
def is_combined(text, start, length):
    """Whether a value has parts, rather than being one number."""
    for at in range(start, start + length):
        if text[at] == PIPE or text[at] == AMPERSAND:
            return True
    return False


@compiled
def _parts(text, start, length):
    parts = 1
    for at in range(start, start + length):
        parts += text[at] == PIPE or text[at] == AMPERSAND
    return parts


@compiled
def _texts_before_scores(parts):
    """How many texts stand before the scores in an entry of so many parts; -1 when it is no entry we know."""
    if parts == 10 or parts == 6:
        return _WITH_ALLELE
    if parts == 9 or parts == 5:
        return _WITH_SYMBOL
    return 0 if parts <= _SCORES or parts == 8 else -1


@compiled
def delta_of_entry(text, start, length):
    """Largest delta score of one entry; NaN where nothing stands, infinity where no score can be read."""
    parts = _parts(text, start, length)
    skip = _texts_before_scores(parts)
    if skip < 0:
        return _UNREAD
    best, number, first = np.nan, 0, start
    for at in range(start, start + length + 1):
        if at == start + length or text[at] == PIPE or text[at] == AMPERSAND:
            if skip <= number < skip + _SCORES and not says_missing(text, first, at - first):
                value = read_float(text, first, at - first)
                if not 0.0 <= value <= 1.0:
                    return _UNREAD
                best = value if not best >= value else best
            number, first = number + 1, at + 1
    return _UNREAD if np.isnan(best) and parts > _SCORES else best


@compiled
def delta_of_alt(text, start, length, alt, alts, scratch):
    """Largest delta among the entries of ALT number `alt` (from 0), NaN and infinity as above.

    An entry that names no ALT of this record (it was normalised since) counts for the only ALT there is
    when all entries name that same allele; else it leaves an ALT without its own entry unread.
    """
    best, unread, strange, own, first = np.nan, False, False, False, start
    same_name = _one_name(text, start, length)
    for at in range(start, start + length + 1):
        if at == start + length or text[at] == COMMA:
            whose = _alt_of(text, first, at - first, alts, scratch)
            if whose == alt or (whose < 0 and alts == 1 and same_name):
                value = delta_of_entry(text, first, at - first)
                own, unread = True, unread or value == _UNREAD
                if value != _UNREAD and not np.isnan(value):
                    best = value if not best >= value else best
            strange = strange or whose < 0
            first = at + 1
    if np.isnan(best) and (unread or (strange and not own)):
        return _UNREAD
    return best


@compiled
def _alt_of(text, start, length, alts, scratch):
    """Which ALT (from 0) the entry's first part names; -1 for none."""
    size = _name_length(text, start, length)
    for i in range(alts):
        if is_allele(text, start, size, scratch.alts[i, START], scratch.alts[i, LENGTH]):
            return i
    return -1


@compiled
def _name_length(text, start, length):
    for at in range(start, start + length):
        if text[at] == PIPE or text[at] == AMPERSAND:
            return at - start
    return length


@compiled
def _one_name(text, start, length):
    """Whether all entries begin with the same text, or leave the allele away (VEP's form)."""
    name, first = _name_length(text, start, length), start
    for at in range(start, start + length + 1):
        if at == start + length or text[at] == COMMA:
            size = at - first
            has_allele = _texts_before_scores(_parts(text, first, size)) == _WITH_ALLELE
            is_dot = size == 1 and text[first] == DOT
            if has_allele and not is_dot and not is_allele(text, first, _name_length(text, first, size), start, name):
                return False
            first = at + 1
    return True

"""Whether an insertion or deletion lies in a tandem repeat of the reference, for PM4 and BP3.

A run of one unit over at least 25 bases: what Tandem Repeats Finder reports at its usual minimum score of 50, 2 for
each matching base (Benson 1999, Nucleic Acids Res 27:573), as UCSC's "simple repeats" are made. Whether the repeat
has a function only a human can say.
"""

from collections.abc import Sequence

from models.case import Allele, Found, Looked, NotAssessed
from models.knowledge.effects.protein import Bases
from models.knowledge.effects.reference import SOURCE_KEY, reference_of
from models.knowledge.library.installed import Installed

REPEAT_BASES = 25
# Bases looked at on either side of the change: a run is longer than this only where it surely is a repeat.
_AROUND_BASES = 60


def repeat_at(allele: Allele | None, installed: Sequence[Installed]) -> Looked[bool]:
    """Whether it lies in a tandem repeat of the installed reference. Raises IntegrityError when that is damaged."""
    here = (i for i in installed if allele and i.source == SOURCE_KEY and i.assembly is allele.assembly)
    release = next(here, None)
    if release is None or allele is None:
        return NotAssessed("the reference sequence is not installed")
    found = in_tandem_repeat(allele, reference_of(release))
    return NotAssessed("the bases around it are not known") if found is None else Found(found, release.label)


def in_tandem_repeat(allele: Allele, reference: Bases) -> bool | None:
    """None for a substitution, and where the reference is not known."""
    unit = _unit(allele)
    first = allele.pos_1based - _AROUND_BASES
    around = reference.bases(allele.chrom, max(1, first), allele.pos_1based + len(allele.ref) + _AROUND_BASES)
    if not unit or "N" in around:
        return None
    return _longest_run(around, len(unit)) >= REPEAT_BASES


def _unit(allele: Allele) -> str:
    """The smallest unit of what is inserted or deleted; "" for a substitution."""
    longer, shorter = sorted((allele.ref, allele.alt), key=len, reverse=True)
    changed = longer[len(shorter) :] if longer.startswith(shorter) else ""
    return next((changed[:n] for n in range(1, len(changed) + 1) if changed[:n] * (len(changed) // n) == changed), "")


def _longest_run(bases: str, period: int) -> int:
    """Longest stretch around the middle in which every base equals the one `period` before it."""
    middle, longest, start = len(bases) // 2, 0, 0
    for i in range(period, len(bases) + 1):
        if i == len(bases) or bases[i] != bases[i - period]:
            if start <= middle <= i and i - start > period:
                longest = max(longest, i - start)
            start = i - period + 1
    return longest

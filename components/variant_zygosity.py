"""The proband's zygosity for any rows of the case, carried or not, as `models.evidence` decides it."""

import numpy as np
from numpy.typing import NDArray

from models.case import Case, Zygosity
from models.evidence.assess import zygosity_column
from models.evidence.family import family_of
from models.evidence.inheritance import family_calls
from models.evidence.regions import copies_of

_PLACE = ["chrom", "pos_1based", "end_1based"]


def zygosities(case: Case, rows: NDArray[np.intp]) -> NDArray[np.object_]:
    """One value of Zygosity a row: MISSING without a call, REFERENCE when called without this allele."""
    family = family_of(case)
    found = np.full(len(rows), Zygosity.MISSING.value, dtype=object)
    if family.proband is None:
        return found
    column = family.proband.column
    copies, called = (getattr(case.variants.genotypes, n)[rows, column] for n in ("alt_copies", "called_copies"))
    found[(called > 0) & (copies == 0)] = Zygosity.REFERENCE.value
    carried = np.flatnonzero(copies > 0)
    small = case.variants.frame[_PLACE].iloc[rows[carried]]
    calls = family_calls(case.variants.genotypes, family, rows[carried], copies_of(small, case.assembly))
    found[carried] = np.asarray(zygosity_column(calls), dtype=object)
    return found

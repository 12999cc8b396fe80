"""Numbers as they are written for people."""

import math


def percent(fraction: float, digits: int = 0) -> str:
    """ "12 %"; NaN, an empty share, is "none"."""
    return "none" if math.isnan(fraction) else f"{fraction * 100:.{digits}f} %"

"""The population frequency that BA1, BS1, BS2 and PM2 compare with a limit."""

import math

from models.case import Absent, Found
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Basis, Specification
from models.evidence.frequency import BA1_MIN_ALLELES

NOT_LOOKED_UP = ("gnomAD", "its frequency in the population was not looked up")


def highest_fraction(facts: Facts) -> float | None:
    """In the group where it is most common; 0.0 where it was looked up and not seen; None: not looked up."""
    highest = facts.frequency.highest_fraction
    if isinstance(highest, Found):
        return highest.value
    return 0.0 if isinstance(highest, Absent) else None


def seen_fraction(facts: Facts) -> float | None:
    """As `highest_fraction`, and overall where none of its groups carries the variant: others may.

    gnomAD leaves the bottlenecked groups (Finnish, Ashkenazi) and those without a label out of its group maximum.
    """
    highest, overall = highest_fraction(facts), facts.frequency.overall_fraction
    return overall.value if highest == 0 and isinstance(overall, Found) else highest


def compared_fraction(facts: Facts, panel: Specification | None) -> float | None:
    """What BA1 and BS1 compare: the group maximum, lowered to its bound where the panel asks for the filtering one.

    gnomAD's filtering frequency is the lower 95 % bound of the count; the sources here bring the point estimate,
    so it is lowered in the proportion that the overall count allows. Without a count it stays.
    """
    fraction = highest_fraction(facts)
    count = facts.frequency.allele_count
    if fraction is None or panel is None or panel.frequency.basis is not Basis.FILTERING:
        return fraction
    return fraction * lower_bound(count.value) / count.value if isinstance(count, Found) and count.value else fraction


def lower_bound(count: int) -> float:
    """One-sided 95 % lower bound of a Poisson count, by Byar's approximation (Breslow & Day 1987, IARC 82, p. 69)."""
    if count <= 0:
        return 0.0
    return count * max(0.0, 1 - 1 / (9 * count) - 1.645 / (3 * math.sqrt(count))) ** 3


def enough_alleles(facts: Facts) -> bool:
    """At least 2,000 alleles were observed, where the source says how many (Ghosh 2018)."""
    number = facts.frequency.allele_number
    return not isinstance(number, Found) or number.value >= BA1_MIN_ALLELES

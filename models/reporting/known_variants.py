"""Reported variants, worked out again only when something was decided about them.

A report is drawn up anew after each decision about its case, and each variant takes some 10 ms: thirty would make the
next thirty people wait. What files and releases say of a variant follows from the work-up alone.
"""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from models.reporting.content import ReportedVariant
from models.reporting.gather_variant import reported
from models.review.state import ReviewState
from models.workup import Workup

_Known = dict[str, tuple[Any, ReportedVariant]]
_known: WeakKeyDictionary[Workup, _Known] = WeakKeyDictionary()  # forgotten with the work-up


def reported_once(workup: Workup, state: ReviewState, allele: str, needed: int) -> ReportedVariant:
    """`reported`, which is shown no other decision than those about this variant, so that none can be in its answer."""
    about = ReviewState(variants=_only(allele, state.variants), last=_only(_shelf(allele), state.last))
    known, asked = _known.setdefault(workup, {}), (about, needed)
    before = known.get(allele)
    if before is not None and before[0] == asked:
        return before[1]
    found = reported(workup, about, allele, needed)
    known[allele] = asked, found
    return found


def _shelf(allele: str) -> tuple[str, ...]:
    return ("place on the shortlist", allele)


def _only(key: Any, all_of: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return {key: all_of[key]} if key in all_of else {}

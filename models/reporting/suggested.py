"""The suggested ACMG/AMP class in the ranked list: flat for a table, with every criterion for programs."""

from typing import Any

from models.case import Verdict
from models.evidence.acmg import Suggestion, suggestion_of
from models.evidence.acmg.codes import write_codes
from models.workup import Workup

# A suggestion takes some 10 ms; further down nobody reads, and a whole exome would take minutes.
MOST_SUGGESTED = 100
COLUMNS = ("acmg_suggested_class", "acmg_points", "acmg_criteria")


def suggestion_at(workup: Workup, rank: int, row: int) -> Suggestion | None:
    """None behind the first MOST_SUGGESTED, where no suggestion is worked out."""
    return suggestion_of(workup, row) if rank <= MOST_SUGGESTED else None


def flat(suggestion: Suggestion | None) -> dict[str, Any]:
    """COLUMNS of one variant: class, points and criteria met ("PVS1,PM2_Supporting"); None where not worked out."""
    if suggestion is None:
        return dict.fromkeys(COLUMNS)
    values = (suggestion.suggested.value, suggestion.points, write_codes(suggestion.results))
    return dict(zip(COLUMNS, values, strict=True))


def in_full(suggestion: Suggestion | None) -> list[dict[str, Any]] | None:
    """Every criterion with its verdict, reason, source and what it lacks; strength only where it is met."""
    if suggestion is None:
        return None
    return [
        {
            "code": r.code,
            "verdict": r.verdict.value,
            "strength": r.strength.name.lower() if r.verdict is Verdict.MET else None,
            "reason": r.reason,
            "source": r.source,
            "lacking": r.lacking or None,
        }
        for r in suggestion.results
    ]

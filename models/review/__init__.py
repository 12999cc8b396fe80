"""What people decided: an append-only, chained log and the state it adds up to."""

from models.review.log import DecisionLog, Event, EventKind
from models.review.projection import (
    PARENTS_SWAPPED,
    changes_seen,
    current_phenotype,
    exchanged_parents,
    overridden_findings,
    overrides,
    rejected_suggestions,
    shortlisted,
)

__all__ = [
    "PARENTS_SWAPPED",
    "DecisionLog",
    "Event",
    "EventKind",
    "changes_seen",
    "current_phenotype",
    "exchanged_parents",
    "overridden_findings",
    "overrides",
    "rejected_suggestions",
    "shortlisted",
]

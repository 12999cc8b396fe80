"""What people decided: an append-only, chained log and the state it adds up to."""

from models.review.log import DecisionLog, Event, EventKind
from models.review.projection import current_phenotype, overridden_codes, overrides, rejected_suggestions, shortlisted

__all__ = [
    "DecisionLog",
    "Event",
    "EventKind",
    "current_phenotype",
    "overridden_codes",
    "overrides",
    "rejected_suggestions",
    "shortlisted",
]

"""What people decided: an append-only, chained log and the state it adds up to."""

from models.review.database import decisions_at
from models.review.events import PARENTS_SWAPPED, Event, EventKind
from models.review.log import DecisionLog
from models.review.projection import (
    changes_seen,
    current_phenotype,
    exchanged_parents,
    overridden_findings,
    overrides,
    rejected_suggestions,
    shortlisted,
)
from models.review.rules import Conflict
from models.review.state import ReviewState
from models.review.verify import Broken, Head

__all__ = [
    "PARENTS_SWAPPED",
    "Broken",
    "Conflict",
    "DecisionLog",
    "Event",
    "EventKind",
    "Head",
    "ReviewState",
    "changes_seen",
    "current_phenotype",
    "decisions_at",
    "exchanged_parents",
    "overridden_findings",
    "overrides",
    "rejected_suggestions",
    "shortlisted",
]

"""That a copy left, in the chain of its case: who, when, how many texts they had checked, and the hash of the zip."""

from datetime import datetime

from models.errors import InputError
from models.privacy.pack import Package
from models.review import Conflict, DecisionLog, Event
from models.review.commands import TakeOut
from models.review.ways_out import DEIDENTIFIED


def taken_out(log: DecisionLog, case_id: str, package: Package, *, who: str, at: datetime, account: str = "") -> Event:
    """Keep the export as an event; durable when this returns, and only then may the zip be given away.

    Raises InputError without a name, IntegrityError when it cannot be kept.
    """
    seen = log.state(case_id).version
    command = TakeOut(seen, DEIDENTIFIED.key, package.sha256, package.checked, package.left_out, package.rules)
    outcome = log.decide(case_id, command, who=who, at=at, account=account)
    if isinstance(outcome, Conflict):
        raise InputError(outcome.sentence)
    return outcome

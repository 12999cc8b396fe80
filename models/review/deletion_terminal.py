"""Deleting a case from the terminal, where whoever runs Caseboard works without sign-in: the name is as typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.case.removal import places_of
from models.errors import InputError
from models.review.certificates import refuse_deleted
from models.review.commands import AskDeletion, DeletionReason
from models.review.deletable import Wish, standing_of, this_house
from models.review.deletion import complete, delete_case
from models.review.deletion_told import certificate_words
from models.review.log import DecisionLog
from models.review.rules import Conflict


@dataclass(frozen=True)
class Asking:
    """What was said in the terminal. reason: "patient-asked" for `DeletionReason.PATIENT_ASKED`, and so on.

    is_asking: ask as the first of two people instead of deleting. is_sure: without typing the case id again.
    """

    case_id: str
    name: str
    reason: str
    note: str = ""
    is_asking: bool = False
    is_sure: bool = False


def carry_out(log: DecisionLog, home: Path, asking: Asking, at: datetime, typed: Callable[[str], str]) -> str:
    """What was done, in words. typed: asks for a line. Also ends every deletion that was begun and not completed.

    Raises InputError when it may not be done or the id typed again is another one, IntegrityError.
    """
    complete(log, home, at)
    house, reason = this_house(), DeletionReason[asking.reason.upper().replace("-", "_")]
    with log.database.reading() as connection:
        refuse_deleted(connection, asking.case_id)
        standing = standing_of(connection, asking.case_id, house)
    if not standing.version and not places_of(home, asking.case_id):
        raise InputError("There is no such case here; `python cli.py retention` lists those there are.")
    if asking.is_asking:
        command = AskDeletion(standing.version, reason, asking.note)
        outcome = log.decide(asking.case_id, command, who=asking.name, at=at)
        if isinstance(outcome, Conflict):
            raise InputError(outcome.sentence)
        return "Asked for. Another person deletes the case, here or on its History screen."
    if not asking.is_sure and _again(asking.case_id, typed) != asking.case_id:
        raise InputError("That is not the case's id; nothing was deleted.")
    wish = Wish(asking.case_id, standing.version, reason, asking.note)
    certificate, problem = delete_case(log, home, wish, house, who=asking.name, at=at)
    return f"{certificate_words(certificate)}\n{problem}".rstrip()


def _again(case_id: str, typed: Callable[[str], str]) -> str:
    try:
        return typed(f"Type {case_id} again to delete it for good: ").strip()
    except EOFError:
        return ""  # nobody sits there

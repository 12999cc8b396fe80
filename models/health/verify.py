"""Walk every chain and compare every signed report: what `cli.py verify` and *Verify now* do."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select

from models.case.store import CaseStore
from models.errors import IntegrityError
from models.health.upkeep import Verified
from models.reporting.signed import what_changed
from models.review import DecisionLog, Event, EventKind
from models.review.tables import event
from models.review.verify import guards_differ

Tell = Callable[[str, float | None], None]  # what is being done, and which share of it is done (0..1)


def quiet(_doing: str, _share: float | None) -> None:
    """For who does not watch."""


def verify_all(log: DecisionLog, store: CaseStore, at: datetime, tell: Tell = quiet) -> Verified:
    """The chains first: with a broken one it is not known which signatures are real, and reports is None.

    Raises IntegrityError when the database cannot be used, and what `tell` raises.
    """
    tell("Walking the chain of every case", None)
    broken = _broken(log)
    head = log.head()
    moment = at.isoformat(timespec="seconds")
    if broken:
        return Verified(moment, head.events, head.cases, head.hash, None, (broken,))
    signed = _cases_with_reports(log)
    count, wrong = 0, _guards(log)
    for number, case_id in enumerate(signed):
        tell(f"Comparing the signed reports of case {number + 1} of {len(signed)}", number / len(signed))
        for signature in _signatures(log, case_id):
            count += 1
            wrong += [f"Case {case_id}, report {_number(signature)}: {s}" for s in _changed(store, signature)]
    return Verified(moment, head.events, head.cases, head.hash, count, tuple(wrong))


def _broken(log: DecisionLog) -> str:
    """What is not as it was saved, "" when everything is; also a file so damaged that no event can be named."""
    try:
        found = log.verify()
    except IntegrityError as problem:
        return problem.sentence
    return found.sentence if found else ""


def _guards(log: DecisionLog) -> list[str]:
    with log.database.reading() as connection:
        differ = guards_differ(connection)
    return [differ] if differ else []


def _cases_with_reports(log: DecisionLog) -> tuple[str, ...]:
    asked = select(event.c.case_id).where(event.c.kind == EventKind.REPORT_SIGNED.value).distinct()
    with log.database.reading() as connection:
        return tuple(sorted(str(case_id) for case_id in connection.execute(asked).scalars()))


def _signatures(log: DecisionLog, case_id: str) -> Iterator[Event]:
    return (e for e in log.events(case_id) if e.kind is EventKind.REPORT_SIGNED)


def _number(signature: Event) -> str:
    return str(signature.payload.get("number", "?"))


def _changed(store: CaseStore, signature: Event) -> tuple[str, ...]:
    if not store.has(signature.case_id):
        return ("the folder of the case is missing, and the report with it.",)
    try:
        return what_changed(store.folder(signature.case_id), signature)
    except IntegrityError as problem:
        return (problem.sentence,)

"""A case deleted for good: everything about the patient leaves this installation, a certificate of it stays.

The certificate, and with it the end of every decision about the case, is one transaction: killed before its commit
everything is still there; killed after it the next start (`complete`) removes what is left of the files, overwrites
what the database still holds of the decisions, and enters that it is done. Why so: docs/decisions/0009-deletion.md.
"""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from models.case.removal import Inventory, inventory, places_of, remove
from models.case.store import CaseStore
from models.errors import InputError, IntegrityError
from models.review.beyond_reach import beyond_reach
from models.review.certificates import Certificate, Removed, certificate_of, certificates, payload_of
from models.review.chain import add_event, check_end, locked_head, new_row
from models.review.deletable import House, Standing, Wish, standing_of
from models.review.events import INSTALLATION, EventKind
from models.review.log import DecisionLog
from models.review.rules import Decided
from models.review.tables import chain_head, deletion, event
from models.review.verify import first_broken, hash_at

_SHORTEST_NAME = 3  # a shorter pseudonym is in every other word


def delete_case(
    log: DecisionLog, home: Path, wish: Wish, house: House, *, who: str, at: datetime, account: str = ""
) -> tuple[Certificate, str]:
    """Delete a case for good. The certificate, and why its files could not all be removed yet, "" when they were.

    Raises InputError (CaseDeleted when it was deleted before) for what may not be deleted, IntegrityError when nothing
    could be deleted.
    """
    _names_nobody(wish, home)
    files = inventory(home / "cases" / wish.case_id) if places_of(home, wish.case_id) else Inventory()
    with log.database.writing() as connection:
        own = _own_end(connection)
        end = locked_head(connection, wish.case_id)
        standing = standing_of(connection, wish.case_id, house)
        if not standing.version and not files.files:
            raise InputError("There is no such case here; the worklist and `python cli.py retention` name those.")
        if sentence := standing.objection(wish, house, who, account, at):
            raise InputError(sentence)
        certificate = _certificate(connection, wish, standing, end[1], files, home, at)
        _end_of_decisions(connection, own, replace(certificate, who=who, account=account))
    log.forget(wish.case_id)
    problem = ""
    try:
        complete(log, home, at)
    except IntegrityError as unfinished:
        problem = unfinished.sentence
    return _of(log, wish.case_id), problem


def certify_again(log: DecisionLog, first: Certificate) -> None:
    """Enter a certificate in a log that does not hold it, a restored one, and remove the decisions it speaks of."""
    with log.database.writing() as connection:
        if certificate_of(connection, first.case_id):
            return
        own = locked_head(connection, INSTALLATION)
        locked_head(connection, first.case_id)
        earlier, number = _earlier(connection, first.case_id), len(certificates(connection)) + 1
        again = replace(first, number=number, earlier=earlier, again=first.again or first.hash)
        _end_of_decisions(connection, own, again)
    log.forget(first.case_id)


def complete(log: DecisionLog, home: Path, at: datetime) -> None:
    """End every deletion that was begun: no file of a deleted case is left here, no byte of its decisions in the
    database. Also where somebody copied the files of a deleted case back. At every start; cheap when all is done.

    Raises IntegrityError when something is still left; doing it again goes on.
    """
    with log.database.reading() as connection:
        found = certificates(connection)
    for certificate in found:
        remove(home, certificate.case_id)
    if all(certificate.is_complete for certificate in found):
        return
    log.database.overwrite_deleted()
    with log.database.writing() as connection:
        own = _own_end(connection)
        for one in certificates(connection):
            if not one.is_complete:
                said = Decided(EventKind.DELETION_COMPLETED, {"certificate": one.version})
                last = add_event(connection, own, new_row(INSTALLATION, said, one.who, at, one.account, None), "")
                own = (last.version, last.hash)


def _own_end(connection: Connection) -> tuple[int, str]:
    """The end of the installation's own chain, which nobody else adds to before we end. Raises IntegrityError."""
    own = locked_head(connection, INSTALLATION)
    check_end(own, hash_at(connection, INSTALLATION, own[0]), INSTALLATION)
    return own


def _end_of_decisions(connection: Connection, own: tuple[int, str], certificate: Certificate) -> None:
    """Certify the deletion behind the installation's end `own`, and remove every decision about the case."""
    case_id, at = certificate.case_id, datetime.fromisoformat(certificate.at)
    said = Decided(EventKind.DELETION_BEGUN, payload_of(certificate))
    row = new_row(INSTALLATION, said, certificate.who, at, certificate.account, None)
    certified = add_event(connection, own, row, "")
    written = {"case_id": case_id, "certificate": certified.version, "hash": certified.hash}
    connection.execute(insert(deletion), written)
    connection.execute(delete(event).where(event.c.case_id == case_id))
    connection.execute(delete(chain_head).where(chain_head.c.case_id == case_id))


def _certificate(
    connection: Connection, wish: Wish, standing: Standing, end: str, files: Inventory, home: Path, at: datetime
) -> Certificate:
    broken = first_broken(connection, wish.case_id)
    second = standing.asked.who if standing.asked else ""
    return Certificate(
        number=len(certificates(connection)) + 1,
        case_id=wish.case_id,
        who="",
        account="",
        at=at.isoformat(),
        reason=wish.reason.value,
        note=wish.note.strip(),
        asked_by=second,
        rule=standing.retention.sentence(at),
        removed=Removed(standing.version, end, standing.reports, files.files, files.bytes, files.sha256),
        beyond_reach=beyond_reach(connection, wish.case_id, home),
        chain_was=broken.differs if broken and broken.case_id == wish.case_id else "",
        earlier=_earlier(connection, wish.case_id),
    )


def _earlier(connection: Connection, case_id: str) -> tuple[tuple[int, str], ...]:
    """Where the first release's one chain goes on behind events of this case."""
    asked = select(event.c.seq, event.c.first_hash, event.c.case_id).where(event.c.first_hash != "")
    rows = connection.execute(asked.order_by(event.c.seq)).all()
    return tuple((a.seq, a.first_hash) for a, b in pairwise(rows) if a.case_id == case_id != b.case_id)


def _names_nobody(wish: Wish, home: Path) -> None:
    """A certificate stays: what the patient is called here must not be in it. Raises InputError."""
    try:
        name = CaseStore(home).summary(wish.case_id).patient.pseudonym.casefold()
    except IntegrityError:
        return  # nothing is left that says it
    if len(name) >= _SHORTEST_NAME and name in wish.note.casefold():
        raise InputError("What you say here stays in the certificate; say it without what the patient is called.")


def _of(log: DecisionLog, case_id: str) -> Certificate:
    with log.database.reading() as connection:
        found = certificate_of(connection, case_id)
    if found is None:
        raise IntegrityError("The certificate of this deletion is not there. Run `python cli.py verify`.")
    return found

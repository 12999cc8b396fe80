"""Retention and certificates of deletion as the terminal tells them."""

from collections.abc import Iterator
from datetime import datetime

from models.case.store import CaseStore
from models.review.certificates import Certificate, certificates
from models.review.log import DecisionLog
from models.review.retention import Retention, retention_years, retentions
from models.review.telling import counted, when


def retention_lines(log: DecisionLog, store: CaseStore, now: datetime) -> Iterator[str]:
    """Every case with when it may be deleted, those that are due first; then what was deleted. Raises InputError."""
    years = retention_years()
    with log.database.reading() as connection:
        known, deleted = retentions(connection, years), certificates(connection)
    names = {s.id: s.patient.pseudonym for s in store.summaries()}
    every = [known.get(c, Retention(c, None, years)) for c in {*names, *known}]
    for one in sorted(every, key=lambda r: (r.ends is None, r.ends.timestamp() if r.ends else 0.0, r.case_id)):
        due = "DUE  " if one.is_due(now) else "     "
        yield f"{due}{one.case_id}  {names.get(one.case_id, 'its files are not here')}: {one.sentence(now)}"
    if not every:
        yield "There is no case here."
    for certificate in deleted:
        yield certificate_words(certificate)


def certificate_words(one: Certificate) -> str:
    """A whole certificate; it names nobody but those who deleted."""
    removed, second = one.removed, f", asked for by {one.asked_by}" if one.asked_by else ""
    lines = [
        f"Certificate {one.number}: case {one.case_id} deleted on {when(one.at)} by {one.who}{second}.",
        f"Why: {one.reason}{': ' + one.note if one.note else ''}. {one.rule}",
        f"Gone: {counted(removed.decisions, 'decision')}, {counted(removed.reports, 'signed report')}, "
        f"{counted(removed.files, 'file')} "
        f"({removed.bytes:,} bytes).",
        f"To recognise a copy: end of its chain {removed.chain_head or 'none'}",
        f"  and sha256 of its files {removed.files_sha256 or 'none'}.",
        f"Beyond reach: {' '.join(one.beyond_reach)}",
    ]
    if one.chain_was:
        lines.append(f"Its decisions were not whole before: {one.chain_was}.")
    if not one.is_complete:
        lines.append("Not all of it is removed yet; starting Caseboard, or deleting again, goes on.")
    return "\n  ".join(lines)

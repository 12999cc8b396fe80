"""A copy without identity of a stored case, made without a screen: nobody reads its texts, so all are left out."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.case.known import read_known
from models.case.store import CaseStore
from models.errors import InputError, NeedsOverride
from models.knowledge import Knowledge
from models.on_disk import write_private
from models.privacy.draft import Draft, draft_of
from models.privacy.pack import Package, packed
from models.privacy.secret import secret_of
from models.privacy.taken_out import taken_out
from models.ranking import CalibratedScorer
from models.reanalysis.run import worked_up_today
from models.reporting import ReportContent, content_of
from models.reporting.signed import open_signed
from models.review import DecisionLog, ReviewState
from models.review.commands import Status
from models.review.consent import recorded_of
from models.review.events import named
from models.review.second_reading import readers_needed
from models.review.ways_out import DEIDENTIFIED, check
from models.workup import Workup

_WAITS = "A check of this case waits for a named person; open it in Caseboard, decide there, then export it."


@dataclass(frozen=True)
class Wish:
    """Which case goes where, and who takes it out. days_only: without moved dates."""

    case_id: str
    out: Path
    who: str
    at: datetime
    days_only: bool = False


def take_out_stored(
    store: CaseStore, log: DecisionLog, knowledge: Knowledge, scorer: CalibratedScorer, wish: Wish
) -> Package:
    """Write the zip, which appears under its name only once it is kept in the chain who took it out.

    Raises InputError when the file exists or cannot be written, or without a name; NotAgreed; IntegrityError.
    """
    name = named(wish.who)
    if wish.out.exists():
        raise InputError("There is a file of this name already; give the copy a new name.", wish.out.name)
    recorded = recorded_of(store.summary(wish.case_id).patient.consent, log.state(wish.case_id))
    check(DEIDENTIFIED, recorded)  # before minutes of work
    package = packed(_draft(store, log, knowledge, scorer, wish), {}, recorded)
    part = _written(wish.out, package.data)
    try:
        taken_out(log, wish.case_id, package, who=name, at=wish.at)
        part.replace(wish.out)
    finally:
        part.unlink(missing_ok=True)
    return package


def _draft(store: CaseStore, log: DecisionLog, knowledge: Knowledge, scorer: CalibratedScorer, wish: Wish) -> Draft:
    """What would leave of the case as it is ranked today."""
    folder, events = store.folder(wish.case_id), log.events(wish.case_id)
    try:
        workup = worked_up_today(store.open(wish.case_id), events, knowledge, scorer, folder)
    except NeedsOverride as waiting:
        raise InputError(_WAITS) from waiting
    content = _report(workup, log.state(wish.case_id), folder)
    return draft_of(workup, content, events, read_known(folder), secret_of(folder), days_only=wish.days_only)


def _report(workup: Workup, state: ReviewState, folder: Path) -> ReportContent:
    """The signed report while it stands, else the draft."""
    if state.status is Status.SIGNED and state.reports:
        return open_signed(folder, state.reports[-1]).content
    return content_of(workup, state, readers_needed())


def _written(out: Path, data: bytes) -> Path:
    part = out.with_name(f"{out.name}.part")
    try:
        part.unlink(missing_ok=True)  # of a program that was killed
        write_private(part, data)
    except OSError as problem:
        part.unlink(missing_ok=True)
        sentence = f"The copy cannot be written there ({problem.strerror}); choose another place."
        raise InputError(sentence, out.name) from problem
    return part

"""Are the decisions there, whole, and saved a second time? Pure judgements of what was measured."""

from datetime import datetime, timedelta

from models.case import NotAssessed
from models.health.answers import Answer, Check, Decisions, Facts, Good, Group, Look, Trouble
from models.health.upkeep import Verified
from models.review.database import NEWEST
from models.review.telling import counted

# Our own choices. A commit is promised within 50 ms (docs/measured.md), and makes several round trips.
SLOW_ANSWER_MS = 10
# A week: as long as somebody can still remember what they decided, should everything have to be typed again.
OLD = timedelta(days=7)
# Clocks of two machines that keep time by the network differ by far less.
CLOCK_TOLERANCE = timedelta(minutes=5)

VERIFY = "Press Verify now, or run python cli.py verify."
BACK_UP = "Press Back up now, or run python cli.py backup FILE."
RESTORE = "Keep a copy of the data folder as it is, then restore the last good backup (python cli.py restore FILE)."


def database(facts: Facts) -> Answer:
    found = facts.decisions
    if isinstance(found, Trouble):
        return Look(found.sentence, "Nothing can be decided until this is mended.")
    answer_ms = round(1000 * found.answer_s, 1)
    said = f"{found.kind}; answers in {answer_ms:.1f} ms; tables of version {found.revision}."
    if found.revision != NEWEST:
        return Look(said, "Another version of Caseboard brought the tables up to date; use the newer one everywhere.")
    if answer_ms > SLOW_ANSWER_MS:
        return Look(said, f"More than {SLOW_ANSWER_MS} ms: look at the disk or the network.", answer_ms, "ms")
    return Good(said, answer_ms, "ms")


def chains(facts: Facts) -> Answer:
    found, verified = facts.decisions, facts.verified
    if isinstance(found, Trouble):
        return NotAssessed("The decisions cannot be read.")
    if verified is None and not found.events:
        return Good("Nothing was decided yet.", 0, "events")
    if verified is None:
        return NotAssessed(f"Not walked yet. {VERIFY}")
    return _walked(facts.at, found, verified)


def _walked(now: datetime, found: Decisions, verified: Verified) -> Answer:
    if verified.reports is None:
        return Look(verified.wrong[0], RESTORE, verified.events, "events")
    said = f"{counted(verified.events, 'decision')} on {counted(verified.cases, 'case')}: each as it was saved, "
    said += _ago(now, verified.at)
    if found.events < verified.events:
        fewer = f"{said}; there are {verified.events - found.events:,} fewer now."
        todo = "Right after a restore or a deletion; else compare with a backup: python cli.py verify --since FILE."
        return Look(fewer, todo, found.events - verified.events, "events")
    said += _since(found, verified.events)
    if _is_old(now, verified.at):
        return Look(said, VERIFY, verified.events, "events")
    return Good(said, verified.events, "events")


def reports(facts: Facts) -> Answer:
    verified = facts.verified
    if verified is None:
        nothing = isinstance(facts.decisions, Decisions) and not facts.decisions.events
        return Good("Nothing was signed yet.", 0, "reports") if nothing else NotAssessed("Not compared yet.")
    if verified.reports is None:
        return NotAssessed("Not compared: with a broken chain it is not known which signatures are real.")
    if verified.wrong:
        more = f" (and {len(verified.wrong) - 1} more)" if len(verified.wrong) > 1 else ""
        todo = "Restore the folder of the case from a backup."
        return Look(verified.wrong[0] + more, todo, len(verified.wrong), "changed")
    said = f"{verified.reports:,} signed, every byte as it was signed, {_ago(facts.at, verified.at)}."
    if _is_old(facts.at, verified.at):
        return Look(said, VERIFY, verified.reports, "reports")
    return Good(said, verified.reports, "reports")


def backup(facts: Facts) -> Answer:
    found, note = facts.decisions, facts.backup
    if isinstance(found, Trouble):
        return NotAssessed("The decisions cannot be read.")
    if not found.events:
        return Good("Nothing was decided yet, so there is nothing to lose.")
    if note is None:
        return Look("No backup was made here.", BACK_UP, found.events, "decisions in no backup")
    missing = max(found.events - note.events, 0)
    said = f"{note.events:,} decisions were saved {_ago(facts.at, note.at)}{_since(found, note.events)}"
    if missing and _is_old(facts.at, note.at):
        return Look(said, BACK_UP, missing, "decisions in no backup")
    if note.same_disk:
        todo = "It was written to the disk that holds the data: name a folder elsewhere in $CASEBOARD_BACKUPS."
        return Look(said, todo, missing, "decisions in no backup")
    return Good(said, missing, "decisions in no backup")


def clock(facts: Facts) -> Answer:
    found = facts.decisions
    if isinstance(found, Trouble):
        return NotAssessed("The decisions cannot be read.")
    if not found.last_at:
        return Good("Nothing was decided yet that could be later than now.")
    ahead = datetime.fromisoformat(found.last_at) - facts.at
    if ahead > CLOCK_TOLERANCE:
        said = f"The last decision is {_length(ahead)} later than the clock of this computer."
        todo = "Set the clock. Order never rests on it: decisions keep theirs, and one that seems earlier is marked."
        return Look(said, todo, ahead.total_seconds(), "s")
    return Good("The last decision is not later than now.", ahead.total_seconds(), "s")


def keeping(facts: Facts) -> Answer:
    found = facts.keeping
    if isinstance(found, Trouble):
        return NotAssessed(found.sentence)
    if found.unfinished:
        return Look("A deletion was begun and has not ended.", "Start Caseboard again: it ends it.", found.unfinished)
    if found.years is None:
        return Good("No retention period is set ($CASEBOARD_RETENTION_YEARS), so nothing is ever due.")
    said = f"{found.due:,} cases are past the retention period of {found.years} years."
    if found.due:
        return Look(said, "python cli.py retention names them; a person deletes them.", found.due, "cases")
    return Good(said, 0, "cases")


def _since(found: Decisions, events: int) -> str:
    since = found.events - events
    return f"; {since:,} more since." if since > 0 else "."


def _is_old(now: datetime, then: str) -> bool:
    return now - datetime.fromisoformat(then) > OLD


def _ago(now: datetime, then: str) -> str:
    passed = now - datetime.fromisoformat(then)
    return "just now" if passed < timedelta(minutes=1) else f"{_length(passed)} ago"


def _length(time: timedelta) -> str:
    """ "5 minutes", "3 hours", "12 days", rounded down."""
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        if time >= unit:
            return f"{time // unit:,} {name}{'s' if time // unit > 1 else ''}"
    return "less than a minute"


DECISIONS = (
    Check("database", "Database", Group.DECISIONS, database),
    Check("chains", "Every chain whole", Group.DECISIONS, chains),
    Check("signed_reports", "Signed reports", Group.DECISIONS, reports),
    Check("last_backup", "Last backup", Group.DECISIONS, backup),
    Check("retention", "Retention", Group.DECISIONS, keeping),
    Check("clock", "Clock", Group.DECISIONS, clock),
)

"""What people decided, kept for ever in order: append-only, one chain of hashes a case, who and on what evidence.

An event that was returned is durable: it survives a crash of the process and of the machine. The state of a case
is projected from its events; a command given on a stale screen comes back as a visible Conflict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from models.errors import CaseboardError, InputError
from models.review.chain import (
    Row,
    add_event,
    chained,
    check_end,
    event_of,
    events_of,
    free_numbers,
    insert_chained,
    locked_head,
    new_row,
)
from models.review.commands import Command
from models.review.database import Database, asked_again
from models.review.events import Event, EventKind
from models.review.rules import Conflict, Decided, Refused, decide
from models.review.state import EMPTY, ReviewState, apply, project
from models.review.tables import event
from models.review.together import Together
from models.review.verify import Broken, Head, first_broken, first_not_following, head_of

_Answer = Event | Conflict | CaseboardError
_STATES_KEPT = 64  # cases whose projection is remembered; a projection is a few hundred kB at most


@dataclass(frozen=True)
class _Wish:
    """A command that waits to be kept. who: as the rules know the person; row: the event it may become, not chained."""

    command: Command
    who: str
    row: Row


@dataclass
class _Round:
    """One transaction. numbers: free places among all events; states: of each case, with what is in `rows`; rows: the
    events so far, in order, not yet inserted."""

    connection: Connection
    numbers: Iterator[int]
    states: dict[str, ReviewState] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


class DecisionLog:
    """The log in one file, or in PostgreSQL by its URL. Safe for several threads and processes.

    Every method raises IntegrityError with a sentence when the database cannot be used.
    """

    def __init__(self, where: Path | str) -> None:
        self.database = Database(where)
        self._states: dict[str, ReviewState] = {}
        self._together = Together(self._keep)

    @asked_again
    def append(
        self,
        case_id: str,
        kind: EventKind,
        payload: Mapping[str, Any],
        *,
        who: str,
        at: datetime,
        account: str = "",
        evidence: Mapping[str, Any] | None = None,
    ) -> Event:
        """Save one decision of a named person whatever others decided since; durable when this returns.

        Raises InputError without a name.
        """
        row = new_row(case_id, Decided(kind, payload), who, at, account, evidence)
        with self.database.writing() as connection:
            head = locked_head(connection, case_id)
            end = select(event.c.hash, event.c.at).where(event.c.case_id == case_id, event.c.version == head[0])
            found = connection.execute(end).first()
            check_end(head, found.hash if found else "", case_id)
            return add_event(connection, head, row, found.at if found else "")

    def decide(
        self,
        case_id: str,
        command: Command,
        *,
        who: str,
        at: datetime,
        account: str = "",
        evidence: Mapping[str, Any] | None = None,
    ) -> Event | Conflict:
        """Save what a command asks for, or the Conflict with what stands since; durable when this returns.

        account: opaque id of who is signed in, "" without sign-in. evidence: what the person had before them.
        Raises InputError for what cannot be kept (no name, no reason, a signed case ...).
        """
        row = new_row(case_id, Decided(command.kind, command.payload()), who, at, account, evidence)
        wish = _Wish(command, account or row["who"], row)
        answer = self._together.ask("" if self.database.is_sqlite else case_id, wish)
        if isinstance(answer, CaseboardError):
            raise answer
        return answer

    @asked_again
    def state(self, case_id: str) -> ReviewState:
        """What the decisions about a case add up to now."""
        with self.database.glancing() as connection:
            return self._state(connection, case_id)

    @asked_again
    def events(self, case_id: str) -> tuple[Event, ...]:
        """Every decision about a case, oldest first."""
        with self.database.glancing() as connection:
            return events_of(connection, case_id)

    @asked_again
    def verify(self, case_id: str = "") -> Broken | None:
        """None when every chain (or that of one case) is whole, else the first event that is not what was saved."""
        with self.database.reading() as connection:
            return first_broken(connection, case_id)

    @asked_again
    def head(self) -> Head:
        """How many decisions there are, and one hash over the ends of all chains."""
        with self.database.reading() as connection:
            return head_of(connection)

    @asked_again
    def first_not_following(self, since: Head) -> Broken | None:
        """The first case whose chain does not continue an earlier end of the log (that of a backup)."""
        with self.database.reading() as connection:
            return first_not_following(connection, since)

    def forget(self, case_id: str) -> None:
        """Drop what is remembered of a case."""
        self._states = {k: v for k, v in self._states.items() if k != case_id}

    def close(self) -> None:
        self.database.close()

    @asked_again
    def _keep(self, wishes: Sequence[_Wish]) -> list[_Answer]:
        """All of them in one transaction; one that cannot be kept leaves nothing behind and holds nobody up."""
        with self.database.writing() as connection:
            now = _Round(connection, free_numbers(connection, len(wishes)))
            answers = [self._answer(wish, now) for wish in wishes]
            if now.rows:
                insert_chained(connection, now.rows)
            else:
                connection.rollback()  # nothing to make durable
        for case_id in {row["case_id"] for row in now.rows}:
            self._remember(case_id, now.states[case_id])
        return answers

    def _answer(self, wish: _Wish, now: _Round) -> _Answer:
        """What becomes of one, after those before it in the same round."""
        case_id = wish.row["case_id"]
        try:
            if case_id not in now.states:
                now.states[case_id] = self._locked_state(now.connection, case_id)
            state = now.states[case_id]
            outcome = decide(state, wish.command, wish.who)
            if isinstance(outcome, Refused):
                return InputError(outcome.sentence)
            if isinstance(outcome, Conflict):
                return outcome
            row = chained((state.version, state.head), wish.row, next(now.numbers))
            decided = event_of(row, state.at)
            now.states[case_id] = apply(state, decided)
        except CaseboardError as problem:
            return problem
        now.rows.append(row)
        return decided

    def _locked_state(self, connection: Connection, case_id: str) -> ReviewState:
        """The state now; no other process adds to it before we end."""
        head = locked_head(connection, case_id)
        state = self._states.get(case_id, EMPTY)
        if (state.version, state.head) != head:
            state = self._state(connection, case_id)
        check_end(head, state.head, case_id)
        return state

    def _state(self, connection: Connection, case_id: str) -> ReviewState:
        """The projection, made only of the events that came since it was last made in this process."""
        known = self._states.get(case_id, EMPTY)
        found = events_of(connection, case_id, since=known.version, last_at=known.at)
        if known.version and (not found or found[0].hash != known.head):  # a backup was restored meanwhile
            known, found = EMPTY, events_of(connection, case_id)
        state = project(found[1:] if known.version else found, known)
        self._remember(case_id, state)
        return state

    def _remember(self, case_id: str, state: ReviewState) -> None:
        states = {k: v for k, v in self._states.items() if k != case_id}
        kept = list(states.items())[-(_STATES_KEPT - 1) :]
        self._states = {**dict(kept), case_id: state}

"""A desk over a real decision log, for tests of the screens where people decide."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from components.decision_desk import Desk, remember_name
from components.decision_notice import Told, last_told
from components.decision_panel import obey
from models.review import DecisionLog, ReviewState
from models.workup import Workup

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CASE_ID = "c-1"


class Office:
    """Several people at desks over one log."""

    def __init__(self, folder: Path, workup: Workup, needed: int = 1) -> None:
        self.log = DecisionLog(folder / "decisions.db")
        self.workup = workup
        self.desk = Desk(
            CASE_ID,
            needed,
            lambda: self.log.state(CASE_ID),
            lambda command, who, evidence: self.log.decide(CASE_ID, command, who=who, at=AT, evidence=evidence),
        )

    @property
    def state(self) -> ReviewState:
        return self.log.state(CASE_ID)

    def by(self, who: str, act: str, **said: Any) -> Told:
        """Press something as a person who typed this name; what became of it. `seen`: what stands now unless given."""
        remember_name(who)
        obey(
            {"act": act, "seen": self.state.version, "row": 0, "reading": "first reading", **said},
            self.desk,
            self.workup,
        )
        told = last_told(CASE_ID)
        assert told is not None
        return told

"""T14: whose a case is that comes in, also where two people drop the same files at the same time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from components import decisions, wiring
from components.access import Viewer
from models.review.permissions import GRANTS, Role
from models.review.rights import opened_for

CASE, AT = "c-0123456789abcdef", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def person(account: str) -> Viewer:
    return Viewer(account, f"Dr {account}", GRANTS[Role.REVIEWER], signed_in=True)


def test_a_case_belongs_to_who_brought_it_and_not_to_who_drops_the_same_files_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    store = SimpleNamespace(summary=lambda _case_id: SimpleNamespace(added_at=AT.isoformat(timespec="seconds")))
    monkeypatch.setattr(wiring, "case_store", lambda: store)
    for account, began in (("late", AT + timedelta(seconds=1)), ("ada", AT), ("eve", AT - timedelta(minutes=9))):
        decisions.begun(person(account), CASE, began)
    log = wiring.decision_log()
    opened = [opened_for(log.database, CASE, account, AT) is not None for account in ("late", "ada", "eve")]
    assert opened == [False, True, False]

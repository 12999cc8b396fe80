"""A file leaves by its button only while role and consent allow it, also on a page that was drawn before."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import decisions, wiring
from components.access import SINGLE_USER, Permission, Viewer
from models.errors import NotAgreed, NotPermitted
from models.review import DecisionLog
from models.review.commands import Consent, SetConsent
from models.review.consent import Recorded
from models.review.permissions import Role, permissions_of
from models.review.ways_out import PDF, PHENOPACKET

CASE = "c-0123456789abcdef"
READER = Viewer("local", "Dr R", frozenset({Permission.VIEW_CASE}))
SCREEN = """
import streamlit as st
from components.way_out import Exit, Leaving, ways_out
from models.review.ways_out import PDF, PHENOPACKET, SPREADSHEET
files = [Leaving(w, w.name, "f", "text/plain", lambda r: b"x", w.key) for w in (PDF, SPREADSHEET, PHENOPACKET)]
ways_out(Exit(st.session_state["viewer"], "c-0123456789abcdef", ""), files)
"""


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DecisionLog:
    log = DecisionLog(tmp_path / "decisions.db")
    monkeypatch.setattr(wiring, "decision_log", lambda: log)
    return log


def recorded(log: DecisionLog, *scope: Consent) -> None:
    log.decide(CASE, SetConsent(log.state(CASE).version, frozenset(scope)), who="Dr A", at=datetime.now(UTC))


def made(recorded: Recorded) -> bytes:
    return b"the file"


def screen(viewer: Viewer) -> tuple[dict[str, bool], str]:
    """(button by title -> whether it can be pressed, everything said below)."""
    app = AppTest.from_string(SCREEN, default_timeout=180)
    app.session_state["viewer"] = viewer
    app.run()
    assert not app.exception
    offered: dict[str, Any] = {b.proto.label: not b.proto.disabled for b in app.get("download_button")}
    return offered | {b.label: not b.disabled for b in app.button}, " ".join(m.value for m in app.markdown)


def test_without_a_record_the_report_leaves_and_the_case_does_not_and_the_reason_is_said_once() -> None:
    offered, said = screen(SINGLE_USER)
    assert offered == {"PDF": True, "Spreadsheet": False, "Phenopacket": False}
    assert said.count("Nobody recorded whether the person agrees to sharing with another institution") == 1
    assert "Spreadsheet, Phenopacket" in said


def test_what_was_agreed_to_leaves(log: DecisionLog) -> None:
    recorded(log, Consent.DIAGNOSIS, Consent.INSTITUTION)
    offered, said = screen(SINGLE_USER)
    assert all(offered.values()) and said == ""
    assert decisions.let_out(SINGLE_USER, CASE, PHENOPACKET, "", made) == b"the file"


def test_a_page_drawn_before_the_withdrawal_lets_nothing_out_after_it(log: DecisionLog) -> None:
    recorded(log, Consent.INSTITUTION)
    press: Callable[[], bytes] = lambda: decisions.let_out(SINGLE_USER, CASE, PHENOPACKET, "", made)  # noqa: E731
    assert press() == b"the file"
    recorded(log)
    with pytest.raises(NotAgreed, match="withdrew"):
        press()


@pytest.mark.parametrize("role", Role, ids=lambda r: r.value)
def test_reviewer_and_signer_take_data_out_and_nobody_else(log: DecisionLog, role: Role) -> None:
    recorded(log, *Consent)
    viewer = Viewer("local", "Dr X", permissions_of([role]))
    if role in {Role.REVIEWER, Role.SIGNER}:
        assert decisions.let_out(viewer, CASE, PDF, "", made) == b"the file"
    else:
        with pytest.raises(NotPermitted, match="take data out"):
            decisions.let_out(viewer, CASE, PDF, "", made)


def test_a_reader_is_told_once_that_their_role_takes_nothing_out(log: DecisionLog) -> None:
    recorded(log, *Consent)
    offered, said = screen(READER)
    assert not any(offered.values())
    assert said.count("Your role does not allow you to take data out of Caseboard") == 1

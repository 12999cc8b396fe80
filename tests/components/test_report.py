"""The report on screen: the same words as in its files, signed only as it was read, and by whom it may be signed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from components import report_desk, report_panel
from components.access import SINGLE_USER, Permission, Viewer
from components.drawing import words
from components.report_desk import CHANGED, NOT_YOU, STATES_KEPT, ReportDesk
from components.report_preview import report_tree
from models.errors import InputError, NotPermitted
from models.evidence.acmg.types import Class
from models.reporting import ReportContent, content_hash, document_of
from models.reporting.document import lines_of
from models.review import DecisionLog, Event
from models.review.commands import Classify, SetStatus, Shortlist, Status
from models.review.signing import FRESH, NOT_YET, TYPED, Proof
from tests.reporting.report_builders import AT, a_content, an_empty_content

CASE = "c-0123456789abcdef"
ALLELE = "chr2-165992342-G-A"


def signer(signed_in_ago: timedelta = timedelta()) -> Viewer:
    """Somebody whom the provider asked for proof that long ago."""
    proof = Proof(datetime.now(UTC) - signed_in_ago)
    return Viewer("u-1", "Dr A. Berg", frozenset(Permission), signed_in=True, proof=proof)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DecisionLog:
    """A log in which one variant was shortlisted and classified; the wiring hands it out."""
    log = DecisionLog(tmp_path / "decisions.db")
    for command in (Shortlist(0, ALLELE), Classify(1, ALLELE, Class.PATHOGENIC)):
        log.decide(CASE, command, who="Dr A", at=AT)
    monkeypatch.setattr(report_desk.wiring, "decision_log", lambda: log)
    monkeypatch.setattr(report_desk.decisions, "review_state", lambda viewer, case_id: log.state(case_id))
    return log


def a_desk(log: DecisionLog, folder: Path, viewer: Viewer | None = None) -> ReportDesk:
    workup: Any = SimpleNamespace(case=SimpleNamespace(id=CASE))
    (folder / "case").mkdir(exist_ok=True)
    return ReportDesk(viewer or signer(), workup, log.state(CASE), lambda: folder / "case")


def drawn_up(log: DecisionLog) -> ReportContent:
    state = log.state(CASE)
    return a_content(decisions=state.version, decisions_head=state.head)


def test_the_preview_says_what_the_document_says_and_nothing_more() -> None:
    for content in (a_content(), an_empty_content()):
        document = document_of(content)
        shown = words(report_tree(document))
        for part in document.parts:
            for line in (line for block in part.blocks for line in lines_of(block)):
                for piece in line.removeprefix("### ").split(" | "):
                    assert all(word.strip("[]:") in shown for word in piece.split())


def test_a_draft_is_stamped_and_a_signed_report_is_not() -> None:
    from dataclasses import replace

    from models.reporting import Signature

    draft = a_content()
    assert "DRAFT" in words(report_tree(document_of(draft)))
    signed = replace(draft, signature=Signature("Dr A", AT.isoformat()))
    assert "DRAFT" not in words(report_tree(document_of(signed)))


def test_the_report_is_drawn_up_once_for_each_decision_each_number_of_readers_and_each_reason_typed(
    log: DecisionLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, int, str]] = []

    def draw_up(workup: Any, state: Any, needed: int, why: str) -> ReportContent:
        drawn.append((state.head, needed, why))
        return a_content(decisions_head=state.head, why_amended=why)

    monkeypatch.setattr("models.reporting.content_of", draw_up)
    desk = a_desk(log, tmp_path)
    assert desk.content() is desk.content()
    assert desk.content("a typing error").why_amended == "a typing error"
    monkeypatch.setattr(report_desk, "readers_needed", lambda: 2)
    desk.content()
    log.decide(CASE, SetStatus(2, Status.ON_HOLD, "the parents"), who="Dr A", at=AT)
    later = replace(desk, state=log.state(CASE))
    assert later.content().decisions_head == log.state(CASE).head
    before, now = desk.state.head, later.state.head
    assert drawn == [(before, 1, ""), (before, 1, "a typing error"), (before, 2, ""), (now, 2, "")]


def test_the_reports_of_a_few_states_are_kept_and_the_others_drawn_up_again(
    log: DecisionLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw_up(workup: Any, state: Any, needed: int, why: str) -> ReportContent:
        drawn.append(why)
        return a_content(why_amended=why)

    monkeypatch.setattr("models.reporting.content_of", draw_up)
    desk, reasons = a_desk(log, tmp_path), [f"reason {n}" for n in range(STATES_KEPT + 1)]
    for reason in (*reasons, reasons[1], reasons[0]):
        assert desk.content(reason).why_amended == reason
    assert drawn == [*reasons, reasons[0]]


def test_what_was_read_is_signed_under_the_account(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    event = a_desk(log, tmp_path).sign(content, content_hash(content), "dr a. berg")
    assert isinstance(event, Event)
    assert (event.who, event.account) == ("Dr A. Berg", "u-1")
    assert log.state(CASE).status is Status.SIGNED


def test_a_sign_in_that_is_not_fresh_signs_nothing_whatever_the_screen_showed(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    desk = a_desk(log, tmp_path, signer(FRESH * 2))
    assert desk.why_sign_in_again() == NOT_YET
    with pytest.raises(NotPermitted, match="sign in again"):
        desk.sign(content, content_hash(content), "Dr A. Berg")
    assert log.state(CASE).reports == ()


def test_a_name_typed_without_sign_in_is_signed_as_such(log: DecisionLog, tmp_path: Path) -> None:
    content, desk = drawn_up(log), a_desk(log, tmp_path, SINGLE_USER)
    assert desk.why_sign_in_again() == ""
    event = desk.sign(content, content_hash(content), "Dr A. Berg")
    assert isinstance(event, Event)
    assert (event.who, event.account, event.evidence["authenticated"]) == ("Dr A. Berg", "", TYPED)


def test_another_name_than_ones_own_is_no_signature(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    for typed in ("", "Dr B", "Dr A. Ber"):
        with pytest.raises(InputError, match=NOT_YOU[:20]):
            a_desk(log, tmp_path).sign(content, content_hash(content), typed)


def test_a_report_that_changed_since_it_was_read_is_not_signed(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    with pytest.raises(InputError, match=CHANGED[:20]):
        a_desk(log, tmp_path).sign(content, content_hash(a_content(indication="other")), "Dr A. Berg")
    with pytest.raises(InputError, match=CHANGED[:20]):
        a_desk(log, tmp_path).sign(content, "", "Dr A. Berg")


def test_without_the_role_nobody_signs(log: DecisionLog, tmp_path: Path) -> None:
    reviewer = Viewer("u-2", "Dr C", frozenset(Permission) - {Permission.SIGN_REPORT}, signed_in=True)
    desk, content = a_desk(log, tmp_path, reviewer), drawn_up(log)
    assert not desk.may_sign
    with pytest.raises(NotPermitted):
        desk.sign(content, content_hash(content), "Dr C")
    assert report_panel.against(desk, content) == (
        "Your role does not allow you to sign a report; ask a signer, or the person who runs Caseboard.",
    )


def test_a_damaged_version_is_told_and_the_others_still_open(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    desk = a_desk(log, tmp_path)
    desk.sign(content, content_hash(content), "Dr A. Berg")
    next((tmp_path / "case" / "reports").glob("*/report.html")).unlink()
    (version,) = a_desk(log, tmp_path).versions()
    assert version.report is None
    assert "report.html is missing" in version.damage


def test_a_signed_case_says_how_it_is_amended(log: DecisionLog, tmp_path: Path) -> None:
    content = drawn_up(log)
    a_desk(log, tmp_path).sign(content, content_hash(content), "Dr A. Berg")
    assert "set the case back to in review" in report_panel.against(a_desk(log, tmp_path), content)[0]
    back = SetStatus(log.state(CASE).version, Status.IN_REVIEW, "resequenced")
    log.decide(CASE, back, who="Dr A", at=datetime.now(UTC))
    assert report_panel.against(a_desk(log, tmp_path), drawn_up(log)) == ()

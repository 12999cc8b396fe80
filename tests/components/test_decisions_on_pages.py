"""Decisions on the real pages: marked where people review, covered for the second reader, unknown to learners."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.case.store import CaseStore
from models.evidence.acmg.types import Class
from models.intake import files_of, read_case
from models.review import DecisionLog, decisions_at
from models.review.commands import Classify, Dismiss, Shortlist, WriteNote
from models.review.teaching import allele_of
from tests.components.test_case_review import sent

ROOT = Path(__file__).resolve().parents[2]
SECRET = "HIDDEN-WORDS"  # of a reading
TRIAGE = "TRIAGE-WORDS"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one sample patient on whom Ada decided, and the case's id."""
    home = tmp_path_factory.mktemp("decided")
    store = CaseStore(home)
    draft = store.new_draft()
    case = read_case(files_of(ROOT / "sample_data" / "dravet-trio"), draft)
    case_id = str(store.keep(draft, case, datetime.now(UTC), "dravet-trio").id)
    log = DecisionLog(decisions_at(home))
    allele, other = "chr2-165992342-G-A", allele_of(0, case.variants)
    said = (
        Shortlist(0, allele, TRIAGE),
        Dismiss(1, other, TRIAGE),
        WriteNote(2, SECRET, allele),
        Classify(3, allele, Class.LIKELY_BENIGN, SECRET, SECRET),
    )
    for command in said:
        log.decide(case_id, command, who="Ada Byron", at=datetime.now(UTC))
    log.close()
    return home, case_id


@pytest.fixture
def page(decided: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    home, case_id = decided
    monkeypatch.setenv("CASEBOARD_HOME", str(home))

    def open_(slug: str, name: str = "", tab: str = "") -> AppTest:
        app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
        app.run()
        app.switch_page(f"../pages/{slug}.py")
        app.query_params["case"] = case_id
        app.session_state["deciding_name"] = name
        if tab:
            app.session_state["review-tab"] = tab
        app.run()
        assert not app.exception, app.exception
        return app

    return open_


def shown(app: AppTest) -> str:
    """Everything that went to the browser."""
    return sent(app) + "\n".join(str(element.proto) for element in app.main if hasattr(element, "proto"))


def test_a_learner_is_sent_nothing_of_what_people_decided(page: Callable[..., AppTest]) -> None:
    app = page("teaching", "Ada Byron")
    said = shown(app)
    assert "SCN1A" in said
    for told in (SECRET, TRIAGE, "Ada Byron", "Likely benign"):
        assert told not in said
    assert "hortlist" not in sent(app)


def test_the_review_marks_the_variants_and_the_board_shows_the_class(page: Callable[..., AppTest]) -> None:
    said = sent(page("case_review", "Ben", "Decide"))
    assert "Shortlisted by Ada Byron" in said and "Dismissed by Ada Byron" in said and "Likely benign, by Ada" in said
    assert "Likely benign (Ada Byron); suggested" in sent(page("board"))


def test_the_second_reader_is_sent_nothing_of_the_first_reading_on_any_screen_of_the_case(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_READERS", "2")
    for slug, tab in (("case_review", "Decide"), ("board", ""), ("history", ""), ("report", "")):
        said = shown(page(slug, "Ben", tab))
        assert SECRET not in said, slug
        assert "Likely benign, by" not in said and "Likely benign (Ada" not in said
    covered = page("history", "Ben")
    assert sent(covered).count("covered until both readings are in") == 2
    assert not covered.get("download_button")
    assert "waits for a second reading" in sent(page("board", "Ben"))


def test_the_first_reader_sees_the_own_reading_and_the_chain_is_verified(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_READERS", "2")
    app = page("history", " ada byron")
    assert "Likely benign for HIDDEN" in sent(app)
    assert app.success[0].value.startswith("Chain verified, 4 events")


def test_a_wrong_number_of_readers_is_said_in_a_sentence(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_READERS", "three")
    assert "set it to 1 or 2" in page("case_review").error[0].value

"""The worklist says of each case what a newer release changed, and a person marks it as read."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import compared, decisions, opened_cases, wiring
from components.access import SINGLE_USER, Permission, Viewer
from components.choices import Chosen
from components.comparing import Comparisons
from components.worklist import case_row, quiet_words, read_key, status
from models.case import Finding, Severity
from models.case.store import CaseSummary
from models.errors import NotPermitted
from models.knowledge import Library
from models.reanalysis import Compared
from models.reanalysis.kept import PENDING, UNWRITABLE, WAITS
from models.review import EventKind
from tests.components.test_list_screens import an_event
from tests.knowledge.annotate.releases import a_clinvar, a_library
from tests.reanalysis.cases import a_kept_case, first_records, later_records

SHELL = Path(wiring.__file__).parent / "shell.py"
WAIT_S = 180


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """An empty library and an empty home, with nothing compared yet."""
    made = a_library(tmp_path)
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(made.folder))
    monkeypatch.setattr(compared, "_comparisons", Comparisons())
    wiring.scorer()
    return made


@pytest.fixture
def case(library: Library) -> CaseSummary:
    """A case that was ranked with the first ClinVar; the later one is in use."""
    kept = a_kept_case(wiring.case_store())
    a_clinvar(library, "2026-11-10", *first_records())
    opened_cases.workup(SINGLE_USER, kept.id)
    a_clinvar(library, "2026-12-08", *later_records())
    return kept


def today() -> dict[str, Compared]:
    """What the worklist knows once the comparison in the background is done."""
    cases = opened_cases.summaries(SINGLE_USER)
    said = {case.id: decisions.events(SINGLE_USER, case.id) for case in cases}
    compared.compared_with_today(SINGLE_USER, cases, said)
    job = compared.comparisons().job
    assert job is None or job.done.wait(WAIT_S)
    return compared.compared_with_today(SINGLE_USER, cases, said)


def clinvar_of(case: CaseSummary) -> str:
    workup = opened_cases.workup(SINGLE_USER, case.id)
    return str(workup.case.variants.frame["clinvar_significance"].iloc[0])


def sent(app: AppTest) -> str:
    return "\n".join(e.proto.json + e.proto.mixed.json for e in app.get("bidi_component"))


def test_a_release_installed_while_the_server_runs_counts_from_the_next_look_on(library: Library) -> None:
    kept = a_kept_case(wiring.case_store())
    a_clinvar(library, "2026-11-10", *first_records())
    assert clinvar_of(kept) == "Uncertain significance"
    a_clinvar(library, "2026-12-08", *later_records())
    assert clinvar_of(kept) == "Likely pathogenic"
    told = [(r.name, r.version) for r in opened_cases.workup(SINGLE_USER, kept.id).releases if r.key == "clinvar"]
    assert told == [("ClinVar", "2026-12-08")]


def test_knowledge_is_loaded_once_while_the_same_releases_are_in_use(library: Library) -> None:
    assert wiring.knowledge() is wiring.knowledge()
    before = wiring.knowledge()
    a_clinvar(library, "2026-11-10", *first_records())
    assert wiring.knowledge() is not before
    assert wiring.releases_in_use() == wiring.knowledge().releases


def test_what_changed_is_worked_out_in_the_background_and_told_for_the_case(case: CaseSummary) -> None:
    changes = today()[case.id].changes
    assert changes and {v.sentence.split()[0] for v in changes.variants} == {"SCN1A", "KCNQ2", "SCN5A"}
    row = case_row(case, (), Compared(changes))
    assert [(b.text, b.tone) for b in row.badges][1] == ("3 changes", "alert")
    assert row.lines[1].startswith("ClinVar 2026-11-10 → 2026-12-08: SCN1A ")
    assert row.lines[1].endswith("; and 2 further")
    assert row.more and row.more.lines == tuple(v.sentence for v in changes.variants)


def test_nothing_is_told_before_the_server_is_warm(case: CaseSummary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "is_warm", lambda: False)
    assert compared.compared_with_today(SINGLE_USER, [case], {}) == {}
    assert compared.comparisons().job is None


def test_the_worklist_shows_the_changes_until_they_are_marked_as_read(case: CaseSummary) -> None:
    changes = today()[case.id].changes
    assert changes
    app = AppTest.from_file(str(SHELL), default_timeout=180).run()
    assert not app.exception
    shown = sent(app)
    assert "3 changes" in shown and "Mark as read" in shown and "likely pathogenic (2 stars)" in shown
    compared.mark_as_read(SINGLE_USER, case.id, changes.key)
    app.run()
    assert not app.exception
    assert "3 changes" not in sent(app) and "changes read by" in sent(app)


def test_who_read_it_and_with_which_releases_is_kept(case: CaseSummary) -> None:
    changes = today()[case.id].changes
    assert changes
    compared.mark_as_read(SINGLE_USER, case.id, changes.key)
    (said,) = decisions.events(SINGLE_USER, case.id)
    assert (said.kind, said.who) == (EventKind.CHANGES_SEEN, SINGLE_USER.name)
    assert said.payload["snapshot"] == changes.key and "ClinVar 2026-12-08" in said.payload["releases"]
    assert today()[case.id].changes is None


def test_marking_what_is_no_longer_the_latest_hides_nothing(case: CaseSummary) -> None:
    today()
    compared.mark_as_read(SINGLE_USER, case.id, "0" * 32)
    assert decisions.events(SINGLE_USER, case.id) == ()
    assert today()[case.id].changes is not None


def test_marking_as_read_needs_the_permission(case: CaseSummary) -> None:
    changes = today()[case.id].changes
    looker = Viewer("l", "Looker", frozenset({Permission.VIEW_CASE}))
    assert changes
    with pytest.raises(NotPermitted):
        compared.mark_as_read(looker, case.id, changes.key)


def test_a_case_whose_check_waits_says_that_it_was_not_compared(library: Library) -> None:
    waiting = Finding("wrong-sex", Severity.BLOCKING, "The patient looks male.")
    kept = a_kept_case(wiring.case_store(), findings=(waiting,))
    assert today()[kept.id] == Compared(), "nothing is installed that could have changed"
    a_clinvar(library, "2026-11-10", *first_records())
    told = today()[kept.id]
    assert told.not_compared == WAITS
    assert case_row(kept, (), told).foot.endswith("not compared: a check waits")


def test_a_damaged_list_of_releases_leaves_the_worklist_usable_and_says_what_to_do(
    case: CaseSummary, library: Library
) -> None:
    (library.folder / "current.json").write_text("{")
    assert "damaged" in today()[case.id].not_compared
    app = AppTest.from_file(str(SHELL), default_timeout=180).run()
    assert not app.exception
    assert "TEST-001" in sent(app) and "knowledge verify" in sent(app)


def test_a_newer_release_that_changes_nothing_is_a_quiet_word_and_no_badge(case: CaseSummary) -> None:
    changes = replace(today()[case.id].changes or pytest.fail("nothing changed"), variants=())
    row = case_row(case, (), Compared(changes))
    assert [b.text for b in row.badges] == ["new"]
    assert row.more is None and len(row.lines) == 1
    assert row.foot.endswith("no change with ClinVar 2026-11-10 → 2026-12-08")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (PENDING, "not compared yet"),
        (WAITS, "not compared: a check waits"),
        (UNWRITABLE, f"not compared: {UNWRITABLE}"),
    ],
)
def test_why_a_case_was_not_compared_is_said_in_its_foot(why: str, words: str) -> None:
    assert quiet_words(Compared(not_compared=why)) == words


def test_reading_changes_is_no_work_on_the_case(case: CaseSummary) -> None:
    assert status(case, [an_event(EventKind.CHANGES_SEEN)]).text == "new"


def test_a_press_of_the_card_is_no_marking() -> None:
    assert read_key(Chosen("c-1", "open")) == ""
    assert read_key(Chosen("c-1", "read:abc")) == "abc"

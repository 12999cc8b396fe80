"""Every screen keeps its promises: guarded, known, documented, alive when there is nothing or worse."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import access, wiring
from components.access import Permission, Viewer
from components.navigation import PAGES, PAGES_FOLDER, Group, Screen
from models.case.store import CaseStore
from models.errors import NotPermitted
from models.intake import files_of, read_case

ROOT = Path(__file__).resolve().parents[2]
EACH = pytest.mark.parametrize("screen", PAGES, ids=lambda s: s.slug)
REFUSAL = "Please sign in to continue."


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one sample patient in it, and the case's id."""
    home = tmp_path_factory.mktemp("sample-home")
    store = CaseStore(home)
    draft = store.new_draft()
    case = read_case(files_of(ROOT / "sample_data" / "dravet-trio"), draft)
    return home, store.keep(draft, case, datetime.now(UTC), "dravet-trio").id


def opened(screen: Screen, case_id: str = "") -> AppTest:
    """The screen inside the shell, with `case_id` in its address."""
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
    app.run()
    app.switch_page(f"../pages/{screen.slug}.py")
    if case_id:
        app.query_params["case"] = case_id
    return app.run()


def said(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.error, app.markdown, app.text, app.info)
    return " ".join(str(element.value) for kind in kinds for element in kind if "<style>" not in str(element.value))


def test_every_file_in_pages_is_a_screen_and_every_screen_has_its_file() -> None:
    assert {s.path for s in PAGES} == set(PAGES_FOLDER.glob("*.py"))
    assert len({s.slug for s in PAGES}) == len(PAGES)


def test_the_groups_come_in_the_order_people_know() -> None:
    order = [s.group for s in PAGES]
    assert order == sorted(order, key=list(Group).index)


@EACH
def test_the_first_statement_of_a_page_asks_for_permission(screen: Screen) -> None:
    body = ast.parse(screen.path.read_text(encoding="utf-8")).body
    body = [s for s in body if not isinstance(s, ast.Import | ast.ImportFrom)]
    assert isinstance(body[0], ast.Expr), "a page opens with its docstring"
    first = body[1]
    assert isinstance(first, ast.Assign | ast.Expr)
    assert isinstance(first.value, ast.Call)
    assert ast.unparse(first.value) == f"require(Permission.{screen.permission.name})"


@EACH
def test_a_page_is_thin(screen: Screen) -> None:
    assert len(screen.path.read_text(encoding="utf-8").splitlines()) <= 60


@EACH
def test_a_stranger_sees_the_refusal_and_nothing_else(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "current_viewer", lambda: None)
    app = opened(screen)
    assert [e.value for e in app.error] == [REFUSAL]
    assert said(app) == REFUSAL


@EACH
def test_a_viewer_without_the_permission_is_refused_with_it_is_let_in(screen: Screen) -> None:
    without = Viewer("v", "V", frozenset(Permission) - {screen.permission})
    with pytest.raises(NotPermitted):
        access.permitted(without, screen.permission)
    allowed = Viewer("v", "V", frozenset({screen.permission}))
    assert access.permitted(allowed, screen.permission) is allowed


@EACH
def test_an_empty_installation_is_an_invitation_not_a_blank_page(screen: Screen) -> None:
    app = opened(screen)
    assert not app.exception
    assert said(app).strip()
    if screen.needs_case:
        assert "No case is open" in said(app)


@EACH
@pytest.mark.slow
def test_a_screen_shows_a_normal_case(
    screen: Screen, sample_home: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, case_id = sample_home
    monkeypatch.setenv("CASEBOARD_HOME", str(home))
    app = opened(screen, case_id)
    assert not app.exception
    assert not app.error
    assert "No case is open" not in said(app)


@pytest.mark.parametrize("screen", [s for s in PAGES if s.needs_case], ids=lambda s: s.slug)
@pytest.mark.parametrize("forged", ["c-0000000000000000", "..", "c-1/../../etc", "<img src=x>"])
def test_a_forged_case_id_opens_nothing(screen: Screen, forged: str) -> None:
    app = opened(screen, forged)
    assert not app.exception
    shown = said(app)
    assert "This case is not on this machine" in shown or "No case is open" in shown
    assert not app.dataframe


@pytest.mark.parametrize("screen", [s for s in PAGES if s.needs_case], ids=lambda s: s.slug)
def test_a_damaged_case_says_so_in_a_sentence(screen: Screen, tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "c-0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "case.json").write_text('{"version": 1, "summary": {', encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
    app.run()
    assert not app.exception
    assert any("One stored case cannot be read" in w.value for w in app.warning)
    app.switch_page(f"../pages/{screen.slug}.py")
    app.query_params["case"] = folder.name
    app.run()
    assert not app.exception
    assert any("stored case cannot be read" in e.value.replace("\\", "") for e in app.error)


@EACH
def test_a_screen_has_its_line_in_the_docs(screen: Screen) -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    assert f"## {screen.title}\n" in guide


def test_single_user_mode_lets_the_person_at_this_computer_do_everything() -> None:
    assert all(access.SINGLE_USER.may(p) for p in Permission)
    assert not access.SINGLE_USER.signed_in
    assert not access.SINGLE_USER.may_see("")
    assert wiring.home().is_absolute()

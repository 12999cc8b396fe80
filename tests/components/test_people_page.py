"""The People screen: who may change the list, what becomes of a change, and what is refused in a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import access, sign_in, wiring
from components.access import Permission, Viewer
from components.people_form import KEPT, case_ids
from components.people_panel import SINGLE_USER
from models.errors import InputError
from models.review.events import INSTALLATION
from models.review.people import read_people
from models.review.people_file import CHANGED, NO_ADMIN
from models.review.permissions import GRANTS, Role

ROOT = Path(__file__).resolve().parents[2]
LIST = '# ours\n[people."ada@example.org"]\nname = "Dr Ada"\nroles = ["admin"]\n\n[people."u-7"]\nroles = ["reader"]\n'
ADMIN = Viewer("u-1", "Dr Ada", GRANTS[Role.ADMIN], signed_in=True)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    monkeypatch.setattr(sign_in, "is_asked", lambda: True)
    monkeypatch.setattr(access, "current_viewer", lambda: ADMIN)
    file = tmp_path / "people.toml"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.fixture
def opened(file: Path) -> Callable[[], AppTest]:
    def draw() -> AppTest:
        app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
        app.run()
        app.switch_page("../pages/people.py")
        return app.run()

    return draw


def pressed(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def said(app: AppTest) -> str:
    return " ".join(str(e.value) for kind in (app.success, app.warning, app.error) for e in kind)


def test_somebody_new_is_added_and_the_change_is_on_record(opened: Callable[[], AppTest], file: Path) -> None:
    app = opened()
    address, name = app.text_input
    address.set_value("eve@example.org")
    name.set_value("Dr Eve")
    app.multiselect[0].set_value([Role.READER, Role.REVIEWER])
    app.text_area[0].set_value("c-0123456789abcdef")
    pressed(app, "Save")
    assert KEPT.split(".")[0] in said(app)
    eve = read_people(file).by_key["eve@example.org"]
    assert (eve.name, eve.roles, eve.cases) == ("Dr Eve", {Role.READER, Role.REVIEWER}, {"c-0123456789abcdef"})
    (event,) = wiring.decision_log().events(INSTALLATION)
    assert (event.who, event.account) == ("Dr Ada", "u-1")
    assert event.payload["person"] == "eve@example.org"
    assert "What was changed here" in [h.value for h in app.header]
    assert file.read_text(encoding="utf-8").startswith("# ours")


def test_a_person_who_is_chosen_stands_in_the_fields_and_is_taken_out(
    opened: Callable[[], AppTest], file: Path
) -> None:
    app = opened()
    app.selectbox[0].set_value("u-7").run()
    assert app.multiselect[0].value == [Role.READER]
    pressed(app, "Take out of the list")
    assert set(read_people(file).by_key) == {"ada@example.org"}
    assert wiring.decision_log().events(INSTALLATION)[-1].payload["taken_out"] is True


def test_the_last_administrator_is_kept_and_the_sentence_says_why(opened: Callable[[], AppTest], file: Path) -> None:
    app = opened()
    app.selectbox[0].set_value("ada@example.org").run()
    pressed(app, "Take out of the list")
    assert NO_ADMIN.split(".")[0] in said(app)
    assert file.read_text(encoding="utf-8") == LIST
    assert wiring.decision_log().events(INSTALLATION) == ()


def test_a_list_changed_meanwhile_by_hand_is_shown_again_before_it_is_changed(
    opened: Callable[[], AppTest], file: Path
) -> None:
    app = opened()
    app.selectbox[0].set_value("u-7").run()
    file.write_text(LIST.replace('"reader"', '"signer"'), encoding="utf-8")
    pressed(app, "Take out of the list")
    assert "u-7" in read_people(file).by_key
    assert app.selectbox[0].value == "u-7"
    assert app.multiselect[0].value == [Role.SIGNER]
    assert CHANGED in said(app)


def test_who_may_only_see_the_list_has_no_form(opened: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Viewer("u-2", "C", ADMIN.permissions - {Permission.MANAGE_PEOPLE}, signed_in=True)
    monkeypatch.setattr(access, "current_viewer", lambda: looks)
    app = opened()
    assert not app.exception
    assert app.header[0].value == "Who may do what"
    assert "Change the list" not in [h.value for h in app.header]


def test_without_sign_in_there_is_nothing_to_change(
    opened: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "is_asked", lambda: False)
    app = opened()
    assert SINGLE_USER in [t.value for t in app.text]
    assert not app.button


@pytest.mark.parametrize("given", ["c-0123456789ABCDEF", "c-0123456789abcde", "c-0123456789abcdef0", "all", "<b>"])
def test_what_is_no_case_id_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="no case id"):
        case_ids(f"c-0123456789abcdef\n{given}")


def test_case_ids_stand_on_lines_or_between_commas_and_once() -> None:
    one, two = "c-0123456789abcdef", "c-fedcba9876543210"
    assert case_ids(f" {one}, {two};{one}\n") == (one, two)
    assert case_ids("  ") == ()

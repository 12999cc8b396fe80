"""The deletion on its screens: two people where two are asked for, what is due, and nothing for who may not."""

import pytest
from streamlit.testing.v1 import AppTest

from components import deletions, wiring
from tests.components.test_deletions import ROOT, Later, case_id, home, signed, stored  # noqa: F401  fixtures

pytestmark = pytest.mark.slow


def screen(slug: str, case: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
    app.run()
    app.switch_page(f"../pages/{slug}.py")
    app.query_params["case"] = case
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(str(e.value) for kind in ("text", "markdown", "warning", "error") for e in app.get(kind))


def test_one_person_asks_and_another_deletes_on_the_history_screen(
    case_id: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASEBOARD_READERS", "2")
    signed(case_id)
    app = screen("history", case_id)
    assert "two people delete it" in said(app)
    press(app, "Ask for the deletion", "Dr A", again="")
    assert "type what the patient is called here" in said(app)
    press(app, "Ask for the deletion", "Dr A")
    assert "Dr A asked for it on" in said(app)
    press(app, "Delete this case for good", "Dr A")
    assert "deleted by two people" in said(app)
    press(app, "Delete this case for good", "Dr B")
    assert r"by Dr B \(certificate 1\)" in said(app)
    assert not wiring.case_store().has(case_id)


def press(app: AppTest, button: str, who: str, again: str | None = None) -> None:
    app.selectbox(key="delete-reason").set_value("consent was withdrawn")
    app.text_area(key="delete-note").set_value("by letter")
    pseudonym = app.text_input(key="delete-again").proto.placeholder
    app.text_input(key="delete-again").set_value(pseudonym if again is None else again)
    app.text_input(key="delete-who").set_value(who)
    next(b for b in app.button if b.label == button).click()
    app.run()
    assert not app.exception, app.exception


def test_the_system_screen_names_what_is_due(
    case_id: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed(case_id)
    assert "so no case is ever due" in said(screen("system", case_id))
    monkeypatch.setenv("CASEBOARD_RETENTION_YEARS", "1")
    monkeypatch.setattr(deletions, "datetime", Later)
    app = screen("system", case_id)
    assert not app.exception, app.exception
    assert "1 of yours may be deleted now." in said(app)
    next(b for b in app.button if b.key == f"due-{case_id}").click()
    assert "Delete this case for good" in [e.label for e in app.run().expander]

"""The Knowledge screen as a page: read-only, damaged, while something is installed, and for whom it has buttons."""

import threading
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import access, knowledge_commands
from components.access import SINGLE_USER, Permission, Viewer
from components.workbench import Outcome
from models.knowledge import clingen_validity
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import VALIDITY, installed, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(tmp_path / "library"))
    yield Library(tmp_path / "library")
    knowledge_commands.desk_of(SINGLE_USER).workbench.clear()


def opened():
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
    app.run()
    app.switch_page("../pages/knowledge.py")
    return app.run()


def buttons(app):
    return [b.label for b in app.button]


def texts(app):
    return " ".join(str(e.value) for kind in (app.text, app.markdown, app.info, app.error, app.success) for e in kind)


def test_an_empty_library_says_what_to_install_first(library):
    app = opened()
    assert not app.exception
    assert "Nothing is installed yet" in texts(app)
    assert buttons(app)[0].startswith("Install · ")
    assert not library.folder.exists()  # looking writes nothing


def test_a_shared_folder_that_may_only_be_read_has_no_buttons(library, monkeypatch):
    monkeypatch.setattr("components.knowledge_shelf.os.access", lambda *_: False)
    app = opened()
    assert buttons(app) == [] and not app.text_input
    assert "may only be read here" in texts(app)


def test_a_viewer_who_may_only_look_has_no_buttons(library, monkeypatch):
    colleague = Viewer("c", "C", frozenset(Permission) - {Permission.MANAGE_KNOWLEDGE})
    monkeypatch.setattr(access, "current_viewer", lambda: colleague)
    app = opened()
    assert buttons(app) == []
    assert "Your role may look" in texts(app)


def test_a_damaged_list_is_one_sentence_and_one_button(library):
    library.folder.mkdir()
    (library.folder / "current.json").write_text("{")
    app = opened()
    assert not app.exception
    assert buttons(app) == ["Repair the list"]
    assert "list of releases in use is damaged" in app.error[0].value.replace("\\", "")
    app.button[0].click().run()
    desk = knowledge_commands.desk_of(SINGLE_USER)
    assert desk.workbench.job.done.wait(180)
    assert library.switched() == {}


def test_a_refused_wish_is_said_where_it_was_made(library):
    app = opened()
    app.selectbox[0].select("panelapp/any").run()
    app.button(key="files-panelapp/any").click().run()
    assert [e.value.replace("\\", "") for e in app.error] == ["Name a file, or drop one."]


def test_an_earlier_release_can_be_used_again(library, tmp_path):
    for day in ("2026-08-01", "2026-10-01"):
        installed(library, clingen_validity.OFFER, write(tmp_path, "download", VALIDITY.format(day=day)))
    app = opened()
    app.selectbox[0].select("clingen_validity/any").run()
    app.button(key="use-clingen_validity/any-2026-08-01").click().run()
    assert knowledge_commands.desk_of(SINGLE_USER).workbench.job.done.wait(180)
    assert library.switched() == {"clingen_validity/any": "2026-08-01"}


def test_the_source_one_works_on_stays_chosen_after_progress_took_the_place_of_the_list(library):
    app = opened()
    app.selectbox[0].select("clingen_validity/any").run()
    go_on = threading.Event()
    job = knowledge_commands.desk_of(SINGLE_USER).workbench.start(
        "Installing", lambda _tell: go_on.wait(180) and Outcome(("done",))
    )
    try:
        assert not app.run().selectbox
    finally:
        go_on.set()
    assert job.done.wait(180)
    assert app.run().selectbox[0].value == "clingen_validity/any"


def test_hundreds_of_kept_releases_stay_a_short_list(library, tmp_path):
    one = installed(library, clingen_validity.OFFER, write(tmp_path, "download", VALIDITY.format(day="2026-10-01")))
    told = (one.folder / "release.json").read_text()
    for place in range(300):
        day = date.fromordinal(date(2025, 1, 1).toordinal() + place).isoformat()
        (one.folder.parent / day).mkdir()
        (one.folder.parent / day / "release.json").write_text(told.replace("2026-10-01", day))
    app = opened()
    app.selectbox[0].select("clingen_validity/any").run()
    assert not app.exception
    assert buttons(app).count("Use this") == 6
    assert "and 294 older" in texts(app)


def test_a_damaged_release_is_told_and_the_screen_stays(library, tmp_path):
    one = installed(library, clingen_validity.OFFER, write(tmp_path, "download", VALIDITY.format(day="2026-10-01")))
    (one.folder / "release.json").write_text("{")
    app = opened()
    assert not app.exception
    assert "is damaged; install it again" in app.error[0].value.replace("\\", "")
    assert buttons(app)


def test_while_something_is_installed_there_is_progress_and_a_way_to_stop(library):
    go_on = threading.Event()

    def slow(tell):
        tell("Downloading hp.obo: 3.0 MB of 10 MB", 0.3)
        go_on.wait(180)
        tell("Building", None)
        return Outcome(("done",))

    job = knowledge_commands.desk_of(SINGLE_USER).workbench.start("Installing the HPO", slow)
    try:
        app = opened()
        assert buttons(app) == ["Cancel"]
        app.button(key="knowledge-cancel").click().run()
        assert job.cancelled.is_set()
    finally:
        go_on.set()
    assert job.done.wait(180)
    assert "what was installed before is as it was" in texts(opened())

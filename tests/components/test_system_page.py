"""The System screen: one sentence on top, what to do below, buttons for who may press them, and nothing secret."""

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import access, system_desk, wiring
from components.access import SINGLE_USER, Permission, Viewer
from components.system_watch import Watch
from models.errors import NotPermitted
from models.health import CHECKS, Server, judged
from models.health.upkeep import last_backup, last_verified
from models.review import EventKind
from models.review.permissions import GRANTS, Role
from models.vault.age_file import MAGIC, new_key
from tests.health.facts import AT, FACTS

ROOT = Path(__file__).resolve().parents[2]
LOOKS_ONLY = Viewer("c", "C", frozenset(Permission) - {Permission.KEEP_BACKUPS})


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(tmp_path / "library"))
    monkeypatch.setenv("CASEBOARD_BACKUPS", str(tmp_path / "elsewhere"))
    wiring.case_store()
    wiring.decision_log().append("c-1", EventKind.CASE_STARTED, {}, who="Dr A", at=AT)
    return tmp_path / "home"


def opened():
    app = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=180)
    app.run()
    app.switch_page("../pages/system.py")
    return looked(app)


def looked(app):
    """The page once the look it began is over, however slow the machine."""
    app.run()
    system_desk.desk_of(SINGLE_USER).watch.wait(180)
    return app.run()


def texts(app):
    kinds = (app.header, app.subheader, app.text, app.markdown, app.info, app.error, app.success)
    return " ".join(str(e.value) for kind in kinds for e in kind).replace("\\", "")


def buttons(app):
    return [b.label for b in app.button]


def ended(app):
    """The page once the work it began is over."""
    assert system_desk.desk_of(SINGLE_USER).workbench.job.done.wait(180)
    return looked(app)


def test_every_check_is_on_the_screen_below_one_sentence():
    app = opened()
    assert not app.exception
    shown = texts(app)
    assert all(f"**{check.title}** · " in shown for check in CHECKS)
    assert "a look: " in app.header[0].value.replace("\\", "")
    assert "No backup was made here." in shown


def test_a_backup_is_made_and_then_told_as_the_last(home, tmp_path):
    app = opened()
    next(b for b in app.button if b.label == "Back up now").click().run()
    app = ended(app)
    (made,) = (tmp_path / "elsewhere").iterdir()
    assert made.stat().st_mode & 0o077 == made.parent.stat().st_mode & 0o077 == 0
    assert f"{made.name} is whole: 1 decision on 1 case" in texts(app)
    assert last_backup(home).events == 1
    assert "1 decisions were saved just now." in texts(app)
    assert str(tmp_path) not in texts(app)


def test_a_backup_is_encrypted_to_the_key_of_the_installation(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_BACKUP_TO", str(new_key().to_public()))
    system_desk.back_up_now(system_desk.desk_of(SINGLE_USER))
    assert system_desk.desk_of(SINGLE_USER).workbench.job.done.wait(180)
    (made,) = (tmp_path / "elsewhere").iterdir()
    assert made.read_bytes().startswith(MAGIC)


def test_verifying_tells_the_head_and_remembers_when(home):
    app = opened()
    next(b for b in app.button if b.label == "Verify now").click().run()
    app = ended(app)
    assert f"Head {wiring.decision_log().head().hash}" in texts(app)
    assert last_verified(home).events == 1
    assert "each as it was saved, just now." in texts(app)


def test_who_may_only_look_has_no_buttons_and_is_refused_without_them(home, monkeypatch):
    monkeypatch.setattr(access, "current_viewer", lambda: LOOKS_ONLY)
    app = opened()
    assert buttons(app) == []
    assert "Your role may look" in texts(app)
    desk = system_desk.desk_of(LOOKS_ONLY)
    for act in (system_desk.verify, system_desk.back_up_now):
        with pytest.raises(NotPermitted):
            act(desk)
    assert (desk.workbench.job, last_backup(home), last_verified(home)) == (None, None, None)


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_verifies_and_backs_up(role):
    assert (Permission.KEEP_BACKUPS in GRANTS[role]) is (role is Role.ADMIN)


def test_a_backup_that_has_no_place_is_said_in_a_sentence(tmp_path):
    (tmp_path / "elsewhere").write_text("a file in the way")
    app = opened()
    next(b for b in app.button if b.label == "Back up now").click().run()
    app = ended(app)
    assert "The folder for backups cannot be made" in texts(app)
    assert not app.exception


def test_a_database_that_is_away_is_one_thing_to_look_at_and_names_no_secret(monkeypatch):
    monkeypatch.setenv("CASEBOARD_HOME", str(wiring.home() / "another"))
    monkeypatch.setenv("CASEBOARD_DATABASE", "postgresql://someone:s3cret@127.0.0.1:1/name")
    wiring.case_store()
    health = system_desk.look()
    said = " ".join(str(answer) for _, answer in health.answers)
    assert "cannot be reached" in said
    assert not any(word in said for word in ("s3cret", "someone"))


def test_what_the_program_knows_of_itself_is_where_it_listens_and_who_signs_in():
    assert system_desk.server() == Server(sign_in=False, trouble="", address="127.0.0.1", sessions=0)


def test_one_look_serves_every_window_until_it_is_old():
    looks, go = [], threading.Event()

    def slow():
        looks.append(1)
        assert go.wait(180)
        return judged(CHECKS, FACTS)

    watch = Watch(slow)
    for _ in range(3):
        watch.refresh()
    assert (watch.is_looking, watch.health) == (True, None)
    go.set()
    watch.wait(180)
    watch.refresh()
    assert (watch.is_looking, len(looks)) == (False, 1)
    assert watch.health is not None
    watch.forget()
    watch.refresh()
    watch.wait(180)
    assert len(looks) == 2


def test_a_look_that_meets_a_defect_says_so_and_keeps_what_was_seen():
    answers = iter([judged(CHECKS, FACTS)])
    watch = Watch(lambda: next(answers))
    for _ in range(2):
        watch.refresh()
        watch.wait(180)
        watch.forget()
    assert watch.failed
    assert watch.health == judged(CHECKS, FACTS)

"""A backup brings back the same cases and the same end of every chain, or says that it cannot; it loses nothing."""

import json
import random
import resource
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli import main
from models.errors import CaseboardError, InputError, IntegrityError, UnreadableFile
from models.review import DecisionLog
from models.review.backup import back_up, head_in
from models.review.commands import WriteNote
from models.review.restore import restore
from tests.review.test_tampering import run, unguard

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def note(log, text, case_id="c-1"):
    return log.decide(case_id, WriteNote(log.state(case_id).version, text), who="Dr A", at=AT)


def fill(where, home, notes=3):
    """Decisions on two cases, whose files lie in the home."""
    log = DecisionLog(where)
    for number in range(notes):
        note(log, f"note {number}", f"c-{number % 2 + 1}")
    for case_id in ("c-1", "c-2"):
        folder = home / "cases" / case_id / "files"
        folder.mkdir(parents=True)
        (folder.parent / "case.json").write_text(f'{{"id": "{case_id}"}}')
        (folder / "0001").write_bytes(random.Random(case_id).randbytes(10_000))
    return log


def files_of(home):
    return {p.relative_to(home): p.read_bytes() for p in (home / "cases").rglob("*") if p.is_file()}


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def kept(where, home):
    """Where decisions are kept, with some in it."""
    return home / "decisions.db" if isinstance(where, Path) else where


def test_a_backup_restored_elsewhere_has_the_same_cases_and_the_same_end(kept, home, tmp_path):
    log = fill(kept, home)
    manifest = back_up(kept, home, tmp_path / "one.zip", AT)
    assert manifest.head == log.head() == head_in(tmp_path / "one.zip", home)
    other = tmp_path / "other"
    _, before = restore(tmp_path / "one.zip", other, other / "decisions.db", AT)
    again = DecisionLog(other / "decisions.db")
    assert (again.head(), again.verify(), before) == (log.head(), None, None)
    assert files_of(other) == files_of(home)
    assert again.events("c-1") == log.events("c-1")
    assert note(again, "goes on").version == 3
    assert sorted(p.name for p in other.iterdir()) == ["cases", "decisions.db", "decisions.db-shm", "decisions.db-wal"]
    log.close()


def test_decisions_move_from_a_file_to_a_department_s_database_and_go_on_there(home, tmp_path, postgresql):
    log = fill(home / "decisions.db", home)
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    url, other = postgresql.emptied(), tmp_path / "other"
    restore(tmp_path / "one.zip", other, url, AT)
    with closing(DecisionLog(url)) as moved:
        assert moved.head() == log.head()
        assert note(moved, "goes on").seq == 4
        assert moved.verify() is None
    with pytest.raises(InputError, match="restore into an empty one"):
        restore(tmp_path / "one.zip", other, url, AT)


def test_what_was_here_before_a_restore_is_kept_beside_it(home, tmp_path):
    log = fill(home / "decisions.db", home)
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    note(log, "after the backup")
    (home / "cases" / "c-1" / "files" / "0001").write_bytes(b"changed since")
    log.close()
    _, before = restore(tmp_path / "one.zip", home, home / "decisions.db", AT)
    assert before.parent == home
    assert [n.text for n in DecisionLog(before / "decisions.db").state("c-2").notes] == ["note 1"]
    assert DecisionLog(before / "decisions.db").state("c-1").notes[-1].text == "after the backup"
    assert (before / "cases" / "c-1" / "files" / "0001").read_bytes() == b"changed since"
    assert DecisionLog(home / "decisions.db").head().events == 3


def test_a_backup_made_while_people_decide_is_one_moment(kept, home, tmp_path):
    log, stop = fill(kept, home), threading.Event()

    def go_on():
        number = 0
        while not stop.is_set():
            number += 1
            log.decide("c-1", WriteNote(0, str(number)), who="Dr B", at=AT)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        manifests = [back_up(kept, home, tmp_path / f"{n}.zip", AT) for n in range(3)]
    finally:
        stop.set()
        thread.join()
    for number, manifest in enumerate(manifests):
        assert log.first_not_following(manifest.head) is None
        restore(tmp_path / f"{number}.zip", tmp_path / f"r{number}", tmp_path / f"r{number}" / "decisions.db", AT)
    log.close()


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_half_written_backup_is_recognised_and_refused(share, home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    whole = (tmp_path / "one.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: int(len(whole) * share)])
    before = files_of(home)
    with pytest.raises(UnreadableFile, match="not a whole backup"):
        restore(tmp_path / "half.zip", home, home / "decisions.db", AT)
    assert files_of(home) == before
    assert sorted(p.name for p in home.iterdir()) == ["cases", "decisions.db"]


def test_a_changed_byte_anywhere_in_a_backup_is_refused_or_changes_nothing(home, tmp_path):
    log = fill(home / "decisions.db", home)
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    whole, chance = (tmp_path / "one.zip").read_bytes(), random.Random(5)
    for number in range(60):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        (tmp_path / "damaged.zip").write_bytes(damaged)
        other = tmp_path / f"other-{number}"
        try:
            restore(tmp_path / "damaged.zip", other, other / "decisions.db", AT)
        except CaseboardError:
            assert not (other / "cases").exists()
            continue
        with closing(DecisionLog(other / "decisions.db")) as restored:
            assert restored.head() == log.head()
        assert files_of(other) == files_of(home)


@pytest.fixture
def small_files_only():
    """As on a full disk: no file may grow beyond 30 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_room_for_a_backup_is_said_and_leaves_no_half_of_it(kept, home, tmp_path, small_files_only):
    log = fill(kept, home)
    small_files_only()
    with pytest.raises(IntegrityError, match=r"could not be (written|saved)"):
        back_up(kept, home, tmp_path / "one.zip", AT)
    assert not list(tmp_path.glob("*one*")) + list(tmp_path.glob(".backup*"))
    assert log.verify() is None
    log.close()


def test_no_room_for_a_restore_is_said_and_changes_nothing(home, tmp_path, small_files_only):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    before, inside = files_of(home), sorted(p.name for p in home.iterdir())
    small_files_only()
    with pytest.raises(IntegrityError, match="still here"):
        restore(tmp_path / "one.zip", home, home / "decisions.db", AT)
    assert (files_of(home), sorted(p.name for p in home.iterdir())) == (before, inside)


def test_a_backup_looked_at_for_what_it_holds_is_checked_to_the_last_byte(home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    whole = (tmp_path / "one.zip").read_bytes()
    place = whole.index(b"SQLite format 3") + 5000
    (tmp_path / "one.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with pytest.raises(UnreadableFile, match="not a whole backup"):
        head_in(tmp_path / "one.zip", home)


def rewritten(source, to, change):
    """A backup with other members: `change` is given and returns name -> bytes."""
    with zipfile.ZipFile(source) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in change(members).items():
            archive.writestr(name, content)


@pytest.mark.parametrize("name", ["../evil", "cases/../../evil", "/evil", "cases//evil", "cases\\evil", "evil"])
def test_a_backup_cannot_write_outside_the_home(name, home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)

    def smuggle(members):
        manifest = json.loads(members.pop("manifest.json"))
        manifest["files"][name] = "0" * 64
        return {**members, name: b"x", "manifest.json": json.dumps(manifest)}

    rewritten(tmp_path / "one.zip", tmp_path / "bad.zip", smuggle)
    other = tmp_path / "a" / "b" / "other"
    with pytest.raises(UnreadableFile):
        restore(tmp_path / "bad.zip", other, other / "decisions.db", AT)
    assert not list(tmp_path.rglob("evil"))


def test_a_backup_of_a_newer_caseboard_is_refused_in_words(home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    rewritten(tmp_path / "one.zip", tmp_path / "new.zip", lambda m: {**m, "manifest.json": '{"format": 2}'})
    with pytest.raises(InputError, match="another version of Caseboard"):
        head_in(tmp_path / "new.zip", home)


def test_a_broken_chain_is_not_backed_up_as_if_it_were_whole(kept, home, tmp_path):
    fill(kept, home).close()
    unguard(kept)
    run(kept, "UPDATE event SET who='x' WHERE seq=2")
    with pytest.raises(IntegrityError, match="decision 2 of case c-2"):
        back_up(kept, home, tmp_path / "one.zip", AT)
    assert not list(tmp_path.glob("*.zip*"))


def test_a_chain_rewritten_as_a_whole_is_noticed_beside_a_backup(home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    (home / "decisions.db").unlink()
    with closing(DecisionLog(home / "decisions.db")) as forged:
        note(forged, "another past", "c-1")
        assert forged.verify() is None
        broken = forged.first_not_following(head_in(tmp_path / "one.zip", home))
    assert (broken.case_id, broken.differs) == ("c-1", "its decision number 2 is not the one in the backup")


def test_a_backup_does_not_replace_a_file_and_is_for_its_owner_only(home, tmp_path):
    fill(home / "decisions.db", home).close()
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    assert (tmp_path / "one.zip").stat().st_mode & 0o077 == 0
    with pytest.raises(InputError, match="give the backup a new name"):
        back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)


def test_no_folder_for_the_backup_is_said_in_a_sentence(home, tmp_path):
    fill(home / "decisions.db", home).close()
    with pytest.raises(IntegrityError, match="folder is missing"):
        back_up(home / "decisions.db", home, tmp_path / "nowhere" / "one.zip", AT)


def test_nothing_is_restored_under_a_running_caseboard(home, tmp_path):
    log = fill(home / "decisions.db", home)
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    with pytest.raises(InputError, match="running here; stop it"):
        restore(tmp_path / "one.zip", home, home / "decisions.db", AT)
    assert note(log, "still here").version == 3
    log.close()


def test_a_restore_interrupted_half_way_is_said_and_ended_by_doing_it_again(home, tmp_path, monkeypatch):
    log = fill(home / "decisions.db", home)
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    head = log.head()
    log.close()
    replace, moves = Path.replace, iter(range(3))

    def dying(path, to):
        if next(moves, None) is None:
            raise OSError(5, "killed here")
        return replace(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dying)
        with pytest.raises(IntegrityError, match="killed here"):
            restore(tmp_path / "one.zip", home, home / "decisions.db", AT)
    with pytest.raises(IntegrityError, match="interrupted half-way"):
        DecisionLog(home / "decisions.db")
    restore(tmp_path / "one.zip", home, home / "decisions.db", AT)
    assert DecisionLog(home / "decisions.db").head() == head


def test_the_terminal_backs_up_restores_and_verifies(kept, home, tmp_path, monkeypatch, capsys):
    fill(kept, home).close()

    def cli(*words, folder, address=""):
        monkeypatch.setenv("CASEBOARD_HOME", str(folder))
        monkeypatch.setenv("CASEBOARD_DATABASE", address)
        code = main([str(w) for w in words])
        said = capsys.readouterr()
        return code, said.out + said.err

    here = {"folder": home, "address": kept if isinstance(kept, str) else ""}
    code, made = cli("backup", tmp_path / "one.zip", **here)
    assert (code, "3 decisions on 2 cases; 2 stored cases" in made) == (0, True)
    code, restored = cli("restore", tmp_path / "one.zip", folder=tmp_path / "other")
    assert code == 0
    code, verified = cli("verify", "--since", tmp_path / "one.zip", folder=tmp_path / "other")
    assert (code, "each is as it was saved" in verified) == (0, True)
    assert made.splitlines()[-1] == restored.splitlines()[-1] == verified.splitlines()[-1]
    unguard(kept)
    run(kept, "UPDATE event SET who='x' WHERE seq=2")
    code, broken = cli("verify", **here)
    assert (code, "decision 2 of case c-2" in broken) == (2, True)

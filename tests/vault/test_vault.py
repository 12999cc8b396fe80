"""A vault holds what is in it closed to whoever has the disk, and open only with its passphrase; nothing gets lost."""

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models.case.store import CaseStore, home
from models.errors import InputError, IntegrityError
from models.knowledge import library_folder
from models.review import DecisionLog
from models.review.backup import back_up
from models.review.commands import WriteNote
from models.review.sealed import Seal, unencrypted_from_vault
from models.vault import Protected, age_file, protection, refuse_closed, temporary_files
from models.vault import moving_in as moving
from tests.review.test_backup import AT, files_of, fill, note
from tests.vault.conftest import PASSPHRASE, kill_program, let_go, program_of

pytestmark = pytest.mark.slow


def everything(folder):
    """Contents by name, links as where they lead."""
    return {
        p.relative_to(folder): p.readlink() if p.is_symlink() else p.read_bytes()
        for p in folder.rglob("*")
        if p.is_symlink() or p.is_file()
    }


def test_the_data_moves_in_equal_and_opens_with_its_passphrase_only(person):
    fill(person.home / "decisions.db", person.home).close()
    before = everything(person.home)
    told = person.does("create", PASSPHRASE)
    assert "cannot be recovered by anybody" in told and f"Files in it: {len(before)} " in told
    assert "unencrypted copy stays" in told
    assert everything(person.home) == before == everything(person.vault.plain)
    person.does("close")
    with pytest.raises(InputError, match="not the passphrase"):
        person.does("open", "another passphrase of it")
    assert not person.vault.is_open
    assert "open" in person.does("open", PASSPHRASE)
    assert everything(person.home) == before
    assert protection(person.home) == Protected("this installation's vault, gocryptfs")
    assert "already" in person.does("open")
    with pytest.raises(InputError, match="has a vault already"):
        person.does("create", PASSPHRASE)


def test_a_closed_vault_refuses_everybody_who_would_begin_anew_in_its_place(person, monkeypatch):
    monkeypatch.setenv("CASEBOARD_HOME", str(person.home))
    person.does("create", PASSPHRASE)
    CaseStore(home())
    person.does("close")
    with pytest.raises(IntegrityError, match=r"closed vault.*vault open"):
        home()
    for attempt in (CaseStore, DecisionLog):
        with pytest.raises((OSError, IntegrityError)):
            attempt(person.home / "decisions.db" if attempt is DecisionLog else person.home)
    for attempt in (lambda: person.home.mkdir(parents=True, exist_ok=True), (person.home / "x").touch):
        with pytest.raises(OSError, match=r"exist|No such"):
            attempt()
    assert list(person.vault.mount.iterdir()) == []
    assert isinstance(protection(person.home), Protected)


def test_a_machine_that_restarted_with_an_open_vault_finds_it_closed_and_whole(person):
    """After a restart the mount is gone and the link stays."""
    fill(person.home / "decisions.db", person.home).close()
    person.does("create", PASSPHRASE)
    let_go(person.vault)
    with pytest.raises(IntegrityError, match="closed vault"):
        refuse_closed(person.home)
    person.does("open", PASSPHRASE)
    with closing(DecisionLog(person.home / "decisions.db")) as log:
        assert (log.head().events, log.verify()) == (3, None)


def test_a_vault_in_use_is_not_closed(person):
    person.does("create", PASSPHRASE)
    with (person.home / "open").open("w"), pytest.raises(InputError, match=r"in use.*Stop it"):
        person.does("close")
    assert "closed" in person.does("close")


def test_a_vault_whose_program_was_killed_loses_no_decision_and_says_what_to_do(person):
    person.does("create", PASSPHRASE)
    log = DecisionLog(person.home / "decisions.db")
    note(log, "kept")
    kill_program(person.vault)
    with pytest.raises(IntegrityError, match="could not be saved or read; nothing saved before was lost"):
        log.decide("c-1", WriteNote(1, "too late"), who="Dr A", at=AT)
    with pytest.raises(IntegrityError, match="closed vault"):
        refuse_closed(person.home)
    log.close()
    person.does("open", PASSPHRASE)
    with closing(DecisionLog(person.home / "decisions.db")) as again:
        assert ([n.text for n in again.state("c-1").notes], again.verify()) == (["kept"], None)


def test_the_passphrase_is_no_argument_of_a_program_and_not_in_its_environment(person):
    person.does("create", PASSPHRASE)
    place = Path("/proc") / str(program_of(person.vault))
    seen = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
    assert b"horse" not in seen and str(person.vault.mount).encode() in seen


def test_another_passphrase_opens_it_and_the_old_one_no_more(person):
    person.does("create", PASSPHRASE)
    with pytest.raises(InputError, match="not the passphrase"):
        person.does("change-passphrase", "not the present one", "a second passphrase")
    person.does("change-passphrase", PASSPHRASE, "a second passphrase")
    person.does("close")
    with pytest.raises(InputError, match="not the passphrase"):
        person.does("open", PASSPHRASE)
    person.does("open", "a second passphrase")
    assert person.vault.is_open


def test_public_knowledge_stays_beside_the_vault_and_is_found_also_while_it_is_closed(person, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: person.home)
    monkeypatch.delenv("CASEBOARD_KNOWLEDGE")
    assert library_folder() == person.home / "knowledge"
    person.outside = "knowledge"
    (person.home / "knowledge").mkdir(parents=True)
    (person.home / "knowledge" / "release").write_text("public")
    person.does("create", PASSPHRASE)
    assert (person.home / "knowledge" / "release").read_text() == "public"
    assert (person.vault.root / "knowledge" / "release").read_text() == "public"
    assert "knowledge" not in {p.name for p in person.vault.plain.iterdir()}
    person.does("close")
    assert (library_folder() / "release").read_text() == "public"


def test_the_unencrypted_copy_goes_only_on_a_person_s_word_and_with_the_vault_open(person):
    fill(person.home / "decisions.db", person.home).close()
    person.answer = "yes"
    assert "stays" in person.does("create", PASSPHRASE)
    person.answer = "REMOVE"
    person.does("close")
    with pytest.raises(InputError, match="Open the vault first"):
        person.does("remove-plain")
    person.does("open", PASSPHRASE)
    assert "SSD may keep its blocks" in person.does("remove-plain")
    assert not person.vault.plain.exists()
    assert len(files_of(person.home)) == 4
    assert "no unencrypted copy" in person.does("remove-plain")


def test_caseboard_started_on_a_vault_has_its_temporary_files_there_and_closes_it_at_the_end(person):
    person.does("create", PASSPHRASE)
    person.does("close")
    assert temporary_files(person.home) == {}
    assert "closed" in person.does("start", PASSPHRASE)
    (environment,) = person.served
    assert Path(environment["TMPDIR"]).is_relative_to(person.vault.mount)
    assert not person.vault.is_mounted
    person.does("open", PASSPHRASE)
    assert list(person.vault.temporary.parent.glob("temporary")) == [], "what was left there is gone"
    assert person.does("start") == ""
    assert person.vault.is_open


ROOT = Path(__file__).resolve().parents[2]
DYING = f"""
import os, signal, sys
from pathlib import Path
from models.vault import gocryptfs, moving_in, vault_of
step, when, home = sys.argv[1:]
gocryptfs._SCRYPT_LOG_N = 10
real = getattr(moving_in, step)
def dying(*given):
    if when == "after":
        real(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(moving_in, step, dying)
moving_in.create(vault_of(Path(home)), {PASSPHRASE!r}, "knowledge", lambda: None)
"""
STEPS = ("initialise", "mount", "_copied_in", "_compare", "_exchange", "keep_outside")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_of_moving_in_the_data_is_there_and_the_next_try_ends_it(step, when, person):
    person.outside = "knowledge"
    fill(person.home / "decisions.db", person.home).close()
    (person.home / "knowledge").mkdir()
    before = files_of(person.home)
    killed = subprocess.run([sys.executable, "-c", DYING, step, when, str(person.home)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    if person.vault.is_linked:
        assert files_of(person.home) == before
        person.does("open", PASSPHRASE)
    else:
        assert files_of(person.home) == before
        refuse_closed(person.home)
        person.does("create", PASSPHRASE)
    assert files_of(person.home) == before
    assert (person.home / "knowledge").is_dir()
    assert not person.vault.unfinished.exists()


def test_killed_between_the_two_moves_the_home_is_refused_and_put_back(person):
    fill(person.home / "decisions.db", person.home).close()
    before = files_of(person.home)
    person.vault.root.mkdir()
    person.vault.unfinished.touch()
    person.home.replace(person.vault.plain)
    with pytest.raises(IntegrityError, match=r"interrupted; nothing is lost"):
        refuse_closed(person.home)
    person.does("create", PASSPHRASE)
    assert files_of(person.home) == before


def test_a_disk_that_fills_while_moving_in_leaves_everything_as_it_was(person, monkeypatch):
    fill(person.home / "decisions.db", person.home).close()
    before = files_of(person.home)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moving, "_copied", full)
    with pytest.raises(IntegrityError, match=r"No space left.*data is where it was"):
        person.does("create", PASSPHRASE)
    assert files_of(person.home) == before
    assert not person.home.is_symlink() and not person.vault.is_mounted and not person.vault.cipher.exists()


def test_a_file_that_changes_while_it_is_copied_stops_the_move(person, monkeypatch):
    fill(person.home / "decisions.db", person.home).close()
    compare = moving._compare

    def meanwhile(*given):
        compare(*given)
        (person.home / "cases" / "c-1" / "case.json").write_text("somebody wrote this")

    monkeypatch.setattr(moving, "_compare", meanwhile)
    with pytest.raises(IntegrityError, match="changed while it was copied"):
        person.does("create", PASSPHRASE)
    assert (person.home / "cases" / "c-1" / "case.json").read_text() == "somebody wrote this"


def test_a_copy_that_reads_back_different_is_not_taken(person, monkeypatch):
    fill(person.home / "decisions.db", person.home).close()
    copied = moving._copied

    def rotten(source, target):
        total = copied(source, target)
        if target.name == "0001":
            target.write_bytes(b"rot")
        return total

    monkeypatch.setattr(moving, "_copied", rotten)
    with pytest.raises(IntegrityError, match="differs from what was copied"):
        person.does("create", PASSPHRASE)
    assert not person.home.is_symlink()


def test_no_room_for_the_copy_is_said_before_anything_is_made(person, monkeypatch):
    fill(person.home / "decisions.db", person.home).close()
    usage = shutil.disk_usage(person.home)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(InputError, match=r"needs .* GB and 0.0 GB are free"):
        person.does("create", PASSPHRASE)
    assert not person.vault.root.exists()


def test_a_vault_is_not_made_under_a_running_caseboard(person):
    def running():
        raise InputError("Caseboard is running here; stop it.")

    person.settle = running
    with pytest.raises(InputError, match="running here"):
        person.does("create", PASSPHRASE)
    assert not person.vault.root.exists()


def test_a_damaged_key_file_is_said_in_a_sentence(person):
    person.does("create", PASSPHRASE)
    person.does("close")
    key = person.vault.cipher / "gocryptfs.conf"
    key.chmod(0o600)
    key.write_bytes(key.read_bytes()[:100])
    with pytest.raises(IntegrityError, match=r"gocryptfs.conf is missing or damaged"):
        person.does("open", PASSPHRASE)


def test_a_flipped_byte_in_the_vault_is_an_error_and_never_other_data(person):
    fill(person.home / "decisions.db", person.home).close()
    person.does("create", PASSPHRASE)
    person.does("close")
    for file in person.vault.cipher.rglob("*"):
        if file.is_file() and file.stat().st_size > 9_000:
            damaged = bytearray(file.read_bytes())
            damaged[5_000] ^= 1
            file.write_bytes(damaged)
    person.does("open", PASSPHRASE)
    with pytest.raises(OSError, match="Input/output"):
        (person.home / "cases" / "c-1" / "files" / "0001").read_bytes()


def test_without_the_program_a_person_is_told_what_to_install(monkeypatch, tmp_path):
    from models.vault import gocryptfs

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install gocryptfs" in gocryptfs.why_not_usable() and "LUKS" in gocryptfs.why_not_usable()
    monkeypatch.setattr("sys.platform", "darwin")
    assert "brew install" in gocryptfs.why_not_usable()
    monkeypatch.setattr("sys.platform", "win32")
    assert "BitLocker" in gocryptfs.why_not_usable()


def test_without_a_vault_each_verb_says_how_to_make_one(tmp_path):
    from tests.vault.conftest import Person

    person = Person(tmp_path / "caseboard")
    assert "vault create" in person.does("status")
    for verb in ("open", "close", "change-passphrase", "start"):
        with pytest.raises(InputError, match="vault create"):
            person.does(verb)


def test_a_backup_that_leaves_a_vault_unencrypted_is_told(person, tmp_path):
    fill(person.home / "decisions.db", person.home).close()
    person.does("create", PASSPHRASE)
    public = str(age_file.new_key().to_public())
    for name, seal, is_told in (("plain", None, True), ("sealed", Seal(to=(public,)), False)):
        back_up(person.home / "decisions.db", person.home, tmp_path / name, AT, seal)
        assert ("not encrypted" in unencrypted_from_vault(person.home, tmp_path / name)) == is_told
    assert unencrypted_from_vault(person.vault.plain, tmp_path / "plain") == ""

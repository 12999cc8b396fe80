"""An encrypted backup opens with its passphrase or its key, brings back the same, and otherwise says why not."""

import random
import shutil
import subprocess
import zipfile

import pytest

from cli import main
from models.errors import CaseboardError, InputError, IntegrityError, UnreadableFile
from models.review.backup import back_up, head_in
from models.review.restore import restore
from models.review.sealed import Keys, Seal
from models.vault import age_file
from tests.review.test_backup import AT, files_of, fill, small_files_only  # noqa: F401  a fixture

PASSPHRASE = "five words drawn at random"
KNOWN = Keys(lambda: PASSPHRASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A home and its backups: for a passphrase, and for the owner of a key; both of the same key, which lies beside
    them unlocked. (A passphrase is slow to try on purpose, so the tests try few.)"""
    folder, secret = tmp_path_factory.mktemp("sealed"), age_file.new_key()
    home = folder / "home"
    home.mkdir()
    log = fill(home / "decisions.db", home)
    (folder / "key").write_text(f"{secret}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age_file, "new_key", lambda: secret)
        for name, seal in (("by-passphrase", Seal(PASSPHRASE)), ("to-key", Seal(to=(str(secret.to_public()),)))):
            assert back_up(home / "decisions.db", home, folder / name, AT, seal).head == log.head()
    log.close()
    return folder


@pytest.fixture(scope="module")
def key(made):
    return Keys(lambda: pytest.fail("an unlocked key needs no passphrase"), made / "key")


@pytest.mark.parametrize("name", ["by-passphrase", "to-key"])
def test_an_encrypted_backup_brings_back_the_same_cases_and_the_same_end(name, made, key, tmp_path):
    keys, other = KNOWN if name == "by-passphrase" else key, tmp_path / "other"
    manifest, before = restore(made / name, other, other / "decisions.db", AT, keys)
    assert (manifest.head.events, before) == (3, None)
    assert files_of(other) == files_of(made / "home")
    assert sorted(p.name for p in other.iterdir()) == ["cases", "decisions.db"]
    assert list((made / "home" / "drafts").iterdir()) == [], "nothing decrypted is left"


@pytest.mark.parametrize("name", ["by-passphrase", "to-key"])
def test_nothing_of_a_case_can_be_read_in_an_encrypted_backup(name, made):
    raw = (made / name).read_bytes()
    content = (made / "home" / "cases" / "c-1" / "files" / "0001").read_bytes()
    assert content[:40] not in raw and b"SQLite format 3" not in raw and b"c-1" not in raw and b"manifest" not in raw
    assert (made / name).stat().st_mode & 0o077 == 0


def test_another_passphrase_and_another_key_are_refused_and_change_nothing(made, tmp_path):
    other = tmp_path / "other"
    with pytest.raises(InputError, match="not its passphrase"):
        restore(made / "by-passphrase", other, other / "decisions.db", AT, Keys(lambda: "another passphrase"))
    (tmp_path / "stranger").write_text(str(age_file.new_key()))
    with pytest.raises(InputError, match="key does not open it"):
        restore(made / "to-key", other, other / "decisions.db", AT, Keys(KNOWN.ask, tmp_path / "stranger"))
    assert list(other.iterdir()) == []


def test_without_a_key_an_encrypted_backup_says_what_it_needs(made, tmp_path):
    with pytest.raises(InputError, match=r"to-key: .*--key FILE"):
        restore(made / "to-key", tmp_path, tmp_path / "decisions.db", AT, KNOWN)
    for name in ("by-passphrase", "to-key"):
        with pytest.raises(InputError, match="is encrypted; it needs"):
            head_in(made / name, tmp_path)
    with pytest.raises(UnreadableFile, match="This is no key"):
        restore(made / "to-key", tmp_path, tmp_path / "decisions.db", AT, Keys(KNOWN.ask, made / "by-passphrase"))
    with pytest.raises(InputError, match="key cannot be read"):
        restore(made / "to-key", tmp_path, tmp_path / "decisions.db", AT, Keys(KNOWN.ask, made / "nowhere"))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.9999])
def test_a_half_written_encrypted_backup_is_refused(share, made, key, tmp_path):
    whole = (made / "to-key").read_bytes()
    (tmp_path / "half").write_bytes(whole[: int(len(whole) * share)])
    other = tmp_path / "other"
    with pytest.raises(CaseboardError) as refused:
        restore(tmp_path / "half", other, other / "decisions.db", AT, key)
    assert "cut short" in str(refused.value) or "beginning is damaged" in str(refused.value)
    assert list(other.iterdir()) == []


def test_a_half_written_backup_with_a_passphrase_is_refused_before_it_is_asked_for(made, tmp_path):
    whole = (made / "by-passphrase").read_bytes()
    (tmp_path / "half").write_bytes(whole[:-500])
    with pytest.raises(UnreadableFile, match="not a whole backup"):
        restore(tmp_path / "half", tmp_path / "o", tmp_path / "o" / "decisions.db", AT, Keys(pytest.fail))


def test_a_flipped_byte_anywhere_in_an_encrypted_backup_is_refused(made, key, tmp_path):
    whole, chance = (made / "to-key").read_bytes(), random.Random(7)
    places = [*range(0, 220, 20), *(chance.randrange(len(whole)) for _ in range(20)), len(whole) - 1]
    for number, place in enumerate(places):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        (tmp_path / "damaged").write_bytes(damaged)
        other = tmp_path / f"other-{number}"
        with pytest.raises(CaseboardError):
            restore(tmp_path / "damaged", other, other / "decisions.db", AT, key)
        assert list(other.iterdir()) == []


def test_a_flipped_byte_in_the_body_of_a_backup_with_a_passphrase_is_refused(made, tmp_path, monkeypatch):
    unlocked = age_file.unlocked((made / "key").read_bytes(), KNOWN.ask)
    monkeypatch.setattr(age_file, "unlocked", lambda *_: unlocked)
    damaged = bytearray((made / "by-passphrase").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged").write_bytes(damaged)
    with pytest.raises(UnreadableFile, match="cut short"):
        restore(tmp_path / "damaged", tmp_path / "o", tmp_path / "o" / "decisions.db", AT, KNOWN)


def test_what_is_no_public_key_is_said_and_leaves_no_file(made, tmp_path):
    home = made / "home"
    with pytest.raises(InputError, match="begins with age1"):
        back_up(home / "decisions.db", home, tmp_path / "one", AT, Seal(to=("age1nobody",)))
    assert list(tmp_path.iterdir()) == []


def test_an_installation_can_encrypt_every_backup_to_the_keys_it_names(made, key, tmp_path, monkeypatch):
    home = made / "home"
    monkeypatch.setenv("CASEBOARD_BACKUP_TO", f"{age_file.new_key().to_public()}, {public_of(made)}")
    back_up(home / "decisions.db", home, tmp_path / "one", AT)
    assert head_in(tmp_path / "one", home, key).events == 3


def public_of(folder):
    return age_file.unlocked((folder / "key").read_bytes(), KNOWN.ask).to_public()


def test_no_room_for_an_encrypted_backup_is_said_and_leaves_no_half_of_it(made, key, tmp_path, small_files_only):  # noqa: F811
    home = tmp_path / "home"
    home.mkdir()
    with_room = fill(home / "decisions.db", home)
    small_files_only()
    with pytest.raises(IntegrityError, match=r"could not be (written|saved)"):
        back_up(home / "decisions.db", home, tmp_path / "one", AT, Seal(to=(str(public_of(made)),)))
    assert not list(tmp_path.glob("*one*"))
    with_room.close()


def test_the_envelope_tells_how_to_open_it_without_caseboard(made, key, tmp_path):
    program = shutil.which("age") or shutil.which("rage")
    with zipfile.ZipFile(made / "by-passphrase") as envelope:
        assert b"age -d -i key.age backup.zip.age" in envelope.read("how-to-open.txt")
        assert envelope.read("key.age").startswith(age_file.MAGIC)
    if program is None:
        pytest.skip("age is not installed (Debian: age)")
    opened = subprocess.run([program, "-d", "-i", str(key.file), str(made / "to-key")], capture_output=True, check=True)
    (tmp_path / "plain.zip").write_bytes(opened.stdout)
    assert head_in(tmp_path / "plain.zip", tmp_path).events == 3


def test_a_key_is_for_its_owner_only_and_replaces_no_file(tmp_path):
    public = age_file.write_key(tmp_path / "key", PASSPHRASE)
    assert public.startswith("age1") and b"SECRET" not in (tmp_path / "key").read_bytes()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    with pytest.raises(InputError, match="give the key a new name"):
        age_file.write_key(tmp_path / "key", PASSPHRASE)


def test_the_terminal_encrypts_restores_and_verifies_without_a_passphrase_among_its_words(
    made, tmp_path, monkeypatch, capsys
):
    def cli(*words, folder):
        monkeypatch.setenv("CASEBOARD_HOME", str(folder))
        code = main([str(w) for w in words])
        said = capsys.readouterr()
        return code, said.out + said.err

    home, other = made / "home", tmp_path / "other"
    code, told = cli("backup", tmp_path / "one", "--encrypt", "--passphrase-command", "echo short", folder=home)
    assert (code, "at least 15" in told) == (2, True)
    code, told = cli("backup", tmp_path / "one", "--to", public_of(made), folder=home)
    assert (code, "3 decisions on 2 cases" in told) == (0, True)
    code, told = cli("restore", tmp_path / "one", folder=other)
    assert (code, "--key FILE" in told) == (2, True)
    assert cli("restore", tmp_path / "one", "--key", made / "key", folder=other)[0] == 0
    assert cli("verify", "--since", tmp_path / "one", "--key", made / "key", folder=other)[0] == 0
    assert files_of(other) == files_of(home)

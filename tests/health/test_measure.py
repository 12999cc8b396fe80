"""What is measured on a disk that is really full or may only be read, and of the copy that runs here."""

from datetime import UTC, datetime

import pytest

from models.errors import IntegrityError
from models.health import CHECKS, judged, measure
from models.health.answers import Trouble
from models.health.measure import PINS, _commit, _versions
from models.knowledge import Library
from models.review import DecisionLog
from tests.small_disk import small_disk

AT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def away():
    raise IntegrityError("The department's database cannot be reached.")


def measured(home, log=away):
    return measure(home, log, Library(home / "nothing-installed"), AT)


def test_a_full_disk_and_one_that_may_only_be_read_are_told_by_trying():
    with small_disk(2) as disk:
        assert measured(disk.folder).folder.refused == ""
        disk.fill()
        full = measured(disk.folder).folder
        assert (full.refused, full.free_bytes) == ("No space left on device", 0)
        (disk.folder / "ballast").unlink()
        disk.change("ro")
        assert measured(disk.folder).folder.refused == "Read-only file system"


@pytest.mark.parametrize(("mode", "others_may"), [(0o700, False), (0o710, True), (0o704, True)])
def test_who_else_may_look_into_the_folder_is_told_by_its_mode(mode, others_may, tmp_path):
    tmp_path.chmod(mode)
    assert measured(tmp_path).folder.others_may is others_may


def test_the_rest_is_told_while_the_database_is_away(tmp_path):
    facts = measured(tmp_path)
    assert facts.decisions == facts.keeping == Trouble("The department's database cannot be reached.")
    assert not any(isinstance(part, Trouble) for part in (facts.folder, facts.releases, facts.model, facts.versions))
    assert len(judged(CHECKS, facts).answers) == len(CHECKS)


def test_a_wrong_retention_period_hides_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_RETENTION_YEARS", "ten")
    log = DecisionLog(tmp_path / "decisions.db")
    facts = measured(tmp_path, lambda: log)
    log.close()
    assert "whole number of years" in facts.keeping.sentence
    assert (facts.decisions.events, facts.decisions.last_at) == (0, "")


def test_every_pinned_package_is_compared_with_what_is_installed(tmp_path):
    pins = tmp_path / "pins.txt"
    pins.write_text("# A comment\nnumpy==0.0.1\nnot-a-package==1.0\npsycopg[binary]==0.0.2\n")
    found = _versions(pins)
    assert found.packages == 3
    assert [o.split()[0] for o in found.others] == ["numpy", "not-a-package", "psycopg"]
    assert found.others[1] == "not-a-package nothing in place of 1.0"
    assert _versions(PINS).packages > 50


@pytest.mark.parametrize("packed", [False, True])
def test_the_commit_of_a_clone_is_told_and_of_no_clone_is_not(packed, tmp_path):
    assert _commit(tmp_path) == ""
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    assert _commit(tmp_path) == ""
    if packed:
        (tmp_path / "packed-refs").write_text(f"# pack-refs\n{'ab' * 20} refs/heads/main\n")
    else:
        (tmp_path / "refs" / "heads").mkdir(parents=True)
        (tmp_path / "refs" / "heads" / "main").write_text("ab" * 20 + "\n")
    assert _commit(tmp_path) == "abababababab"
    (tmp_path / "HEAD").write_text("cd" * 20 + "\n")
    assert _commit(tmp_path) == "cdcdcdcdcdcd"

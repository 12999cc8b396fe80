"""T14: the list of people is changed whole or not at all; what was written beside it stays, nobody is locked out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.errors import InputError, IntegrityError
from models.review.people import read_people
from models.review.people_file import (
    BY_HAND,
    CHANGED,
    KEPT,
    NO_ADMIN,
    Entry,
    set_person,
    take_out,
    version_of,
)
from models.review.permissions import Role

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
WRITTEN = """# Heart clinic, kept by the IT desk (phone 4711)
[people."Ada@example.org"]   # leads the clinic
name = "Dr Ada Example"
roles = ["reviewer", "signer"]
cases = "all"

[people."u-7"]
roles = ["admin"]            # until spring
teams = ["heart"]

[teams.heart]
cases = ["c-1"]

[sessions]
idle_minutes = 10  # as the hospital asks
"""


def done() -> None:
    """Nothing is recorded."""


NOTES = ("phone 4711", "leads the clinic", "until spring", "as the hospital asks")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "people.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    return file


def test_a_person_is_added_and_everything_else_stays_as_it_was_written(file: Path) -> None:
    entry = Entry("eve@example.org", "Dr Eve", frozenset({Role.READER}), cases=("c-1", "c-2"))
    people = set_person(file, version_of(file), entry, NOW, done)
    assert people == read_people(file)
    eve = people.by_key["eve@example.org"]
    assert (eve.name, eve.roles, eve.all_cases, eve.cases) == ("Dr Eve", {Role.READER}, False, {"c-1", "c-2"})
    assert all(note in file.read_text(encoding="utf-8") for note in NOTES)
    assert WRITTEN in [f.read_text(encoding="utf-8") for f in (file.parent / KEPT).iterdir()]


def test_roles_are_given_and_taken_under_any_spelling_of_the_address(file: Path) -> None:
    entry = Entry(" ADA@Example.org", "Dr Ada Example", frozenset({Role.READER, Role.ADMIN}), all_cases=True)
    people = set_person(file, version_of(file), entry, NOW, done)
    assert people.by_key["ada@example.org"].roles == {Role.READER, Role.ADMIN}
    assert len(people.by_key) == 2
    assert all(note in file.read_text(encoding="utf-8") for note in NOTES)
    nothing = set_person(file, version_of(file), Entry("ada@example.org"), NOW, done).by_key["ada@example.org"]
    assert (nothing.permissions, nothing.all_cases) == (frozenset(), False)


def test_teams_and_what_they_may_see_stay_with_the_person(file: Path) -> None:
    people = set_person(file, version_of(file), Entry("u-7", "", frozenset({Role.ADMIN, Role.READER})), NOW, done)
    assert people.by_key["u-7"].has("c-1")


def test_a_person_is_taken_out(file: Path) -> None:
    assert set(take_out(file, version_of(file), "ada@example.org", NOW, done).by_key) == {"u-7"}
    with pytest.raises(InputError, match="not in the list"):
        take_out(file, version_of(file), "ada@example.org", NOW, done)


def test_the_last_administrator_is_neither_taken_out_nor_without_the_role(file: Path) -> None:
    seen = version_of(file)
    for change in (
        lambda: take_out(file, seen, "u-7", NOW, done),
        lambda: set_person(file, seen, Entry("u-7", "", frozenset({Role.READER})), NOW, done),
    ):
        with pytest.raises(InputError, match=NO_ADMIN):
            change()
    assert file.read_text(encoding="utf-8") == WRITTEN
    assert not (file.parent / KEPT).exists()


def test_a_list_that_changed_since_the_page_was_drawn_is_not_written_over(file: Path) -> None:
    seen = version_of(file)
    set_person(file, seen, Entry("eve@example.org", "", frozenset({Role.READER})), NOW, done)
    with pytest.raises(InputError, match=CHANGED):
        take_out(file, seen, "eve@example.org", NOW, done)
    assert "eve@example.org" in read_people(file).by_key


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[people.", BY_HAND),
        ("people = 3\n", BY_HAND),
        (WRITTEN.replace('roles = ["admin"]', 'roles = ["chief"]'), "A role here is one of"),
        (WRITTEN.replace('teams = ["heart"]', 'teams = ["brain"]'), "no team called brain"),
        (WRITTEN + "idle_minutes = 5\n", BY_HAND),
    ],
    ids=["torn", "no table", "unknown role", "unknown team", "twice"],
)
def test_a_damaged_list_is_told_and_left_as_it_is(file: Path, written: str, told: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        set_person(file, version_of(file), Entry("eve@example.org", "", frozenset({Role.ADMIN})), NOW, done)
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("key", ["", "   "])
def test_a_person_without_an_address_or_id_is_refused(file: Path, key: str) -> None:
    with pytest.raises(InputError, match="address or id"):
        set_person(file, version_of(file), Entry(key, "Nobody", frozenset({Role.ADMIN})), NOW, done)


@pytest.mark.parametrize(
    "text", ['"]\n[people."eve"]\nroles = ["admin"]\n', "a\nb", "\u202emoc.elpmaxe", "'''", "é" * 4096]
)
def test_what_is_typed_never_becomes_another_line_of_the_file(file: Path, text: str) -> None:
    people = set_person(file, version_of(file), Entry(f"x{text}", text, frozenset({Role.READER})), NOW, done)
    assert set(people.by_key) == {"ada@example.org", "u-7", f"x{text}".strip()}
    assert people.by_key[f"x{text}".strip()].name == text.strip()


def test_the_first_list_is_begun_with_an_administrator(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    with pytest.raises(InputError, match=NO_ADMIN):
        set_person(file, "", Entry("ada@example.org", "", frozenset({Role.SIGNER})), NOW, done)
    set_person(file, "", Entry("ada@example.org", "", frozenset({Role.ADMIN})), NOW, done)
    assert read_people(file).by_key["ada@example.org"].roles == {Role.ADMIN}
    assert file.stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_the_list_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_places: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        set_person(file, version_of(file), Entry("eve@example.org"), NOW, done)
    assert file.read_text(encoding="utf-8") == WRITTEN
    assert sorted(p.name for p in file.parent.iterdir()) == [KEPT, file.name]


def test_a_change_that_changes_nothing_writes_nothing(file: Path) -> None:
    same = Entry("u-7", "", frozenset({Role.ADMIN}))
    set_person(file, version_of(file), same, NOW, done)
    once = file.stat().st_mtime_ns
    set_person(file, version_of(file), same, NOW, done)
    assert file.stat().st_mtime_ns == once


def test_a_change_is_recorded_before_it_is_made_and_not_made_when_it_cannot_be_recorded(file: Path) -> None:
    said: list[str] = []
    set_person(file, version_of(file), Entry("eve@example.org"), NOW, lambda: said.append(file.read_text("utf-8")))
    assert said == [WRITTEN], "recorded once, while the list was as before"

    def broken() -> None:
        raise IntegrityError("The decisions cannot be used.")

    with pytest.raises(IntegrityError):
        take_out(file, version_of(file), "eve@example.org", NOW, broken)
    assert "eve@example.org" in read_people(file).by_key
    assert sorted(p.name for p in file.parent.iterdir()) == [KEPT, file.name]


def test_what_is_refused_is_not_recorded(file: Path) -> None:
    said: list[int] = []
    with pytest.raises(InputError, match=NO_ADMIN):
        take_out(file, version_of(file), "u-7", NOW, lambda: said.append(1))
    assert said == []

"""Changing `people.toml` from the screen: what was written beside it stays, what would lock people out is refused.

The file stays the one place that says who may do what (`models.review.people`), and may be edited by hand as before. A
change is judged whole before anything is written and put in the file's place in one step; the file as it was is kept.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from models.errors import InputError
from models.on_disk import sync, write_private
from models.review.people import People, Person, key_of, people_from
from models.review.permissions import Role

KEPT = "people-before"  # folder of the files as they were, by time
NO_ADMIN = "Nobody would be left who may change this list. Give somebody else the role of admin first."
CHANGED = "The list was changed after this page was drawn. Look at it again, then decide."
BY_HAND = "The list cannot be changed here without touching what else it says. Change the file by hand."
_writing = threading.Lock()


@dataclass(frozen=True)
class Entry:
    """What the screen sets of one person; their teams stay as they are.

    key: the address or id they sign in as. cases: given by name. all_cases: every case.
    """

    key: str
    name: str = ""
    roles: frozenset[Role] = frozenset()
    all_cases: bool = False
    cases: tuple[str, ...] = ()


def version_of(file: Path) -> str:
    """What tells this state of the file from any other; "" when it is not there."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def set_person(file: Path, seen: str, entry: Entry, now: datetime, record: Callable[[], object]) -> People:
    """Add a person or change what they may do. Raises InputError.

    seen: `version_of` the file on the screen. record: enters the change in the log, once it is sure to be made.
    """
    if not entry.key.strip():
        raise InputError("Say under which address or id this person signs in.")

    def put(people: Table) -> None:
        key = _key_in(people, entry.key) or entry.key.strip()
        told = people.get(key)
        if told is None:
            told = people[key] = tomlkit.table()
        for name, value in _values(entry).items():
            if value:
                told[name] = value
            elif name in told:
                del told[name]

    return _changed(file, seen, _Change(entry.key, put, now, record))


def take_out(file: Path, seen: str, key: str, now: datetime, record: Callable[[], object]) -> People:
    """Name a person no longer: they may do nothing from the next click on. Raises InputError."""

    def remove(people: Table) -> None:
        found = _key_in(people, key)
        if found is None:
            raise InputError("This person is not in the list.")
        del people[found]

    return _changed(file, seen, _Change(key, remove, now, record))


def _values(entry: Entry) -> Mapping[str, Any]:
    roles = [role.value for role in Role if role in entry.roles]
    return {"name": entry.name.strip(), "roles": roles, "cases": "all" if entry.all_cases else list(entry.cases)}


def _key_in(people: Mapping[str, Any], key: str) -> str | None:
    """How the file writes this key: an address counts whatever its case."""
    return next((k for k in people if key_of(k) == key_of(key.strip())), None)


@dataclass(frozen=True)
class _Change:
    """key: of the only person it is about."""

    key: str
    make: Callable[[Table], None]
    at: datetime
    record: Callable[[], object]


def _changed(file: Path, seen: str, change: _Change) -> People:
    with _writing:
        if version_of(file) != seen:
            raise InputError(CHANGED)
        before = _read(file)
        text = _with(before, change.make, file.name)
        people = people_from(text, file.name)
        if _others(people, change.key) != _others(people_from(before, file.name), change.key):
            raise InputError(BY_HAND, file.name)
        if not any(Role.ADMIN in person.roles for person in people.by_key.values()):
            raise InputError(NO_ADMIN)
        if text != before:
            _write(file, before, text, change)
        return people


def _others(people: People, key: str) -> Mapping[str, Person]:
    return {k: p for k, p in people.by_key.items() if k != key_of(key.strip())}


def _with(before: str, change: Callable[[Table], None], name: str) -> str:
    try:
        document = tomlkit.parse(before)
        if "people" not in document:
            document["people"] = tomlkit.table(is_super_table=True)
        change(document["people"])
        return tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError) as problem:
        raise InputError(BY_HAND, name) from problem


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(f"The list cannot be read ({problem}).", file.name) from problem


def _write(file: Path, before: str, text: str, change: _Change) -> None:
    """All that can fail comes before the change is recorded, but for the one step that puts it in place."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        if before:
            kept = file.parent / KEPT
            kept.mkdir(mode=0o700, exist_ok=True)
            name = f"{change.at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{secrets.token_hex(4)}.toml"
            write_private(kept / name, before.encode())
        write_private(draft, text.encode())
        change.record()
        draft.replace(file)
        sync(file.parent)
    except OSError as problem:
        raise InputError(
            f"The list was not changed: it cannot be written ({problem.strerror or problem})."
        ) from problem
    finally:
        draft.unlink(missing_ok=True)

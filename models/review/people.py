"""Who works here with which role and which cases: `people.toml` in the data folder, written by who runs Caseboard.

    [people."ada@example.org"]              # an e-mail address the provider vouches for, or its id of the person
    name = "Dr Ada Example"
    roles = ["reviewer", "signer"]
    cases = "all"                           # or a list of case ids; none when left out
    teams = ["heart"]

    [teams.heart]
    cases = ["c-0123456789abcdef"]

    [sessions]                              # may be left out
    idle_minutes = 30
    longest_hours = 12
    emergency_hours = 4
    signing_needs_auth_time = false         # true: the provider must say when it asked the signer for proof

A person not named here may do nothing. What cannot be read lets nobody in and says which line is wrong.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from models.errors import InputError
from models.review.permissions import Permission, Role, permissions_of
from models.review.sign_ins import IDLE_MINUTES, LONGEST_HOURS, Identity, Limits

FILE_NAME = "people.toml"
_AUTH_TIME = "signing_needs_auth_time"
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
EMERGENCY_HOURS = 4  # half a working day: one emergency, never a standing right; our choice, no standard says a number


@dataclass(frozen=True)
class Person:
    """What somebody may do here, and to which cases.

    name: as it stands beside decisions, "" for the provider's. cases: with those of their teams; named: without.
    """

    name: str = ""
    roles: frozenset[Role] = frozenset()
    all_cases: bool = False
    cases: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    def has(self, case_id: str) -> bool:
        """Whether the case was given to this person; cases they started themselves are in the decision log."""
        return bool(case_id) and (self.all_cases or case_id in self.cases)


STRANGER = Person()


@dataclass(frozen=True)
class People:
    """by_key: e-mail address in lower case, or the provider's id. emergency: how long a case stays open in one.

    needs_auth_time: a signature is refused when the provider does not say when it asked for proof.
    """

    by_key: Mapping[str, Person] = field(default_factory=dict)
    limits: Limits = Limits()
    emergency: timedelta = timedelta(hours=EMERGENCY_HOURS)
    needs_auth_time: bool = False

    def person(self, who: Identity) -> Person:
        """By the provider's id first, then by the address it vouches for; STRANGER for who is not named.

        A key with an @ is an address only: an id that merely looks like somebody's address opens nothing.
        """
        by_id = self.by_key.get(who.account) if "@" not in who.account else None
        return by_id or (self.by_key.get(key_of(who.email)) if "@" in who.email else None) or STRANGER


def read_people(file: Path) -> People:
    """What `people.toml` says; nobody when it is not there. Raises InputError with the place."""
    try:
        return people_from(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        return People()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(f"Nobody is let in: the file cannot be read ({problem}).", file.name) from problem


def people_from(text: str, name: str = FILE_NAME) -> People:
    """What the text of a `people.toml` says. Raises InputError with the place."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise InputError(f"Nobody is let in: the file cannot be read ({problem}).", name) from problem
    _known(said, {"people", "teams", "sessions"}, name)
    teams = {name: _cases(team, f"[teams.{name}]") for name, team in _tables(said, "teams").items()}
    people = {key_of(key): _person(told, teams, f'[people."{key}"]') for key, told in _tables(said, "people").items()}
    sessions = said.get("sessions", {})
    _known(sessions, {"idle_minutes", "longest_hours", "emergency_hours", _AUTH_TIME}, "[sessions]")
    needs = sessions.get(_AUTH_TIME, False)
    if not isinstance(needs, bool):
        raise InputError(f"`{_AUTH_TIME}` is true or false.", f"{FILE_NAME}, [sessions]")
    limits = Limits(
        timedelta(minutes=_number(sessions, "idle_minutes", IDLE_MINUTES)),
        timedelta(hours=_number(sessions, "longest_hours", LONGEST_HOURS)),
    )
    return People(people, limits, timedelta(hours=_number(sessions, "emergency_hours", EMERGENCY_HOURS)), needs)


def key_of(said: str) -> str:
    """An address whatever the case of its ASCII letters, anything else as it is. Of other letters the case counts: some
    become ASCII ones when they are made small (the Kelvin sign a k), and with that somebody else's address."""
    return said.translate(_SMALL) if "@" in said else said


def _person(told: Mapping[str, Any], teams: Mapping[str, frozenset[str]], place: str) -> Person:
    _known(told, {"name", "roles", "cases", "teams"}, place)
    unknown = [name for name in _words(told, "teams", place) if name not in teams]
    if unknown:
        raise InputError(f"There is no team called {unknown[0]}; add it or take it out.", f"{FILE_NAME}, {place}")
    theirs = frozenset().union(*(teams[name] for name in _words(told, "teams", place)))
    name = told.get("name", "")
    if not isinstance(name, str):
        raise InputError("The name is not text in quotes.", f"{FILE_NAME}, {place}")
    everything = told.get("cases") == "all"
    named = frozenset[str]() if everything else _cases(told, place)
    return Person(name.strip(), _roles(told, place), everything, theirs | named, named)


def _roles(told: Mapping[str, Any], place: str) -> frozenset[Role]:
    try:
        return frozenset(Role(word) for word in _words(told, "roles", place))
    except ValueError as problem:
        known = ", ".join(role.value for role in Role)
        raise InputError(f"A role here is one of {known}.", f"{FILE_NAME}, {place}") from problem


def _cases(told: Mapping[str, Any], place: str) -> frozenset[str]:
    return frozenset(_words(told, "cases", place))


def _words(told: Mapping[str, Any], name: str, place: str) -> list[str]:
    words = told.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise InputError(f'`{name}` is a list of words, as in {name} = ["..."].', f"{FILE_NAME}, {place}")
    return words


def _tables(said: Mapping[str, Any], name: str) -> Mapping[str, Mapping[str, Any]]:
    tables = said.get(name, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise InputError(f"Everything under [{name}] needs a table of its own, as in the guide.", FILE_NAME)
    return tables


def _known(said: Any, names: set[str], place: str) -> None:
    if not isinstance(said, dict):
        raise InputError("This is a table, as in the guide.", f"{FILE_NAME}, {place}")
    if other := sorted(said.keys() - names):
        raise InputError(f"`{other[0]}` means nothing here; known are {', '.join(sorted(names))}.", place)


def _number(said: Mapping[str, Any], name: str, otherwise: float) -> float:
    """Above 0 and at most a week: longer would be no end."""
    number = said.get(name, otherwise)
    most = 7 * 24 * (60 if name.endswith("minutes") else 1)
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number <= most:
        raise InputError(f"`{name}` is a number above 0 and at most {most}.", f"{FILE_NAME}, [sessions]")
    return float(number)

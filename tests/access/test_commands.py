"""T14: every command for every role, and every way to a case for who was not given it; the refused leave nothing."""

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from components import commands, decisions, knowledge_commands, opened_cases, sign_in, wiring
from components.access import Permission, Viewer, permitted, viewer_of
from components.intake_job import Reading
from components.knowledge_commands import KnowledgeDesk
from models.errors import NotPermitted, NotYours
from models.intake import CaseOptions
from models.review import EventKind
from models.review.commands import Classify, SignReport, WriteNote
from models.review.permissions import GRANTS, Role, needed_for
from models.review.sign_ins import Identity

THEIRS, OTHERS = "c-1111111111111111", "c-2222222222222222"
PEOPLE = "\n".join(
    f'[people."{r.value}"]\nname = "Dr {r.value}"\nroles = ["{r.value}"]\ncases = ["{THEIRS}"]' for r in Role
)
# What opens a case of others is meant to; a desk asks when it is used.
ASKS_LATER = {"open_in_emergency", "desk_of"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def person(role: Role, since: datetime | None = None) -> Viewer:
    return viewer_of(Identity(role.value, "As the provider says", "", since or datetime.now(UTC)))


def ways_to_a_case() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function that takes a viewer and a case."""
    for module in (wiring, commands):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            public = not name.startswith("_") and function.__module__ == module.__name__
            if public and list(inspect.signature(function).parameters)[:2] == ["viewer", "case_id"]:
                yield name, function


WAYS = dict(ways_to_a_case())


def use(function: Callable[..., Any], viewer: Viewer, case_id: str) -> None:
    """Call it with whatever else it takes."""
    more = list(inspect.signature(function).parameters.values())[2:]
    given = [MagicMock() for p in more if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty]
    named = {p.name: MagicMock() for p in more if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
    function(viewer, case_id, *given, **named)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(WAYS.keys() - ASKS_LATER))
def test_no_way_leads_to_a_case_of_others(name: str, role: Role) -> None:
    with pytest.raises(NotPermitted):
        use(WAYS[name], person(role), OTHERS)
    assert wiring.decision_log().events(OTHERS) == ()


@pytest.mark.parametrize("name", sorted(WAYS.keys() - ASKS_LATER))
def test_no_way_leads_to_ones_own_case_once_the_sign_in_is_over(name: str) -> None:
    with pytest.raises(NotPermitted, match="without work"):
        use(WAYS[name], person(Role.SIGNER, datetime.now(UTC) - timedelta(minutes=31)), THEIRS)


def test_a_desk_neither_reads_nor_decides_about_a_case_of_others() -> None:
    desk = commands.desk_of(person(Role.SIGNER), OTHERS)
    assert desk is not None
    with pytest.raises(NotYours):
        desk.state()
    with pytest.raises(NotYours):
        desk.keep(WriteNote(0, "x"), "Dr X", {})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", EventKind)
def test_a_decision_is_kept_of_the_roles_that_may_take_it_and_of_no_other(kind: EventKind, role: Role) -> None:
    payload = {"text": "A note.", "reason": "Why.", "until": datetime.now(UTC).isoformat()}
    if needed_for(kind) in GRANTS[role]:
        event = decisions.decide(person(role), THEIRS, kind, payload, who="Somebody else")
        named = "Somebody else" if kind is EventKind.LEARNER_COMMITTED else f"Dr {role.value}"
        assert (event.who, event.account) == (named, role.value)
    else:
        with pytest.raises(NotPermitted, match="Your role does not allow"):
            decisions.decide(person(role), THEIRS, kind, payload)
        assert wiring.decision_log().events(THEIRS) == ()


@pytest.mark.parametrize("role", Role)
def test_a_command_is_kept_under_the_name_of_who_is_signed_in(role: Role) -> None:
    note, signature = WriteNote(0, "A note."), SignReport(0, 1, "a" * 64)
    for command in (note, signature):
        if needed_for(command.kind) not in GRANTS[role]:
            with pytest.raises(NotPermitted):
                decisions.decide_as_seen(person(role), THEIRS, command, who="Somebody else", evidence={})
    if Permission.DECIDE in GRANTS[role]:
        event = decisions.decide_as_seen(person(role), THEIRS, note, who="Somebody else", evidence={})
        assert (event.who, event.account) == (f"Dr {role.value}", role.value)
    assert needed_for(Classify.kind) is Permission.DECIDE


@pytest.mark.parametrize("role", Role)
def test_only_who_may_start_a_case_starts_one(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr("components.intake_job.start", lambda reading, *_args, **_named: started.append(reading.title))
    if Permission.CREATE_CASE in GRANTS[role]:
        opened_cases.start_reading(person(role), Reading("mine", (), CaseOptions()))
    else:
        with pytest.raises(NotPermitted):
            opened_cases.start_reading(person(role), Reading("mine", (), CaseOptions()))
    assert bool(started) is (Permission.CREATE_CASE in GRANTS[role])


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_changes_the_knowledge_and_sees_who_opened_what(role: Role) -> None:
    desk: KnowledgeDesk = knowledge_commands.desk_of(person(role))
    if role is Role.ADMIN:
        desk.allow()
        assert decisions.emergency_openings(person(role)) == ()
    else:
        with pytest.raises(NotPermitted):
            desk.allow()
        with pytest.raises(NotPermitted):
            decisions.emergency_openings(person(role))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_viewer_holds_what_the_table_says_until_the_role_is_taken(
    role: Role, permission: Permission, home: Path
) -> None:
    viewer = person(role)
    assert viewer.may(permission) is (permission in GRANTS[role])
    (home / "people.toml").write_text("", encoding="utf-8")
    assert not viewer.may(permission)
    with pytest.raises(NotPermitted, match="nobody gave you a role"):
        permitted(viewer, permission)


def test_a_case_is_theirs_who_started_it_and_stays_so() -> None:
    viewer = person(Role.REVIEWER)
    assert not viewer.may_see(OTHERS)
    now = datetime.now(UTC)
    wiring.decision_log().append(OTHERS, EventKind.CASE_STARTED, {}, who="Dr", at=now, account=viewer.id)
    assert viewer.may_see(OTHERS)
    assert not person(Role.SIGNER).may_see(OTHERS)


def test_signing_out_ends_what_the_viewer_of_an_open_screen_may_do() -> None:
    since = datetime.now(UTC)
    viewer, who = person(Role.ADMIN, since), Identity(Role.ADMIN.value, "", "", since)
    assert viewer.may_see(THEIRS)
    sign_in.sign_ins.end(who)
    assert not viewer.may_see(THEIRS)
    with pytest.raises(NotPermitted, match="signed out"):
        opened_cases.summaries(viewer)

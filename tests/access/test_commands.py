"""T14: every command for every role, and every way to a case for who was not given it; the refused leave nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from unittest.mock import MagicMock

import pytest

import components
from components import commands, decisions, knowledge_commands, opened_cases, sign_in, sign_in_cookie, wiring
from components.access import Permission, Viewer, permitted, viewer_of
from components.intake_job import Reading
from components.knowledge_commands import KnowledgeDesk
from components.report_desk import report_desk
from models.errors import InputError, NotPermitted, NotYours
from models.intake import CaseOptions
from models.review import EventKind
from models.review.commands import Classify, Command, SignReport, WriteNote
from models.review.permissions import GRANTS, Role, needed_for
from models.review.sign_ins import Identity
from tests.access.table import ASKS_OTHERWISE, DECISIONS_OF, OF_THE_INSTALLATION, PERMISSIONS_OF, TAKES_A_VIEWER

THEIRS, OTHERS = "c-1111111111111111", "c-2222222222222222"
PEOPLE = "\n".join(
    f'[people."{r.value}"]\nname = "Dr {r.value}"\nroles = ["{r.value}"]\ncases = ["{THEIRS}"]' for r in Role
)
NOBODY = '[people."nobody"]\nname = "Named, without a role"\ncases = "all"'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    (tmp_path / "people.toml").write_text(f"{PEOPLE}\n{NOBODY}", encoding="utf-8")
    return tmp_path


def person(role: Role | str, since: datetime | None = None) -> Viewer:
    account = role.value if isinstance(role, Role) else role
    return viewer_of(Identity(account, "As the provider says", "", since or datetime.now(UTC)))


def takes_a_viewer() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of every module that draws or decides, whose first argument is the viewer."""
    for found in pkgutil.iter_modules(components.__path__):
        if found.name == "shell":  # draws when it is imported
            continue
        module = importlib.import_module(f"components.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            public = not name.startswith("_") and function.__module__ == module.__name__
            if public and next(iter(inspect.signature(function).parameters), "") == "viewer":
                yield f"{found.name}.{name}", function


FUNCTIONS = dict(takes_a_viewer())
OF_A_CASE = {n: f for n, f in FUNCTIONS.items() if "case_id" in inspect.signature(f).parameters}
WAYS = sorted(OF_A_CASE.keys() - ASKS_OTHERWISE)
ASKS_A_PERMISSION = sorted(name for name, asked in TAKES_A_VIEWER.items() if asked and name in FUNCTIONS)


def use(name: str, viewer: Viewer, *given: object) -> None:
    """Call it with whatever else it takes."""
    more = list(inspect.signature(FUNCTIONS[name]).parameters.values())[1 + len(given) :]
    rest = [MagicMock() for p in more if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty]
    named = {p.name: MagicMock() for p in more if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
    FUNCTIONS[name](viewer, *given, *rest, **named)


def test_every_function_that_takes_a_viewer_is_tried_here() -> None:
    assert FUNCTIONS.keys() - OF_A_CASE.keys() - TAKES_A_VIEWER.keys() == set()
    assert ASKS_OTHERWISE.keys() < OF_A_CASE.keys()
    for name in OF_A_CASE:
        assert list(inspect.signature(FUNCTIONS[name]).parameters)[1] == "case_id", name


def test_every_permission_and_every_kind_of_decision_has_its_line_and_is_granted_as_it_says() -> None:
    for permission in Permission:
        assert {r for r in Role if permission in GRANTS[r]} == PERMISSIONS_OF.get(permission.name), permission.name
    for kind in EventKind:
        assert {r for r in Role if needed_for(kind) in GRANTS[r]} == DECISIONS_OF.get(kind.name), kind.name


def test_every_command_becomes_a_kind_of_decision_that_a_role_is_asked_for() -> None:
    kinds = {command.kind for command in get_args(Command)}
    assert kinds <= set(EventKind)
    assert len(kinds) == len(get_args(Command))


@pytest.mark.parametrize("name", ASKS_A_PERMISSION)
@pytest.mark.parametrize("role", [*Role, "nobody"])
def test_what_asks_for_a_permission_refuses_every_role_without_it(name: str, role: Role | str) -> None:
    asked = TAKES_A_VIEWER[name]
    assert asked is not None
    if isinstance(role, Role) and role in PERMISSIONS_OF[asked.name]:
        assert person(role).may(asked)
        return
    with pytest.raises(NotPermitted):
        use(name, person(role))


@pytest.mark.parametrize("role", Role)
def test_a_command_of_a_kind_that_is_not_theirs_is_refused_before_it_is_looked_at(role: Role) -> None:
    for command in get_args(Command):
        if role not in DECISIONS_OF[command.kind.name]:
            with pytest.raises(NotPermitted, match="Your role does not allow"):
                decisions.decide_as_seen(person(role), THEIRS, command.__new__(command), who="Dr X", evidence={})
    assert wiring.decision_log().events(THEIRS) == ()


def test_the_report_of_a_case_of_others_has_no_desk() -> None:
    with pytest.raises(NotYours):
        report_desk(person(Role.SIGNER), MagicMock(case=MagicMock(id=OTHERS)))


@pytest.mark.parametrize("role", [*Role, "nobody"])
@pytest.mark.parametrize("name", WAYS)
def test_no_way_leads_to_a_case_of_others(name: str, role: Role | str) -> None:
    with pytest.raises(NotPermitted):
        use(name, person(role), OTHERS)
    assert wiring.decision_log().events(OTHERS) == ()


@pytest.mark.parametrize("name", WAYS)
def test_no_way_leads_to_ones_own_case_once_the_sign_in_is_over(name: str) -> None:
    with pytest.raises(NotPermitted, match="without work"):
        use(name, person(Role.SIGNER, datetime.now(UTC) - timedelta(minutes=31)), THEIRS)


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
    if kind.name in OF_THE_INSTALLATION:
        with pytest.raises((InputError, NotPermitted)):
            decisions.decide(person(role), THEIRS, kind, payload)
    elif role in DECISIONS_OF[kind.name]:
        event = decisions.decide(person(role), THEIRS, kind, payload, who="Somebody else")
        named = "Somebody else" if kind is EventKind.LEARNER_COMMITTED else f"Dr {role.value}"
        assert (event.who, event.account) == (named, role.value)
    else:
        with pytest.raises(NotPermitted, match="Your role does not allow"):
            decisions.decide(person(role), THEIRS, kind, payload)
    if kind.name in OF_THE_INSTALLATION or role not in DECISIONS_OF[kind.name]:
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


def test_a_screen_left_open_is_asked_for_as_a_whole_once_an_emergency_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    now, until = datetime.now(UTC), datetime.now(UTC) + timedelta(hours=4)
    viewer, screen = person(Role.READER), sign_in_cookie.SignedIn(Identity(Role.READER.value, "", "", now))
    decisions.decide(viewer, THEIRS, EventKind.OPENED_IN_EMERGENCY, {"reason": "x", "until": now.isoformat()})
    said = {"reason": "Seizures.", "until": until.isoformat()}
    wiring.decision_log().append(
        OTHERS, EventKind.OPENED_IN_EMERGENCY, said, who="Dr", at=now, account=Role.READER.value
    )
    assert viewer.may_see(OTHERS)
    for at, stale in ((until - timedelta(seconds=1), False), (until, True), (until + timedelta(seconds=1), False)):
        monkeypatch.setattr(sign_in_cookie, "datetime", MagicMock(now=MagicMock(return_value=at)))
        assert screen.is_stale() is stale


@pytest.mark.parametrize("needs", [False, True])
def test_a_sign_in_without_the_time_of_asking_signs_only_where_the_installation_allows_it(
    needs: bool, home: Path
) -> None:
    (home / "people.toml").write_text(f"{PEOPLE}\n[sessions]\nsigning_needs_auth_time = {str(needs).lower()}", "utf-8")
    now = datetime.now(UTC)
    said = viewer_of(Identity(Role.SIGNER.value, "", "", now, asked=now))
    unsaid = viewer_of(Identity(Role.SIGNER.value, "", "", now))
    if needs:
        with pytest.raises(NotPermitted, match="did not say when"):
            decisions.decide(unsaid, THEIRS, EventKind.REPORT_SIGNED, {})
    else:
        assert decisions.decide(unsaid, THEIRS, EventKind.REPORT_SIGNED, {}).evidence["authenticated"] == "iat"
    assert decisions.decide(said, THEIRS, EventKind.REPORT_SIGNED, {}).evidence["authenticated"] == "auth_time"

"""A case deleted under the program's feet: every question about it is answered with the certificate, and what the
program remembered of it is gone."""

import gc
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components import access, decisions, deletions, genome_browser, opened_cases, wiring
from components.access import SINGLE_USER, Standing, Viewer
from components.last_few import LastFew
from models.case.store import CaseStore
from models.errors import CaseDeleted, InputError, NotPermitted, NotYours
from models.intake import files_of, read_case
from models.review import DecisionLog
from models.review.commands import DeletionReason, SetStatus, SignReport, Status
from models.review.deletable import House, Wish
from models.review.deletion import delete_case
from models.review.permissions import GRANTS, Role

ROOT = Path(__file__).resolve().parents[2]
ASKED = DeletionReason.PATIENT_ASKED.value
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one case, read once."""
    folder = tmp_path_factory.mktemp("stored")
    store = CaseStore(folder)
    draft = store.new_draft()
    store.keep(draft, read_case(files_of(ROOT / "sample_data" / "melas-duo"), draft), AT)
    return folder


@pytest.fixture
def case_id(home: Path, stored: Path) -> str:
    shutil.copytree(stored, home, dirs_exist_ok=True)
    return CaseStore(home).summaries()[0].id


def signed(case_id: str) -> None:
    log = wiring.decision_log()
    log.decide(case_id, SetStatus(log.state(case_id).version, Status.IN_REVIEW), who="Dr A", at=AT)
    log.decide(case_id, SignReport(log.state(case_id).version, 1, "0" * 64), who="Dr A", at=AT)


def person(role: Role, name: str, *, sees: bool = True) -> Viewer:
    standing = Standing(GRANTS[role], lambda _case_id: sees)
    return Viewer(name, f"Dr {name}", GRANTS[role], signed_in=True, standing=lambda: standing)


def ways(case_id: str) -> list[Callable[[], object]]:
    return [
        lambda: access.permitted_case(SINGLE_USER, case_id),
        lambda: opened_cases.open_case(SINGLE_USER, case_id),
        lambda: opened_cases.workup(SINGLE_USER, case_id),
        lambda: decisions.chain(SINGLE_USER, case_id),
        lambda: decisions.events(person(Role.READER, "u-1"), case_id),
        lambda: decisions.events(person(Role.READER, "u-1", sees=False), case_id),
    ]


def test_a_case_deleted_in_the_terminal_is_forgotten_by_the_running_program_at_the_next_question(
    home: Path, case_id: str
) -> None:
    opened_cases.open_case(SINGLE_USER, case_id)
    with closing(DecisionLog(home / "decisions.db")) as terminal:
        wish = Wish(case_id, 0, DeletionReason.PATIENT_ASKED)
        _, problem = delete_case(terminal, home, wish, House(), who="Dr B", at=AT)
    assert problem == ""
    for way in ways(case_id):
        with pytest.raises(CaseDeleted, match=r"deleted on 2 Jan 2026 by Dr B \(certificate 1\)"):
            way()
    assert not [key for key in opened_cases._noticed() if key[0] == case_id]


def test_nothing_of_a_deleted_case_stays_in_memory(home: Path, case_id: str) -> None:
    case, _ = opened_cases.open_case(SINGLE_USER, case_id)
    kind, sha256 = type(case), case.sha256
    del case
    assert deletions.delete(SINGLE_USER, case_id, 0, ASKED, "", who="Dr B") == ""
    gc.collect()
    assert [one for one in gc.get_objects() if type(one) is kind and one.sha256 == sha256] == []


def test_only_a_signer_asks_and_deletes(case_id: str) -> None:
    for role in set(Role) - {Role.SIGNER}:
        for act in (deletions.ask_deletion, deletions.delete):
            with pytest.raises(NotPermitted, match="delete a case"):
                act(person(role, "u-1"), case_id, 0, ASKED, "", who="")
    with pytest.raises(NotYours):
        deletions.delete(person(Role.SIGNER, "u-1", sees=False), case_id, 0, ASKED, "", who="")
    assert wiring.case_store().has(case_id)


def test_two_signers_who_are_signed_in_delete_a_signed_case(case_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOARD_READERS", "2")
    signed(case_id)
    one, other = person(Role.SIGNER, "u-1"), person(Role.SIGNER, "u-2")
    deletions.ask_deletion(one, case_id, 2, ASKED, "by letter", who="")
    standing, house = deletions.standing_of(other, case_id)
    assert standing.asked is not None
    assert (standing.asked.who, standing.needs_second(house)) == ("Dr u-1", True)
    with pytest.raises(InputError, match="two people"):
        deletions.delete(one, case_id, standing.version, ASKED, "by letter", who="Somebody else")
    assert deletions.delete(other, case_id, standing.version, ASKED, "by letter", who="") == ""
    (certificate,) = deletions.due(other).certificates
    assert (certificate.who, certificate.account, certificate.asked_by) == ("Dr u-2", "u-2", "Dr u-1")


def test_what_is_due_names_ones_own_cases_and_counts_those_of_others(
    case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_RETENTION_YEARS", "1")
    signed(case_id)
    monkeypatch.setattr(deletions, "datetime", Later)
    mine = deletions.due(person(Role.ADMIN, "u-1"))
    assert [(case.id, kept.is_due(mine.now)) for case, kept in mine.cases] == [(case_id, True)]
    assert mine.others == 0
    theirs = deletions.due(person(Role.ADMIN, "u-1", sees=False))
    assert (theirs.cases, theirs.others) == ((), 1)
    monkeypatch.delenv("CASEBOARD_RETENTION_YEARS")
    assert (deletions.due(SINGLE_USER).years, deletions.due(SINGLE_USER).cases) == (None, ())


class Later(datetime):
    """A year on."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return AT.replace(year=2027)


def test_the_browser_s_reads_are_forgotten_too(case_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied: list[str] = []
    monkeypatch.setattr(genome_browser._packet, "clear", lambda: emptied.append("reads"))
    deletions.forget(case_id)
    assert emptied == ["reads"]


def test_what_was_worked_out_for_its_screens_is_forgotten_too(case_id: str) -> None:
    memory: LastFew[list[int], str] = LastFew(1)
    workup = [1]
    memory.of(workup, lambda: "what the list and the report said")
    deletions.forget(case_id)
    assert memory.of(workup, lambda: "nothing") == "nothing"


def test_what_was_begun_is_ended_when_the_program_starts(
    home: Path, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        problem = deletions.delete(SINGLE_USER, case_id, 0, ASKED, "", who="Dr B")
    assert "could not be removed" in problem
    deletions.end_what_was_begun()
    assert not (home / "cases" / case_id).exists()
    (certificate,) = deletions.due(SINGLE_USER).certificates
    assert certificate.is_complete


def refuse(_path: Path, _to: Path) -> Path:
    raise OSError(13, "Permission denied")

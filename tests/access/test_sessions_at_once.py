"""T18, T5: 25 people on one server at once; each gets their own case, and never a word of another's."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, read_case
from tests.browser.hostile_case import SAMPLES, write_hostile_case
from tests.components.raw_session import ANSWER_TIMEOUT_S, ask_for, new_session, server

pytestmark = pytest.mark.slow
SESSIONS = 25
PATIENTS = ("Patient Alder", "Patient Birch", "Patient Cedar", "Patient Rowan", "Patient Hazel")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with five cases of the same content under other names: only their ids tell them apart."""
    home, given = tmp_path_factory.mktemp("many"), tmp_path_factory.mktemp("given")
    files, store = [GivenFile(f, f.name) for f in write_hostile_case(given)], CaseStore(home)
    draft = store.new_draft()
    case = read_case(files, draft, CaseOptions(proband=SAMPLES[0], pseudonym=PATIENTS[0]))
    first = home / "cases" / store.keep(draft, case, datetime.now(UTC)).id
    for number, patient in enumerate(PATIENTS[1:]):
        copy = shutil.copytree(first, first.with_name(f"{first.name[:-1]}-{number}"))
        said = (copy / "case.json").read_text(encoding="utf-8")
        renamed = said.replace(PATIENTS[0], patient).replace(first.name, copy.name)
        (copy / "case.json").write_text(renamed, encoding="utf-8")
    return home


def sent(port: int, page: str, query: str) -> Iterator[bytes]:
    """Every byte that the first run of a page sends to a new session."""
    with new_session(port) as one:
        ask_for(one, page, query)
        finished = False
        while not finished:
            message = one.recv(timeout=ANSWER_TIMEOUT_S, decode=False)
            finished = ForwardMsg.FromString(message).HasField("script_finished")
            yield message


def test_25_sessions_at_once_each_show_their_own_case_and_no_other(home: Path) -> None:
    cases = {s.id: s.patient.pseudonym for s in CaseStore(home).summaries()}
    assert sorted(cases.values()) == sorted(PATIENTS)

    def visit(number: int) -> tuple[str, bytes]:
        case_id = list(cases)[number % len(cases)]
        return cases[case_id], b"".join(sent(port, "all_variants", f"case={case_id}"))

    with server("app.py", home) as port, ThreadPoolExecutor(SESSIONS) as people:
        shown = list(people.map(visit, range(SESSIONS)))
    assert len(shown) == SESSIONS
    for own, everything in shown:
        assert [p for p in PATIENTS if p.encode() in everything] == [own]

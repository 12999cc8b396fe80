"""Every chain and every signed report: a changed byte, a missing file and a missing folder are found and named."""

import json
import shutil
from pathlib import Path

import pytest

from cli import main
from models.case.store import CaseStore
from models.evidence.acmg.types import Class
from models.health import verify_all
from models.health.upkeep import last_backup, last_verified
from models.reporting.signed import CONTENT, FOLDER, HTML, PDF, SEAL, sign
from models.review import DecisionLog, Event
from models.review.commands import Classify, DeletionReason, Shortlist
from models.review.deletable import House, Wish
from models.review.deletion import delete_case
from tests.reporting.report_builders import AT, a_content
from tests.review.test_tampering import run, unguard

CASE, ALLELE = "c-0123456789abcdef", "chr2-165992342-G-A"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home" / "cases" / CASE).mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def kept(where, home):
    """Where decisions are kept; in them a signed report."""
    place = home / "decisions.db" if isinstance(where, Path) else where
    log = DecisionLog(place)
    for command in (Shortlist(0, ALLELE), Classify(1, ALLELE, Class.PATHOGENIC)):
        log.decide(CASE, command, who="Dr A", at=AT)
    state = log.state(CASE)
    content = a_content(decisions=state.version, decisions_head=state.head, number=1, amends="")
    assert isinstance(sign(log, home / "cases" / CASE, content, who="Dr A", at=AT), Event)
    log.close()
    return place


def verified(kept, home):
    log = DecisionLog(kept)
    try:
        return verify_all(log, CaseStore(home), AT)
    finally:
        log.close()


def file_of_the_report(home, name):
    return next((home / "cases" / CASE / FOLDER).glob(f"*/{name}"))


def test_a_signed_report_is_compared_beside_its_chain(kept, home):
    found = verified(kept, home)
    assert (found.events, found.cases, found.reports, found.wrong) == (3, 1, 1, ())
    assert found.at == AT.isoformat()


@pytest.mark.parametrize("name", [CONTENT, HTML, PDF, SEAL])
def test_one_flipped_byte_of_a_signed_report_is_named_with_its_case(name, kept, home):
    path = file_of_the_report(home, name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    (said,) = verified(kept, home).wrong
    assert said.startswith(f"Case {CASE}, report 1: {name} ")


def test_a_missing_file_and_a_missing_folder_are_named(kept, home):
    file_of_the_report(home, HTML).unlink()
    assert verified(kept, home).wrong == (f"Case {CASE}, report 1: {HTML} is missing or cannot be read.",)
    shutil.rmtree(home / "cases" / CASE / FOLDER)
    assert f"{SEAL} of report 1 is missing" in verified(kept, home).wrong[0]
    shutil.rmtree(home / "cases" / CASE)
    assert "the folder of the case is missing" in verified(kept, home).wrong[0]


def test_with_a_broken_chain_no_signature_is_trusted(kept, home):
    unguard(kept)
    run(kept, "UPDATE event SET who='x' WHERE version=2")
    found = verified(kept, home)
    assert (found.reports, len(found.wrong)) == (None, 1)
    assert f"decision 2 of case {CASE}" in found.wrong[0]


def test_a_case_deleted_with_its_signed_report_leaves_nothing_to_find_fault_with(kept, home):
    log = DecisionLog(kept)
    wish = Wish(CASE, log.state(CASE).version, DeletionReason.PATIENT_ASKED, "by letter")
    delete_case(log, home, wish, House(), who="Dr B", at=AT)
    log.close()
    found = verified(kept, home)
    assert (found.cases, found.reports, found.wrong) == (0, 0, ())


@pytest.fixture
def cli(kept, home, monkeypatch, capsys):
    monkeypatch.setenv("CASEBOARD_HOME", str(home))
    monkeypatch.setenv("CASEBOARD_DATABASE", kept if isinstance(kept, str) else "")
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(home / "nothing-installed"))

    def said(*words):
        code = main([str(w) for w in words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return said


def test_the_terminal_verifies_and_remembers_when(cli, home):
    code, said = cli("verify")
    assert (code, "1 signed report: every byte is as it was signed" in said) == (0, True)
    assert (last_verified(home).reports, last_verified(home).events) == (1, 3)
    file_of_the_report(home, PDF).unlink()
    code, said = cli("verify")
    assert (code, said) == (2, f"Case {CASE}, report 1: {PDF} is missing or cannot be read.\n")
    assert last_verified(home).wrong == (said.strip(),)


def test_the_terminal_tells_the_health_and_remembers_a_backup(cli, home, tmp_path):
    home.chmod(0o750)
    code, said = cli("health")
    assert code == 2, "a folder that others may read needs a look"
    assert "No backup was made here." in said
    assert "Other accounts of this computer may look" in said
    assert cli("backup", tmp_path / "one.zip")[0] == 0
    assert last_backup(home).events == 3
    told = {c["check"]: c for c in json.loads(cli("health", "--json")[1])["checks"]}
    assert told["last_backup"]["number"] == 0
    assert told["chains"]["state"] == "not assessed"


def test_a_wrong_data_folder_is_not_told_as_an_installation_in_order(cli, home, monkeypatch):
    monkeypatch.setenv("CASEBOARD_HOME", str(home / "nowhere"))
    code, said = cli("health")
    assert (code, "There is no data folder here" in said) == (2, True)
    assert not (home / "nowhere").exists()


def test_nothing_secret_is_in_the_health_of_a_department(cli, monkeypatch):
    monkeypatch.setenv("CASEBOARD_DATABASE", "postgresql://someone:s3cret@127.0.0.1:1/name")
    code, said = cli("health", "--json")
    assert (code, "cannot be reached" in said) == (2, True)
    assert not any(word in said for word in ("s3cret", "someone", "127.0.0.1"))

"""`cli.py export`: a stored case taken out in the terminal, with every free text left out and its taker kept."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cli
from components.terminal import EXIT_BAD_INPUT, EXIT_DONE
from models.case.store import CaseStore
from models.intake import files_of, read_case
from models.privacy.last_look import text_in
from models.review import DecisionLog, decisions_at
from models.review.commands import Consent, SetConsent, Shortlist
from models.review.events import EventKind

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "dravet-trio"
AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one sample patient, whose shortlisted variant has a note that names her."""
    home = tmp_path_factory.mktemp("home")
    store = CaseStore(home)
    draft = store.new_draft()
    case_id = store.keep(draft, read_case(files_of(SAMPLE), draft), AT).id
    log = DecisionLog(decisions_at(home))
    log.decide(case_id, Shortlist(0, "chr2-165992342-G-A", "told to Quirina Zabellus"), who="Dr Brandauer", at=AT)
    log.close()
    return home


def agreed(home: Path, *scope: Consent) -> str:
    (summary,) = CaseStore(home).summaries()
    log = DecisionLog(decisions_at(home))
    log.decide(summary.id, SetConsent(log.state(summary.id).version, frozenset(scope)), who="Dr Brandauer", at=AT)
    log.close()
    return summary.id


def export(case_id: str, out: Path, *more: str) -> int:
    return cli.main(["export", case_id, "--deidentified", "--out", str(out), "--name", "Dr Brandauer", *more])


def test_a_stored_case_leaves_without_names_only_where_the_person_agreed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEBOARD_HOME", str(home))
    out = tmp_path / "copy.zip"
    assert export(agreed(home, Consent.DIAGNOSIS), out) == EXIT_BAD_INPUT
    assert "De-identified case: not made" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

    case_id = agreed(home, Consent.DIAGNOSIS, Consent.DEIDENTIFIED)
    assert export(case_id, out) == EXIT_DONE
    told = capsys.readouterr().out
    with zipfile.ZipFile(out) as archive:
        said = "\n".join([n + text_in(n, archive.read(n)) for n in archive.namelist()])
    said += out.read_bytes().decode("latin-1")
    assert [w for w in ("SYN-001", "Quirina", "Zabellus", "Brandauer", case_id, "2023-11-19") if w in said] == []
    log = DecisionLog(decisions_at(home))
    (event,) = [e for e in log.events(case_id) if e.kind is EventKind.EXPORTED]
    log.close()
    assert (event.who, event.payload["checked"]) == ("Dr Brandauer", 0)
    assert event.payload["sha256"] in told

    assert export(case_id, out) == EXIT_BAD_INPUT
    assert "already" in capsys.readouterr().err
    assert export(case_id, tmp_path / "no" / "folder.zip") == EXIT_BAD_INPUT
    assert "cannot be written" in capsys.readouterr().err
    assert {p.name for p in tmp_path.iterdir()} == {"copy.zip"}

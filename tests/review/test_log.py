"""Decisions: kept in order, by name, never changed, found when tampered with."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.case import Phenotype, Term
from models.errors import InputError, IntegrityError
from models.review import DecisionLog, EventKind, current_phenotype, exchanged_parents, overridden_findings, shortlisted

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    return DecisionLog(tmp_path / "decisions.sqlite")


def decide(log, kind, case_id="c-1", who="Dr A", **payload):
    return log.append(case_id, kind, payload, who=who, at=AT)


def test_a_decision_is_read_back_with_who_and_when(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", reason="known Klinefelter")
    event = log.events("c-1")[0]
    assert (event.who, event.at, event.payload["reason"]) == (
        "Dr A",
        "2026-01-02T03:04:05.000+00:00",
        "known Klinefelter",
    )


def test_decisions_of_one_case_do_not_show_in_another(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, case_id="c-1", code="x")
    assert log.events("c-2") == ()


@pytest.mark.parametrize("who", ["", "  "])
def test_a_decision_without_a_name_is_refused(log, who):
    with pytest.raises(InputError, match="name of the person"):
        decide(log, EventKind.CHECK_OVERRIDDEN, who=who, code="x")


@pytest.mark.parametrize("change", ["UPDATE event SET who='Dr B'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_change_a_decision(log, tmp_path, change):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="x")
    with sqlite3.connect(tmp_path / "decisions.sqlite") as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(change)


def test_a_tampered_decision_is_named(log, tmp_path):
    for code in ("a", "b", "c"):
        decide(log, EventKind.CHECK_OVERRIDDEN, code=code)
    assert log.verify() is None
    with sqlite3.connect(tmp_path / "decisions.sqlite") as db:
        db.execute("DROP TRIGGER event_is_final")
        db.execute("""UPDATE event SET payload='{"code": "z"}' WHERE seq=2""")
    broken = log.verify()
    assert (broken.case_id, broken.seq) == ("c-1", 2)


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path):
    path = tmp_path / "decisions.sqlite"
    path.mkdir()
    with pytest.raises(IntegrityError, match="could not be saved or read"):
        DecisionLog(path)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from models.review import DecisionLog, EventKind
log = DecisionLog(Path(sys.argv[1]))
for number in range(10_000):
    log.append("c-1", EventKind.TERM_REMOVED, {"id": str(number)}, who="Dr A", at=datetime.now(UTC))
    print(number, flush=True)
"""


def test_a_killed_process_loses_no_acknowledged_decision(tmp_path):
    path = tmp_path / "decisions.sqlite"
    root = Path(__file__).resolve().parents[2]
    acknowledged = 0
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        for _ in range(20):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        acknowledged += 20 + len(child.stdout.read().splitlines())
        child.wait()
        kept = DecisionLog(path)
        assert len(kept.events("c-1")) >= acknowledged
        assert kept.verify() is None


def test_terms_edited_by_people_replace_those_delivered(log):
    delivered = Phenotype((Term("HP:0001250", "Seizure"), Term("HP:0001263", "Delay")))
    decide(log, EventKind.TERM_SET, id="HP:0001250", label="Seizure", excluded=True)
    decide(log, EventKind.TERM_REMOVED, id="HP:0001263")
    decide(log, EventKind.TERM_SET, id="HP:0000252", label="Microcephaly", excluded=False)
    now = current_phenotype(delivered, log.events("c-1"))
    assert [t.id for t in now.observed] == ["HP:0000252"]
    assert [t.id for t in now.excluded] == ["HP:0001250"]


def test_a_dismissed_variant_leaves_the_shortlist_and_the_log_keeps_both(log):
    decide(log, EventKind.VARIANT_SHORTLISTED, allele="chr1-1-A-T")
    decide(log, EventKind.VARIANT_DISMISSED, allele="chr1-1-A-T", reason="artefact")
    assert shortlisted(log.events("c-1")) == ()
    assert len(log.events("c-1")) == 2


def test_an_override_is_known_by_the_finding_it_was_given_for(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", finding="wrong-sex-1a", reason="r")
    assert overridden_findings(log.events("c-1")) == frozenset({"wrong-sex-1a"})


def test_an_early_override_that_names_only_a_check_stays_readable_and_silences_nothing(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", reason="r")
    assert [e.payload["code"] for e in log.events("c-1")] == ["wrong-sex"]
    assert overridden_findings(log.events("c-1")) == frozenset()


def test_a_file_that_is_no_log_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "decisions.sqlite"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(IntegrityError, match="could not be saved or read"):
        DecisionLog(path)


def test_exchanged_parents_keep_what_the_check_said_and_who_decided_why(log):
    said = {"code": "parents-swapped", "found": "The parents' samples look exchanged.", "reason": "Labels mixed up."}
    log.append("c-1", EventKind.PARENTS_EXCHANGED, said, who="Dr A", at=AT)
    once = exchanged_parents(log.events("c-1"))
    assert all(part in once.sentence for part in ("Dr A", "Labels mixed up.", "The parents' samples look exchanged."))
    log.append("c-1", EventKind.PARENTS_EXCHANGED, said, who="Dr B", at=AT)
    assert exchanged_parents(log.events("c-1")) == once
    assert exchanged_parents(log.events("c-2")) is None

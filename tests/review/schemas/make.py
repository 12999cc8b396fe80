"""Writes the stored form of the same decisions, one SQL text for each schema version ever released.

    python -m tests.review.schemas.make

A file of an earlier version is never written again: what made it is gone. Add a function for each new version.
"""

import hashlib
import json
import sqlite3
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from models.review import DecisionLog, EventKind
from models.review.commands import DeletionReason
from models.review.deletable import House, Wish
from models.review.deletion import delete_case
from tests.postgresql import binaries, server

HERE = Path(__file__).parent
SAID = (  # case, kind, who, second, payload: the kinds of the first release, with what people type
    ("c-1", "term set", "Dr A", 1, {"id": "HP:0001250", "label": "Seizure", "excluded": True, "origin": "typed"}),
    ("c-1", "term set", "Dr A", 2, {"id": "HP:0000252", "label": "Microcephaly", "excluded": False}),
    ("c-2", "check overridden", "Dr Ä <b>", 3, {"code": "wrong-sex", "reason": "an early one"}),
    ("c-1", "term removed", "Dr B", 4, {"id": "HP:0000252"}),
    ("c-2", "check overridden", "Dr B", 5, {"code": "sex", "finding": "wrong-sex-1", "found": "XY", "reason": "r"}),
    ("c-2", "parents exchanged", "Dr B", 6, {"code": "swap", "found": "They look exchanged.", "reason": "tubes"}),
    ("c-1", "variant shortlisted", "Dr A", 7, {"allele": "chr1-100-A-T", "note": "=1+1 \u202egniht\u202c \x00"}),
    ("c-1", "variant shortlisted", "Dr A", 8, {"allele": "chr2-200-C-G", "note": ""}),
    ("c-1", "variant dismissed", "Dr B", 7, {"allele": "chr1-100-A-T", "reason": "in both parents"}),
    ("c-1", "suggestion rejected", "Dr A", 9, {"id": "HP:0001263", "sentence_sha256": "ab"}),
    ("c-3", "learner committed", "Ada", 10, {"alleles": ["chr1-100-A-T"], "class": "Pathogenic", "reason": "fits"}),
    ("c-1", "changes seen", "Dr A", 11, {"snapshot": "s-1", "releases": ["ClinVar 2026-11-15"]}),
)  # fmt: skip


def _at(second: int) -> str:
    return f"2026-11-21T14:00:{second:02}.000+00:00"


def _dump(db: sqlite3.Connection) -> str:
    return "\n".join(db.iterdump()) + "\n"


def first() -> str:
    """0001, as models/review/log.py made it on 2026-11-21."""
    db = sqlite3.connect(":memory:")
    db.executescript("""
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX IF NOT EXISTS event_case ON event (case_id, seq);
CREATE TRIGGER IF NOT EXISTS event_is_final BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
""")
    previous = ""
    for case_id, kind, who, second, said in SAID:
        payload = json.dumps(said, ensure_ascii=False, sort_keys=True)
        whole = json.dumps([previous, case_id, kind, who, _at(second), payload], ensure_ascii=False)
        digest = hashlib.sha256(whole.encode()).hexdigest()
        row = (case_id, kind, who, _at(second), payload, previous, digest)
        db.execute("INSERT INTO event (case_id, kind, who, at, payload, previous, hash) VALUES (?,?,?,?,?,?,?)", row)
        previous = digest
    return _dump(db)


def _fill(where: Path | str) -> None:
    log = DecisionLog(where)
    for case_id, kind, who, second, said in SAID:
        log.append(case_id, EventKind(kind), said, who=who, at=datetime.fromisoformat(_at(second)))
    _delete_one(log)
    log.close()


def _delete_one(log: DecisionLog) -> None:
    """c-4 was there and was deleted: what stays of it is the certificate."""
    at = datetime.fromisoformat(_at(30))
    log.append("c-4", EventKind.NOTE_WRITTEN, {"text": "of somebody who is gone", "allele": ""}, who="Dr A", at=at)
    wish = Wish("c-4", 1, DeletionReason.PATIENT_ASKED)
    with tempfile.TemporaryDirectory() as home:
        delete_case(log, Path(home), wish, House(), who="Dr B", at=at)


def third() -> tuple[str, str]:
    """0003, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.db"
        _fill(path)
        with sqlite3.connect(path) as db:
            in_sqlite = _dump(db).replace('DELETE FROM "sqlite_sequence";\n', "")  # left by 0001, empty
    with server() as running:
        url = running.database()
        _fill(url)
        dump = [str(binaries() / "pg_dump"), "--inserts", "--no-owner", "-d", url]
        in_postgresql = subprocess.run(dump, check=True, capture_output=True)
    lines = in_postgresql.stdout.decode().splitlines(keepends=True)
    return in_sqlite, "".join(line for line in lines if not line.startswith("\\"))  # not commands to psql itself


if __name__ == "__main__":
    for name, written in zip(
        ("0001.sqlite.sql", "0003.sqlite.sql", "0003.postgresql.sql"), (first(), *third()), strict=True
    ):
        if not (HERE / name).exists():
            (HERE / name).write_text(written, encoding="utf-8")

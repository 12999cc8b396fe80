"""An installation in order, in facts made by hand; a test changes what it is about.

judged_as("space", folder=replace(FACTS.folder, free_bytes=1))
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from models.health import CHECKS, Answer, BackupNote, Facts, Server, Verified
from models.health.answers import Decisions, Folder, Keeping, Memory, Versions
from models.knowledge import Release
from models.review.database import NEWEST
from models.vault import Protected

AT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
NOON = "2026-11-21T12:00:00+00:00"
CLINVAR = Release("clinvar", "ClinVar", "2026-11-10", "2026-11-10", "public domain", "cite", "address")
FACTS = Facts(
    at=AT,
    folder=Folder(free_bytes=10**12, refused="", others_may=False),
    protection=Protected("LUKS2"),
    decisions=Decisions("SQLite 3", 0.001, NEWEST, events=12, last_at=NOON),
    verified=Verified(NOON, events=10, cases=2, head="a" * 64, reports=3, wrong=()),
    backup=BackupNote(NOON, "b" * 64, events=10, cases=2, same_disk=False),
    keeping=Keeping(years=None, due=0, unfinished=0),
    releases=(CLINVAR,),
    model="1",
    memory=Memory(10**9, 10**10),
    versions=Versions("0123456789ab", "3.11", 99, ()),
    server=Server(sign_in=False, trouble="", address="127.0.0.1", sessions=2),
)


def judged_as(key: str, **changes: Any) -> Answer:
    """What the check of this key says of the installation with these changes."""
    (check,) = [c for c in CHECKS if c.key == key]
    return check.judge(replace(FACTS, **changes))

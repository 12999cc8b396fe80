"""Is this installation well? CHECKS asks each question; facts are measured once, judgements are pure.

CHECKS lists every check in the order they are shown; to add one, write its judgement and add it there.
"""

from models.health.answers import Answer, Check, Facts, Good, Group, Look, Server
from models.health.decisions import DECISIONS
from models.health.folder import FOLDER
from models.health.known import KNOWN
from models.health.measure import measure
from models.health.served import SERVER
from models.health.telling import Health, as_json, as_lines, judged, words
from models.health.upkeep import BackupNote, Verified, backup_folder, keep, remembered
from models.health.verify import verify_all

CHECKS: tuple[Check, ...] = (*DECISIONS, *FOLDER, *KNOWN, *SERVER)

__all__ = [
    "CHECKS",
    "Answer",
    "BackupNote",
    "Check",
    "Facts",
    "Good",
    "Group",
    "Health",
    "Look",
    "Server",
    "Verified",
    "as_json",
    "as_lines",
    "backup_folder",
    "judged",
    "keep",
    "measure",
    "remembered",
    "verify_all",
    "words",
]

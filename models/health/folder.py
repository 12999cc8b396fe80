"""Can the data folder be written, by Caseboard alone, and for how long? Pure judgements of what was measured."""

from models.case import NotAssessed
from models.health.answers import Answer, Check, Facts, Good, Group, Look, Trouble
from models.knowledge.library.disk import amount
from models.vault import Plain, Protected

# Our own choice: the largest file that may be dropped is 2 GB, a case takes about twice its file while it is read.
LEAST_FREE_BYTES = 5 * 10**9


def space(facts: Facts) -> Answer:
    found = facts.folder
    if isinstance(found, Trouble):
        return NotAssessed(found.sentence)
    said = f"{amount(found.free_bytes)} free on the disk of the data folder."
    if found.free_bytes < LEAST_FREE_BYTES:
        return Look(
            said, f"Make room: below {amount(LEAST_FREE_BYTES)} a large case may not fit.", found.free_bytes, "B"
        )
    return Good(said, found.free_bytes, "B")


def writable(facts: Facts) -> Answer:
    found = facts.folder
    if isinstance(found, Trouble):
        return NotAssessed(found.sentence)
    if found.refused:
        return Look(
            f"Nothing can be written to the data folder ({found.refused}).",
            "Give Caseboard the right to write there, or make room; until then no case and no report can be kept.",
        )
    return Good("A file was written and removed.")


def private(facts: Facts) -> Answer:
    found = facts.folder
    if isinstance(found, Trouble):
        return NotAssessed(found.sentence)
    if found.others_may is None:
        return NotAssessed("This system does not tell who else may read a folder.")
    if found.others_may:
        return Look("Other accounts of this computer may look into the data folder.", "chmod 700 on the data folder.")
    return Good("Only the account that runs Caseboard may look into the data folder.")


def encrypted(facts: Facts) -> Answer:
    found = facts.protection
    if isinstance(found, Protected):
        return Good(f"What is written there is encrypted on the disk ({found.by}).")
    if isinstance(found, Plain):
        return Look(found.sentence, "Encrypt the disk, or keep the data folder in a vault (docs/encryption.md).")
    return NotAssessed(found.reason)


FOLDER = (
    Check("space", "Space left", Group.FOLDER, space),
    Check("writable", "Can be written", Group.FOLDER, writable),
    Check("private", "Private", Group.FOLDER, private),
    Check("encrypted", "Encrypted", Group.FOLDER, encrypted),
)

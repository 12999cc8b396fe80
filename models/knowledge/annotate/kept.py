"""A case with its variants annotated, worked out once for each set of releases and kept beside the case.

    <case folder>/annotated/<name>/variants.arrow, findings.json      one rename makes it; gone with the case

`name` is made of the table's sha256 and the releases, so that a new release makes a new one.
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cattrs

from models.case import Case, Finding
from models.case.table_file import TABLE_FILE, read_table, write_table
from models.errors import IntegrityError
from models.knowledge.annotate.fill import ANNOTATION_VERSION, Annotated, Mane, annotate, labels
from models.knowledge.annotate.findings import about_other_builds
from models.knowledge.annotate.releases import answering, by_lift
from models.knowledge.library.installed import Installed

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

FOLDER = "annotated"
TRANSCRIPTS = "mane"
_FINDINGS = "findings.json"


def quiet(_doing: str, _share: float | None) -> None:
    """Tells nobody."""


def annotated_case(case: Case, knowledge: "Knowledge", folder: Path | None = None) -> Case:
    """The case with what is installed about its variants; the same case when that is nothing, or is done.

    folder: the case's own, where the answer is kept for the next opening; None, or a folder that cannot be
    written, costs the work each time. Raises IntegrityError when a release is damaged, or the table was
    annotated with other releases before (open the case again from its files).
    """
    facts = case.variants.facts
    here = labels(knowledge.installed, mane_in_use(knowledge).label, facts.assembly)
    noticed = about_other_builds(knowledge.installed, facts.assembly)
    if facts.annotated_with == here:
        return _with(case, noticed)
    if facts.annotated_with:
        raise IntegrityError("The case was annotated with other releases; open it again from the worklist.")
    done = _kept_or_made(case, knowledge, folder) if folder else _made_in_memory(case, knowledge)
    return _with(replace(case, variants=done.table), done.findings)


def _with(case: Case, findings: tuple[Finding, ...]) -> Case:
    new = tuple(f for f in findings if f not in case.findings)
    return replace(case, findings=(*case.findings, *new)) if new else case


def _made_in_memory(case: Case, knowledge: "Knowledge") -> Annotated:
    return annotate(case.variants, knowledge.installed, mane_in_use(knowledge), quiet)


def mane_in_use(knowledge: "Knowledge") -> Mane:
    release = next((r for r in knowledge.releases if r.key == TRANSCRIPTS), None)
    return Mane(knowledge.transcripts, f"{release.name} {release.version}" if release else "MANE")


def _kept_or_made(case: Case, knowledge: "Knowledge", case_folder: Path) -> Annotated:
    here = (*answering(knowledge.installed, case.assembly), *by_lift(knowledge.installed, case.assembly))
    told = (*labels(knowledge.installed, mane_in_use(knowledge).label, case.assembly), *(i.folder.name for i in here))
    place = case_folder / FOLDER / _name(case, told)
    if kept := _read(place, here):
        return kept
    made = _made_in_memory(case, knowledge)
    try:
        _write(made, place)
    except OSError:  # read-only or full: the answer is as good, it is only worked out again next time
        return made
    return _read(place, here) or made


def _name(case: Case, annotated_with: tuple[str, ...]) -> str:
    told = json.dumps([ANNOTATION_VERSION, case.variants.facts.sha256, annotated_with])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _read(place: Path, here: tuple[Installed, ...]) -> Annotated | None:
    """None when it is not there, or damaged and so made again."""
    try:
        told = json.loads((place / _FINDINGS).read_text(encoding="utf-8"))
        findings = cattrs.structure(told, tuple[Finding, ...])
        return Annotated(read_table(place / TABLE_FILE), findings, here)
    except (OSError, ValueError, cattrs.BaseValidationError, IntegrityError):
        return None


def _write(made: Annotated, place: Path) -> None:
    """Two who write the same at once both succeed: the second finds it there. Older ones are removed."""
    place.parent.mkdir(exist_ok=True, mode=0o700)
    scratch = Path(tempfile.mkdtemp(dir=place.parent, prefix="unfinished-"))
    try:
        write_table(made.table, scratch / TABLE_FILE)
        findings = json.dumps(cattrs.unstructure(made.findings), ensure_ascii=False)
        (scratch / _FINDINGS).write_text(findings, encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)  # damaged, or it would have been read
        scratch.replace(place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for older in place.parent.iterdir():
        if older != place and not older.name.startswith("unfinished-"):
            shutil.rmtree(older, ignore_errors=True)

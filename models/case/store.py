"""The cases on this machine: parsed once, reopened in a fraction of a second.

Layout below `root`: `cases/<case id>/case.json` (everything but the variants), `variants.arrow`
(see models.case.table_file) and `files/` (what was given, under our own names, SAFETY T8). A case
becomes visible by one atomic rename, so a crash leaves either the whole case or none.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import cattrs

from models.case.case import Case, ReadsFile, ReferenceSlices
from models.case.patient import Patient, Pedigree, Phenotype
from models.case.record import ClinicalRecord
from models.case.table_file import TABLE_FILE, read_table
from models.case.values import Finding
from models.errors import IntegrityError
from models.vault import home_folder, refuse_closed

T = TypeVar("T")
FORMAT_VERSION = 1  # raise it when case.json changes, and add an upgrade in `_UPGRADES`
_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}

_converter = cattrs.Converter(forbid_extra_keys=False)
_converter.register_unstructure_hook(Path, str)
_converter.register_structure_hook(Path, lambda text, _: Path(text))


@dataclass(frozen=True)
class CaseSummary:
    """One line of the worklist. sample_slug: the folder of a sample patient, "" for a real one.

    reader_version: as in Case; 0 for a case kept before it was written down.
    """

    id: str
    sha256: str
    added_at: str
    patient: Patient
    assembly: str
    variants: int
    samples: int
    terms: tuple[str, ...]
    findings: tuple[Finding, ...]
    sample_slug: str = ""
    reader_version: int = 0


@dataclass(frozen=True)
class _Stored:
    patient: Patient
    pedigree: Pedigree
    phenotype: Phenotype
    record: ClinicalRecord
    reads: tuple[ReadsFile, ...]
    reference: ReferenceSlices | None
    findings: tuple[Finding, ...]


def home() -> Path:
    """Where this installation keeps its cases and decisions: $CASEBOARD_HOME or the user's data folder.

    Raises IntegrityError when that is in a vault that is closed.
    """
    folder = home_folder()
    refuse_closed(folder)
    return folder


class CaseStore:
    """Cases under `root`. Every method may raise IntegrityError with a sentence."""

    def __init__(self, root: Path) -> None:
        self._cases = root / "cases"
        self._drafts = root / "drafts"
        for folder in (self._cases, self._drafts):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def new_draft(self) -> Path:
        """An empty private folder to read a case into; `keep` or `discard` it afterwards."""
        folder = self._drafts / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        return folder

    def discard(self, draft: Path) -> None:
        """Forget a draft that did not become a case."""
        if draft.parent == self._drafts:
            shutil.rmtree(draft, ignore_errors=True)

    def keep(self, draft: Path, case: Case, added_at: datetime, sample_slug: str = "") -> CaseSummary:
        """Make the case read into `draft` a case of this machine; its paths are kept relative."""
        stored = _Stored(
            case.patient, case.pedigree, case.phenotype, case.record, case.reads, case.reference, case.findings
        )
        summary = CaseSummary(
            case.id,
            case.sha256,
            added_at.isoformat(timespec="seconds"),
            case.patient,
            case.assembly.value,
            len(case.variants),
            len(case.variants.samples),
            tuple(t.label or t.id for t in case.phenotype.observed),
            case.findings,
            sample_slug,
            case.reader_version,
        )
        document = {
            "version": FORMAT_VERSION,
            "summary": _converter.unstructure(summary),
            "case": _converter.unstructure(_moved(stored, draft, Path())),
        }
        _write_durably(draft / "case.json", json.dumps(document, ensure_ascii=False, indent=1))
        draft.replace(self._cases / case.id)
        return summary

    def summaries(self) -> tuple[CaseSummary, ...]:
        """Every case that can be read, newest first; `damaged` names the others."""
        found = [summary for _, summary in self._listed() if summary]
        return tuple(sorted(found, key=lambda s: s.added_at, reverse=True))

    def damaged(self) -> tuple[str, ...]:
        """Ids of the cases whose file is damaged or of another version: they must not hide the rest."""
        return tuple(folder.name for folder, summary in self._listed() if summary is None)

    def _listed(self) -> Iterator[tuple[Path, CaseSummary | None]]:
        for folder in sorted(self._cases.iterdir()):
            if (folder / "case.json").is_file():
                yield folder, _summary_or_none(folder)

    def has(self, case_id: str) -> bool:
        return self._folder(case_id) is not None

    def summary(self, case_id: str) -> CaseSummary:
        return _summary(self._existing(case_id))

    def by_sha256(self, sha256: str, reader_version: int) -> CaseSummary | None:
        """The case that has this content and was read by this version of the reader, None otherwise.

        An earlier reader may have overlooked what a check of today depends on.
        """
        known = (s for s in self.summaries() if (s.sha256, s.reader_version) == (sha256, reader_version))
        return next(known, None)

    def folder(self, case_id: str) -> Path:
        """Where the case lies, for what is worked out about it and goes with it."""
        return self._existing(case_id)

    def open(self, case_id: str) -> Case:
        """The whole case, variants memory-mapped."""
        folder = self._existing(case_id)
        document = _load(folder)
        stored = _moved(_structured(document, "case", _Stored), Path(), folder)
        variants = read_table(folder / TABLE_FILE)
        return Case(
            case_id,
            document["summary"]["sha256"],
            stored.patient,
            variants,
            stored.pedigree,
            stored.phenotype,
            stored.record,
            stored.reads,
            stored.reference,
            stored.findings,
            int(document["summary"].get("reader_version", 0)),
        )

    def _folder(self, case_id: str) -> Path | None:
        known = case_id.isascii() and case_id.replace("-", "").isalnum() and (self._cases / case_id).is_dir()
        return self._cases / case_id if known else None

    def _existing(self, case_id: str) -> Path:
        folder = self._folder(case_id)
        if folder is None:
            raise IntegrityError("This case is not on this machine; open it from the worklist.")
        return folder


def _summary(folder: Path) -> CaseSummary:
    return _structured(_load(folder), "summary", CaseSummary)


def _summary_or_none(folder: Path) -> CaseSummary | None:
    try:
        return _summary(folder)
    except IntegrityError:
        return None


def _structured(document: Mapping[str, Any], part: str, wanted: type[T]) -> T:
    try:
        return _converter.structure(document[part], wanted)
    except (KeyError, TypeError, ValueError, cattrs.BaseValidationError) as problem:
        raise IntegrityError("A stored case is damaged; add its files again.") from problem


def new_case_id() -> str:
    """An opaque id that says nothing about the patient and cannot be guessed."""
    return f"c-{secrets.token_hex(8)}"


def _moved(stored: _Stored, old: Path, new: Path) -> _Stored:
    """`stored` with file paths re-rooted from `old` to `new`."""

    def move(path: Path) -> Path:
        return new / (path.relative_to(old) if old != Path() else path)

    reads = tuple(replace(r, bam=move(r.bam), bai=move(r.bai)) for r in stored.reads)
    reference = replace(stored.reference, fasta=move(stored.reference.fasta)) if stored.reference else None
    return replace(stored, reads=reads, reference=reference)


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _load(folder: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise IntegrityError("A stored case cannot be read; add its files again.") from problem
    if not isinstance(document, dict):
        raise IntegrityError("A stored case is damaged; add its files again.")
    while document.get("version") in _UPGRADES:
        document = _UPGRADES[document["version"]](document)
    if document.get("version") != FORMAT_VERSION:
        raise IntegrityError("A stored case was written by another version of Caseboard; add its files again.")
    return document

"""Signing a report: what is frozen, where it is kept, and how a changed byte is named.

Layout below the case's folder: `reports/<sha256 of the seal>/` with `content.json`, `report.html`, `report.pdf` and
`seal.json`, which holds the sha256 of each file and of each of its blocks. The event in the decision log holds the
hash of the content and of the seal, so that nothing in the folder can change unseen; the files are written before the
event, so that a signed report is never without its files.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.errors import InputError, IntegrityError
from models.knowledge.library.disk import keep_durably
from models.reporting.content import (
    ReportContent,
    Signature,
    content_bytes,
    content_from,
    content_hash,
)
from models.reporting.html import as_html
from models.reporting.pdf import as_pdf
from models.reporting.report import document_of
from models.review import Conflict, DecisionLog, Event
from models.review.commands import SignReport
from models.review.events import named
from models.review.signing import Proof, proof_words, proven

CONTENT, HTML, PDF, SEAL = "content.json", "report.html", "report.pdf", "seal.json"
BLOCK_BYTES = 256  # how closely a changed byte is named
FOLDER = "reports"


@dataclass(frozen=True)
class SignedReport:
    """A signed report as it was frozen. event: the signature in the decision log."""

    event: Event
    content: ReportContent
    html: bytes
    pdf: bytes


def objections(content: ReportContent) -> tuple[str, ...]:
    """Why this report cannot be signed, a sentence each; empty when it can."""
    said = []
    for variant in content.variants:
        name = f"{variant.gene} {variant.name}".strip()
        if variant.open_question:
            said.append(f"{name}: {variant.open_question}")
        elif variant.given is None:
            said.append(f"{name} has no class given by a person; classify it, or take it off the shortlist.")
    if content.amends and not content.why_amended.strip():
        said.append("Say why the signed report is replaced; it is printed in the new one.")
    return tuple(said)


def cautions(content: ReportContent) -> tuple[str, ...]:
    """What to know before signing, a sentence each; none of it stands against the signature."""
    said = []
    for variant in content.variants:
        name = f"{variant.gene} {variant.name}".strip()
        said += [f"{name}: {told}" for told in (variant.not_judged, variant.differs) if told]
    return tuple(said)


def frozen(content: ReportContent, signature: Signature) -> dict[str, bytes]:
    """Every file that signing keeps, by name, the seal last."""
    signed = replace(content, signature=signature)
    document = document_of(signed)
    files = {
        CONTENT: content_bytes(signed),
        HTML: as_html(document).encode(),
        PDF: as_pdf(document, datetime.fromisoformat(signature.at)),
    }
    return files | {SEAL: _seal(files)}


def sign(
    log: DecisionLog,
    case_folder: Path,
    content: ReportContent,
    *,
    who: str,
    at: datetime,
    account: str = "",
    proof: Proof | None = None,
) -> Event | Conflict:
    """Freeze the report as it was read and enter the signature; durable when this returns.

    proof: when who is signed in (account) last proved to the provider who they are. Raises NotPermitted when that is
    too long ago, InputError when it may not be signed, or when something was decided since it was drawn up.
    """
    authenticated = proven(proof, account, at)
    if refused := objections(content):
        raise InputError(refused[0])
    files = frozen(content, Signature(named(who), at.isoformat(timespec="milliseconds"), proof_words(authenticated)))
    kept, is_new = _keep(case_folder / FOLDER, files)
    command = SignReport(content.decisions, content.number, content_hash(content), content.amends)
    evidence = {"seal_sha256": _sha256(files[SEAL]), **authenticated}
    try:
        outcome = log.decide(content.case_id, command, who=who, at=at, account=account, evidence=evidence)
    except InputError:  # refused before anything was entered; after any other error the files may be needed
        _discard(kept, is_new)
        raise
    if isinstance(outcome, Conflict):
        _discard(kept, is_new)
    return outcome


def what_changed(case_folder: Path, event: Event) -> tuple[str, ...]:
    """What is no longer as it was signed, a sentence for each file; empty when every byte is."""
    folder = _folder(case_folder, event)
    try:
        seal_bytes = (folder / SEAL).read_bytes()
    except OSError:
        return (f"{SEAL} of report {event.payload['number']} is missing or cannot be read.",)
    if _sha256(seal_bytes) != event.evidence["seal_sha256"]:
        return (f"{SEAL} of report {event.payload['number']} was changed after it was signed.",)
    seal: dict[str, Any] = json.loads(seal_bytes)
    told = (_compared(folder / name, facts) for name, facts in seal.items())
    return tuple(sentence for sentence in told if sentence)


def open_signed(case_folder: Path, event: Event) -> SignedReport:
    """The report behind a signature, verified byte by byte. Raises IntegrityError that names what was changed."""
    if changed := what_changed(case_folder, event):
        raise IntegrityError(f"{changed[0]} Restore it from a backup.")
    folder = _folder(case_folder, event)
    content = content_from((folder / CONTENT).read_bytes())
    if content_hash(content) != event.payload["content_sha256"] or content.decisions_head != event.previous:
        raise IntegrityError("The signed report does not belong to its signature. Restore it from a backup.")
    return SignedReport(event, content, (folder / HTML).read_bytes(), (folder / PDF).read_bytes())


def _folder(case_folder: Path, event: Event) -> Path:
    name = str(event.evidence.get("seal_sha256", ""))
    if len(name) != 64 or not name.isalnum():
        raise IntegrityError("This report was signed without its files; they cannot be checked.")
    return case_folder / FOLDER / name


def _seal(files: Mapping[str, bytes]) -> bytes:
    facts = {name: {"sha256": _sha256(data), "blocks": _blocks(data)} for name, data in files.items()}
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii")


def _blocks(data: bytes) -> list[str]:
    """The first 16 hex digits of the sha256 of each block: they only say where; the whole sha256 says whether."""
    return [_sha256(data[at : at + BLOCK_BYTES])[:16] for at in range(0, len(data), BLOCK_BYTES)]


def _compared(path: Path, facts: Mapping[str, Any]) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return f"{path.name} is missing or cannot be read."
    if _sha256(data) == facts["sha256"]:
        return ""
    now, then = _blocks(data), facts["blocks"]
    at = next((n for n, (a, b) in enumerate(zip(now, then, strict=False)) if a != b), min(len(now), len(then)))
    first = at * BLOCK_BYTES
    return f"{path.name} was changed after it was signed, first between bytes {first:,} and {first + BLOCK_BYTES:,}."


def _keep(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, bool]:
    """Write the files durably, read-only, under the name of their seal; nothing is ever written over.

    Where they are, and whether they were not there before.
    """
    kept = folder / _sha256(files[SEAL])
    if kept.is_dir():
        return kept, False
    try:
        draft = folder / f"draft-{secrets.token_hex(8)}"
        folder.mkdir(mode=0o700, exist_ok=True)  # not the case's own: it may have been deleted meanwhile
        draft.mkdir(mode=0o700)
        for name, data in files.items():
            (draft / name).write_bytes(data)
            (draft / name).chmod(0o400)
        keep_durably(draft, kept)
    except OSError as problem:
        raise InputError(
            f"The report was not signed: the case's folder cannot keep it ({problem.strerror or problem}). "
            "Make room, or have the folder made writable, and sign again."
        ) from problem
    return kept, True


def _discard(kept: Path, is_new: bool) -> None:
    """Leave nothing of a signature that was refused."""
    if is_new:
        shutil.rmtree(kept, ignore_errors=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

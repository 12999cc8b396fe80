"""The child's reading of a VCF: scan block by block, collect findings, write the table."""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.case import ANNOTATION_COLUMNS, Assembly, FileFacts, canonical_chrom
from models.errors import CaseboardError, TooLarge, UnreadableFile
from models.intake.assembly import AssemblyGuess, recognise_assembly
from models.intake.columns import Columns, fed_columns
from models.intake.limits import Limits
from models.intake.read_findings import STOPS, about_assembly, about_fields, about_header, about_notes, about_unread
from models.intake.scan import scan
from models.intake.scan_plan import GO_ON, LONG_LINE, NEED_ROOM, a_batch, a_scratch
from models.intake.scan_setup import Setup, fields_not_read, set_up
from models.intake.stated_releases import release_words
from models.intake.text_blocks import TextBlocks, open_text
from models.intake.vcf_header import Header, header_of
from models.intake.vcf_table import write_columns

BATCH_CELLS = 1 << 18  # rows x samples of one batch
BATCH_ROWS = 1 << 16
Json = dict[str, Any]


def read_to_file(
    path: Path,
    limits: Limits,
    out: Path,
    *,
    display_name: str,
    samples: Sequence[str] | None = None,
    assembly: str | None = None,
    text: TextBlocks | None = None,
) -> list[Json]:
    """Read `path` into a table file at `out` and return the findings. text: already opened by the caller.

    Raises UnreadableFile or TooLarge whose `where` names the display file and line.
    """
    fingerprint = _Fingerprint(path)
    try:
        with text or open_text(path, limits) as lines:
            header = header_of(lines)
            chosen = choose_samples(header, samples, limits)
            setup = set_up(header, chosen, limits)
            columns, notes, records = scan_all(lines, header, setup, len(chosen), limits)
    except CaseboardError as error:
        where = f"{display_name}, {error.where}" if error.where else display_name
        raise type(error)(error.sentence, where) from error
    guess = recognise_assembly(header)
    said = Assembly(assembly) if assembly else None
    facts = _facts(fingerprint.hex(), display_name, header, guess, said, setup, columns, records)
    write_columns(out, columns, chosen, facts)
    findings = [
        *about_header(header, display_name),
        *about_assembly(guess, said, display_name),
        *about_notes(notes, display_name),
        *about_fields(fields_not_read(header), header, display_name),
        *about_unread(columns.unread, facts.brought, display_name),
    ]
    return [{"code": f.code, "severity": f.severity.value, "sentence": f.sentence, "where": f.where} for f in findings]


def choose_samples(header: Header, samples: Sequence[str] | None, limits: Limits) -> tuple[str, ...]:
    """The samples to read, in the order asked for; all of the file when nothing was asked."""
    if len(header.samples) > limits.samples:
        raise TooLarge(f"The file has {len(header.samples):,} samples; at most {limits.samples:,} are read.")
    chosen = header.samples if samples is None else tuple(dict.fromkeys(samples))
    if any(name not in header.samples for name in chosen):
        raise UnreadableFile("A chosen sample is not in this file; pick from its list.", f"line {header.line_count}")
    if len(chosen) > limits.chosen_samples:
        raise TooLarge(f"The file has {len(chosen):,} samples; choose at most {limits.chosen_samples} of them to read.")
    return chosen


def scan_all(text: TextBlocks, header: Header, setup: Setup, samples: int, limits: Limits) -> tuple[Columns, Any, int]:
    """Scan every record. Returns (columns, notes, lines after the header)."""
    rows = max(limits.alleles + 1, min(BATCH_ROWS, BATCH_CELLS // max(samples, 1)))
    batch, scratch = a_batch(rows, setup.texts, setup.numbers, samples), a_scratch(setup.plan)
    columns, line = Columns(setup, samples), header.line_count + 1
    for block, end in text.blocks():
        at, reason = 0, NEED_ROOM
        while reason == NEED_ROOM:
            reason, at, line, got = scan(block, at, end, line, setup.plan, scratch, batch)
            if reason not in (GO_ON, NEED_ROOM):
                kind = TooLarge if reason == LONG_LINE else UnreadableFile
                raise kind(STOPS[reason], f"line {line}")
            columns.add(block, batch, got)
        if line - header.line_count - 1 > limits.records:
            raise TooLarge(
                f"The file has more than {limits.records:,} records; split it by chromosome.", f"line {line}"
            )
    return columns, batch.notes, line - header.line_count - 1 - int(batch.notes[:2, 0].sum())


def _facts(
    sha256: str,
    display_name: str,
    header: Header,
    guess: AssemblyGuess,
    said: Assembly | None,
    setup: Setup,
    columns: Columns,
    records: int,
) -> FileFacts:
    unknown = guess.assembly is Assembly.UNKNOWN
    assembly, reason = (said, "a person said so") if said and unknown else (guess.assembly, guess.reason)
    chroms = columns.words["chrom"].words() if "chrom" in columns.words else list(header.contigs)
    return FileFacts(
        display_name, sha256, assembly, reason, header.samples, _caller(header), _annotator(header, setup),
        _brought(header, setup), {canonical_chrom(c): c for c in chroms}, records,
    )  # fmt: skip


class _Fingerprint:
    """sha256 of a file, taken by a second thread while the first one scans."""

    def __init__(self, path: Path) -> None:
        self._path, self._hex = path, ""
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        with self._path.open("rb") as file:
            self._hex = hashlib.file_digest(file, "sha256").hexdigest()

    def hex(self) -> str:
        self._thread.join()
        return self._hex


def _caller(header: Header) -> str:
    """The calling program as the header names it, "" when it does not."""
    for key, value in header.meta:
        if key.lower() in ("source", "deepvariant_version", "glnexusversion"):
            return f"{key} {value}"[:80] if key.lower() != "source" else value[:80]
    return next((key for key, _ in header.meta if key.lower().startswith(("gatkcommandline", "dragen"))), "")


def _annotator(header: Header, setup: Setup) -> str:
    names = {"CSQ": "VEP", "vep": "VEP", "ANN": "SnpEff", "EFF": "SnpEff", "BCSQ": "bcftools csq"}
    of = {"CSQ": ("VEP",), "vep": ("VEP",), "BCSQ": ("bcftools/csqVersion", "bcftools_csqVersion")}
    for key, value in header.meta:
        if setup.annotation and key in of.get(setup.annotation, ("SnpEffVersion",)):
            return f"{names.get(setup.annotation, key)} {value.split()[0] if value.split() else ''}".replace('"', "")[
                :60
            ]
    return names.get(setup.annotation, "")


def _brought(header: Header, setup: Setup) -> dict[str, str]:
    annotator = _annotator(header, setup)
    brought: dict[str, str] = {}
    for column, slots in fed_columns(setup).items():
        origins = list(dict.fromkeys(slot.origin for slot in slots))
        by = f" ({annotator})" if annotator and any(" " in origin for origin in origins) else ""
        release = release_words(column, origins, header)
        brought[column] = ", ".join(origins) + by + (f", {release}" if release else "")
    if setup.mane_row >= 0:
        brought["is_mane_select"] = f"INFO/{setup.annotation} MANE"
    groups = [c for c in brought if c.startswith("af_") and c not in ("af_fraction", "af_group_max_fraction")]
    if groups:
        release = brought[groups[0]].rpartition(", release ")[2]
        largest = "largest of " + ", ".join(sorted(g.split("_")[1] for g in groups))
        brought.setdefault("af_group_max_fraction", f"{largest}, release {release}")
        brought.setdefault("af_group_max_name", brought["af_group_max_fraction"])
    return {name: origin for name, origin in brought.items() if name in ANNOTATION_COLUMNS}

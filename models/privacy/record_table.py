"""The patient's record as one table: what, when counted from its first entry, codes of public terminologies, numbers.

Texts of a record come from whoever typed them, so each distinct one is a line that a person checks; without that only
codes and numbers leave. What no code carries (doses, reasons, allergies, notes on relatives) stays here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.case import ClinicalRecord, LabValue
from models.privacy.dates import Axis

# Terminologies whose codes mean the same everywhere, and how their codes look; a code of a local system, or one that
# looks otherwise, can be a number of one patient, or a date.
_PUBLIC_SYSTEMS = {
    "http://snomed.info/sct": ("SNOMED CT", r"[1-9]\d{5,17}"),
    "http://loinc.org": ("LOINC", r"(?:LP|LA)?\d{1,7}-\d"),
    "http://www.nlm.nih.gov/research/umls/rxnorm": ("RxNorm", r"[1-9]\d{0,7}"),
    "http://hl7.org/fhir/sid/icd-10-cm": ("ICD-10-CM", r"[A-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?"),
    "http://hl7.org/fhir/sid/icd-10": ("ICD-10", r"[A-Z]\d\d(?:\.\d{1,2})?"),
    "http://www.whocc.no/atc": ("ATC", r"[A-Z]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?"),
    "http://purl.obolibrary.org/obo/hp.owl": ("HPO", r"HP:\d{7}"),
}
_UNIT = re.compile(r"[\w%/.*\[\](){}^' µμ°+-]{1,20}")
_STATUS = {"active", "resolved", "inactive", "remission", "recurrence", "relapse", "completed", "stopped", "on-hold"}
_COMPARED = {"<", "<=", ">=", ">", "ad"}  # QuantityComparator of FHIR R4
_FLAGS = {"H", "L", "HH", "LL", "N", "A", "AA"}
COLUMNS = (
    "kind", "day since the first entry", "date, moved", "until, moved", "what", "code", "terminology", "status",
    "comparator", "value", "unit", "low", "high", "flag",
)  # fmt: skip


def phrases_of_record(record: ClinicalRecord) -> tuple[str, ...]:
    """Every distinct text of the table on one line each, in the order it is read."""
    return tuple(dict.fromkeys(filter(None, map(_line, _texts(record)))))


def _line(text: str) -> str:
    return " ".join(text.split())


def _texts(record: ClinicalRecord) -> Iterator[str]:
    """Of every row, also what it says twice."""
    yield from (p.text for p in record.problems)
    yield from (m.text for m in record.medications)
    yield from (lab.name for lab in record.labs)
    yield from (lab.text for lab in record.labs)
    yield from (e.text for e in record.events)
    yield from _of_relatives(record)


def _of_relatives(record: ClinicalRecord) -> Iterator[str]:
    return (f"{r.relationship}: {condition}" for r in record.relatives for condition in r.conditions)


def dates_of(record: ClinicalRecord) -> tuple[str, ...]:
    """Every date of the record, ISO as delivered."""
    dates = [p.onset_date for p in record.problems] + [n.date for n in record.notes]
    dates += [d for m in record.medications for d in (m.start_date, m.end_date)]
    dates += [lab.date for lab in record.labs] + [e.date for e in record.events]
    return tuple(d for d in dates if d)


def rows_of(record: ClinicalRecord, axis: Axis, phrases: Mapping[str, str]) -> list[list[Any]]:
    """The table. phrases: what each text leaves as; a text that is not in it does not leave."""

    def said(text: str) -> str:
        return phrases.get(_line(text), "")

    def when(start: str, end: str = "") -> list[Any]:
        return [axis.day(start), axis.moved(start), axis.moved(end)]

    rows: list[list[Any]] = []
    for p in record.problems:
        status = "ruled out" if p.is_refuted else _of(p.status, _STATUS)
        rows.append(["problem", *when(p.onset_date), said(p.text), *_coded(p.code, p.system), status])
    for m in record.medications:
        coded = _coded(m.code, m.system)
        rows.append(["medicine", *when(m.start_date, m.end_date), said(m.text), *coded, _of(m.status, _STATUS)])
    for lab in record.labs:
        what = ": ".join(filter(None, (said(lab.name), said(lab.text) if lab.value is None else "")))
        rows.append(["measurement", *when(lab.date), what, *_measured(lab)])
    rows += [[e.kind, *when(e.date), said(e.text)] for e in record.events]
    rows += [["family", *when(""), said(text)] for text in _of_relatives(record) if said(text)]
    return [_whole(row) for row in rows if any(cell not in ("", None) for cell in row[1:])]


def _measured(lab: LabValue) -> list[Any]:
    """From its code on."""
    compared, unit = _of(lab.comparator, _COMPARED), _fitting(lab.unit, _UNIT)
    return [*_coded(lab.loinc, "http://loinc.org"), "", compared, lab.value, unit, lab.low, lab.high,
            _of(lab.flag, _FLAGS)]  # fmt: skip


def _whole(row: Sequence[Any]) -> list[Any]:
    cells = [*row, *[""] * (len(COLUMNS) - len(row))]
    cells[1] = int(cells[1]) if str(cells[1]).lstrip("-").isdigit() else cells[1]
    return [None if cell == "" else cell for cell in cells]


def _coded(code: str, system: str) -> list[str]:
    name, shape = _PUBLIC_SYSTEMS.get(system, ("", ""))
    return [code, name] if name and re.fullmatch(shape, code) else ["", ""]


def _of(text: str, allowed: Iterable[str]) -> str:
    return text if text in allowed else ""


def _fitting(text: str, pattern: re.Pattern[str]) -> str:
    return text if pattern.fullmatch(text) else ""

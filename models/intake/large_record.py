"""A large FHIR bundle, read and reduced in a limited child: what it asks of memory and time is not asked of us.

JSON grows ten- to thirtyfold as objects. Up to SMALL_JSON_BYTES that is at most some 100 MB, and starting a
child would cost more than reading; a document beyond it is a record, for no phenopacket is that long.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import cattrs

from models.case import ClinicalRecord, Finding
from models.intake.child import run_in_child
from models.intake.fhir import FhirPatient, parse_fhir
from models.intake.json_file import read_json
from models.intake.limits import GIB, LIMITS, Limits

SMALL_JSON_BYTES = 4 * 1024 * 1024
# 60 MB of empty objects, the worst of the allowed sizes, take below 3 GiB and a minute.
RECORD_LIMITS = replace(LIMITS, memory_bytes=4 * GIB, cpu_seconds=120, wall_seconds=240.0)
Record = tuple[ClinicalRecord, FhirPatient, tuple[Finding, ...]]


def read_large_record(path: Path, display_name: str, limits: Limits = RECORD_LIMITS) -> Record:
    """As `parse_fhir` of the file. Raises UnreadableFile or TooLarge."""
    asked = {"display_name": display_name}  # shown, never opened
    said = run_in_child(reduce, str(path.resolve()), asked, limits=limits, display_name=display_name)
    findings = tuple(cattrs.structure(finding, Finding) for finding in said["findings"])
    return cattrs.structure(said["record"], ClinicalRecord), cattrs.structure(said["patient"], FhirPatient), findings


def reduce(path: str, asked: dict[str, str]) -> Any:
    """The child's part: everything read from the bundle, as JSON values."""
    name = asked["display_name"]
    record, patient, findings = parse_fhir(read_json(Path(path), name), name)
    return cattrs.unstructure({"record": record, "patient": patient, "findings": findings})

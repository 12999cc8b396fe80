"""A whole case with a name in every place that can hold one, small enough to make its export in a moment.

draft = a_draft()                              # Anna Müller, her mother, her doctors, a letter, a record
draft = a_draft(known=(), content=a_content()) # nothing known but the case itself
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from models.case import (
    Case,
    ClinicalRecord,
    Event,
    Known,
    LabValue,
    Medication,
    Note,
    Pedigree,
    Person,
    Problem,
    Relative,
    Sex,
    Sort,
    Whose,
)
from models.privacy import Draft, Package, Secret, draft_of, packed
from models.privacy.last_look import text_in
from models.reporting import Signature
from models.reporting.content import CriterionLine, FindingLine, GivenClass, ReportContent
from models.review.commands import Consent
from models.review.consent import Recorded
from tests.builders import a_case, a_variant
from tests.reporting.report_builders import AT, a_content, a_reported

AGREED = Recorded("", frozenset(Consent), frozenset(Consent))
SNOMED = "http://snomed.info/sct"
SECRET = Secret(1000, "P-00c0ffee")
KNOWN = (
    Known(Sort.NAME, Whose.PATIENT, "Anna Maria Müller-Quist", "7"),
    Known(Sort.NUMBER, Whose.PATIENT, "MRN-004711", "7"),
    Known(Sort.DATE, Whose.PATIENT, "2019-03-12", "7"),
    Known(Sort.PLACE, Whose.PATIENT, "12 Eichenallee", "7"),
    Known(Sort.PLACE, Whose.PATIENT, "Quellstadt", "7"),
    Known(Sort.PHONE, Whose.PATIENT, "030 5550 1234", "7"),
    Known(Sort.NAME, Whose.RELATIVE, "Bert Müller-Quist", "7"),
    Known(Sort.NAME, Whose.PRACTITIONER, "Dr Carla Vossberg", "9"),
    Known(Sort.NAME, Whose.ORGANISATION, "Klinikum Quellstadt", "11"),
    Known(Sort.FILE, Whose.OTHER, "muellerquist_exome.vcf.gz"),
)
LETTER = (
    "Dear colleague, Anna MUELLER-QUIST (MRN-004711), born 12 March 2019, lives at 12 Eichenallee in Quellstadt. Her "
    "father Bert called 030-5550-1234 on 2024-02-27; first seizure on 19.11.2023. Dr. Vossberg, Klinikum Quellstadt."
)
RECORD = ClinicalRecord(
    problems=(Problem("Epilepsy of Anna", "84757009", SNOMED, "2023-11-19", "active"),),
    medications=(Medication("valproate", "11170", "http://www.nlm.nih.gov/research/umls/rxnorm", "", "2024-02-27"),),
    labs=(LabValue("Lactate", "2024-03", 1.8, "mmol/L", loinc="2524-7"), LabValue("Karyotype", "2024-03-01", None)),
    relatives=(Relative("uncle", ("epilepsy",)),),
    notes=(Note("Letter", "2024-02-27", LETTER),),
    events=(Event("2023-11-20", "Visit with Dr Vossberg", "encounter"),),
)
SAMPLES = ("AnnaMQ-P", "AnnaMQ-M", "AnnaMQ-F")
FAMILY = Pedigree(
    SAMPLES[0],
    (
        Person(SAMPLES[0], Sex.FEMALE, father_id=SAMPLES[2], mother_id=SAMPLES[1], sample=SAMPLES[0]),
        Person(SAMPLES[1], Sex.FEMALE, sample=SAMPLES[1]),
        Person(SAMPLES[2], Sex.MALE, sample=SAMPLES[2]),
    ),
)
REVIEWER = "Prof Doris Ehrlicher"


def a_named_case(record: ClinicalRecord = RECORD, **changes: Any) -> Case:
    """A trio whose samples and files carry the patient's name."""
    row = a_variant("chr2", 165_992_342, "G", "A", gene="SCN1A", proband="0/1", mother="0/0", father="0/0")
    case = a_case(row)
    facts = replace(case.variants.facts, samples_in_file=SAMPLES, display_name="muellerquist_exome.vcf.gz")
    named = replace(case, pedigree=FAMILY, record=record, variants=replace(case.variants, facts=facts))
    return replace(named, patient=replace(named.patient, pseudonym="MQ-2019"), **changes)


def a_named_content(**changes: Any) -> ReportContent:
    """A signed report that names people in every field that can."""
    given = GivenClass("Pathogenic", "Dravet syndrome", f"As {REVIEWER} said.", REVIEWER, AT.isoformat(), "one reading")
    line = CriterionLine(
        "PS2", "met", "strong", "Anna's parents", REVIEWER, "", "not met", "changed", f"{REVIEWER}, 2026-11-21", "Anna"
    )
    variant = a_reported(given=given, criteria=(line,), chosen_by=f"{REVIEWER}, 2026-11-21", chosen_because="for Bert")
    base = a_content(
        pseudonym="MQ-2019",
        indication="Seizures of Anna Müller-Quist since 2023-11-19",
        consent="as the files state: signed by Bert Müller-Quist",
        caller="GATK of Klinikum Quellstadt",
        variants=(variant,),
        findings=(FindingLine("warning", "AnnaMQ-M looks male.", f"{REVIEWER}, 2026-11-20: known to Dr Vossberg"),),
        signature=Signature(REVIEWER, AT.isoformat()),
    )
    return replace(base, **changes)


def a_draft(
    case: Case | None = None,
    content: ReportContent | None = None,
    known: Iterable[Known] | None = KNOWN,
    secret: Secret = SECRET,
    *,
    people: tuple[str, ...] = (REVIEWER,),
    days_only: bool = False,
) -> Draft:
    """What would leave, with an ontology of two terms and one gene."""
    labels = {"HP:0001250": "Seizure", "HP:0000252": "Microcephaly"}
    knowledge = SimpleNamespace(
        hpo=SimpleNamespace(label=lambda term: labels.get(term, term)),
        genes=SimpleNamespace(frame=SimpleNamespace(index={"SCN1A"})),
    )
    workup: Any = SimpleNamespace(case=case or a_named_case(), knowledge=knowledge)
    events: Any = [SimpleNamespace(who=who, account="", payload={}) for who in people]
    return draft_of(workup, content or a_named_content(), events, known, secret, days_only=days_only)


def all_checked(draft: Draft) -> dict[str, str]:
    """Every text let go as the rules propose it."""
    return {piece.key: piece.outcome for piece in draft.pieces}


def made(draft: Draft, checked: Mapping[str, str] | None = None) -> Package:
    return packed(draft, all_checked(draft) if checked is None else checked, AGREED)


def files_in(package: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything_said(package: Package) -> str:
    """Every word of every file of the zip, and its bytes as they lie."""
    said = [f"{name}\n{text_in(name, data)}" for name, data in files_in(package).items()]
    return "\n".join([*said, package.data.decode("latin-1")])

"""A case from whatever was given: each file recognised by its content, read by its reader.

Files keep their own names only for display; on disk they live under names of ours (SAFETY T8).
`answer.json` of a sample patient is recognised and never read here: an answer must not reach the
ranking.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models.case import (
    Assembly,
    Case,
    ClinicalRecord,
    Finding,
    Known,
    Note,
    Patient,
    Pedigree,
    Phenotype,
    Severity,
    Sex,
    Sort,
    Term,
    VariantTable,
    Whose,
)
from models.case.known import write_known
from models.case.store import new_case_id
from models.errors import InputError, UnreadableFile
from models.intake.family_names import about_strangers, check_names
from models.intake.fhir import FhirPatient, is_fhir, parse_fhir
from models.intake.given import CaseOptions, GivenFile, Kinds, sort_files
from models.intake.hpo_terms import parse_terms, read_terms
from models.intake.json_file import read_json
from models.intake.keep import keep_reads, keep_reference
from models.intake.known_names import known_in_packet
from models.intake.large_record import SMALL_JSON_BYTES, Record, read_large_record
from models.intake.ped import pedigree_from_ped, pedigree_from_roles, read_ped
from models.intake.phenopacket import Phenopacket, is_phenopacket, parse_phenopacket
from models.intake.proband import pick_proband
from models.intake.recognise import FileKind
from models.intake.record_age import age_at_last_entry
from models.intake.stated_sex import agreed_sex
from models.intake.text_file import read_text
from models.intake.vcf import peek_vcf, read_variants

# Raise it whenever the same files would give another case; tests/intake/test_reader_version.py asks for it.
READER_VERSION = 5
Progress = Callable[[str], None]
_NAMELESS = Phenopacket("", Sex.UNKNOWN, None, Phenotype(), None, ())


@dataclass(frozen=True)
class _About:
    """Everything but the variants, as far as it was given."""

    packet: Phenopacket = _NAMELESS
    record: ClinicalRecord = ClinicalRecord()
    fhir_patient: FhirPatient = FhirPatient()
    card: Mapping[str, Any] = field(default_factory=dict)
    phenotype: Phenotype = Phenotype()
    findings: tuple[Finding, ...] = ()
    known: tuple[Known, ...] = ()


def read_case(
    files: Sequence[GivenFile],
    work_dir: Path,
    options: CaseOptions | None = None,
    progress: Progress = lambda _: None,
) -> Case:
    """Read a case; `work_dir` receives `variants.arrow` and our own copies of reads and reference.

    Problems that leave the case usable come as `case.findings`. Raises InputError (with file and
    line) when there is no usable VCF or a file is not what it says it is.
    """
    options = options or CaseOptions()
    kinds = sort_files(files)
    vcf = kinds.one(FileKind.VCF, "variant files")
    if vcf is None:
        raise InputError("No VCF among the files; a case needs one (plain, gzip, bgzip or BCF).")
    progress("Reading the record and the phenotype")
    about = _read_about(kinds, options)
    progress("Reading the variants")
    pedigree, table, findings = _variants_and_family(vcf, kinds, about, options, work_dir)
    sex, about_sex = _sex(about, options, pedigree)
    progress("Keeping reads and reference")
    reads, about_reads = keep_reads(kinds, table.facts.samples_in_file, pedigree, work_dir)
    write_known(work_dir, (*about.known, *_named(files, kinds, table)))
    return Case(
        new_case_id(),
        _content_sha256(files, options),
        _patient(about, options, pedigree, sex),
        table,
        pedigree.with_proband_sex(sex),
        about.phenotype,
        about.record,
        reads,
        keep_reference(kinds, work_dir),
        (*about.findings, *findings, *about_sex, *about_reads, *_unused(kinds)),
        READER_VERSION,
    )


def _unused(kinds: Kinds) -> tuple[Finding, ...]:
    why = {
        FileKind.CRAM: "CRAM is not read here; convert it to BAM to see the reads.",
        FileKind.UNKNOWN: "This file was not recognised and not used.",
    }
    return tuple(
        Finding("file-not-used", Severity.WARNING, sentence, file.display_name)
        for kind, sentence in why.items()
        for file in kinds.get(kind, [])
    )


def _read_about(kinds: Kinds, options: CaseOptions) -> _About:
    about = _About()
    for file in kinds.get(FileKind.JSON, []):
        about = _with_file(about, file)
    phenotype, findings = about.packet.phenotype, list(about.findings)
    for file in kinds.get(FileKind.TERMS, []):
        more, noticed = read_terms(file.path, file.display_name)
        phenotype, findings = _merged(phenotype, more.terms), [*findings, *noticed]
    typed, noticed = parse_terms(options.terms, "typed")
    notes = [_note(file) for file in kinds.get(FileKind.NOTE, [])]
    record = replace(about.record, notes=(*about.record.notes, *notes))
    return replace(
        about,
        record=record,
        phenotype=_merged(phenotype, typed.terms),
        findings=(*findings, *noticed),
    )


def _merged(phenotype: Phenotype, terms: Sequence[Term]) -> Phenotype:
    for term in terms:
        phenotype = phenotype.with_term(term)
    return phenotype


def _with_file(about: _About, file: GivenFile) -> _About:
    name = file.display_name
    if file.path.stat().st_size > SMALL_JSON_BYTES:
        return _with_record(about, read_large_record(file.path, name), name)
    return _with_document(about, read_json(file.path, name), name)


def _with_record(about: _About, read: Record, name: str) -> _About:
    record, patient, findings = read
    if not about.record.is_empty:
        raise InputError("a second FHIR bundle; give one bundle of this patient.", name)
    known = (*about.known, *patient.known)
    patient = replace(patient, known=())
    return replace(about, record=record, fhir_patient=patient, findings=(*about.findings, *findings), known=known)


def _with_document(about: _About, document: Any, name: str) -> _About:
    if is_fhir(document):
        return _with_record(about, parse_fhir(document, name), name)
    if is_phenopacket(document):
        if about.packet is not _NAMELESS:
            raise InputError("a second phenopacket; give one phenopacket of this patient.", name)
        packet = parse_phenopacket(document, name)
        known = (*about.known, *known_in_packet(document))
        return replace(about, packet=packet, findings=(*about.findings, *packet.findings), known=known)
    if isinstance(document, dict) and "pseudonym" in document:
        told = (str(document[name]) for name in ("pseudonym", "proband_sample") if document.get(name))
        known = (*about.known, *(Known(Sort.NUMBER, Whose.PATIENT, name) for name in told))
        return replace(about, card=document, known=known)
    if isinstance(document, dict) and "causal" in document:
        return about
    raise UnreadableFile("JSON, but neither a phenopacket nor a FHIR bundle.", name)


def _named(files: Sequence[GivenFile], kinds: Kinds, table: VariantTable) -> tuple[Known, ...]:
    """What files, samples, families and people of the PED file are called."""
    names = [Known(Sort.FILE, Whose.OTHER, Path(file.display_name).name) for file in files]
    names += [Known(Sort.NUMBER, Whose.OTHER, sample) for sample in table.facts.samples_in_file]
    for ped in kinds.get(FileKind.PED, []):
        families = read_ped(ped.path, ped.display_name).families
        people = (name for family, of in families.items() for name in (family, *(p.id for p in of)))
        names += [Known(Sort.NUMBER, Whose.OTHER, name) for name in people]
    return tuple(names)


def _note(file: GivenFile) -> Note:
    text = read_text(file.path, file.display_name, advice="save the note as plain text in UTF-8.")
    return Note(Path(file.display_name).stem, "", text)


def _variants_and_family(
    vcf: GivenFile, kinds: Kinds, about: _About, options: CaseOptions, work_dir: Path
) -> tuple[Pedigree, VariantTable, tuple[Finding, ...]]:
    peek = peek_vcf(vcf.path)
    pedigree, about_family = _family(peek.samples, kinds, about, options)
    wanted = tuple(p.sample for p in pedigree.people if p.sample)
    table, about_variants = read_variants(
        vcf.path,
        display_name=vcf.display_name,
        samples=wanted or None,
        assembly=None if options.assembly is Assembly.UNKNOWN else options.assembly,
        work_dir=work_dir,
    )
    return pedigree, table, (*about_family, *about_variants)


def _family(
    samples: Sequence[str], kinds: Kinds, about: _About, options: CaseOptions
) -> tuple[Pedigree, tuple[Finding, ...]]:
    if any(name not in samples for name in (*filter(None, (options.proband,)), *options.roles)):
        raise InputError(f"The VCF has no sample of that name among its {len(samples)}; see its #CHROM line.")
    told = _told_proband(samples, about, options)
    ped_file = kinds.one(FileKind.PED, "PED files")
    if ped_file:
        return pedigree_from_ped(read_ped(ped_file.path, ped_file.display_name), samples, told)
    packet = about.packet.pedigree
    if packet and pick_proband(packet.people, samples) and not options.roles:
        matched = tuple(replace(p, sample=p.id if p.id in samples else "") for p in packet.people)
        pedigree = Pedigree(told or pick_proband(matched, samples), matched)
        return pedigree, (*(() if told else (_SUBJECT_MISSING,)), *check_names(pedigree, samples))
    pedigree = pedigree_from_roles(samples, told, Sex.UNKNOWN, options.roles)
    is_told = bool(told or options.roles)
    return pedigree, about_strangers(pedigree, samples) if is_told else _about_many(samples)


_SUBJECT_MISSING = Finding(
    "patient-assumed",
    Severity.BLOCKING,
    "The phenopacket's patient is no sample of the VCF; another member of the family was taken. "
    "Choose the patient's sample, or make the names agree.",
)


def _sex(about: _About, options: CaseOptions, pedigree: Pedigree) -> tuple[Sex, tuple[Finding, ...]]:
    return agreed_sex(
        typed=options.sex,
        family=pedigree.proband.sex,
        phenopacket=about.packet.sex,
        record=about.fhir_patient.sex,
    )


def _told_proband(samples: Sequence[str], about: _About, options: CaseOptions) -> str:
    """The patient's sample as a person, the case card or the phenopacket names it, "" when none does."""
    names = (options.proband, str(about.card.get("proband_sample", "")), about.packet.subject_id)
    return next((name for name in names if name in samples), "")


def _about_many(samples: Sequence[str]) -> tuple[Finding, ...]:
    if len(samples) < 2:
        return ()
    sentence = (
        f"{len(samples)} samples and nobody said who is the patient; the first was taken. Choose, or add a PED file."
    )
    return (Finding("patient-assumed", Severity.BLOCKING, sentence),)


def _patient(about: _About, options: CaseOptions, pedigree: Pedigree, sex: Sex) -> Patient:
    card = about.card
    return Patient(
        options.pseudonym or str(card.get("pseudonym", "")) or about.packet.subject_id or pedigree.proband_id,
        sex,
        _age(about),
        str(card.get("indication", "")) or about.fhir_patient.indication,
        str(card.get("ancestry", "")),
        "; ".join(filter(None, (str(card.get("consent", "")), about.fhir_patient.consent))),
        card.get("is_synthetic") is True,
    )


def _age(about: _About) -> float | None:
    """As the phenopacket says it, else from the record's birth date."""
    told = about.packet.age_years
    return age_at_last_entry(about.fhir_patient.birth_date, about.record) if told is None else told


def _content_sha256(files: Sequence[GivenFile], options: CaseOptions) -> str:
    """Over the content of every file and what the person said, whatever the order and names."""
    parts = []
    for file in files:
        with file.path.open("rb") as stream:
            parts.append(hashlib.file_digest(stream, "sha256").hexdigest())
    said = {**vars(options), "sex": options.sex.value, "assembly": options.assembly.value}
    said["roles"] = {sample: role.value for sample, role in sorted(options.roles.items())}
    return hashlib.sha256(json.dumps([sorted(parts), said], sort_keys=True).encode()).hexdigest()

"""The "Variant" sheet of ClinVar's submission template (germline, SubmissionTemplate of 29 January 2024), filled.

Only what a named person classified, in a signed report; `models.reporting.exports` asks first whether the patient
agreed. Headers are ClinVar's own and must not be changed; what the template asks and nobody said stays empty for the
submitter. Assertion criteria are given once for a whole submission, in the portal (ClinVar, 21 November 2022).
"""

from models.errors import InputError
from models.reporting.content import ReportContent, ReportedVariant
from models.reporting.sections.section import class_words, condition_ids
from models.reporting.sheets import workbook

COLUMNS = (
    "##Local ID", "Linking ID", "Gene symbol", "Reference sequence", "HGVS", "Chromosome", "Start", "Stop",
    "Reference allele", "Alternate allele", "Condition ID type", "Condition ID value", "Preferred condition name",
    "Germline classification", "Comment on classification", "Date last evaluated", "Mode of inheritance",
    "Collection method", "Allele origin", "Affected status",
)  # fmt: skip
# How ClinVar writes the ids of each source ("Condition ID type" in its template).
_ID_TYPES = {"OMIM": ("OMIM", "{}"), "ORPHA": ("Orphanet", "ORPHA{}"), "MONDO": ("MONDO", "MONDO:{}")}
_MODES = {
    "X-linked": "X-linked inheritance",
    "mitochondrial": "Mitochondrial inheritance",
    "recessive, homozygous": "Autosomal recessive inheritance",
    "recessive, compound heterozygous": "Autosomal recessive inheritance",
    "dominant": "Autosomal dominant inheritance",
}


def as_clinvar_sheet(content: ReportContent) -> bytes:
    """The XLSX. Raises InputError with a sentence when there is nothing to submit."""
    if against := not_to_clinvar(content):
        raise InputError(against)
    return workbook({"Variant": (COLUMNS, [_row(v, content) for v in content.variants if v.given])})


def not_to_clinvar(content: ReportContent) -> str:
    """Why there is nothing to submit, "" when there is."""
    if content.is_draft:
        return "Only the classes of a signed report are submitted to ClinVar; sign the report first."
    if not any(v.given for v in content.variants):
        return "This report gives no variant a class, so there is nothing to submit."
    return ""


def _row(variant: ReportedVariant, content: ReportContent) -> list[str]:
    given = variant.given
    if given is None:
        raise ValueError("only a class that a person gave is submitted")
    kind, value = _condition(variant)
    name = "" if value else given.condition
    met = ", ".join(f"{c.code}_{c.strength}" for c in variant.counting)
    comment = ". ".join(part.rstrip(".") for part in (given.note, f"Criteria that count: {met}" if met else "") if part)
    local = f"{content.case_id}:{variant.allele[:60]}"
    affected = "yes" if any(not t.excluded for t in content.terms) else "unknown"
    return [
        local, local, variant.gene, *_place(variant), kind, value, name, class_words(given.acmg_class), comment,
        given.at[:10], _MODES.get(variant.mode, ""), "", "de novo" if variant.mode == "de novo" else "germline",
        affected,
    ]  # fmt: skip


def _place(variant: ReportedVariant) -> list[str]:
    """Reference sequence and HGVS where RefSeq's transcript is known, else chromosome, start, stop and alleles: the
    template takes one of the two, and no Ensembl names."""
    if variant.transcript.startswith(("NM_", "NR_")) and variant.hgvs_c:
        return [variant.transcript, variant.hgvs_c, "", "", "", "", ""]
    last = variant.pos_1based + len(variant.ref) - 1
    return ["", "", variant.chrom, str(variant.pos_1based), str(last), variant.ref, variant.alt]


def _condition(variant: ReportedVariant) -> tuple[str, str]:
    """(id type, id) of the person's condition, the first that is known: OMIM's, Orphanet's or Mondo's."""
    for one in condition_ids(variant):
        source, _, number = one.partition(":")
        if source in _ID_TYPES:
            kind, pattern = _ID_TYPES[source]
            return kind, pattern.format(number)
    return "", ""

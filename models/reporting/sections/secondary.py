"""Secondary findings: not looked for and why, or what was found, and what that does not say."""

from models.reporting.content import ReportContent, SecondaryLine, SecondaryLook
from models.reporting.document import Block, Paragraph, Table
from models.reporting.sections.section import Section, counted

BEFORE = "This report was drawn up by a version of Caseboard that did not keep what became of secondary findings."
NOT_LOOKED_FOR = {
    "declined": "Not looked for: the person does not agree to it",
    "not recorded": "Not looked for: nobody recorded whether the person agrees to it",
}
NOTHING_IS_SAID = (
    "Nothing is said here about the genes of the list, neither that something is there nor that it is not."
)
RULE = (
    "Looked for: variants that ClinVar calls pathogenic or likely pathogenic in the {genes} genes of the {source}, by "
    "the rule of the list for each gene (Lee 2025, PMID:40568962)."
)
LIMITS = (
    "Not assessed: how well these genes were covered; variants that ClinVar does not know, truncating ones included; "
    "copy-number and other structural changes. A person and a second method confirm a candidate before it is told."
)


def blocks(content: ReportContent) -> tuple[Block, ...]:
    look = content.secondary
    if look is None:
        return (Paragraph(BEFORE),)
    if look.answer in NOT_LOOKED_FOR:
        return (Paragraph(f"{NOT_LOOKED_FOR[look.answer]}. {NOTHING_IS_SAID}"),)
    if look.hindered:
        return (Paragraph(f"Agreed, but could not be looked for: {look.hindered}. {NOTHING_IS_SAID}"), *_found(look))
    return (Paragraph(RULE.format(genes=look.genes, source=look.source)), *_found(look), Paragraph(LIMITS))


def in_short(content: ReportContent) -> str:
    """What the head of the report says of them."""
    look = content.secondary
    if look is None:
        return "not told in this report"
    if look.answer in NOT_LOOKED_FOR:
        return NOT_LOOKED_FOR[look.answer][0].lower() + NOT_LOOKED_FOR[look.answer][1:]
    if look.found:
        return f"{counted(len(look.found), 'candidate', 'candidates')}, see the section Secondary findings"
    return "not assessed" if look.hindered else f"none found among {look.genes} genes; coverage not assessed"


def _found(look: SecondaryLook) -> tuple[Block, ...]:
    if not look.found:
        return () if look.hindered else (Paragraph(f"None was found among the {look.genes} genes."),)
    rows = tuple((f.name, f.place, f.disease, f"{f.because}.{_open(f)}", _judged(f)) for f in look.found)
    head = ("Variant", "Place", "Listed for", "Why it is a candidate", "Class given by a person")
    return (Table("Candidates for a secondary finding", head, rows, (20, 20, 22, 22, 16)),)


def _open(found: SecondaryLine) -> str:
    return f" Not assessed: {'; '.join(found.open)}." if found.open else ""


def _judged(found: SecondaryLine) -> str:
    said = f"{found.given}, {found.given_by}" if found.given else "none"
    return f"{said}; reported above" if found.is_reported else said


SECTION = Section("secondary", "Secondary findings", "the ACMG SF list, ClinVar and the person's consent", blocks)

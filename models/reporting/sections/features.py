"""What the patient's features have to do with the genes of the reported variants."""

from models.reporting.content import ReportContent, ReportedVariant
from models.reporting.document import Block, Heading, Paragraph, Table
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    if not content.variants:
        return (Paragraph("No variant is reported, so no gene was compared with the features here."),)
    of_gene = {(v.gene, v.disease_id): v for v in reversed(content.variants)}
    return tuple(block for v in reversed(of_gene.values()) for block in _gene(v))


def _gene(variant: ReportedVariant) -> tuple[Block, ...]:
    title = variant.gene or variant.name
    lead = Paragraph(variant.features_lead or "The match with the patient's features was not assessed.")
    if not variant.features:
        return (Heading(title), lead)
    rows = tuple((f.feature, f.kind, f.in_gene or "–") for f in variant.features)
    table = Table(f"Features and {title}", ("Patient's feature", "Match", "In the gene's disease"), rows, (38, 22, 40))
    return (Heading(title), lead, table)


SECTION = Section("features", "The patient's features and the gene", "HPO annotations of diseases", blocks)

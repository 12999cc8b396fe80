"""On which releases of knowledge the report rests, with their dates."""

from models.reporting.content import ReportContent
from models.reporting.document import Block, KeyValues, Paragraph, Table
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    return (*_releases(content), _file(content))


def _releases(content: ReportContent) -> tuple[Block, ...]:
    if not content.releases:
        return (Paragraph("No release of knowledge was used."),)
    rows = tuple((r.name, r.version, r.released_on, r.assembly or "–") for r in content.releases)
    return (Table("Releases", ("Source", "Release", "Dated", "Build"), rows, (46, 24, 18, 12)),)


def _file(content: ReportContent) -> KeyValues:
    pairs = (
        ("Genome build", content.assembly),
        ("Variant file, sha256", content.file_sha256),
        ("Caller", content.caller or "not said in the file"),
        ("Annotated by", content.annotator or "not said in the file"),
        *((f"{name}: answered by", sources) for name, sources in content.brought),
    )
    return KeyValues("The file, and who answered", pairs)


SECTION = Section("releases", "Releases and files", "each release's own manifest", blocks)

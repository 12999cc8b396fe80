"""The one door for everything made of a report: no file leaves before consent was asked for it.

`export` asks `models.review.ways_out.check`, then makes the file. Nobody outside of this file calls the makers
(tests/contracts/test_exports.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.reporting.content import ReportContent
from models.reporting.signed import SignedReport
from models.review.consent import Recorded
from models.review.ways_out import CLINVAR, FHIR, HTML, PDF, PHENOPACKET, SPREADSHEET, WayOut, check

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Source:
    """What a file is made of. ranked: rows of the list, worked out when they are asked for. signed: the frozen files of
    this very content, None for a draft or when they are damaged."""

    content: ReportContent
    ranked: Callable[[], list[dict[str, object]]] = list
    signed: SignedReport | None = None


@dataclass(frozen=True)
class Exporter:
    """way: which way out, and so which consent. ending: of the file's name. mime: its type. make: its bytes."""

    way: WayOut
    ending: str
    mime: str
    make: Callable[[Source], bytes]

    def file_name(self, content: ReportContent) -> str:
        return f"{content.case_id}-report-v{content.number}{self.ending}"


def export(exporter: Exporter, source: Source, recorded: Recorded) -> bytes:
    """The file. Raises NotAgreed when the consent on record does not cover it, InputError when it cannot be made."""
    check(exporter.way, recorded)
    return exporter.make(source)


def _pdf(source: Source) -> bytes:
    from models.reporting.pdf import as_pdf, made_at
    from models.reporting.report import document_of

    return source.signed.pdf if source.signed else as_pdf(document_of(source.content), made_at(source.content))


def _html(source: Source) -> bytes:
    from models.reporting.html import as_html
    from models.reporting.report import document_of

    return source.signed.html if source.signed else as_html(document_of(source.content)).encode()


def _xlsx(source: Source) -> bytes:
    from models.reporting.sheets import as_xlsx

    return as_xlsx(source.content, source.ranked())


def _fhir(source: Source) -> bytes:
    from models.reporting.fhir import as_fhir

    return as_fhir(source.content).encode()


def _phenopacket(source: Source) -> bytes:
    from models.reporting.phenopacket import as_phenopacket

    return as_phenopacket(source.content).encode()


def _clinvar(source: Source) -> bytes:
    from models.reporting.clinvar_sheet import as_clinvar_sheet

    return as_clinvar_sheet(source.content)


AS_PDF = Exporter(PDF, ".pdf", "application/pdf", _pdf)
AS_HTML = Exporter(HTML, ".html", "text/html", _html)
AS_CLINVAR = Exporter(CLINVAR, "-clinvar.xlsx", _XLSX, _clinvar)
EXPORTERS: tuple[Exporter, ...] = (
    AS_PDF,
    AS_HTML,
    Exporter(SPREADSHEET, ".xlsx", _XLSX, _xlsx),
    Exporter(FHIR, ".fhir.json", "application/fhir+json", _fhir),
    Exporter(PHENOPACKET, ".phenopacket.json", "application/json", _phenopacket),
    AS_CLINVAR,
)

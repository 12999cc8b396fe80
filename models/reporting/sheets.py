"""The ranked list, the decisions and what they rest on as a spreadsheet (XLSX).

Every text is written as text and marked as such, whatever it begins with: no cell is a formula, neither when the file
is opened nor when somebody edits the cell (SAFETY T10).
"""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from models.reporting.content import ReportContent, content_hash
from models.reporting.document import printed
from models.reporting.sections.section import class_sentence, class_words, met_words, name_words

MOST_RANKED = 500  # rows of the list; the whole table is in the file that was given
MOST_CHARACTERS = 32_767  # of one cell in Excel
_CUT = " … (cut)"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same content gives the same bytes


def as_xlsx(content: ReportContent, ranked: Sequence[Mapping[str, Any]]) -> bytes:
    """Three sheets: Decisions, Ranked, About. ranked: of `models.reporting.ranked_rows`."""
    columns = list(ranked[0]) if ranked else ["rank"]
    return workbook(
        {
            "Decisions": _decisions(content),
            "Ranked": (columns, [[row.get(c) for c in columns] for row in ranked]),
            "About": (["what", "value"], _about(content)),
        }
    )


_DECIDED = (
    "decision", "variant", "HGVS", "allele", "place", "rank", "class", "told", "criteria that count", "by", "because",
    "exon or intron", "condition ids", "gene-disease validity", "suggested, not judged", "class and criteria",
)  # fmt: skip


def _decisions(content: ReportContent) -> tuple[Sequence[str], list[list[Any]]]:
    rows: list[list[Any]] = []
    for v in content.variants:
        given = class_words(v.given.acmg_class) if v.given else None
        ids = ", ".join((v.given.condition_ids if v.given else None) or ())
        told = (class_sentence(v), met_words(v.counting), v.chosen_by, v.chosen_because)
        more = (v.exon, ids, v.validity, met_words(v.suggested_only), v.differs)
        rows.append(["reported", name_words(v), v.hgvs, v.allele, v.place, v.rank or None, given, *told, *more])
    for d in content.dismissed:
        rows.append(
            ["set aside", d.name, None, None, d.place, d.rank or None, None, None, None, d.by, d.reason, *([None] * 5)]
        )
    return _DECIDED, rows


def _about(content: ReportContent) -> list[list[Any]]:
    signature = content.signature
    return [
        ["patient", content.pseudonym],
        ["case", content.case_id],
        ["report version", content.number],
        ["signed", f"{signature.who}, {signature.at}" if signature else "draft, not signed"],
        ["content sha256", content_hash(content)],
        ["genome build", content.assembly],
        *([f"answered by: {name}", sources] for name, sources in content.brought),
        *([f"release: {r.name}", f"{r.version} ({r.released_on})"] for r in content.releases),
        *([f"model: {name}", value] for name, value in content.model),
        ["use", "Research and education use; not a medical device."],
    ]


def workbook(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """An XLSX file: name of each sheet -> (header, rows). The same input gives the same bytes."""
    from openpyxl import Workbook  # late: only this export needs it

    book = Workbook(write_only=False)
    book.remove(book.active)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate((header, *rows), 1):
            for column, value in enumerate(row, 1):
                _write(sheet.cell(at, column), value, is_header=at == 1)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return _without_times(out.getvalue())


def _write(cell: Any, value: Any, *, is_header: bool) -> None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        return
    text = printed(str(value)).replace("\r", " ")
    kept = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(_CUT)] + _CUT
    cell.value = kept
    cell.data_type = "s"  # openpyxl takes "=..." for a formula
    cell.quotePrefix = True
    if is_header:
        cell.font = _bold()


def _bold() -> Any:
    from openpyxl.styles import Font

    return Font(bold=True)


def _without_times(data: bytes) -> bytes:
    """The same zip, its members without the time they were written; openpyxl writes that into one of them as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            target.writestr(zipfile.ZipInfo(name, _NO_TIME), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()

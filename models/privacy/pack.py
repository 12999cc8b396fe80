"""The export itself: one zip of a report, a phenopacket and the record without identity, with a README in plain words.

Made only of `Draft.rendered` content and of texts that a named person let go, then looked through once more. The same
draft and the same checked texts give the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from models.errors import InputError
from models.privacy.draft import Draft, notes_out, phrases_out
from models.privacy.fields import Fate, walked
from models.privacy.identifiers import RULES_VERSION
from models.privacy.last_look import refuse_known, text_in
from models.privacy.names import ORDINARY_NAMES, Names
from models.privacy.readme import readme
from models.privacy.record_table import COLUMNS, rows_of
from models.privacy.words import readable
from models.reporting.content import ReportContent
from models.reporting.document import Document
from models.reporting.html import as_html
from models.reporting.pdf import as_pdf
from models.reporting.phenopacket import as_phenopacket
from models.reporting.report import document_of
from models.reporting.sheets import as_xlsx, workbook
from models.review.consent import Recorded
from models.review.ways_out import DEIDENTIFIED, check

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_NO_DATE = "1970"  # of a draft that nobody decided about
README = "README.txt"
KEEP_LINES = "Keep one line for each of the record's words: {wanted} lines were given, {found} came back."
NAMES_MISSING = (
    "This case was read before the names in its files were kept, so they cannot be looked for in free text. Add its "
    "files again, or leave every free text out."
)


@dataclass(frozen=True)
class Package:
    """The zip. checked, left_out: how many free texts a person let go, and how many stayed. files: by name, sha256."""

    data: bytes
    sha256: str
    checked: int
    left_out: int
    files: Mapping[str, str]
    rules: str = RULES_VERSION


def packed(draft: Draft, checked: Mapping[str, str], recorded: Recorded) -> Package:
    """The export with these free texts, by the key of their piece; every other free text is left out.

    Raises NotAgreed when the consent on record does not cover it, InputError when a known name is still in it, or when
    texts are given that may not leave.
    """
    check(DEIDENTIFIED, recorded)
    let_go = _let_go(draft, checked)
    content = draft.rendered(let_go)
    files = _files(draft, content, let_go)
    names = draft.names.without(text_of_form(draft, content))
    _refuse(draft, content, let_go, names)
    sums = {name: _sha256(data) for name, data in sorted(files.items())}
    text = readme(draft, let_go, sums, len(draft.names) - len(names))
    refuse_known({README: text} | {name: text_in(name, data) for name, data in files.items()}, names)
    data = _zipped({README: text.encode()} | files)
    return Package(data, _sha256(data), len(let_go), len(draft.pieces) - len(let_go), sums)


def _let_go(draft: Draft, checked: Mapping[str, str]) -> dict[str, str]:
    if checked and not draft.names_kept:
        raise InputError(NAMES_MISSING)
    let_go = {}
    for key, text in checked.items():
        piece = draft.piece(key)
        if piece is None:
            raise InputError("A text that was checked is no longer in the case; read the texts again.")
        let_go[key] = readable(text)
        if piece.lines and len(let_go[key].split("\n")) != piece.lines:
            raise InputError(KEEP_LINES.format(wanted=piece.lines, found=len(let_go[key].split("\n"))))
    return let_go


def _files(draft: Draft, content: ReportContent, let_go: Mapping[str, str]) -> dict[str, bytes]:
    rows = rows_of(draft.case.record, draft.axis, phrases_out(draft, let_go))
    notes = {f"notes/note-{at}.txt": text.encode() for at, text in notes_out(draft, let_go).items()}
    return _drawn(content) | {"record.xlsx": workbook({"Record": (COLUMNS, rows)})} | notes


def _drawn(content: ReportContent) -> dict[str, bytes]:
    """The report and the phenopacket."""
    document, year = _document(content), _year(content)
    return {
        "phenopacket.json": _phenopacket(content).encode(),
        "report.html": as_html(document).encode(),
        "report.pdf": as_pdf(document, datetime(year, 1, 1, tzinfo=UTC)),
        "report.xlsx": as_xlsx(content, ()),
    }


def _year(content: ReportContent) -> int:
    return int((content.signature.at if content.signature else content.decided_at) or _NO_DATE)


def _document(content: ReportContent) -> Document:
    """The report without its last section: what binds a signature (hashes, times) also identifies."""
    from models.reporting import SECTIONS  # late: the shop window imports every section

    whole = document_of(content, tuple(s for s in SECTIONS if s.key != "signature"))
    return replace(whole, title=f"{whole.title}, de-identified copy")


def _phenopacket(content: ReportContent) -> str:
    """`created` asks for a time: the first second of the year, of which only the year means something."""
    at = f"{_year(content)}-01-01T00:00:00Z"
    signature = replace(content.signature, at=at) if content.signature else None
    packet: dict[str, Any] = json.loads(as_phenopacket(replace(content, signature=signature, decided_at=at)))
    if content.age_group:
        over = {"start": {"iso8601duration": "P90Y"}, "end": {"iso8601duration": "P150Y"}}
        packet["subject"]["timeAtLastEncounter"] = {"ageRange": over}
    return json.dumps(packet, indent=1, ensure_ascii=False) + "\n"


def _refuse(draft: Draft, content: ReportContent, let_go: Mapping[str, str], names: Names) -> None:
    """Look through every text that was let go and every field, to name the one in which something is left."""
    for key, text in let_go.items():
        piece = draft.piece(key)
        refuse_known({piece.title if piece else key: text}, draft.names)
    fields: dict[str, str] = {}

    def look(fate: Fate, path: str, text: str) -> str:
        if fate is not Fate.PUBLIC and fate is not Fate.FREE:
            fields[path] = text
        return text

    walked(content, draft.public, look)
    refuse_known(fields, names)


def text_of_form(draft: Draft, content: ReportContent) -> str:
    """Every word that an export holds whoever the patient is: the same files, drawn of a report that says nothing, the
    words of published sources in this one, and names that are ordinary words. The PDF says what the HTML says."""
    public: list[str] = []

    def blank(fate: Fate, _: str, text: str) -> str:
        if fate is Fate.PUBLIC:
            public.append(text)
            return text
        return "–" if text else ""  # so that what is said of a missing value is said here too

    empty = replace(walked(content, draft.public, blank), signature=None, decided_at="")
    files = {
        "phenopacket.json": _phenopacket(empty).encode(),
        "report.html": as_html(_document(empty)).encode(),
        "report.xlsx": as_xlsx(empty, ()),
        "record.xlsx": workbook({"Record": (COLUMNS, ())}),
    }
    return "\n".join(
        [*public, *files, ORDINARY_NAMES, readme(draft, {}, {}, 0), *(text_in(n, d) for n, d in files.items())]
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

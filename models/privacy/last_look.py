"""The last look at what is about to leave: no name and no number known from the record may be in any byte of it.

Everything was replaced before; this finds what was not. It reads each file as its readers will (the text of the PDF,
every part of the spreadsheet, JSON and HTML without their escapes). A name that is also a word of the form itself
("Case") cannot be told from it: such names are counted, and told in the export's own README.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from models.errors import InputError, UnreadableFile
from models.privacy.names import Names

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def text_in(name: str, data: bytes) -> str:
    """Everything that a file says, as a person or a program reads it. Raises UnreadableFile for an unknown kind."""
    kind = name.rpartition(".")[2]
    match kind:
        case "txt":
            return data.decode("utf-8")
        case "json":
            return "\n".join(_strings(json.loads(data)))
        case "html":
            return html.unescape(_TAG.sub("\n", _STYLE.sub("", data.decode("utf-8"))))
        case "xlsx":
            return _in_zip(data)
        case "pdf":
            return _in_pdf(data)
        case _:
            raise UnreadableFile("this kind of file cannot be looked through, so it may not leave.", name)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)


def _in_zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        texts = [parts.read(part).decode("utf-8") for part in parts.namelist()]
        return "\n".join([*parts.namelist(), *(html.unescape(_TAG.sub("\n", text)) for text in texts)])


def _in_pdf(data: bytes) -> str:
    from pypdf import PdfReader  # late: only this needs it

    reader = PdfReader(io.BytesIO(data))
    about = [str(value) for value in (reader.metadata or {}).values()]
    return "\n".join([*about, *(page.extract_text() for page in reader.pages)])


def refuse_known(texts: Mapping[str, str], names: Names) -> None:
    """Raises InputError naming where a name or a number of the record still stands; never the name itself."""
    for where, text in texts.items():
        if names.hits(_SHA256.sub(" ", text)):
            raise InputError(
                f"Nothing was exported: “{where}” still holds a name or a number that is known from the record. Leave "
                "that text out, or write it so that nobody can be known by it."
            )

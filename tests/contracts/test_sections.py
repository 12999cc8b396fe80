"""What every section of the report must keep; a new member of SECTIONS is red until it does."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from models.reporting import SECTIONS, Section, document_of
from models.reporting.document import (
    Callout,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    lines_of,
    words_of,
)
from models.reporting.html import as_html
from models.reporting.pdf import as_pdf
from tests.reporting.report_builders import AT, a_content, an_empty_content

EACH = pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.key)


@EACH
def test_a_section_says_something_even_of_an_empty_case(section: Section) -> None:
    blocks = section.blocks(an_empty_content())
    assert blocks
    assert any(line.strip() for block in blocks for line in lines_of(block))


@EACH
def test_a_section_gives_blocks_of_plain_words_and_whole_tables(section: Section) -> None:
    for content in (a_content(), an_empty_content()):
        for block in section.blocks(content):
            assert isinstance(block, Heading | Paragraph | KeyValues | Table | Callout)
            assert not re.search(r"<\w+[ >]", "\n".join(lines_of(block)))
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} <= {len(block.head)}
                assert len(block.shares) in {0, len(block.head)}


@EACH
def test_a_section_names_itself_and_whose_word_it_is(section: Section) -> None:
    assert re.fullmatch(r"[a-z_]+", section.key)
    assert section.title[0].isupper()
    assert section.rests_on


@EACH
def test_a_section_is_in_the_html_and_in_the_pdf_word_for_word(section: Section) -> None:
    document = document_of(a_content(), (section,))
    html = as_html(document)
    pdf = squeezed("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(as_pdf(document, AT))).pages))
    for words in cells_of(document):
        assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in html
        assert squeezed(words) in pdf


@EACH
def test_whatever_is_written_stays_text(section: Section) -> None:
    payload = '<img src="http://127.0.0.1:9/x" onerror=alert(1)>'
    content = a_content(**dict.fromkeys(("pseudonym", "indication", "consent", "caller", "annotator"), payload))
    content = replace(content, variants=tuple(replace(v, gene=payload, name=payload) for v in content.variants))
    html = as_html(document_of(content, (section,)))
    assert "<img" not in html
    assert "&lt;img" in html


def test_names_are_unique_and_the_result_comes_first_and_the_signature_last() -> None:
    keys = [s.key for s in SECTIONS]
    assert len(set(keys)) == len(keys)
    assert (keys[0], keys[-1]) == ("result", "signature")


def test_the_use_is_said_once() -> None:
    assert words_of(document_of(a_content())).count("not a medical device") == 1


def cells_of(document: Document) -> list[str]:
    """Every piece of text of the document that is drawn by itself."""
    found = []
    for part in document.parts:
        for block in part.blocks:
            match block:
                case KeyValues(_, pairs):
                    found += [word for pair in pairs for word in pair]
                case Table(_, head, rows):
                    found += [*head, *(cell for row in rows for cell in row)]
                case Callout(title, text):
                    found += [title, text]
                case Heading(text) | Paragraph(text):
                    found.append(text)
    return found


def squeezed(text: str) -> str:
    """Without what a line end or a break adds."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)

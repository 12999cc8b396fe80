"""The report as it will be printed, drawn from the same document as the files, as text only."""

import streamlit as st

from components import theme
from components.drawing import Node, browser_side, el
from components.last_few import CASES_KEPT_OPEN, LastFew
from models.reporting import ReportContent, document_of
from models.reporting.document import (
    Block,
    Callout,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Part,
    Table,
    Tone,
)

_draw = st.components.v2.component(
    "caseboard_report",
    css=theme.COMPONENT_CSS + browser_side("panels.css") + browser_side("report.css"),
    js=browser_side("drawing.js"),
)


_trees: LastFew[ReportContent, Node] = LastFew(2 * CASES_KEPT_OPEN)


def preview(content: ReportContent, *, key: str) -> None:
    """Draw the whole report; laid out once for all who look at it."""
    _draw(key=key, data={"nodes": [_trees.of(content, lambda: report_tree(document_of(content)))]})


def report_tree(document: Document) -> Node:
    stamp = el("span", document.watermark, cls="stamp") if document.watermark else None
    top = el("div", el("strong", document.subtitle), stamp, cls="top")
    parts = [_part(part, is_first=at == 0) for at, part in enumerate(document.parts)]
    return el("div", top, *parts, cls="cb report")


def _part(part: Part, *, is_first: bool) -> Node:
    """The result needs no heading: it is what stands at the top."""
    title = None if is_first else el("h2", part.title)
    return el("section", title, *map(_block, part.blocks), cls="first" if is_first else "")


def _block(block: Block) -> Node:
    match block:
        case Heading(text):
            return el("h3", text)
        case Paragraph(text, tone):
            return el("p", text, cls="quiet" if tone is Tone.QUIET else "")
        case Callout(title, text, weight):
            return el("div", el("p", el("strong", title)), el("p", text), cls=f"callout {weight.value}")
        case KeyValues(_, pairs):
            return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in pairs))
        case Table(caption, head, rows):
            heads = el("tr", *(el("th", name, scope="col") for name in head))
            lines = (el("tr", *(el("td", cell) for cell in row)) for row in rows)
            return el("table", el("caption", caption), el("thead", heads), el("tbody", *lines), cls="grid")

"""The report as one HTML file that stands alone: no script, nothing from elsewhere, its style inside.

Every word goes through `_text`, the one place where text becomes HTML. The policy in the head forbids whatever was
not meant: even a word that slipped through could load or run nothing (SAFETY T12).
"""

import base64
import hashlib
from html import escape
from pathlib import Path

from models.reporting.document import (
    Block,
    Callout,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Part,
    Table,
    printed,
)

_STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
_HEAD = (
    '<meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="referrer" content="no-referrer">'
)


def as_html(document: Document) -> str:
    """The whole file."""
    title, who = _text(document.title), _text(document.running)
    mark = _text(document.watermark)
    draft = f'<p class="watermark" aria-hidden="true">{mark}</p>' if mark else ""
    stamp = f' <strong class="stamp">{mark}</strong>' if mark else ""
    return (
        f'<!doctype html>\n<html lang="en"><head>{_HEAD}<title>{title}: {who}</title><style>{_STYLE}</style></head>\n'
        f'<body>{draft}<header><h1>{title}</h1><p class="who">{_text(document.subtitle)}{stamp}</p></header>\n'
        f"<main>{''.join(map(_part, document.parts))}</main>\n<footer><p>{who}</p></footer></body></html>\n"
    )


def _text(words: str) -> str:
    return escape(printed(words), quote=True)


def _part(part: Part) -> str:
    name = _text(f"report-{part.key}")
    title = f'<h2 id="{name}">{_text(part.title)}</h2>'
    inner = "".join(map(_block, part.blocks))
    return f'<section class="{_text(part.key)}" aria-labelledby="{name}">{title}{inner}</section>\n'


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return _any("h3", text)
        case Paragraph(text, tone):
            return _any("p", text, tone.value)
        case Callout(title, text, weight):
            return f'<div class="callout {weight.value}"><p><strong>{_text(title)}</strong></p>{_any("p", text)}</div>'
        case KeyValues(_, pairs):
            told = "".join(f"<div><dt>{_text(name)}</dt>{_any('dd', value)}</div>" for name, value in pairs)
            return f"<dl>{told}</dl>"
        case Table(caption, head, rows):
            heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in head)
            lines = "".join(f"<tr>{''.join(_any('td', cell) for cell in row)}</tr>" for row in rows)
            title = f"<caption>{_text(caption)}</caption>"
            return f"<table>{title}<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _any(tag: str, words: str, cls: str = "") -> str:
    """An element of words that may be in any script; the browser finds their direction."""
    kind = f' class="{cls}"' if cls else ""
    return f'<{tag}{kind} dir="auto">{_text(words)}</{tag}>'

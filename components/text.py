"""The only gate through which untrusted text reaches the screen.

Untrusted is everything that came from a file or a person: sample names, notes, terms, HGVS, INFO
values, file names, findings that quote them. Streamlit's Markdown sinks (markdown, captions, labels
of buttons, metrics, table cells) fetch images from any host; these functions do not. Clean sinks:
`plain` (st.text), `cell` for st.dataframe, and a v2 component that sets `textContent`.
For a label that must be Markdown (button, checkbox, expander), pass it through `label`.
"""

import re
import unicodedata

import streamlit as st

LABEL_MAX_CHARS = 120
TEXT_MAX_CHARS = 20_000

# Everything Streamlit's Markdown gives a meaning to, its :directives: and $maths$ included.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@^=/])")
# What Markdown links by itself even when escaped: addresses with a scheme, "www." and e-mail. A
# zero-width space after the sign keeps the letters and breaks the link.
_AUTOLINK = re.compile(r"(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
_BREAK = "\u200b"
# Controls and the marks that reorder text on screen (Unicode bidi controls, UAX #9).
_HARMFUL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str, limit: int = TEXT_MAX_CHARS) -> str:
    """`text` without control and text-reordering characters, normalised (NFC), cut at `limit`."""
    kept = _HARMFUL.sub("", unicodedata.normalize("NFC", str(text)))
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def one_line(text: str, limit: int = LABEL_MAX_CHARS) -> str:
    """`clean`, on one line."""
    return clean(" ".join(str(text).split()), limit)


def label(text: str, limit: int = LABEL_MAX_CHARS) -> str:
    """Text for a Markdown sink (a button, a checkbox, an expander, a metric): shown letter by letter."""
    return _MARKDOWN.sub(r"\\\1", _AUTOLINK.sub(lambda sign: sign[0] + _BREAK, one_line(text, limit)))


def plain(text: str) -> None:
    """A paragraph of untrusted text, as it is, never as markup."""
    st.text(clean(text), width="stretch")


def quiet(text: str) -> None:
    """A remark in the muted colour of the theme (a caption of Streamlit's own is too pale to read)."""
    st.markdown(f":gray[{label(text, 600)}]")


def cell(text: str) -> str:
    """Text for a cell of st.dataframe (a canvas: no markup, but a bounded length and no controls)."""
    return one_line(text, 500)

"""The frame of the board: a 16:9 page without scroll, type readable from eight metres."""

import streamlit as st

from components import theme

# The navigation gives its room to the patient; Escape leads back. Heights in rem of the projector's type.
_CSS = """
html { font-size: 2.22vh !important; }
[data-testid="stHeader"], :has(> .st-key-who-is-here) { display: none; }
[data-testid="stMainBlockContainer"] { padding: .5rem 1rem 0 !important; max-width: none; }
[data-testid="stMainBlockContainer"] > div { gap: .5rem; }
.st-key-board_head { gap: .2rem; }
.st-key-board_body { height: calc(100dvh - 10.6rem); overflow-y: auto; overflow-x: hidden; flex: none; }
.st-key-board_chart, .st-key-board_chart > div { height: calc(100dvh - 11.5rem) !important; flex: none; }
.st-key-board_record { display: block; columns: 2; column-gap: 2rem; }
.st-key-board_record > div + div { break-inside: avoid; }
.st-key-board_reads { height: calc(100dvh - 11.5rem); flex: none; overflow: hidden; }
"""


def apply() -> None:
    """Put the projector's type (24 px on 1080 lines, in step with the height) and frame in place."""
    theme.apply(projector=True)
    st.html(f"<style>{_CSS}</style>")

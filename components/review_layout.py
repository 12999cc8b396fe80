"""The frame of the case review: one screen, three columns that scroll inside, the page never does.

Laboratory trends and the timeline do not depend on the selected variant, and the reads follow it in
the browser. They stand outside of the fragment: what is sent again is drawn again, even when unchanged.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

# Height taken above the columns: the navigation bar and the banner, in rem (measured at 1440x900).
ABOVE_REM = 8.1
# The reasons keep their height, so that the reads below do not jump with the length of a sentence.
MIDDLE_REM = 27.5
_CSS = """
[data-testid="stMainBlockContainer"] { padding-bottom: 0 !important; }
.st-key-review_grid { display: grid; grid-template-columns: minmax(0, 28fr) minmax(0, 45fr) minmax(0, 27fr);
  grid-template-rows: MIDDLErem minmax(0, 1fr) auto; gap: .7rem; height: calc(100dvh - ABOVErem);
  min-height: 24rem; flex: none; align-items: stretch; justify-items: stretch; }
.st-key-review_grid > :has(.st-key-review_list), .st-key-review_grid > * > :has(> * > .st-key-review_list) {
  display: contents; }
:has(> .st-key-review_list) { grid-area: 1 / 1 / 4 / 2; min-height: 0; height: 100%; }
:has(> .st-key-review_middle) { grid-area: 1 / 2 / 2 / 3; min-height: 0; height: 100%; }
:has(> .st-key-review_reads) { grid-area: 2 / 2 / 4 / 3; min-height: 0; height: 100%; }
:has(> .st-key-review_record) { grid-area: 1 / 3 / 3 / 4; min-height: 0; height: 100%; }
:has(> .st-key-review_trends) { grid-area: 3 / 3 / 4 / 4; min-height: 0; max-height: 42dvh; }
.st-key-review_list, .st-key-review_middle, .st-key-review_reads, .st-key-review_record,
.st-key-review_trends { flex: none; height: 100%;
  padding: .6rem .75rem; border-radius: 6px; border: 1px solid var(--cb-page-border); }
.st-key-review_list, .st-key-review_middle, .st-key-review_record, .st-key-review_why, .st-key-review_reads {
  contain: size layout style; }
.st-key-review_list, .st-key-review_middle { overflow: hidden; }
.st-key-review_middle { gap: .35rem; flex-wrap: nowrap; }
.st-key-review_record, .st-key-review_trends { overflow-y: auto; overflow-x: hidden; gap: .4rem; }
.st-key-review_middle > :has(> .st-key-review_why) { flex: 1 1 0; min-height: 0; }
.st-key-review_why { height: 100%; flex: none; }
.st-key-review_why { overflow: hidden; }
.st-key-review_why > :has(> [data-testid="stTabs"]) { height: 100%; min-height: 0; }
.st-key-review_why [data-testid="stTabs"], .st-key-review_why [data-testid="stTabs"] > div { height: 100%; }
.st-key-review_why [role="tabpanel"] { height: auto; flex: 1 1 0; min-height: 0; overflow-y: auto;
  padding-top: .45rem; }
.st-key-review_why [role="tabpanel"] [data-testid="stVerticalBlock"] { gap: .2rem; }
.st-key-review_reads { overflow-y: auto; overflow-x: hidden; }
"""


@contextmanager
def grid() -> Iterator[None]:
    """The frame on the page; inside it a fragment fills `areas`, and `trends` stays outside of it."""
    st.html(f"<style>{_CSS.replace('ABOVE', str(ABOVE_REM)).replace('MIDDLE', str(MIDDLE_REM))}</style>")
    with st.container(key="review_grid"):
        yield


def areas() -> tuple[st.delta_generator.DeltaGenerator, ...]:
    """List, middle and record, in the proportions of a 1440 px screen."""
    return tuple(st.container(key=f"review_{name}") for name in ("list", "middle", "record"))


def reads() -> st.delta_generator.DeltaGenerator:
    """The middle column's foot."""
    return st.container(key="review_reads")


def trends() -> st.delta_generator.DeltaGenerator:
    """The foot of the right column."""
    return st.container(key="review_trends")

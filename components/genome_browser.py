"""The genome browser: the variant in its reads, its gene and the family, drawn by igv through igv-notebook.

One packet with all bytes travels once per case; the view moves on `caseboard:locus` events in the
browser (detail {row, locus}), and by the small signal below when the server chose the variant.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components.drawing import browser_side
from components.genome_locus import locus_text
from components.genome_packet import Scope, build_packet
from components.igv_assets import igv_version
from models.intake.reads import WHOLE_FILE_BYTES
from models.intake.reference import WHOLE_FASTA_BYTES

if TYPE_CHECKING:
    from models.workup import Workup

PACKETS_KEPT = 8  # a packet is a few MB
READ_ROWS = 50  # ranked variants that bring their reads when the files are too large to send whole
DRAWN_ROWS = 5_000  # ranked variants drawn as marks

_browser = st.components.v2.component(
    "caseboard_genome_browser",
    html=browser_side("genome_browser.html"),
    css=browser_side("genome_browser.css"),
    js=browser_side("genome_browser.js"),
)
_signal = st.components.v2.component(
    "caseboard_locus_signal",
    js="""export default function ({ data }) {
      window.caseboardLocus = data;  // for a browser that is still being drawn
      window.dispatchEvent(new CustomEvent("caseboard:locus", { detail: { ...data, from: "server" } }));
    }""",
)


def genome_browser(workup: Workup, row: int | None, *, key: str) -> None:
    """Draw the browser once and keep it; `row` is where it stands (None: the top of the ranking)."""
    start = row if row is not None else _top(workup)
    if start is None:
        st.text("Nothing to show in the genome view: no variant of this case was ranked.")
        return
    genome_pane(workup, start, key=key)
    genome_signal(workup, start, key=key)


def genome_pane(workup: Workup, row: int, *, key: str) -> None:
    """The browser without the signal, for a page whose fragment says where to go: a packet is a few MB,
    and what stands outside of a fragment is not looked at again when the fragment runs. The fragment is drawn
    first: call `genome_pane_follows` before it."""
    scope = scope_of(workup, row)
    token = _token(workup, scope)
    _browser(key=key, data=_packet(token, workup, scope, row))
    st.session_state[f"{key}_scope"] = scope


def genome_pane_follows(*, key: str) -> None:
    """The whole page is being drawn: what the fragment asks for will travel with the pane below it."""
    st.session_state.pop(f"{key}_scope", None)


def genome_signal(workup: Workup, row: int, *, key: str) -> None:
    """Move the pane of this key to `row`; draws the page again when the row's reads did not travel."""
    scope = scope_of(workup, row)
    if st.session_state.get(f"{key}_scope", scope) != scope:
        st.rerun()
    _signal(key=f"{key}_locus", data={"row": row, "locus": _locus(workup, row), "token": _token(workup, scope)})


def scope_of(workup: Workup, row: int) -> Scope:
    """What travels. It does not depend on `row` or on the order while `row` is among what travels anyway."""
    ranked = workup.ranking.table["row"].to_numpy()
    drawn = np.sort(ranked[:DRAWN_ROWS])
    near = drawn if _is_small(workup) else ranked[:READ_ROWS]
    return Scope(_with(drawn, row), () if _is_small(workup) else _with(np.sort(near), row))


def _is_small(workup: Workup) -> bool:
    """Whether reads and reference are sent whole, so that the choice of variants does not matter."""
    case = workup.case
    fasta = case.reference.fasta.stat().st_size if case.reference else 0
    return fasta <= WHOLE_FASTA_BYTES and all(f.bam.stat().st_size <= WHOLE_FILE_BYTES for f in case.reads)


def _with(rows: np.ndarray, row: int) -> tuple[int, ...]:
    known = tuple(int(r) for r in rows)
    return known if row in known else (*known, row)


def _top(workup: Workup) -> int | None:
    table = workup.ranking.table
    return int(table["row"].iloc[0]) if len(table) else None


def _locus(workup: Workup, row: int) -> str:
    at = workup.case.variants.frame.iloc[row]
    return locus_text(str(at["chrom"]), int(at["pos_1based"]), int(at["end_1based"]))


def _token(workup: Workup, scope: Scope) -> str:
    """Named by content: the case's files and what of them travels."""
    parts = (workup.case.sha256, igv_version(), repr(scope))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def forget() -> None:
    """Empty the cache of what the browsers were given."""
    _packet.clear()


@st.cache_resource(max_entries=PACKETS_KEPT, show_spinner="Cutting out the reads around the top variants …")
def _packet(token: str, _workup: Workup, _scope: Scope, _start: int) -> bytes:
    return build_packet(_workup, _scope, _start, token)

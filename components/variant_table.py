"""All variants of a case as a table, one page at a time, so that five million rows cost as much as fifty."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from components import phrases, text
from components.variant_filter import ranks
from components.variant_zygosity import zygosities
from models.case import State
from models.evidence.types import Step
from models.workup import Workup

ROWS_PER_PAGE = 100
ROWS_WITHOUT_SCROLL = 14
STEP_WORDS = {
    Step.RANKED: "ranked",
    Step.NOT_CALLED: "out: no call",
    Step.NOT_CARRIED: "out: not carried",
    Step.NOT_SEQUENCE_RESOLVED: "out: listed, not scored",
    Step.LOW_QUALITY: "out: call quality",
    Step.COMMON: "out: too common",
    Step.NO_PREDICTED_EFFECT: "out: no predicted effect",
}


def variant_table(workup: Workup, rows: NDArray[np.intp], *, key: str) -> int | None:
    """One page of `rows`; the row just selected, None otherwise."""
    if not len(rows):
        hint = "No variant matches. Loosen a filter, or ask “Why not here?” for one variant."
        st.info(hint, icon=":material/search_off:")
        return None
    shown = _page(rows, len(workup.case.variants), key)
    event = st.dataframe(
        as_shown(workup, shown),
        hide_index=True,
        height="content" if len(shown) <= ROWS_WITHOUT_SCROLL else 520,
        key=f"{key}-grid",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Rank": st.column_config.NumberColumn(width=60),
            "Gene": st.column_config.TextColumn(width=90),
            "Where": st.column_config.TextColumn(width=170),
        },
        alt="Variants of the case, one a row",
    )
    picked = event["selection"]["rows"]
    return int(shown[picked[0]]) if picked else None


def _page(rows: NDArray[np.intp], total: int, key: str) -> NDArray[np.intp]:
    pages = -(-len(rows) // ROWS_PER_PAGE)
    counted, turn = st.columns([5, 1], vertical_alignment="bottom")
    counted.text(f"{len(rows):,} of {total:,} variants")
    if pages == 1:
        return rows
    number = turn.number_input(
        f"Page of {pages:,}", min_value=1, max_value=pages, step=1, key=f"{key}-page-{len(rows)}"
    )
    return rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]


def as_shown(workup: Workup, rows: NDArray[np.intp]) -> pd.DataFrame:
    """`rows` in clinicians' words. What the file did not bring reads "not assessed", never 0 or blank."""
    part = workup.case.variants.frame.iloc[rows]
    records = part.to_dict("records")
    rank = ranks(workup)[rows]
    words = STEP_WORDS
    return pd.DataFrame(
        {
            "Rank": pd.array([int(r) or None for r in rank], dtype="Int32"),
            "Gene": _said(part, "gene", "gene_state"),
            "Variant": [text.cell(phrases.alleles(row)) for row in records],
            "Change": [text.cell(_change(row)) for row in records],
            "Consequence": [text.cell(c) for c in _consequences(part)],
            "Zygosity": [phrases.zygosity(str(z)) for z in zygosities(workup.case, rows)],
            "Frequency": [phrases.frequency_full(row) for row in records],
            "ClinVar": _said(part, "clinvar_significance", "clinvar_state"),
            "Caller's filter": [text.cell(f) for f in part["filter"]],
            "Where": [words[Step(int(s))] for s in workup.evidence.left_at[rows]],
        }
    )


def _change(row: Mapping[str, Any]) -> str:
    if row["hgvs_c_state"] != State.FOUND and row["hgvs_p_state"] != State.FOUND:
        return phrases.NOT_ASSESSED
    transcript = f"{row['transcript']}:" if row["transcript_state"] == State.FOUND and row["hgvs_c"] else ""
    return " ".join(part for part in (f"{transcript}{row['hgvs_c']}", str(row["hgvs_p"])) if part)


def _consequences(part: pd.DataFrame) -> list[str]:
    found = part["consequence_state"].to_numpy() == State.FOUND
    each = zip(part["consequence"], found, strict=True)
    return [phrases.consequence(str(terms)) if known else phrases.NOT_ASSESSED for terms, known in each]


def _said(part: pd.DataFrame, column: str, state: str) -> list[str]:
    missing = {State.ABSENT: "none", State.NOT_ASSESSED: phrases.NOT_ASSESSED}
    values = zip(part[column], part[state], strict=True)
    return [text.cell(str(v)) if s == State.FOUND else missing[State(int(s))] for v, s in values]

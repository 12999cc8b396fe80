"""What an edit of the terms did to the top of the ranking: before → after."""

import pandas as pd
import streamlit as st

from components import phrases, text
from models.workup import Workup

TOP = 10


def effect(now: Workup, before: Workup | None) -> None:
    """The top of the ranking, each variant with where it was before the last edit."""
    st.header("Top of the ranking" if before is None else "Top of the ranking, before → after")
    rows = top_rows(now, before)
    if not len(rows):
        st.text("No variant of this case is ranked.")
        return
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        column_config={
            name: st.column_config.TextColumn(width=width)
            for name, width in (("Rank", 120), ("Gene", 90), ("Change", 290))
        },
        alt="Top of the ranking with the place of each variant before the last edit",
    )


def top_rows(now: Workup, before: Workup | None) -> pd.DataFrame:
    """One row a variant of the top: its rank with the move, gene, change, phenotype fit."""
    frame = now.case.variants.frame
    shown = []
    for place in now.ranking.table.head(TOP).itertuples():
        variant = frame.iloc[int(place.row)]
        was = before.ranking.rank_of(int(place.row)) if before else None
        shown.append(
            {
                "Rank": moved(int(place.rank), was, compared=before is not None),
                "Gene": text.cell(str(place.gene)) or phrases.NOT_ASSESSED,
                "Change": text.cell(phrases.change(variant)),
            }
        )
    return pd.DataFrame(shown)


def moved(rank: int, was: int | None, *, compared: bool) -> str:
    """ "3", "3 (as before)", "1 ▲ from 4", "5 ▼ from 2", "2 (new)"."""
    if not compared:
        return str(rank)
    if was is None:
        return f"{rank} (new)"
    if was == rank:
        return f"{rank} (as before)"
    return f"{rank} {'▲' if rank < was else '▼'} from {was}"

"""Why this one above that one, and what would change its place: both from the model's numbers only."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import streamlit as st

from components import phrases, text
from components.drawing import Node, draw, el
from components.explanation_panel import SHORT_UNIT
from components.last_few import CASES_KEPT_OPEN, LastFew
from components.look_ahead import Explain
from components.waterfall import UNIT
from models.ranking import Contrast, contrast
from models.what_if import WhatIf
from models.workup import Workup

OFFERED = 200  # as many as the list shows
SMALL = 0.05  # log-odds: moves nothing that a person would see

Imagine: TypeAlias = Callable[[Workup, int], tuple[WhatIf, ...]]
_imagined: LastFew[Workup, dict[int, tuple[WhatIf, ...]]] = LastFew(CASES_KEPT_OPEN)


def comparison_panel(workup: Workup, row: int, reasons_of: Explain, *, key: str) -> None:
    """The chosen variant beside another of the list."""
    other = _other(workup, row, key)
    if other is None:
        draw(el("p", "There is no other ranked variant to compare with.", cls="cb"), key=f"{key}-alone")
        return
    draw(contrast_tree(contrast(reasons_of(workup, row), reasons_of(workup, other))), key=f"{key}-contrast")


def what_if_panel(workup: Workup, row: int, imagine: Imagine, *, key: str) -> None:
    """What would change the variant's place, worked out when the panel is first opened."""
    draw(what_if_tree(_kept(workup, row, imagine)), key=key)


def _kept(workup: Workup, row: int, imagine: Imagine) -> tuple[WhatIf, ...]:
    known = _imagined.of(workup, dict)
    if row not in known:
        with st.spinner("Scoring again …"):
            known[row] = imagine(workup, row)
    return known[row]


def _other(workup: Workup, row: int, key: str) -> int | None:
    """The variant to compare with, None when it is the only one. The best of the others stands there first."""
    table = workup.ranking.table.head(OFFERED)
    others = table[table["row"] != row]
    if others.empty:
        return None
    names = {int(r): _name(workup, int(r), int(rank)) for r, rank in zip(others["row"], others["rank"], strict=True)}
    return st.selectbox("Compare with", list(names), format_func=names.__getitem__, key=f"{key}-with-{row}")


def _name(workup: Workup, row: int, rank: int) -> str:
    at = workup.case.variants.frame.iloc[row]
    return text.one_line(
        f"{rank}  {workup.evidence.frame.at[row, 'gene'] or 'no gene'} {phrases.change(at.to_dict())}", 80
    )


def contrast_tree(found: Contrast) -> Node:
    """The sentence, and what each group adds to the distance between the two."""
    head = el("tr", el("th", "Sets them apart", scope="col"), el("th", SHORT_UNIT, title=UNIT, scope="col", cls="num"))
    rows = [_row("Together", found.log_odds, cls="sum"), *(_row(group.value, gap) for group, gap in found.groups)]
    caption = el("caption", "Distance by group")
    table = el("table", caption, el("thead", head), el("tbody", *rows), cls="grid")
    return el("div", el("p", found.sentence, cls="lead"), table, cls="cb")


def _row(name: str, number: float, cls: str = "") -> Node:
    side = "" if abs(number) < SMALL else "for" if number > 0 else "against"
    return el("tr", el("td", name), el("td", phrases.signed(number), cls=f"num {side}", title=UNIT), cls=cls)


def what_if_tree(found: Sequence[WhatIf]) -> Node:
    """Imagined differences, the largest first, each with the place that follows."""
    head = el(
        "tr",
        el("th", "What would change it", scope="col"),
        el("th", "Place", scope="col", cls="num"),
        el("th", SHORT_UNIT, title=UNIT, scope="col", cls="num"),
    )
    rows = [_what_if(w) for w in found if np.isinf(w.gain) or abs(w.gain) >= SMALL]
    still = len(found) - len(rows)
    others = "other change" if still == 1 else "other changes"
    note = f"{still} {others} of terms, parents or ClinVar would not move its score." if still else None
    said = el(
        "p",
        "Each line is the ranking computed again with that one difference; nothing is changed or saved.",
        cls="cb-muted",
    )
    table = el("table", el("thead", head), el("tbody", *rows), cls="grid")
    return el("div", table, el("p", note, cls="cb-muted") if note else None, said, cls="cb")


def _what_if(w: WhatIf) -> Node:
    place = f"{w.rank_before:,} → {w.rank_after:,}" if w.rank_after else "leaves the list"
    gain = "" if np.isinf(w.gain) else phrases.signed(w.gain)
    words = w.words[0].upper() + w.words[1:]
    return el(
        "tr",
        el("td", words),
        el("td", place, cls="num"),
        el("td", gain, cls=f"num {'for' if w.gain > 0 else 'against'}"),
    )

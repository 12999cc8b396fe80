"""The counted funnel: how many variants dropped out at each step, by which threshold, and how many remain."""

import math
from collections.abc import Sequence

import streamlit as st

from components import theme
from components.drawing import browser_side
from models.evidence.types import FunnelStep, Step

_draw = st.components.v2.component(
    "caseboard_funnel",
    css=theme.COMPONENT_CSS + browser_side("funnel.css"),
    js=browser_side("elements.js", "funnel.js"),
)


def funnel(steps: Sequence[FunnelStep], chosen: Step | None, *, key: str) -> Step | None:
    """Draw the steps; the one whose dropped-out variants the person asked to see, None otherwise."""
    total = steps[0].left + steps[0].remaining if steps else 0
    data = {"steps": [_start(total), *(_row(step, total, chosen) for step in steps)]}
    if steps:
        data["steps"].append(_end(steps[-1].remaining, total, chosen))
    pressed = _draw(key=key, data=data, on_step_change=lambda: None).step
    return None if pressed is None else Step(int(pressed))


def _start(total: int) -> dict[str, object]:
    return {"title": "In the file", "threshold": "every allele of every record", **_bar(total, total)}


def _end(remaining: int, total: int, chosen: Step | None) -> dict[str, object]:
    show = {"code": int(Step.RANKED), "left": remaining, "left_text": "show ranked", "chosen": chosen is Step.RANKED}
    return {"title": "Ranked", "threshold": "by the model, best first", "kept": True, **show, **_bar(remaining, total)}


def _bar(remaining: int, total: int) -> dict[str, object]:
    return {"remaining_text": f"{remaining:,}", "width_percent": round(bar_percent(remaining, total), 1)}


def _row(step: FunnelStep, total: int, chosen: Step | None) -> dict[str, object]:
    return {
        "code": int(step.step),
        "title": step.title,
        "threshold": step.threshold,
        "left": step.left,
        "left_text": f"{step.left:,} dropped out" if step.left else "none dropped out",
        "chosen": step.step is chosen,
        **_bar(step.remaining, total),
    }


def bar_percent(remaining: int, total: int) -> float:
    """Width on a log scale: millions and dozens are both to be seen. 0 when nothing remains."""
    return 100.0 * math.log1p(remaining) / math.log1p(total) if total and remaining else 0.0

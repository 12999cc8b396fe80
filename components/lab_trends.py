"""Laboratory values over time as small multiples, each with its reference range."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import plotly.graph_objects as go

from components import phrases, text, theme
from models.case import LabValue

Series: TypeAlias = tuple[tuple[str, tuple[LabValue, ...]], ...]
Span: TypeAlias = tuple[float, float]

FIGURES_KEPT = 32
COLUMNS = 2
ROW_PX = 84
MOST_SHOWN = 4
FRAME_PX = 40
GAP_BESIDE, GAP_BELOW = 0.12, 0.42  # between panels, as shares of the figure; the latter divided by the rows
TITLE_CHARS = 26  # as wide as its panel; the value and its unit always stand whole


def lab_series(labs: Sequence[LabValue]) -> Series:
    """Numeric values by name, each in order of date; series with a value out of range come first."""
    series: dict[str, list[LabValue]] = {}
    for lab in labs:
        if lab.value is not None and lab.date:
            series.setdefault(lab.name, []).append(lab)
    ordered = ((name, tuple(sorted(values, key=lambda v: v.date))) for name, values in series.items())
    return tuple(sorted(ordered, key=lambda item: not any(is_out(v) for v in item[1])))


def is_out(lab: LabValue) -> bool:
    """Outside its reference range, by the laboratory's flag or by the range itself."""
    if lab.flag:
        return lab.flag[0] in "HLA"
    high = lab.high is not None and lab.value is not None and lab.value > lab.high
    low = lab.low is not None and lab.value is not None and lab.value < lab.low
    return high or low


@lru_cache(maxsize=FIGURES_KEPT)
def lab_figure(series: Series, colours: theme.Palette) -> go.Figure:
    """One small panel a test: the line, its range as a band, values out of range marked and flagged.

    Plain values, checked by Plotly once: its own calls for panels and bands take ten times as long.
    """
    shown = series[:MOST_SHOWN]
    rows = -(-len(shown) // COLUMNS)
    layout = _layout(rows, colours)
    for at, (name, values) in enumerate(shown):
        x, y = _domains(at, rows)
        layout |= _axes(at, x, y, values, colours)
        layout["annotations"].append(_heading(_title(name, values[-1]), x, y, colours))
        layout["shapes"] += _band(at, values[-1], colours)
    return go.Figure([_line(at, values, colours) for at, (_, values) in enumerate(shown)], layout)


def in_words(series: Series) -> str:
    """Last value of each test, for who cannot see the lines."""
    parts = [
        f"{phrases.test_name(n)} {phrases.measured(v[-1])}{' out of range' if is_out(v[-1]) else ''}" for n, v in series
    ]
    return f"Laboratory trends, last values: {'; '.join(parts)}."


def _title(name: str, last: LabValue) -> str:
    flag = f" {last.flag}" if last.flag not in {"", "N"} else ""
    value = text.one_line(f"{phrases.measured(last)}{flag}", TITLE_CHARS)
    words = f"{text.one_line(phrases.test_name(name), max(TITLE_CHARS - len(value), 8))} {value}"
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _domains(at: int, rows: int) -> tuple[Span, Span]:
    """Where the panel stands: from left to right and from bottom to top, as shares of the figure."""
    row, column = divmod(at, COLUMNS)
    gap = GAP_BELOW / rows
    width, height = (1 - GAP_BESIDE * (COLUMNS - 1)) / COLUMNS, (1 - gap * (rows - 1)) / rows
    left, bottom = column * (width + GAP_BESIDE), (rows - 1 - row) * (height + gap)
    return (left, left + width), (bottom, bottom + height)


def _axis(letter: str, at: int) -> str:
    """As Plotly counts them: "x", "x2", "x3"."""
    return letter if at == 0 else f"{letter}{at + 1}"


def _line(at: int, values: tuple[LabValue, ...], colours: theme.Palette) -> dict[str, Any]:
    out = [is_out(v) for v in values]
    return {
        "type": "scatter",
        "x": [v.date for v in values],
        "y": [v.value for v in values],
        "xaxis": _axis("x", at),
        "yaxis": _axis("y", at),
        "mode": "lines+markers",
        "line": {"color": colours.muted, "width": 1.5},
        "marker": {
            "color": [colours.alert if o else colours.ink for o in out],
            "symbol": ["diamond" if o else "circle" for o in out],
            "size": [9 if o else 5 for o in out],
        },
        "hovertemplate": "%{x}: %{y:g}<extra></extra>",
    }


def _band(at: int, last: LabValue, colours: theme.Palette) -> list[dict[str, Any]]:
    """The reference range of the last value over the width of its panel; nothing where it has no two ends."""
    if last.low is None or last.high is None:
        return []
    place = {"xref": f"{_axis('x', at)} domain", "x0": 0, "x1": 1, "yref": _axis("y", at), "y0": last.low}
    look = {"line": {"width": 0}, "fillcolor": colours.good, "opacity": 0.18, "layer": "below"}
    return [{"type": "rect", **place, "y1": last.high, **look}]


def _around(values: tuple[LabValue, ...]) -> Span:
    """From a little below to a little above everything that the panel shows."""
    ends = [float(v.value) for v in values if v.value is not None]
    ends += [e for e in (values[-1].low, values[-1].high) if e is not None]
    span = (max(ends) - min(ends)) or 1.0
    return min(ends) - 0.2 * span, max(ends) + 0.2 * span


def _axes(at: int, x: Span, y: Span, values: tuple[LabValue, ...], colours: theme.Palette) -> dict[str, Any]:
    dates = {
        "anchor": _axis("y", at), "domain": x, "type": "date", "tickformat": "%b %Y", "nticks": 2, "showgrid": False,
        "linecolor": colours.border, "fixedrange": True,
    }  # fmt: skip
    amounts = {
        "anchor": _axis("x", at), "domain": y, "range": _around(values), "nticks": 3, "gridcolor": colours.border,
        "zeroline": False, "fixedrange": True,
    }  # fmt: skip
    return {_axis("x", at).replace("x", "xaxis"): dates, _axis("y", at).replace("y", "yaxis"): amounts}


def _heading(words: str, x: Span, y: Span, colours: theme.Palette) -> dict[str, Any]:
    """The test's name with its last value, over the middle of its panel."""
    place = {"x": sum(x) / 2, "xref": "paper", "xanchor": "center", "y": y[1], "yref": "paper", "yanchor": "bottom"}
    return {"text": words, "showarrow": False, "font": {"size": 12, "color": colours.ink}, **place}


def _layout(rows: int, colours: theme.Palette) -> dict[str, Any]:
    return {
        "height": ROW_PX * rows + FRAME_PX,
        "margin": {"l": 30, "r": 10, "t": 22, "b": 16},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Source Sans, sans-serif", "size": 11, "color": colours.muted},
        "annotations": [],
        "shapes": [],
    }

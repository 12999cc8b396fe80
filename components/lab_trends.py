"""Laboratory values over time as small multiples, each with its reference range."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import phrases, text, theme
from models.case import LabValue

Series: TypeAlias = tuple[tuple[str, tuple[LabValue, ...]], ...]

FIGURES_KEPT = 32
COLUMNS = 2
ROW_PX = 84
MOST_SHOWN = 4
FRAME_PX = 40
TITLE_CHARS = 30


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
    """One small panel a test: the line, its range as a band, values out of range marked and flagged."""
    shown = dict(series[:MOST_SHOWN])
    rows = -(-len(shown) // COLUMNS)
    titles = [_title(name, values[-1]) for name, values in shown.items()]
    figure = make_subplots(
        rows, COLUMNS, subplot_titles=titles, vertical_spacing=0.42 / max(rows, 1), horizontal_spacing=0.12
    )
    for at, values in enumerate(shown.values()):
        _draw(figure, values, at // COLUMNS + 1, at % COLUMNS + 1, colours)
    _style(figure, rows, colours)
    return figure


def in_words(series: Series) -> str:
    """Last value of each test, for who cannot see the lines."""
    parts = [
        f"{phrases.test_name(n)} {phrases.measured(v[-1])}{' out of range' if is_out(v[-1]) else ''}" for n, v in series
    ]
    return f"Laboratory trends, last values: {'; '.join(parts)}."


def _title(name: str, last: LabValue) -> str:
    flag = f" {last.flag}" if last.flag not in {"", "N"} else ""
    words = text.one_line(f"{phrases.test_name(name)} {phrases.measured(last)}{flag}", TITLE_CHARS)
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _draw(figure: go.Figure, values: tuple[LabValue, ...], row: int, column: int, colours: theme.Palette) -> None:
    out, last = [is_out(v) for v in values], values[-1]
    figure.add_scatter(
        x=[v.date for v in values],
        y=[v.value for v in values],
        mode="lines+markers",
        line={"color": colours.muted, "width": 1.5},
        marker={
            "color": [colours.alert if o else colours.ink for o in out],
            "symbol": ["diamond" if o else "circle" for o in out],
            "size": [9 if o else 5 for o in out],
        },
        hovertemplate="%{x}: %{y:g}<extra></extra>",
        row=row,
        col=column,
    )
    if last.low is not None and last.high is not None:  # after the line: an empty subplot takes no band
        band = {"line_width": 0, "fillcolor": colours.good, "opacity": 0.18, "layer": "below"}
        figure.add_hrect(last.low, last.high, row=row, col=column, **band)
    _pad(figure, values, row, column)


def _pad(figure: go.Figure, values: tuple[LabValue, ...], row: int, column: int) -> None:
    ends = [float(v.value) for v in values if v.value is not None]
    ends += [e for e in (values[-1].low, values[-1].high) if e is not None]
    span = (max(ends) - min(ends)) or 1.0
    figure.update_yaxes(range=(min(ends) - 0.2 * span, max(ends) + 0.2 * span), row=row, col=column)


def _style(figure: go.Figure, rows: int, colours: theme.Palette) -> None:
    figure.update_layout(
        height=ROW_PX * rows + FRAME_PX,
        margin={"l": 30, "r": 10, "t": 22, "b": 16},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "Source Sans, sans-serif", "size": 11, "color": colours.muted},
    )
    figure.update_annotations(font={"size": 12, "color": colours.ink}, xanchor="center")
    figure.update_xaxes(
        showgrid=False, nticks=2, linecolor=colours.border, type="date", fixedrange=True, tickformat="%b %Y"
    )
    figure.update_yaxes(gridcolor=colours.border, nticks=3, zeroline=False, fixedrange=True)

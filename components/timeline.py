"""The patient's story on one axis of time: problems, medicines, tests, notes, encounters."""

from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

from components import text, theme
from models.case import ClinicalRecord

FIGURES_KEPT = 32
LANES = ("Problems", "Medicines", "Notes", "Events")
LANE_PX, FRAME_PX = 32, 34


@dataclass(frozen=True)
class Moment:
    """One dated thing. end: of a medicine that was stopped, "" otherwise."""

    lane: str
    date: str
    label: str
    end: str = ""


def moments(record: ClinicalRecord) -> tuple[Moment, ...]:
    """Everything of the record that has a date."""
    found = [
        *(Moment("Problems", p.onset_date, p.text) for p in record.problems),
        *(Moment("Medicines", m.start_date, f"{m.text} {m.dose}".strip(), m.end_date) for m in record.medications),
        *(Moment("Notes", n.date, n.title) for n in record.notes),
        *(Moment("Events", e.date, e.text) for e in record.events),
    ]
    return tuple(sorted((m for m in found if m.date), key=lambda m: m.date))


@lru_cache(maxsize=FIGURES_KEPT)
def timeline_figure(story: tuple[Moment, ...], colours: theme.Palette) -> go.Figure:
    """A lane for each kind; a stopped medicine is a bar."""
    lanes = [lane for lane in LANES if any(m.lane == lane for m in story)]
    bars = [_bar(m, colours) for m in story if m.end]
    return go.Figure([*bars, *(_points(lane, story, colours) for lane in lanes)], _layout(lanes, colours))


def _bar(moment: Moment, colours: theme.Palette) -> dict[str, object]:
    return {
        "type": "scatter",
        "x": [moment.date, moment.end],
        "y": [moment.lane, moment.lane],
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"width": 7, "color": colours.border},
    }


def _points(lane: str, story: tuple[Moment, ...], colours: theme.Palette) -> dict[str, object]:
    mine = [m for m in story if m.lane == lane]
    return {
        "type": "scatter",
        "x": [m.date for m in mine],
        "y": [lane] * len(mine),
        "mode": "markers",
        "marker": {
            "size": 8,
            "color": colours.ink,
        },
        "text": [_plain(m.label) for m in mine],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def in_words(story: tuple[Moment, ...]) -> str:
    return f"Timeline: {'; '.join(f'{m.date} {m.label}' for m in story[:20])}."


def _plain(words: str) -> str:
    return text.one_line(words, 60).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _layout(lanes: list[str], colours: theme.Palette) -> dict[str, object]:
    return {
        "height": LANE_PX * len(lanes) + FRAME_PX,
        "margin": {"l": 72, "r": 12, "t": 4, "b": 22},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Source Sans, sans-serif", "size": 12, "color": colours.ink},
        "xaxis": {"type": "date", "gridcolor": colours.border, "nticks": 6, "fixedrange": True},
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": lanes[::-1],
            "gridcolor": colours.border,
            "fixedrange": True,
            "range": (-0.6, len(lanes) - 0.4),
        },
    }

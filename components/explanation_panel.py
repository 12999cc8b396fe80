"""Why a variant has its place: one sentence, the six groups as a waterfall, every feature on demand."""

import plotly.graph_objects as go
import streamlit as st

from components import phrases, text, theme
from components.drawing import Node, draw, el
from models.ranking.types import Explanation, FeatureContribution, GroupContribution

# ln 10 = 2.303: what one step on this scale means to who does not think in logarithms.
UNIT = "log-odds: +2.3 means ten times the odds"
SHORT_UNIT = "Weight"
LABEL_CHARS = 44
START_LABEL = "Where every variant starts"
ROOM_PER_PX = 0.2 / 12  # of the span on each side, a pixel of type: a fifth at the usual 12 px
CHAR_EM, LABEL_PAD_PX = 0.42, 14  # mean width of a letter of Source Sans, bold and plain mixed
BAR_PX, FRAME_PX = 24, 38
PLOTLY_CONFIG = {"displayModeBar": False, "displaylogo": False}
WATERFALL_CONFIG = {**PLOTLY_CONFIG, "staticPlot": True}  # nothing to point at, less to lay out


def explanation_panel(explanation: Explanation, *, key: str, height_px: int | None = None) -> None:
    """The waterfall and the features behind it."""
    figure = waterfall(explanation, theme.palette(), height_px=height_px)
    st.plotly_chart(figure, key=f"{key}-chart", config=WATERFALL_CONFIG, theme=None, alt=in_words(explanation))
    draw(features_tree(explanation), key=f"{key}-features")


def waterfall(
    explanation: Explanation, colours: theme.Palette, *, height_px: int | None = None, font_px: int = 12
) -> go.Figure:
    """Baseline, the six groups from most to least, and their sum; the bars carry their signed value."""
    groups = explanation.groups
    labels = [START_LABEL, *(_label(g) for g in groups), "<b>This variant</b>"]
    values = [explanation.baseline, *(g.log_odds for g in groups), explanation.log_odds]
    bars = {
        "type": "waterfall",
        "orientation": "h",
        "y": list(range(len(values))),
        "x": values,
        "measure": ["absolute", *["relative"] * len(groups), "total"],
        "text": [phrases.signed(v) for v in values],
        "textposition": "outside",
        "textfont": {"color": colours.ink},
        "cliponaxis": False,
        "increasing": {"marker": {"color": colours.supports}},
        "decreasing": {"marker": {"color": colours.against}},
        "totals": {"marker": {"color": colours.muted}},
        "connector": {"line": {"color": colours.border, "width": 1}},
        "hoverinfo": "skip",
    }
    return go.Figure(
        [bars], _layout(explanation, labels, colours, height_px or BAR_PX * len(values) + FRAME_PX, font_px)
    )


def in_words(explanation: Explanation) -> str:
    """The waterfall as a sentence, for who cannot see it."""
    parts = ", ".join(f"{g.group.value} {phrases.signed(g.log_odds)}" for g in explanation.groups)
    start, end = phrases.signed(explanation.baseline), phrases.signed(explanation.log_odds)
    return f"What weighs for and against ({UNIT}): start {start}, {parts}; together {end}."


def features_tree(explanation: Explanation) -> Node:
    """Every feature, by group, folded."""
    rows = [row for group in explanation.groups for row in _rows(group)]
    head = el(
        "tr",
        el("th", "Group", scope="col"),
        el("th", "What was looked at", scope="col"),
        el("th", "Value", scope="col"),
        el("th", SHORT_UNIT, title=UNIT, scope="col", cls="num"),
    )
    table = el("table", el("thead", head), el("tbody", *rows), cls="grid")
    count = sum(len(g.features) for g in explanation.groups)
    return el(
        "div",
        el("details", el("summary", f"All {count} features behind these groups"), table, data_key="features"),
        cls="cb",
    )


def _rows(group: GroupContribution) -> list[Node]:
    cells = [
        (f.label, f.value_text, phrases.signed(f.log_odds), "for" if f.log_odds > 0 else "against")
        for f in group.features
    ]
    return [
        el(
            "tr",
            el("td", group.group.value if i == 0 else "", cls="cb-muted"),
            el("td", label),
            el("td", value),
            el("td", number, cls=f"num {side}"),
        )
        for i, (label, value, number, side) in enumerate(cells)
    ]


def _label(group: GroupContribution) -> str:
    """Group, and what weighed most in it, in words. Plotly reads some tags: escape every word."""
    return f"<b>{group.group.value}</b> <span style='font-size:0.92em'>{_escaped(_said(group))}</span>"


def _plain_label(group: GroupContribution) -> str:
    return f"{group.group.value} {_said(group)}"


def _said(group: GroupContribution) -> str:
    return text.one_line(_about(group.telling), LABEL_CHARS) if group.telling else ""


def _about(feature: FeatureContribution) -> str:
    said = feature.value_text
    return said if len(said) > 12 else f"{feature.label}: {said}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _padded(explanation: Explanation, font_px: int) -> tuple[float, float]:
    """Room for the numbers beside the outermost bars, more for larger type: Plotly clips outside text."""
    ends, at = [0.0, explanation.baseline], explanation.baseline
    for group in explanation.groups:
        at += group.log_odds
        ends.append(at)
    span = max(max(ends) - min(ends), 1.0)
    room = ROOM_PER_PX * font_px * span
    return min(ends) - room, max(ends) + room


def _layout(
    explanation: Explanation, labels: list[str], colours: theme.Palette, height_px: int, font_px: int
) -> dict[str, object]:
    return {
        "height": height_px,
        "margin": {"l": _label_px(explanation, font_px), "r": 8, "t": 2, "b": 3 * font_px},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Source Sans, sans-serif", "size": font_px, "color": colours.ink},
        "showlegend": False,
        "bargap": 0.28,
        "xaxis": {
            "range": _padded(explanation, font_px),
            "zeroline": True,
            "zerolinecolor": colours.muted,
            "gridcolor": colours.border,
            "title": {"text": UNIT, "standoff": 4, "font": {"size": font_px}},
            "fixedrange": True,
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(labels))),
            "ticktext": labels,
            "autorange": "reversed",
            "showgrid": False,
            "fixedrange": True,
        },
    }


def _label_px(explanation: Explanation, font_px: int) -> int:
    """Room for the longest label, told instead of measured: automargin lays every chart out again."""
    longest = max(len(_plain_label(g)) for g in explanation.groups)
    return round(LABEL_PAD_PX + max(longest, len(START_LABEL)) * CHAR_EM * font_px)

"""The six groups of a variant's score as a waterfall, drawn by our own script.

A chart of Plotly's takes 50 ms to draw again at each move in the list; these eight bars take one.
"""

from components import phrases, text
from components.drawing import Node, el
from models.ranking.types import Explanation, FeatureContribution, GroupContribution

# ln 10 = 2.303: what one step on this scale means to who does not think in logarithms.
UNIT = "weight in log-odds: +2.3 means ten times the odds, −2.3 a tenth"
START_LABEL = "Where every variant starts"
END_LABEL = "This variant"
LABEL_CHARS = 64  # two lines beside the bars
ROOM = 0.2  # of the span, on each side: the numbers beside the outermost bars


def waterfall_tree(explanation: Explanation, *, tall: bool = False) -> Node:
    """Baseline, the six groups from most to least, and their sum; every bar carries its signed value.

    tall: for the board, where eight rows fill the height.
    """
    steps = _steps(explanation)
    ends = [0.0, *(value for _, _, start, stop, _ in steps for value in (start, stop))]
    span = max(max(ends) - min(ends), 1.0)
    low, high = min(ends) - ROOM * span, max(ends) + ROOM * span
    rows = [_row(*step, low, high) for step in steps]
    table = el(
        "table", el("caption", in_words(explanation)), el("tbody", *rows), cls="waterfall tall" if tall else "waterfall"
    )
    return el("div", table, el("p", UNIT, cls="unit"), cls="cb")


def in_words(explanation: Explanation) -> str:
    """The waterfall as a sentence, for who cannot see it."""
    parts = ", ".join(f"{g.group.value} {phrases.signed(g.log_odds)}" for g in explanation.groups)
    start, end = phrases.signed(explanation.baseline), phrases.signed(explanation.log_odds)
    return f"What weighs for and against ({UNIT}): start {start}, {parts}; together {end}."


def _steps(explanation: Explanation) -> list[tuple[str, str, float, float, str]]:
    """Bold word, words beside it, where the bar starts and stops, its kind."""
    steps, at = [("", START_LABEL, 0.0, explanation.baseline, "total")], explanation.baseline
    for group in explanation.groups:
        kind = "for" if group.log_odds > 0 else "against"
        steps.append((group.group.value, said(group), at, at + group.log_odds, kind))
        at += group.log_odds
    return [*steps, (END_LABEL, "", 0.0, explanation.log_odds, "total")]


def _row(bold: str, words: str, start: float, stop: float, kind: str, low: float, high: float) -> Node:
    def percent(value: float) -> float:
        return 100.0 * (value - low) / (high - low)

    left, right = sorted((percent(start), percent(stop)))
    number = stop - start
    beside_right = number >= 0 or (kind == "total" and stop >= 0)
    place = (
        {"x": f"{right:.2f}%", "dx": "4"} if beside_right else {"x": f"{left:.2f}%", "dx": "-4", "text_anchor": "end"}
    )
    zero = f"{percent(0.0):.2f}%"
    bar = el(
        "svg",
        el("line", x1=zero, x2=zero, y1="0", y2="100%", cls="zero"),
        el("rect", x=f"{left:.2f}%", width=f"{max(right - left, 0.2):.2f}%", y="14%", height="72%", cls=kind),
        el("text", phrases.signed(number), y="50%", **place),
        width="100%",
        aria_hidden="true",
    )
    label = el("th", el("b", bold) if bold else None, f" {words}" if words else None, scope="row", title=words or None)
    return el("tr", label, el("td", bar))


def said(group: GroupContribution, limit: int = LABEL_CHARS) -> str:
    """What weighed most in a group, in words; "" when nothing can be quoted."""
    about = _about(group.telling) if group.telling else ""
    if len(about) > limit:
        about = about.split(" (")[0]  # what stands in brackets is told in full below the chart
    return text.one_line(about, limit)


def _about(feature: FeatureContribution) -> str:
    told = feature.value_text
    return told if len(told) > 12 else f"{feature.label}: {told}"

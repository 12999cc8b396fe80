"""Why a variant has its place: the six groups as a waterfall, every feature on demand."""

from components import phrases
from components.drawing import Node, draw, el
from components.waterfall import UNIT, waterfall_tree
from models.ranking.types import Explanation, GroupContribution

SHORT_UNIT = "Weight"


def explanation_panel(explanation: Explanation, *, key: str) -> None:
    """The waterfall and the features behind it."""
    draw(waterfall_tree(explanation), features_tree(explanation), key=key)


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

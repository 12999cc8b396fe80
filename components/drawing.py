"""Draw panels safely: a tree of elements built in Python, set as text in the browser.

Every word of a patient's files reaches the page through `textContent` or an attribute from a short
allow-list, so nothing in a VCF, a note or a label can become markup. SVG uses the same tree.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st

from components import text, theme

Node: TypeAlias = dict[str, Any]
Child: TypeAlias = "Node | str | None"

_SIDE = Path(__file__).parent / "browser_side"


def browser_side(*names: str) -> str:
    """The text of our own scripts or style sheets: several are one module, in this order."""
    return "\n".join((_SIDE / name).read_text(encoding="utf-8") for name in names)


def el(tag: str, *children: Child, cls: str = "", **attributes: Any) -> Node:
    """One element. Attribute names use `_` for `-`; None children and attributes are left out."""
    node: Node = {"t": tag}
    if cls:
        node["c"] = cls
    kept = {
        name.rstrip("_").replace("_", "-"): text.clean(value) for name, value in attributes.items() if value is not None
    }
    if kept:
        node["a"] = kept
    shown = [text.clean(child) if isinstance(child, str) else child for child in children if child is not None]
    if shown:
        node["k"] = shown
    return node


def words(node: Child) -> str:
    """All text of a tree, for tests and for `alt` sentences."""
    if node is None:
        return ""
    if isinstance(node, str):
        return node
    return " ".join(part for part in (words(child) for child in node.get("k", ())) if part)


_draw = st.components.v2.component(
    "caseboard_drawing", css=theme.COMPONENT_CSS + browser_side("panels.css"), js=browser_side("drawing.js")
)


def draw(*nodes: Node, key: str, data: Mapping[str, Any] | None = None) -> None:
    """Show the tree. `key` stays the same when only the content changes: the element is kept."""
    _draw(key=key, data={"nodes": list(nodes), **(data or {})})

"""Things to choose from, as cards or rows, drawn without markup: each is a button, or has buttons."""

from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from components import text, theme
from components.drawing import browser_side

_draw = st.components.v2.component(
    "caseboard_choices",
    css=theme.COMPONENT_CSS + browser_side("choices.css"),
    js=browser_side("elements.js", "choices.js"),
)


@dataclass(frozen=True)
class Badge:
    """A word with a tone ("alert", "caution", "good", "info", ""); the word carries the meaning."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Action:
    """A button of a card. tone "main" for the one most people want."""

    id: str
    text: str
    tone: str = ""


@dataclass(frozen=True)
class More:
    """What unfolds below a card, with a button of its own. lines: one a fact."""

    title: str
    lines: tuple[str, ...]
    action: Action | None = None


@dataclass(frozen=True)
class Choice:
    """One card. With `actions` None the whole card is the button (its action is "open"); with none in
    the tuple it only says something. more: unfolds below, without a round trip."""

    id: str
    title: str
    lines: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    chips: tuple[str, ...] = ()
    foot: str = ""
    action: str = ""
    actions: tuple[Action, ...] | None = None
    more: More | None = None


@dataclass(frozen=True)
class Chosen:
    """What the person pressed, once."""

    id: str
    action: str


def choices(
    label: str, items: Sequence[Choice], *, key: str, layout: str = "list", gone: Container[str] = ()
) -> Chosen | None:
    """Show `items` ("list", "grid", "tight", or "sides" for two to compare); what was just pressed, None otherwise.

    `label` names the list for people who hear the screen. Texts may be untrusted. gone: ids that are an answer even
    when no item has them any more, because somebody else changed the list after it was on this screen; what was
    pressed there would be lost without a word. An id must never come to stand for another item.
    """
    data = {"label": label, "layout": layout, "items": [_plain(item) for item in items]}
    pressed = _draw(key=key, data=data, on_chosen_change=lambda: None).chosen
    known = {item.id for item in items}
    if not pressed or (pressed["id"] not in known and pressed["id"] not in gone):
        return None
    return Chosen(str(pressed["id"]), str(pressed["action"]))


def _plain(item: Choice) -> dict[str, object]:
    shown: dict[str, Any] = asdict(item)
    shown["title"] = text.one_line(item.title, 200)
    shown["lines"] = [text.one_line(line, 400) for line in item.lines]
    shown["chips"] = [text.one_line(chip) for chip in item.chips]
    shown["foot"] = text.one_line(item.foot, 300)
    if item.more:
        shown["more"]["lines"] = [text.one_line(line, 400) for line in item.more.lines]
    return {name: value for name, value in shown.items() if value or name in {"id", "title"} or value == ()}

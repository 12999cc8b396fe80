"""The look keeps its promises: one palette, readable in light and dark."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from components.theme import DARK, LIGHT, SCREEN_FONT_PX, Palette

CONFIG = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
SAME = {
    "background": "backgroundColor",
    "surface": "secondaryBackgroundColor",
    "border": "borderColor",
    "ink": "textColor",
    "muted": "grayTextColor",
    "accent": "primaryColor",
    "link": "linkColor",
    "supports": "blueTextColor",
    "against": "orangeTextColor",
    "alert": "redTextColor",
    "caution": "yellowTextColor",
    "good": "greenTextColor",
    "other": "violetTextColor",
    "selected_fill": "blueBackgroundColor",
    "relevant_fill": "yellowBackgroundColor",
    "alert_fill": "redBackgroundColor",
    "good_fill": "greenBackgroundColor",
}
THEMES = pytest.mark.parametrize(("palette", "section"), [(LIGHT, "light"), (DARK, "dark")], ids=["light", "dark"])
TEXTS = ("ink", "muted", "link", "supports", "against", "alert", "caution", "good", "other")
# WCAG 2.2: 1.4.3 text, 1.4.11 controls.
TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_the_palette_and_streamlits_own_widgets_use_the_same_colours(palette: Palette, section: str) -> None:
    theme = CONFIG["theme"][section]
    assert {name: getattr(palette, name) for name in SAME} == {name: theme[key] for name, key in SAME.items()}
    assert set(SAME) == {f.name for f in fields(Palette)}


@THEMES
@pytest.mark.parametrize("name", TEXTS)
def test_text_is_readable_on_page_and_panel(palette: Palette, section: str, name: str) -> None:
    colour = getattr(palette, name)
    assert contrast(colour, palette.background) >= TEXT_CONTRAST
    assert contrast(colour, palette.surface) >= TEXT_CONTRAST


@THEMES
@pytest.mark.parametrize(
    ("text", "fill"),
    [("alert", "alert_fill"), ("caution", "relevant_fill"), ("good", "good_fill"), ("link", "selected_fill")],
)
def test_a_badge_is_readable_on_its_own_colour(palette: Palette, section: str, text: str, fill: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, fill)) >= TEXT_CONTRAST


@THEMES
def test_a_button_stands_out_and_its_white_word_is_readable(palette: Palette, section: str) -> None:
    assert contrast(palette.accent, palette.background) >= CONTROL_CONTRAST
    assert contrast(palette.accent, "#FFFFFF") >= TEXT_CONTRAST


def test_the_screen_type_is_the_size_streamlit_was_told() -> None:
    assert CONFIG["theme"]["baseFontSize"] == SCREEN_FONT_PX


def test_nothing_is_shown_or_sent_that_should_stay() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["allowedHosts"] == ["127.0.0.1", "localhost", "::1"]
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["server"]["enableAgentApi"] is False
    assert CONFIG["client"] == {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "minimal",
        "disableDataExport": True,
        "showSidebarNavigation": False,
    }
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["logger"]["enableRich"] is False

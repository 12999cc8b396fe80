"""The look in one place: names for colours by what they mean, in light and dark.

`.streamlit/config.toml` holds the same values for Streamlit's own widgets; a test compares the two
and checks the contrast (WCAG 2.2 AA: 4.5 for text, 3.0 for controls). Colour never carries meaning
alone: pair each token with a word or a mark.
"""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st


@dataclass(frozen=True)
class Palette:
    """Hex colours for plotly and canvas. In a v2 component use the CSS names of `COMPONENT_CSS`."""

    background: str
    surface: str
    border: str
    ink: str
    muted: str
    accent: str
    link: str
    supports: str  # raises the score, speaks for the variant
    against: str  # lowers the score, speaks against it
    alert: str  # blocking, pathogenic, out of range
    caution: str  # warning, lit up as relevant
    good: str
    other: str
    selected_fill: str
    relevant_fill: str
    alert_fill: str
    good_fill: str


LIGHT = Palette(
    background="#FFFFFF",
    surface="#F3F5F8",
    border="#D5DAE1",
    ink="#16202B",
    muted="#54606E",
    accent="#0B5CAD",
    link="#0B5CAD",
    supports="#0B5CAD",
    against="#A8480A",
    alert="#B3261E",
    caution="#7A4F00",
    good="#1B6E45",
    other="#6A3FB5",
    selected_fill="#E8F1FB",
    relevant_fill="#FFF4D6",
    alert_fill="#FDECEA",
    good_fill="#E6F4EC",
)
DARK = Palette(
    background="#10161D",
    surface="#1A222C",
    border="#3A4654",
    ink="#E6EBF1",
    muted="#A3B0BE",
    accent="#2472C8",
    link="#7DB7F5",
    supports="#7DB7F5",
    against="#F0A46B",
    alert="#FF9A90",
    caution="#F2C15C",
    good="#7FD3A6",
    other="#C3A3F7",
    selected_fill="#16293F",
    relevant_fill="#392E14",
    alert_fill="#3B1C1C",
    good_fill="#15302A",
)

# Prefix the css of every v2 component with this; Streamlit sets the --st-* names inside components
# for the theme on screen, so light, dark and a later change of theme need no rerun.
COMPONENT_CSS = """
:host, .cb {
  --cb-background: var(--st-background-color);
  --cb-surface: var(--st-secondary-background-color);
  --cb-border: var(--st-border-color);
  --cb-ink: var(--st-text-color);
  --cb-muted: var(--st-gray-text-color);
  --cb-accent: var(--st-primary-color);
  --cb-link: var(--st-link-color);
  --cb-supports: var(--st-blue-text-color);
  --cb-against: var(--st-orange-text-color);
  --cb-alert: var(--st-red-text-color);
  --cb-caution: var(--st-yellow-text-color);
  --cb-good: var(--st-green-text-color);
  --cb-other: var(--st-violet-text-color);
  --cb-selected-fill: var(--st-blue-background-color);
  --cb-relevant-fill: var(--st-yellow-background-color);
  --cb-alert-fill: var(--st-red-background-color);
  --cb-good-fill: var(--st-green-background-color);
  --cb-font: var(--st-font);
  --cb-mono: var(--st-code-font);
  --cb-radius: 6px;
  --cb-scale: 1;
}
* { box-sizing: border-box; }
.cb { font-family: var(--cb-font); font-size: 1rem; line-height: 1.4; color: var(--cb-ink); }
.cb-muted { color: var(--cb-muted); }
.cb-chip { display: inline-block; border: 1px solid var(--cb-border); border-radius: 999px; padding: 0 .6em;
  white-space: nowrap; }
:focus-visible { outline: 2px solid var(--cb-link); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
"""

# Root font sizes in px: baseFontSize of config.toml, and one readable from eight metres on a 16:9
# projection two metres high (cap height about 2.5 cm).
SCREEN_FONT_PX = 14
PLOTLY_CONFIG = {"displayModeBar": False, "displaylogo": False}
PROJECTOR_FONT_PX = 24

_PAGE_CSS = """
[data-testid="stMainBlockContainer"] { padding-left: 1.2rem; padding-right: 1.2rem; max-width: 1920px; }
[data-testid="stHeader"] { border-bottom: 1px solid var(--cb-page-border); }
/* Who is signed in stands in the bar, left of the menu, where it takes no height from a screen that fits without it. */
@media (min-width: 1100px) { :has(> .st-key-who-is-here) { position: fixed; top: .55rem; right: 4rem; width: auto;
  z-index: 999991; } }
button[data-selected="true"] p, [role="tab"][aria-selected="true"] p { color: var(--cb-page-link) !important; }
:has(> .st-key-theme-watch) { position: absolute; width: 0; height: 0; overflow: hidden; }
"""


_watch = st.components.v2.component(
    "caseboard_theme_watch",
    html="<i></i>",
    js=(Path(__file__).parent / "browser_side" / "theme_watch.js").read_text(encoding="utf-8"),
)


def palette() -> Palette:
    """The colours of the theme on screen now (light until the browser has said otherwise)."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def apply(*, projector: bool = False) -> None:
    """Put the page-wide style in place; `projector` sets type readable from eight metres."""
    size = PROJECTOR_FONT_PX if projector else SCREEN_FONT_PX
    now = palette()
    root = f"html {{ font-size: {size}px; --cb-page-border: {now.border}; --cb-page-link: {now.link}; }}"
    st.html(f"<style>{root}{_PAGE_CSS}</style>")


def follow() -> None:
    """Run the page again when its theme changes while it is open: charts and borders have the server's colours."""
    with st.container(key="theme-watch"):
        _watch(key="theme", on_changed_change=lambda: None)

"""The screens, in the order of the navigation. To add one: a file in pages/ and a line in PAGES."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.access import Permission

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"


class Group(str, Enum):
    CASE = "Case"
    BOARDS = "Boards"
    LEARNING = "Learning"
    SYSTEM = "System"


@dataclass(frozen=True)
class Screen:
    """One screen. slug: its file in pages/ and its address. needs_case: it shows one patient's case,
    so `?case=` follows the person there."""

    slug: str
    title: str
    group: Group
    permission: Permission
    purpose: str
    needs_case: bool = False

    @property
    def path(self) -> Path:
        """Absolute: Streamlit must not guess it from the main script (it would run pages/ unguarded)."""
        return PAGES_FOLDER / f"{self.slug}.py"


PAGES: tuple[Screen, ...] = (
    Screen("worklist", "Worklist", Group.CASE, Permission.VIEW_CASE, "Cases, sample patients, starting a case."),
    Screen(
        "case_review",
        "Case review",
        Group.CASE,
        Permission.VIEW_CASE,
        "The ranked list beside the reads and the record.",
        needs_case=True,
    ),
    Screen(
        "all_variants",
        "All variants",
        Group.CASE,
        Permission.VIEW_CASE,
        "Every variant, the counted funnel, and why one is not in the ranking.",
        needs_case=True,
    ),
    Screen(
        "phenotype",
        "Phenotype",
        Group.CASE,
        Permission.VIEW_CASE,
        "Terms present and excluded, suggestions from notes, what to ask next.",
        needs_case=True,
    ),
    Screen(
        "report",
        "Report",
        Group.CASE,
        Permission.VIEW_CASE,
        "What leaves about the case: preview, signature, downloads, signed versions.",
        needs_case=True,
    ),
    Screen(
        "history",
        "History",
        Group.CASE,
        Permission.VIEW_CASE,
        "Every decision on the case, its chain verified.",
        needs_case=True,
    ),
    Screen(
        "board",
        "Board view",
        Group.BOARDS,
        Permission.VIEW_CASE,
        "One patient on one projector page.",
        needs_case=True,
    ),
    Screen("teaching", "Teaching", Group.LEARNING, Permission.LEARN, "Sample patients with the answer hidden."),
    Screen(
        "model",
        "Model and data",
        Group.SYSTEM,
        Permission.VIEW_SYSTEM,
        "What the model learnt from, how it was measured, limits.",
    ),
    Screen(
        "knowledge",
        "Knowledge",
        Group.SYSTEM,
        Permission.VIEW_SYSTEM,
        "What is known here, how old it is; installing, updating, going back.",
    ),
    Screen(
        "system",
        "System",
        Group.SYSTEM,
        Permission.VIEW_SYSTEM,
        "Whether this installation is well; verifying, backing up.",
    ),
    Screen(
        "people",
        "People",
        Group.SYSTEM,
        Permission.SEE_PEOPLE,
        "Who may do what, and who opened a case in an emergency.",
    ),
)


def screen(slug: str) -> Screen:
    """The screen at `slug`; raises KeyError when there is none."""
    return next(s for s in PAGES if s.slug == slug)


def navigation() -> tuple[StreamlitPage, Screen]:
    """Draw the navigation; the page to run and the screen it belongs to.

    The screens of the case are used all day, so they stand in the bar; the other groups fold.
    """
    sections: dict[str, list[StreamlitPage]] = {}
    for one in PAGES:
        page = st.Page(one.path, title=one.title, url_path=one.slug, default=one is PAGES[0])
        sections.setdefault("" if one.group is Group.CASE else one.group.value, []).append(page)
    chosen = st.navigation(sections, position="top")
    return chosen, screen(chosen.url_path or PAGES[0].slug)

"""The heart: list, reasons, reads and record of one patient, redrawn together in one fragment."""

import streamlit as st

from components import place, review_layout, steady_heap
from components.clinical_context import clinical_context, has_trends, record_trends
from components.comparison_panel import Imagine, comparison_panel, what_if_panel
from components.drawing import draw, el
from components.evidence_panel import evidence_panel, family_panel, phenotype_panel, variant_heading
from components.explanation_panel import explanation_panel
from components.genome_browser import genome_pane, genome_pane_follows, genome_signal
from components.look_ahead import Explain, Prepared, prepared
from components.ranked_list import ranked_list, ranking_version
from models.workup import Workup

READS = "review-reads"
TABS = ("Why here", "Evidence", "Phenotype", "Family and call", "Compare", "What if")


def case_review(workup: Workup, reasons_of: Explain, imagine: Imagine) -> None:
    """The screen of one case. reasons_of: why a row has its place; imagine: what would change it."""
    steady_heap.settle(ranking_version(workup))
    genome_pane_follows(key=READS)
    with review_layout.grid():
        row = _case_review(workup, reasons_of, imagine)
        if row is not None:
            with review_layout.reads():
                genome_pane(workup, row, key=READS)
        if has_trends(workup.case.record):
            with review_layout.trends():
                record_trends(workup.case.record, key="review-trends")


@st.fragment
def _case_review(workup: Workup, reasons_of: Explain, imagine: Imagine) -> int | None:
    """Everything that follows the selected variant, which is returned; None in an empty ranking."""
    left, middle, right = review_layout.areas()
    with left:
        row = ranked_list(workup, key="review-list", selected_row=place.variant_row())
    if row is None:
        with middle:
            nothing_ranked(workup)
        return None
    place.remember_variant(place.variant_key(row))
    found = prepared(workup, row, reasons_of)
    with middle:
        _middle(found, reasons_of, imagine)
    with right:
        clinical_context(found.candidate, key="review-record", lit=found.lit)
    return row


def _middle(found: Prepared, reasons_of: Explain, imagine: Imagine) -> None:
    candidate, reasons = found.candidate, found.reasons
    variant_heading(candidate, key="review-heading", sentence=reasons.sentence)
    with st.container(key="review_why"):
        tabs = st.tabs(TABS, key="review-tab", on_change="rerun")
        panels = (
            lambda: explanation_panel(reasons, key="review-why"),
            lambda: evidence_panel(candidate, key="review-evidence"),
            lambda: phenotype_panel(candidate, key="review-phenotype"),
            lambda: family_panel(candidate, key="review-family"),
            lambda: comparison_panel(candidate.workup, candidate.row, reasons_of, key="review-compare"),
            lambda: what_if_panel(candidate.workup, candidate.row, imagine, key="review-what-if"),
        )
        for tab, panel in zip(tabs, panels, strict=True):
            if tab.open:  # a hidden tab costs a move as much as a visible one
                with tab:
                    panel()
    genome_signal(candidate.workup, candidate.row, key=READS)


def nothing_ranked(workup: Workup) -> None:
    """No variant was left: say where they went."""
    steps = [el("li", f"{s.title}: {s.left:,} left ({s.threshold})") for s in workup.evidence.funnel if s.left]
    draw(
        el(
            "div",
            el("p", "No variant of this file was ranked", cls="empty-title"),
            el("ul", *steps),
            el("p", "All variants shows every one of them, and why it left."),
            cls="cb empty",
        ),
        key="review-nothing",
    )

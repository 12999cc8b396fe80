"""The heart: list, reasons, reads and record of one patient, redrawn together in one fragment."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import decision_notice, place, review_layout, steady_heap
from components.candidate import Candidate
from components.clinical_context import clinical_context, has_trends, record_trends
from components.comparison_panel import Imagine, comparison_panel, what_if_panel
from components.decision_desk import Desk
from components.decision_marks import list_desk
from components.decision_panel import decision_panel, obey
from components.drawing import draw, el
from components.evidence_panel import evidence_panel, family_panel, phenotype_panel, variant_heading
from components.explanation_panel import explanation_panel
from components.genome_browser import genome_pane, genome_pane_follows, genome_signal
from components.look_ahead import Explain, Prepared, prepared
from components.other_transcripts import other_transcripts
from components.ranked_list import Deciding, ranked_list, ranking_version
from models.review.commands import Consent
from models.review.consent import Recorded, allows
from models.workup import Workup

READS = "review-reads"
TABS = ("Why here", "Evidence", "Phenotype", "Family and call", "Compare", "What if")
DECIDE = "Decide"


def case_review(
    workup: Workup, reasons_of: Explain, imagine: Imagine, agreed: Callable[[], Recorded], desk: Desk | None = None
) -> None:
    """The screen of one case. reasons_of: why a row has its place; imagine: what would change it; agreed: the
    consent on record at this moment; desk: where this person decides, None where nobody does."""
    steady_heap.settle(ranking_version(workup))
    genome_pane_follows(key=READS)
    with review_layout.grid():
        row = _case_review(workup, reasons_of, imagine, agreed, agreed(), desk)
        if row is not None:
            with review_layout.reads():
                genome_pane(workup, row, key=READS)
        if has_trends(workup.case.record):
            with review_layout.trends():
                record_trends(workup.case.record, key="review-trends")


@st.fragment
def _case_review(
    workup: Workup,
    reasons_of: Explain,
    imagine: Imagine,
    agreed: Callable[[], Recorded],
    drawn: Recorded,
    desk: Desk | None,
) -> int | None:
    """Everything that follows the selected variant, which is returned; None in an empty ranking. drawn: the consent
    that the rest of the page shows; once another is on record, the whole page is drawn again."""
    if (recorded := agreed()) != drawn:
        st.rerun()
    left, middle, right = review_layout.areas()
    with left:
        deciding = _deciding(workup, desk) if desk else None
        secondary, at = allows(Consent.SECONDARY_FINDINGS, recorded), place.variant_row()
        row = ranked_list(workup, key="review-list", selected_row=at, deciding=deciding, secondary=secondary)
    if row is None:
        with middle:
            nothing_ranked(workup)
        return None
    place.remember_variant(place.variant_key(row))
    found = prepared(workup, row, reasons_of)
    with middle:
        _middle(found, reasons_of, imagine, desk)
    with right:
        clinical_context(found.candidate, key="review-record", lit=found.lit)
    return row


def _deciding(workup: Workup, desk: Desk) -> Deciding:
    def press(said: Mapping[str, Any] | None) -> None:
        obey(said, desk, workup)

    return Deciding(list_desk(workup, desk, desk.state()), press)


def _told(workup: Workup, desk: Desk) -> None:
    """What stands in the way of the last decision, and the same again when the person insists."""
    if again := decision_notice.notice(desk.case_id, key="review-told"):
        obey(again, desk, workup)
        st.rerun(scope="fragment")


def _middle(found: Prepared, reasons_of: Explain, imagine: Imagine, desk: Desk | None) -> None:
    candidate, reasons = found.candidate, found.reasons
    variant_heading(candidate, key="review-heading", sentence=reasons.sentence)
    with st.container(key="review_why"):
        if desk:
            _told(candidate.workup, desk)
        tabs = st.tabs((*TABS, DECIDE) if desk else TABS, key="review-tab", on_change="rerun")
        decide: list[Callable[[], None]] = []
        if desk:
            decide = [lambda: decision_panel(candidate, desk, key="review-decide")]
        panels: tuple[Callable[[], None], ...] = (
            lambda: explanation_panel(reasons, key="review-why"),
            lambda: _evidence(candidate),
            lambda: phenotype_panel(candidate, key="review-phenotype"),
            lambda: family_panel(candidate, key="review-family"),
            lambda: comparison_panel(candidate.workup, candidate.row, reasons_of, key="review-compare"),
            lambda: what_if_panel(candidate.workup, candidate.row, imagine, key="review-what-if"),
            *decide,
        )
        for tab, panel in zip(tabs, panels, strict=True):
            if tab.open:  # a hidden tab costs a move as much as a visible one
                with tab:
                    panel()
    genome_signal(candidate.workup, candidate.row, key=READS)


def _evidence(candidate: Candidate) -> None:
    evidence_panel(candidate, key="review-evidence")
    other_transcripts(candidate, key="review-transcripts")


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

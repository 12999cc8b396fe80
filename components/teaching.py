"""Sample patients with the answer hidden: read, commit to candidates and a class, then compare."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from components import phrases, place, review_layout, text
from components.candidate import Candidate, gather
from components.clinical_context import clinical_context, has_trends, record_trends
from components.drawing import Node, draw, el
from components.evidence_panel import evidence_panel, family_panel, phenotype_panel, variant_heading
from components.explanation_panel import explanation_panel
from components.genome_browser import genome_browser
from components.last_few import LastFew
from components.ranked_list import blind_list
from components.teaching_start import kept_key, learner_now
from models.intake.answer import ExpertAnswer
from models.ranking import Explanation
from models.review.blind_record import without_genetic_results
from models.review.teaching import CLASSES, MOST_TO_READ, NO_VARIANT, Commitment, Comparison, allele_of
from models.workup import Workup

MOST_CANDIDATES = 5
REASON_CHARS = 600
NAME_CHARS = 40
_blinded: LastFew[Workup, Workup] = LastFew(2)


@dataclass(frozen=True)
class Desk:
    """What the form of a learner does. Each of them reruns the page.

    commit: save an answer under a name. show: the answer saved under that name. has_answered: whether there is one.
    """

    commit: Callable[[str, Commitment], None]
    show: Callable[[str], None]
    has_answered: Callable[[str], bool]


def blind_reading(workup: Workup, desk: Desk) -> None:
    """The case without rank, score, class, genetic result of the record or answer, and the form to commit."""
    workup = blinded(workup)
    with review_layout.grid():
        _blind_reading(workup, desk)
        if has_trends(workup.case.record):
            with review_layout.trends():
                record_trends(workup.case.record, key="blind-trends")


def blinded(workup: Workup) -> Workup:
    """The same work-up with the record as a learner may read it; the same object as long as the case is."""

    def made() -> Workup:
        genes = (str(gene) for gene in workup.evidence.frame["gene"].dropna().unique())
        record = without_genetic_results(workup.case.record, genes)
        return replace(workup, case=replace(workup.case, record=record))

    return _blinded.of(workup, made)


@st.fragment
def _blind_reading(workup: Workup, desk: Desk) -> None:
    left, middle, right = review_layout.areas()
    with left:
        text.quiet(what_is_listed(len(workup.ranking.table)))
        row = blind_list(workup, key="blind-list", selected_row=place.variant_row())
    if row is None:
        middle.text("No variant of this patient was ranked.")
        return
    place.remember_variant(place.variant_key(row))
    candidate = gather(workup, row)
    with middle:
        _middle(candidate)
    with review_layout.reads():
        genome_browser(candidate.workup, candidate.row, key="blind-reads")
    with right:
        _answer_form(candidate, desk)
        clinical_context(candidate, key="blind-record", lit=(), compared=False)


def _middle(candidate: Candidate) -> None:
    variant_heading(candidate, key="blind-heading", with_rank=False)
    with st.container(key="review_why"):
        evidence, phenotype, family = st.tabs(("Evidence", "Phenotype", "Family and call"))
        with evidence:
            evidence_panel(candidate, key="blind-evidence", blind=True)
        with phenotype:
            phenotype_panel(candidate, key="blind-phenotype")
        with family:
            family_panel(candidate, key="blind-family", blind=True)


def what_is_listed(remaining: int) -> str:
    """Which variants the learner reads, and that the model chose none of them."""
    if remaining <= MOST_TO_READ:
        return f"All {remaining} variants left by the funnel, in genomic order."
    rule = "the rarest, then those of greater predicted effect; the model has no say"
    return f"{MOST_TO_READ} of {remaining:,} variants left by the funnel ({rule}), in genomic order."


def _answer_form(candidate: Candidate, desk: Desk) -> None:
    """Who reads, candidates gathered so far, a class, a reason, and the button that ends the blindness."""
    case_id, variants = candidate.workup.case.id, candidate.workup.case.variants
    kept: list[int] = st.session_state.setdefault(kept_key(case_id), [])
    with st.container(border=True, key="blind_form"):
        draw(_kept_tree(candidate.workup, kept), key="blind-kept")
        _candidate_button(candidate.row, kept)
        chosen = st.selectbox("Your class", CLASSES, index=None, key="blind-class")
        reason = st.text_area("Why", max_chars=REASON_CHARS, height=68, key="blind-reason")
        learner = st.text_input("Your name or initials", learner_now(), max_chars=NAME_CHARS, key="blind-learner")
        if desk.has_answered(learner) and st.button("See my earlier answer", width="stretch", key="blind-earlier"):
            desk.show(learner)
        if st.button("Commit and see the answer", type="primary", width="stretch", key="blind-commit"):
            problem = what_is_missing(len(kept), chosen, learner)
            if problem or chosen is None:
                st.warning(problem)
                return
            desk.commit(learner, Commitment(tuple(allele_of(r, variants) for r in kept), chosen, reason.strip()))


def _candidate_button(row: int, kept: list[int]) -> None:
    here = row in kept
    label = "Take this variant out" if here else "Make this variant a candidate"
    full = not here and len(kept) >= MOST_CANDIDATES
    turn = kept.remove if here else kept.append
    st.button(label, width="stretch", disabled=full, key="blind-toggle", on_click=turn, args=(row,))


def what_is_missing(candidates: int, chosen: str | None, learner: str) -> str:
    """Why one cannot commit yet, "" when one can."""
    if not learner.strip():
        return "Give your name or initials first: others learn on this computer too."
    if chosen is None:
        return "Choose a class first; 'no variant explains the patient' is an answer too."
    if chosen == NO_VARIANT and candidates:
        return "You say that no variant explains the patient: take your candidates out, or choose a class for them."
    if chosen != NO_VARIANT and not candidates:
        return "Make at least one variant a candidate, or say that no variant explains the patient."
    return ""


def _kept_tree(workup: Workup, kept: list[int]) -> Node:
    if not kept:
        return el("p", "No candidate yet: select a variant and add it.", cls="cb cb-muted")
    frame, genes = workup.case.variants.frame, workup.evidence.frame["gene"]
    items = [el("li", f"{genes[row] or 'no gene'} {phrases.change(frame.loc[row].to_dict())}") for row in kept]
    return el("div", el("h3", f"Your candidates ({len(kept)})"), el("ol", *items), cls="cb section")


def revealed(
    workup: Workup, comparison: Comparison, answer: ExpertAnswer, reasons_of: Callable[[Workup, int], Explanation]
) -> None:
    """The answer beside the learner's and the model's, with the model's reasons for the causal variant."""
    draw(verdict_tree(comparison), key="reveal-verdict")
    left, right = st.columns((5, 4), gap="medium")
    with left:
        draw(comparison_tree(comparison), key="reveal-table")
        for row in (v.row for v in comparison.variants if v.by_experts and v.rank):
            variant_heading(gather(workup, row), key=f"reveal-heading-{row}", sentence=reasons_of(workup, row).sentence)
            explanation_panel(reasons_of(workup, row), key=f"reveal-why-{row}")
        draw(_sources(answer), key="reveal-sources")
    with right:
        draw(_expert_tree(answer), key="reveal-expert")


def verdict_tree(comparison: Comparison) -> Node:
    """One sentence first."""
    causal = comparison.found + comparison.missed
    if not causal:
        right = not any(v.by_learner for v in comparison.variants)
        said = (
            "Right: nothing in this file explains the patient."
            if right
            else "Nothing in this file explains the patient."
        )
    else:
        noun = comparison.noun if causal == 1 else f"{comparison.noun}s"
        said = f"You found {comparison.found} of {causal} {noun}"
        said += f", with {comparison.beside} beside." if comparison.beside else "."
    same = "agrees with" if comparison.agrees_on_class else "differs from"
    classes = f"Your class ({comparison.learner_class}) {same} the experts' ({comparison.expert_class})."
    first, then = (classes, said) if comparison.is_uncertain else (said, classes)
    return el("div", el("h2", first, cls="gene"), el("p", then), cls="cb verdict")


def comparison_tree(comparison: Comparison) -> Node:
    head = el("tr", *(el("th", n, scope="col") for n in ("Variant", "You", "Experts", "The model")))
    word = "a lead" if comparison.is_uncertain else "causal"
    rows = [
        el(
            "tr",
            el("td", v.name),
            el("td", "✓ candidate" if v.by_learner else "– not chosen"),
            el("td", f"✓ {word}" if v.by_experts else f"– not {word}"),
            el("td", f"rank {v.rank}" if v.rank else "not ranked"),
        )
        for v in comparison.variants
    ]
    if not rows:
        return el("p", "Neither you nor the experts named a variant.", cls="cb")
    caption = el("caption", "Your candidates beside the experts' and the model's")
    return el("table", caption, el("thead", head), el("tbody", *rows), cls="cb grid")


def _expert_tree(answer: ExpertAnswer) -> Node:
    facts = [
        ("Disease", answer.disease),
        ("Inheritance", answer.mode),
        ("Class", answer.acmg_class),
        ("Criteria", ", ".join(answer.criteria)),
        ("Assigned by", answer.criteria_source),
    ]
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in facts if value]
    points = [el("li", point) for point in answer.teaching_points]
    return el(
        "div",
        el("section", el("h3", "The expert answer"), el("p", answer.explanation), cls="section"),
        el("section", el("dl", *rows), cls="block section"),
        el("section", el("h3", "The trap"), el("p", answer.trap), cls="section") if answer.trap else None,
        el("section", el("h3", "To take away"), el("ul", *points), cls="section points") if points else None,
        cls="cb",
    )


def _sources(answer: ExpertAnswer) -> Node:
    items = [el("li", text.one_line(source, 300)) for source in answer.sources]
    return el("section", el("h3", "Sources"), el("ul", *items), cls="cb section points")

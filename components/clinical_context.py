"""The patient's record beside the variant: what matters for its gene is lit, and says why."""

from collections.abc import Iterable

import plotly.graph_objects as go
import streamlit as st

from components import lab_trends, record_sections, theme, timeline
from components.candidate import Candidate
from components.drawing import Node, draw, el
from components.last_few import CASES_KEPT_OPEN, LastFew
from components.pedigree import pedigree_tree
from components.theme import PLOTLY_CONFIG
from models.case import ClinicalRecord, Phenotype, Term
from models.evidence import explain_gene
from models.evidence.record_match import Lit, Mention, light_up, read_mentions, says_parents_related
from models.workup import Workup

_mentions: LastFew[ClinicalRecord, tuple[Mention, ...]] = LastFew(CASES_KEPT_OPEN)


def clinical_context(
    candidate: Candidate,
    *,
    key: str,
    hide_identity: bool = False,
    lit: Iterable[Lit] | None = None,
    compared: bool = True,
) -> None:
    """Family, problems, laboratory, medication, history and notes, lit for this gene.

    lit: what speaks for the gene when that is known already, None when it is to be worked out.
    compared: False where the record is shown without a word on how it fits (the blind reading).
    """
    found = lit_items(candidate) if lit is None else lit
    reading = record_sections.Reading.of(candidate.workup.case.record, found, hide_dates=hide_identity)
    draw(_tree(candidate, reading, compared=compared), key=key)


def has_trends(record: ClinicalRecord) -> bool:
    """Whether there is anything to draw over time."""
    return bool(_series(record)) or len(timeline.moments(record)) > 1


def record_trends(record: ClinicalRecord, *, key: str) -> None:
    """Laboratory trends and the timeline. They are the same whichever variant is selected."""
    series, story = _series(record), timeline.moments(record)
    if series:
        draw(_title("Laboratory trends"), key=f"{key}-labs-title")
        _chart(lab_trends.lab_figure(series, theme.palette()), f"{key}-labs", lab_trends.in_words(series))
    if len(story) > 1:
        draw(_title("Timeline"), key=f"{key}-time-title")
        _chart(timeline.timeline_figure(story, theme.palette()), f"{key}-time", timeline.in_words(story))


def _series(record: ClinicalRecord) -> lab_trends.Series:
    return tuple(one for one in lab_trends.lab_series(record.labs) if len(one[1]) > 1)


def lit_items(candidate: Candidate) -> tuple[Lit, ...]:
    """What of the record to light for the candidate's gene."""
    if not candidate.gene:
        return ()
    mentions = mentions_of(candidate.workup)
    terms = Phenotype(tuple({m.term_id: Term(m.term_id, m.label) for m in mentions}.values()))
    found = explain_gene(terms, candidate.gene, candidate.workup.knowledge, candidate.disease[0]) if terms.terms else ()
    return light_up(
        candidate.workup.case.record, mentions, candidate.gene, {m.term_id: m for m in (*candidate.matches, *found)}
    )


def mentions_of(workup: Workup) -> tuple[Mention, ...]:
    """The record read into terms, once."""
    from models.knowledge import suggest_terms

    record = workup.case.record
    return _mentions.of(record, lambda: read_mentions(record, lambda words: suggest_terms(words, workup.knowledge.hpo)))


def _tree(candidate: Candidate, reading: record_sections.Reading, *, compared: bool) -> Node:
    related = says_parents_related(reading.record)
    family = pedigree_tree(candidate.workup.case.pedigree, candidate.calls, parents_related=related)
    drawn = el("section", el("h3", "Family"), family, cls="section")
    region = {"role": "region", "tabindex": "0", "aria_label": "Clinical record"}
    if reading.record.is_empty:
        return el("div", drawn, _no_record(), cls="cb", **region)
    parts = (
        record_sections.lit_line(reading, candidate.gene) if compared else None,
        drawn,
        record_sections.problems(reading),
        record_sections.latest_labs(reading),
        record_sections.medications(reading),
        record_sections.relatives(reading),
        _hidden() if reading.hide_dates else record_sections.notes(reading),
        record_sections.rest(reading.record),
    )
    return el("div", *parts, cls="cb", **region)


def _no_record() -> Node:
    return el(
        "div",
        el("p", "No clinical record came with this case", cls="empty-title"),
        el(
            "p",
            "Add a FHIR R4 bundle (JSON) in the worklist to see problems, medication, laboratory and notes.",
        ),
        cls="empty",
    )


def _hidden() -> Node:
    return el("p", "Notes and the timeline are not shown while identity is hidden.", cls="cb cb-muted")


def _chart(figure: go.Figure, key: str, said: str) -> None:
    st.plotly_chart(figure, key=key, config=PLOTLY_CONFIG, theme=None, alt=said)


def _title(words: str) -> Node:
    """Focusable, so that the place it stands in can be scrolled by keyboard."""
    return el("div", el("h3", words), cls="cb section", role="region", tabindex="0", aria_label=words)

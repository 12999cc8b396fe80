"""What the terms point at, and what to ask or examine next."""

from typing import Any

import streamlit as st

from components import text
from components.choices import Action, Choice, choices
from components.drawing import Node, draw, el
from components.phenotype_editor import Edit, SetTerm
from models.case import Phenotype, Term
from models.evidence.phenotype_questions import next_questions
from models.evidence.types import PhenotypeEvidence
from models.knowledge import Knowledge

DISEASES_SHOWN = 8
QUESTIONS_SHOWN = 4
_COLUMNS = (("Disease", ""), ("Genes", ""), ("Fit", "num"))


def candidate_diseases(evidence: PhenotypeEvidence) -> None:
    """Diseases whose annotated features fit the terms best, with their genes."""
    st.header("Candidate diseases")
    if not evidence.used:
        st.text("Not assessed: no feature of the patient is recorded yet.")
        return
    best = evidence.diseases.head(DISEASES_SHOWN)
    head = el("tr", *(el("th", name, scope="col", cls=cls) for name, cls in _COLUMNS))
    rows = [_disease(one) for one in best.itertuples()]
    caption = el("caption", "Candidate diseases, best fit first")
    draw(el("table", caption, el("thead", head), el("tbody", *rows), cls="cb grid"), key="candidate-diseases")
    text.quiet(f"Fit: natural-log likelihood ratio, from {evidence.source}. An ordering aid, not a diagnosis.")


def _disease(one: Any) -> Node:
    named = el("td", text.one_line(one.label, 200), el("small", f" {one.disease_id}", cls="cb-muted"))
    genes = text.one_line(", ".join(one.genes), 60) or "none known"
    return el("tr", named, el("td", genes), el("td", f"{one.log_lr:.1f}", cls="num"))


def what_to_ask_next(phenotype: Phenotype, evidence: PhenotypeEvidence, knowledge: Knowledge) -> Edit | None:
    """Features not recorded yet whose answer would narrow the leading diseases most; the answer given."""
    st.header("What to ask or examine next")
    asked = next_questions(phenotype, evidence, knowledge, QUESTIONS_SHOWN) if evidence.used else ()
    if not asked:
        st.text("Nothing would narrow the leading diseases further." if evidence.used else "Add a feature first.")
    rows = [
        Choice(
            q.term_id,
            q.label,
            lines=(f"Points to {', '.join(q.points_to[:3])}" if q.points_to else "Rare in all leading diseases",),
            actions=(Action("include", "Present"), Action("exclude", "Not there")),
        )
        for q in asked
    ]
    pressed = choices("Questions", rows, key="questions", layout="tight", gone=knowledge.hpo)
    if pressed is None:
        return None
    return SetTerm(Term(pressed.id, knowledge.hpo.label(pressed.id), pressed.action == "exclude", origin="typed"))

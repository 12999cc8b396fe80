"""What the terms point at, and what to ask or examine next."""

import streamlit as st

from components import text
from components.choices import Action, Choice, choices
from components.phenotype_editor import Edit, SetTerm
from models.case import Phenotype, Term
from models.evidence.phenotype_questions import next_questions
from models.evidence.types import PhenotypeEvidence
from models.knowledge import Knowledge

DISEASES_SHOWN = 8
QUESTIONS_SHOWN = 4


def candidate_diseases(evidence: PhenotypeEvidence) -> None:
    """Diseases whose annotated features fit the terms best, with their genes."""
    st.header("Candidate diseases")
    if not evidence.used:
        st.text("Not assessed: no feature of the patient is recorded yet.")
        return
    best = evidence.diseases.head(DISEASES_SHOWN)
    shown = {
        "Disease": [text.cell(label) for label in best["label"]],
        "Genes": [text.cell(", ".join(genes)) for genes in best["genes"]],
        "Fit": [f"{value:.1f}" for value in best["log_lr"]],
        "Id": [text.cell(i) for i in best["disease_id"]],
    }
    widths = {"Disease": 250, "Genes": 90, "Fit": 55, "Id": 110}
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
        alt="Candidate diseases, best fit first",
    )
    text.quiet(f"Fit: natural-log likelihood ratio, from {evidence.source}. An ordering aid, not a diagnosis.")


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

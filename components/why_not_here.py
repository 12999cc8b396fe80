"""“Why not here?”: any variant by gene, HGVS or coordinate gets its verdict, value against threshold."""

import streamlit as st

from components import text
from components.choices import Action, Choice, choices
from components.variant_table import STEP_WORDS
from models.case import Case
from models.errors import CaseboardError
from models.evidence import where_are
from models.evidence.types import Step, VariantEvidence, Whereabouts
from models.ranking import Ranking

ANSWERS_SHOWN = 20
FEW = 4
ANSWERS_HEIGHT = 230


def ask_why(*, key: str) -> str:
    """The search field; what was asked, "" when nothing."""
    return st.text_input(
        "Why not here?",
        key=f"{key}-query",
        type="search",
        max_chars=200,
        placeholder="Any variant by gene, HGVS or coordinate: SCN1A, c.2836C>T, p.Arg946Cys, chr2-166045086-G-A",
        help="Where it is in the ranking, or at which step it left, with its value against the threshold.",
    ).strip()


def why_not_here(query: str, case: Case, evidence: VariantEvidence, ranking: Ranking, *, key: str) -> int | None:
    """The answers; the row of a ranked variant the person asked to open, None otherwise."""
    if not query:
        return None
    try:
        answers = where_are(query, case, evidence, ranking.rank_of)
    except CaseboardError as problem:
        st.warning(text.label(problem.sentence, 400), icon=":material/search_off:")
        return None
    with st.container(border=True, height=ANSWERS_HEIGHT if len(answers) > FEW else "content"):
        rows = [_answer(number, answer) for number, answer in enumerate(answers[:ANSWERS_SHOWN])]
        pressed = choices("Where the variants asked for are", rows, key=f"{key}-answers", layout="tight")
    if len(answers) > ANSWERS_SHOWN:
        st.text(f"{len(answers):,} variants match; the first {ANSWERS_SHOWN} are shown. Name one more closely.")
    return answers[int(pressed.id)].row if pressed else None


def _answer(number: int, answer: Whereabouts) -> Choice:
    """The verdict in a word, the sentence that gives value and threshold, and a button when it is ranked."""
    if not answer.found:
        return Choice(str(number), "Not in the file", lines=(answer.sentence,), actions=())
    if answer.rank is None:
        return Choice(
            str(number), STEP_WORDS[answer.step or Step.RANKED].capitalize(), lines=(answer.sentence,), actions=()
        )
    return Choice(str(number), f"Rank {answer.rank}", lines=(answer.sentence,), actions=(Action("open", "Open"),))

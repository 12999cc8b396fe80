"""The board: one candidate of one patient on a projector, walked by keys, identity hidden by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import streamlit as st

from components import phrases, place, projector_layout, theme
from components.acmg_panel import CLASSES, suggested
from components.banner import board_banner
from components.board_features import board_features
from components.candidate import Candidate
from components.clinical_context import clinical_context, has_trends, record_trends
from components.decision_marks import SHORT, decided_rows
from components.drawing import Node, browser_side, draw, el
from components.evidence_panel import inheritance_sentence, variant_heading
from components.genome_browser import genome_browser
from components.look_ahead import Explain, Prepared, prepared
from components.pedigree import pedigree_tree
from components.waterfall import waterfall_tree
from models.case import State
from models.review import ReviewState
from models.review.second_reading import outcome_of
from models.review.state import EMPTY
from models.review.teaching import allele_of
from models.workup import Workup

CANDIDATES = 50
_HIDDEN, _VIEW, _KEYS_KEY = "identity", "view", "board-keys"

_keys = st.components.v2.component(
    "caseboard_projector_keys",
    html='<div class="cb keys" role="toolbar" aria-label="Board keys"></div>',
    css=theme.COMPONENT_CSS + browser_side("projector_keys.css"),
    js=browser_side("projector_keys.js"),
)


class View(str, Enum):
    """What the lower part shows."""

    REASONS = "reasons"
    READS = "reads"
    RECORD = "record"


@dataclass(frozen=True)
class Key:
    """One key of the board: what the browser calls it, how it is printed, what it does."""

    code: str
    printed: str
    does: str


KEYS = (
    Key("ArrowLeft", "←", "previous candidate"),
    Key("ArrowRight", "→", "next candidate"),
    Key("PageUp", "Page ↑", "previous patient"),
    Key("PageDown", "Page ↓", "next patient"),
    Key("1", "1", "reasons"),
    Key("2", "2", "reads"),
    Key("3", "3", "record"),
    Key("h", "H", "hide identity"),
    Key("Escape", "Esc", "leave"),
)


@st.fragment
def projector(
    workup: Workup, reasons_of: Explain, patients: Sequence[str], decided: ReviewState = EMPTY, readers: int = 1
) -> None:
    """The board for one patient. patients: case ids in the order of the session, this one among them; decided: what
    people decided, where `readers` must read a variant."""
    rows = in_order(workup, decided)
    projector_layout.apply()
    _listen(rows, workup.case.id, patients)
    hidden = is_hidden()
    board_banner(workup, key="board-banner", hide_identity=hidden)
    if not rows:
        st.text("No variant of this patient was ranked.")
        return
    found = prepared(workup, step(rows, place.variant_row(), 0), reasons_of)
    with st.container(key="board_head"):
        variant_heading(found.candidate, key="board-heading", sentence=found.reasons.sentence)
    with st.container(key="board_body"):
        _VIEWS[_view()](found, hidden, class_line(found.candidate, decided, readers))


def in_order(workup: Workup, decided: ReviewState) -> list[int]:
    """The rows to walk: what people shortlisted first, then the ranking."""
    ranked = [int(r) for r in workup.ranking.table["row"].to_numpy()]
    rows = decided_rows(workup, decided)
    chosen = [rows[allele] for allele in decided.shortlisted if rows.get(allele) in ranked]
    return list(dict.fromkeys((*chosen, *ranked[:CANDIDATES])))


def class_line(candidate: Candidate, decided: ReviewState, readers: int) -> str:
    """The class that people gave, beside the suggested one."""
    variant = decided.variant(allele_of(candidate.row, candidate.workup.case.variants))
    outcome = outcome_of(variant, readers)
    given = outcome.settled
    said = f"{CLASSES[given.acmg_class]} ({given.event.who})" if given else outcome.stage.value
    return f"{said}; suggested {SHORT[suggested(candidate).suggested]}"


def step(rows: Sequence[int], current: int | None, by: int) -> int:
    """The row `by` places further, stopping at the ends."""
    at = rows.index(current) if current in rows else 0
    return rows[min(len(rows) - 1, max(0, at + by))]


def is_hidden() -> bool:
    """Whether identity is hidden: remembered over patients by the session, over a refresh by the address."""
    hidden = st.session_state.get("board_hidden", st.query_params.get(_HIDDEN) == "hidden")
    _say(bool(hidden))
    return bool(hidden)


def _say(hidden: bool) -> None:
    st.session_state["board_hidden"] = hidden
    if hidden:
        st.query_params[_HIDDEN] = "hidden"
    elif _HIDDEN in st.query_params:
        del st.query_params[_HIDDEN]


def _view() -> View:
    asked = st.query_params.get(_VIEW, "")
    return View(asked) if asked in {v.value for v in View} else View.REASONS


def _listen(rows: list[int], case_id: str, patients: Sequence[str]) -> None:
    """Print the keys and do what the pressed one says."""
    keys = [{"code": k.code, "printed": k.printed, "does": k.does} for k in KEYS]
    pressed = _keys(
        key=_KEYS_KEY,
        data={"keys": keys, "hidden": is_hidden()},
        on_command_change=lambda: obey(str(st.session_state[_KEYS_KEY].command or ""), rows),
    )
    if pressed.command == "Escape":
        place.go_to_case(case_id)
    other = neighbour(patients, case_id, str(pressed.command or ""))
    if other:
        place.go_to_case(other, "pages/board.py")


def obey(code: str, rows: Sequence[int]) -> None:
    """What a key changes on this patient's board."""
    if code in {"ArrowLeft", "ArrowRight"} and rows:
        to = step(rows, place.variant_row(), 1 if code == "ArrowRight" else -1)
        place.remember_variant(place.variant_key(to))
    elif code in {"1", "2", "3"}:
        st.query_params[_VIEW] = list(View)[int(code) - 1].value
    elif code == "h":
        _say(not is_hidden())


def neighbour(patients: Sequence[str], case_id: str, code: str) -> str:
    """The patient a key leads to, "" when it leads nowhere."""
    by = {"PageUp": -1, "PageDown": 1}.get(code)
    if by is None or case_id not in patients:
        return ""
    at = list(patients).index(case_id) + by
    return patients[at] if 0 <= at < len(patients) else ""


def _reasons(found: Prepared, hidden: bool, of_class: str) -> None:
    candidate, reasons = found.candidate, found.reasons
    left, right = st.columns((58, 42), gap="medium")
    with left.container(key="board_chart"):
        draw(waterfall_tree(reasons, tall=True), key="board-chart")
    with right:
        told = (_facts(candidate, of_class), board_features(candidate))
        draw(el("div", *told, role="region", tabindex="0", aria_label="Facts and features"), key="board-facts")


def _reads(found: Prepared, hidden: bool, of_class: str) -> None:
    candidate = found.candidate
    left, right = st.columns((72, 28), gap="medium")
    with left.container(key="board_reads"):
        genome_browser(candidate.workup, candidate.row, key="board-reads")
    with right:
        tree = el("div", pedigree_tree(candidate.workup.case.pedigree, candidate.calls), cls="cb big")
        draw(tree, el("p", inheritance_sentence(candidate), cls="cb"), key="board-family")


def _record(found: Prepared, hidden: bool, of_class: str) -> None:
    candidate = found.candidate
    with st.container(key="board_record"):
        clinical_context(candidate, key="board-record", hide_identity=hidden, lit=found.lit)
        if not hidden and has_trends(candidate.workup.case.record):
            record_trends(candidate.workup.case.record, key="board-trends")


_VIEWS = {View.REASONS: _reasons, View.READS: _reads, View.RECORD: _record}


def _facts(candidate: Candidate, of_class: str) -> Node:
    v = candidate.variant
    found = v["clinvar_state"] == State.FOUND
    clinvar = str(v["clinvar_significance"]) if found else phrases.NOT_ASSESSED
    if v["clinvar_state"] == State.ABSENT:
        clinvar = "no record"
    rows = (
        ("Class", of_class),
        ("The list", candidate.workup.confidence.short),
        ("Databases", f"{phrases.frequency_full(v)}; ClinVar: {clinvar}"),
        ("Inheritance", inheritance_sentence(candidate)),
    )
    return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows), cls="cb board-facts")

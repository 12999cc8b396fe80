"""The patient's features against a gene's disease, short enough to stand on a projector without scrolling."""

from collections.abc import Sequence

from components.candidate import Candidate
from components.drawing import Node, el
from components.evidence_panel import MATCH_MARKS, features_lead, without_features
from models.evidence import TermMatch

# What a clinician asks first: why is an expected feature missing?
EXCLUDED = {
    "excluded but expected": "Not there although expected",
    "excluded, seen in some": "Not there, seen in some",
    "excluded, agrees": "Not there, as in the disease",
}


def board_features(candidate: Candidate) -> Node:
    """One line a feature present, then one line for each kind of excluded ones."""
    if missing := without_features(candidate):
        return missing
    present = [m for m in candidate.matches if m.kind not in EXCLUDED]
    head = el("tr", el("th", "Patient's feature", scope="col"), el("th", "In the gene's disease", scope="col"))
    table = el("table", el("thead", head), el("tbody", *(_row(m) for m in present)), cls="grid tight")
    lines = [_excluded(kind, candidate.matches) for kind in EXCLUDED]
    return el("div", el("p", features_lead(candidate), cls="lead"), table, *lines, cls="cb")


def _row(match: TermMatch) -> Node:
    mark = MATCH_MARKS.get(match.kind, "○")
    often = f" ({match.frequency_text})" if match.frequency_text else ""
    same = match.kind == "exact" or not match.gene_term_label
    said = f"{match.kind}{often}" if same else f"{match.kind}: {_short(match.gene_term_label)}{often}"
    return el(
        "tr",
        el("td", _short(match.term_label), title=match.term_label),
        el("td", el("span", mark, cls="mark", aria_hidden="true"), said, title=match.disease_label),
        cls=match.kind.split()[0].strip(","),
    )


def _excluded(kind: str, matches: Sequence[TermMatch]) -> Node | None:
    names = [_short(m.term_label) for m in matches if m.kind == kind]
    if not names:
        return None
    mark = el("span", MATCH_MARKS[kind], cls="mark", aria_hidden="true")
    return el("p", mark, el("strong", f" {EXCLUDED[kind]}: "), "; ".join(names), cls="absent")


def _short(label: str) -> str:
    """Without what HPO adds in brackets ("Febrile seizure (within the age range of ...)")."""
    return label.partition(" (")[0]

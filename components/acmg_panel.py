"""The ACMG/AMP criteria of the chosen variant: a suggested class with what it rests on and what it lacks.

The class is a human's. What is met comes first; what is not met and what could not be assessed wait closed, the latter
by what is missing, so that one sees which source would answer most.
"""

from collections.abc import Iterable

from components.candidate import Candidate
from components.drawing import Node, el
from components.last_few import CASES_KEPT_OPEN, LastFew
from models.case import Verdict
from models.evidence.acmg import CRITERIA, Class, CriterionResult, Strength, Suggestion, suggestion_of
from models.workup import Workup

YOURS = "a suggestion; the class is yours"
CLASSES = {
    Class.PATHOGENIC: "Pathogenic",
    Class.LIKELY_PATHOGENIC: "Likely pathogenic",
    Class.UNCERTAIN: "Uncertain significance",
    Class.LIKELY_BENIGN: "Likely benign",
    Class.BENIGN: "Benign",
}
STRENGTHS = {
    Strength.SUPPORTING: "supporting",
    Strength.MODERATE: "moderate",
    Strength.STRONG: "strong",
    Strength.VERY_STRONG: "very strong",
    Strength.STAND_ALONE: "stand-alone",
}
_TITLES = {c.code: c.title for c in CRITERIA}
_known: LastFew[Workup, dict[int, Suggestion]] = LastFew(CASES_KEPT_OPEN)


def suggested(candidate: Candidate) -> Suggestion:
    """The suggestion for the variant, worked out once for each work-up."""
    known = _known.of(candidate.workup, dict)
    if candidate.row not in known:
        known[candidate.row] = suggestion_of(candidate.workup, candidate.row, candidate.disease[1])
    return known[candidate.row]


def acmg_tree(suggestion: Suggestion) -> Node:
    """Suggested class and points, the criteria met, and two closed lists of the others."""
    by = {verdict: [r for r in suggestion.results if r.verdict is verdict] for verdict in Verdict}
    return el(
        "section",
        el("h3", "ACMG/AMP"),
        _class_line(suggestion),
        el("p", _why(suggestion), cls="cb-muted why") if by[Verdict.MET] else None,
        _met(by[Verdict.MET]),
        _closed("acmg-not-met", f"Not met ({len(by[Verdict.NOT_MET])})", _not_met(by[Verdict.NOT_MET])),
        _closed(
            "acmg-open",
            f"Not assessable ({len(by[Verdict.NOT_ASSESSABLE])})",
            _not_assessable(by[Verdict.NOT_ASSESSABLE]),
        ),
        cls="cb section acmg",
    )


def _class_line(suggestion: Suggestion) -> Node:
    points = f"{suggestion.points} point{'' if abs(suggestion.points) == 1 else 's'}".replace("-", "−")
    return el(
        "p",
        el("span", CLASSES[suggestion.suggested], cls="class"),
        el("span", points, cls="points-sum"),
        el("span", YOURS, cls="cb-muted"),
        cls="suggested",
    )


def _why(suggestion: Suggestion) -> str:
    """How the criteria were combined; they themselves stand below."""
    said = suggestion.sentence.partition("; ")[2] or suggestion.sentence.partition(": ")[2]
    return said[:1].upper() + said[1:]


def _met(results: list[CriterionResult]) -> Node:
    if not results:
        return el("p", "No criterion is met.", cls="cb-muted")
    head = el("tr", *(el("th", name, scope="col") for name in ("Criterion", "Because", "Source")))
    return el(
        "table",
        el("caption", "Criteria that are met"),
        el("thead", head),
        el("tbody", *(_met_row(r) for r in results)),
        cls="grid",
    )


def _met_row(result: CriterionResult) -> Node:
    mark = "▼" if result.is_benign else "▲"  # the mark says it too: colour alone must not
    side = "benign" if result.is_benign else "pathogenic"
    return el(
        "tr",
        el(
            "td",
            el("span", mark, cls=f"mark {'against' if result.is_benign else 'for'}", aria_hidden="true"),
            el("b", result.code),
            f" {STRENGTHS[result.strength]}",
            cls="keep",
            title=f"{_TITLES.get(result.code, '')} (speaks for {side})",
        ),
        el("td", result.reason),
        el("td", result.source, cls="cb-muted"),
    )


def _closed(key: str, title: str, body: Node) -> Node:
    return el("details", el("summary", title), body, data_key=key)


def _not_met(results: Iterable[CriterionResult]) -> Node:
    rows = [
        el("tr", el("td", el("b", r.code), cls="keep", title=_TITLES.get(r.code, "")), el("td", r.reason))
        for r in results
    ]
    return el("table", el("caption", "Criteria that are not met"), el("tbody", *rows), cls="grid")


def _not_assessable(results: Iterable[CriterionResult]) -> Node:
    """One line for each thing that is missing, with the criteria that wait for it."""
    waiting: dict[str, list[str]] = {}
    for result in results:
        waiting.setdefault(result.lacking, []).append(result.code)
    rows = [
        el("tr", el("td", el("b", ", ".join(codes))), el("td", f"needs {what}"))
        for what, codes in sorted(waiting.items(), key=lambda pair: -len(pair[1]))
    ]
    return el("table", el("caption", "Criteria that could not be assessed"), el("tbody", *rows), cls="grid")

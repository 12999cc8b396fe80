"""What a person had before them when they decided: it goes into the event, for whoever asks years later."""

from collections.abc import Mapping
from typing import Any

from components.acmg_panel import suggested
from components.candidate import Candidate
from models.case import Verdict
from models.evidence.acmg.codes import write_code
from models.review.second_reading import counted
from models.review.state import JudgedCriterion
from models.review.what_counts import sum_of
from models.workup import Workup


def of_case(workup: Workup) -> dict[str, Any]:
    """Releases in use, the ranking model and the case's content, by name, version and sha256."""
    return {
        "releases": [" ".join(filter(None, (r.name, r.version, r.assembly))) for r in workup.knowledge.releases],
        "model_sha256": workup.ranking.card.sha256,
        "case_sha256": workup.case.sha256,
    }


def of_variant(candidate: Candidate) -> dict[str, Any]:
    """`of_case`, the variant as it was named, its place, and the suggestion."""
    suggestion, v = suggested(candidate), candidate.variant
    return of_case(workup := candidate.workup) | {
        "variant": {
            "gene": candidate.gene,
            **{name: str(v[name] or "") for name in ("transcript", "hgvs_c", "hgvs_p")},
        },
        "rank": candidate.rank,
        "ranked": len(workup.ranking.table),
        "disease": candidate.disease[1],
        "suggested": {
            "class": suggestion.suggested.value,
            "points": suggestion.points,
            "why": suggestion.sentence,
            "criteria": [write_code(r.code, r.strength) for r in suggestion.results if r.verdict is Verdict.MET],
        },
    }


def of_reading(candidate: Candidate, own: Mapping[str, JudgedCriterion]) -> dict[str, Any]:
    """`of_variant`, and what the person's own criteria had come to. Only for what belongs to a reading: everything
    else is shown to the other reader at once."""
    come_to = sum_of(own, candidate.gene, candidate.disease[1])
    criteria = [write_code(code, s) for code, j in sorted(own.items()) if (s := counted(j))]
    return of_variant(candidate) | {
        "own": {"class": come_to.acmg_class.value, "points": come_to.points, "criteria": criteria}
    }

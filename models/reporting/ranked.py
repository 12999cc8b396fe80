"""The ranked list for the terminal and for other programs.

The columns are a contract: they keep their names and order; new ones are added at the end. A
looked-up value comes with its state, so that "absent" and "not assessed" stay two things.
"""

import json
import math
from typing import Any

from models.case import ANNOTATION_COLUMNS, State
from models.reporting import suggested
from models.reporting.cells import cell
from models.workup import Workup

_LOOKED_UP = ("transcript", "consequence", "hgvs_c", "hgvs_p", "clinvar_significance")
COLUMNS = (
    "rank", "variant", "gene", "score_log_odds", *(c for n in _LOOKED_UP for c in (n, f"{n}_state")),
    "frequency_fraction", "frequency_state", "zygosity", "inheritance", "second_hit", "phenotype_log_lr",
    "phenotype_state", "line", *suggested.COLUMNS,
)  # fmt: skip
_STATE_WORDS = {State.FOUND: "found", State.ABSENT: "absent", State.NOT_ASSESSED: "not assessed"}


def ranked_rows(workup: Workup, top: int, *, in_full: bool = False) -> list[dict[str, Any]]:
    """The first `top` ranked variants, best first; None where there is no value. in_full: with every ACMG criterion."""
    table = workup.ranking.table.head(max(0, top))
    return [
        _row(workup, int(rank), int(row), float(score), int(partner))
        | _suggested(workup, int(rank), int(row), in_full=in_full)
        for rank, row, score, partner in zip(
            table["rank"], table["row"], table["log_odds"], table["partner_row"], strict=True
        )
    ]


def _row(workup: Workup, rank: int, row: int, score: float, partner: int) -> dict[str, Any]:
    variant = workup.case.variants.frame.iloc[row]
    evidence = workup.evidence.frame.loc[row]
    gene = str(evidence["gene"]) or None
    fit = workup.phenotype.of(gene or "")
    found: dict[str, Any] = {
        "rank": rank,
        "variant": _name(workup, row),
        "gene": gene,
        "score_log_odds": round(score, 4),
    }
    for name in _LOOKED_UP:
        state = State(int(variant[ANNOTATION_COLUMNS[name][1]]))
        found[name] = str(variant[name]) if state is State.FOUND else None
        found[f"{name}_state"] = _STATE_WORDS[state]
    frequency = State(int(evidence["frequency_state"]))
    return found | {
        "frequency_fraction": float(evidence["frequency_fraction"]) if frequency is State.FOUND else None,
        "frequency_state": _STATE_WORDS[frequency],
        "zygosity": str(evidence["zygosity"]),
        "inheritance": str(evidence["best_mode"]) or None,
        "second_hit": _name(workup, partner) if partner >= 0 else None,
        "phenotype_log_lr": round(fit.log_lr, 4) if fit.state is State.FOUND else None,
        "phenotype_state": _STATE_WORDS[fit.state],
        "line": int(variant["line_number"]),
    }


def _suggested(workup: Workup, rank: int, row: int, *, in_full: bool) -> dict[str, Any]:
    suggestion = suggested.suggestion_at(workup, rank, row)
    more = {"acmg_results": suggested.in_full(suggestion)} if in_full else {}
    return suggested.flat(suggestion) | more


def _name(workup: Workup, row: int) -> str:
    variant = workup.case.variants.frame.iloc[row]
    return f"chr{variant['chrom']}-{variant['pos_1based']}-{variant['ref']}-{variant['alt']}"


def ranking_as_tsv(workup: Workup, top: int) -> str:
    """Tab-separated text with a header line; an empty cell is no value. releases: the same in every row, so
    that a row cut out of the table still says what it rests on."""
    rows, releases = ranked_rows(workup, top), "; ".join(f"{r.name} {r.version}" for r in workup.releases)
    lines = ["\t".join((*COLUMNS, "releases"))]
    lines += ["\t".join("" if v is None else cell(v) for v in (*row.values(), releases)) for row in rows]
    return "\n".join(lines) + "\n"


def ranking_as_json(workup: Workup, top: int) -> str:
    """One JSON document: case facts, model, releases, funnel and the ranked variants."""
    facts, card = workup.case.variants.facts, workup.ranking.card
    document = {
        "assembly": facts.assembly.value,
        "file_sha256": facts.sha256,
        "model": {"name": card.name, "version": card.version, "sha256": card.sha256},
        "releases": [
            {"name": r.name, "version": r.version, "released_on": r.released_on, "build": r.assembly or None}
            for r in workup.releases
        ],
        "funnel": [
            {"step": s.title, "threshold": s.threshold, "left": s.left, "remaining": s.remaining}
            for s in workup.evidence.funnel
        ],
        "findings": [{"code": f.code, "severity": f.severity.value, "sentence": f.sentence} for f in workup.findings],
        "ranked": ranked_rows(workup, top, in_full=True),
        "confidence": {
            "outcome": workup.confidence.outcome.value,
            "probability_first": _rounded(workup.confidence.probability),
            "probability_among_first_10": _rounded(workup.confidence.among_first),
            "sentence": workup.confidence.sentence,
            "unlike": [u.value for u in workup.confidence.unlike],
        },
        "use": "Research and education use; not a medical device.",
    }
    return json.dumps(document, indent=1, allow_nan=False, default=_plain) + "\n"


def _rounded(fraction: float | None) -> float | None:
    return None if fraction is None else round(fraction, 3)


def _plain(value: Any) -> Any:
    number = float(value)
    return None if math.isnan(number) else number

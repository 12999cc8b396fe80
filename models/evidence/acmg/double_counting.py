"""No evidence counts twice: the one place that says which criteria give way to which.

Each rule takes the results and returns them with what gives way turned into NOT_MET, and why.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from models.case import Verdict
from models.evidence.acmg.ba1 import GHOSH
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import CriterionResult, Strength

Results: TypeAlias = Mapping[str, CriterionResult]
# Pejaver 2022 (PMID:36413997): PP3 and PM1 rest on related facts; together they weigh at most strong.
PP3_WITH_PM1_POINTS = Strength.STRONG.value
_STEPS = (Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG)
# (what stands, what gives way, why)
GIVES_WAY: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("PVS1", ("PM4", "PP3"), "PVS1 counts the same loss (Abou Tayoun 2018, PMID:30192042)"),
    ("PS1", ("PM5",), "PS1 counts the same residue"),
    ("BA1", ("BS1", "PM2"), "BA1 counts the same frequency"),
    ("BS1", ("PM2",), "BS1 counts the same frequency"),
    ("PS2", ("PM6",), "PS2 counts the same parents"),
)


def settled(results: Iterable[CriterionResult], panel: Specification | None) -> tuple[CriterionResult, ...]:
    """The same results, in the same order, with nothing counted twice."""
    known: Results = {r.code: r for r in results}
    rules: tuple[Callable[[Results], Results], ...] = (
        _founder,
        _give_way,
        lambda r: _panel_excludes(r, panel),
        _cap_pp3_with_pm1,
        _strong_bp1,
    )
    for rule in rules:
        known = rule(known)
    return tuple(known.values())


def is_met(results: Results, code: str) -> bool:
    return code in results and results[code].verdict is Verdict.MET


def _without(results: Results, codes: Iterable[str], why: str) -> Results:
    return {
        code: replace(r, verdict=Verdict.NOT_MET, reason=f"not counted: {why}; else {r.reason}")
        if code in codes and r.verdict is Verdict.MET
        else r
        for code, r in results.items()
    }


def _founder(results: Results) -> Results:
    """BA1 at a panel's limit contradicts the loss of the protein: some founder alleles are that common.

    Ghosh 2018 (PMID:30311383) asks a person to look before BA1 is used against such evidence.
    """
    lost, common = results.get("PVS1"), results.get("BA1")
    if not (lost and common and is_met(results, "PVS1") and is_met(results, "BA1")):
        return results
    if lost.strength.value < Strength.STRONG.value or GHOSH in common.source:
        return results
    why = f"contradicts PVS1, and common founder alleles exist (Ghosh 2018, PMID:30311383); {common.reason}"
    asked = replace(common, verdict=Verdict.NOT_ASSESSABLE, reason=why, lacking="a person's word on founder alleles")
    return {**results, "BA1": asked}


def _give_way(results: Results) -> Results:
    for stands, gone, why in GIVES_WAY:
        if is_met(results, stands):
            results = _without(results, gone, why)
    return results


def _panel_excludes(results: Results, panel: Specification | None) -> Results:
    """Criteria beside which the panel does not count PM5."""
    excluded = panel.pm5.excludes if panel and panel.pm5 else ()
    beside = next((code for code in excluded if is_met(results, code)), None)
    return _without(results, ("PM5",), f"the panel does not count it beside {beside}") if beside else results


def _cap_pp3_with_pm1(results: Results) -> Results:
    if not (is_met(results, "PP3") and is_met(results, "PM1")):
        return results
    left = PP3_WITH_PM1_POINTS - results["PM1"].strength.value
    pp3 = results["PP3"]
    if pp3.strength.value <= left:
        return results
    fits = [s for s in _STEPS if s.value <= left]
    if not fits:
        return _without(results, ("PP3",), "PM1 already weighs strong (Pejaver 2022, PMID:36413997)")
    said = f"{pp3.reason}; with PM1 at most strong (Pejaver 2022, PMID:36413997)"
    return {**results, "PP3": replace(pp3, strength=fits[-1], reason=said)}


def _strong_bp1(results: Results) -> Results:
    """A strong BP1 holds what BP4 and BP7 say (ENIGMA, GN092 and GN097)."""
    if is_met(results, "BP1") and results["BP1"].strength is Strength.STRONG:
        return _without(results, ("BP4", "BP7"), "BP1 counts the same prediction")
    return results

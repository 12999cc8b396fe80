"""The marks of a list row that tell one variant from another: how it is inherited, and its second hit."""

from collections.abc import Mapping
from typing import Any

from components import phrases
from models.case import Case
from models.evidence.carrier import is_carrier_finding
from models.evidence.family import family_of
from models.evidence.needs import GeneTable
from models.evidence.types import Mode

CARRIER = "carrier"
CIS = "in cis"


def mode_chip(evidence: Mapping[str, Any], genes: GeneTable, *, family_speaks: bool, blind: bool = False) -> str:
    """The chip of a row, "" for none.

    Without a gene there is no disease to be inherited. "Dominant" is true of every heterozygote of a patient
    seen alone, so it is said only where a relative could have contradicted it (`family_speaks`). blind: for a
    learner, to whom "carrier" would tell ClinVar's class.
    """
    mode = str(evidence["best_mode"])
    if not str(evidence["gene"]):
        return ""
    if not blind and is_carrier_finding(evidence, genes):
        return CARRIER
    return "" if mode == Mode.DOMINANT.value and not family_speaks else phrases.mode(mode)


def family_speaks(case: Case) -> bool:
    """Whether a relative known to be affected or unaffected was sequenced."""
    return any(m.is_affected or m.is_unaffected for m in family_of(case).relatives)


def second_hit_rank(evidence: Mapping[str, Any], ranks: Mapping[int, int]) -> int | None:
    """Rank of the second hit; None without one, or where both changes lie on the same copy (one hit)."""
    if str(evidence["partner_phase"]) == CIS:
        return None
    return ranks.get(int(evidence["partner_row"]))

"""Whether splicing is predicted to be affected, for the criteria that ask.

Thresholds: ClinGen SVI Splicing Subgroup, Walker 2023 (Am J Hum Genet 110:1046, PMID:37352859).
"""

from models.case import Found
from models.evidence.acmg.calibration import SPLICEAI_BP4_DELTA, SPLICEAI_PP3_DELTA
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification


def splice_delta(facts: Facts) -> float | None:
    """SpliceAI's highest delta, None when it is not known."""
    delta = facts.predictors.spliceai_delta
    return delta.value if isinstance(delta, Found) else None


def affects_splicing(facts: Facts) -> bool:
    """SpliceAI predicts it, or a canonical splice site is changed."""
    delta = splice_delta(facts)
    place = facts.place
    at_site = isinstance(place, Found) and bool(place.value.splice_sites)
    return at_site or (delta is not None and delta >= SPLICEAI_PP3_DELTA)


def benign_limit(panel: Specification | None) -> float:
    """SpliceAI at or below which splicing is taken as not affected."""
    return panel.splice_benign_delta if panel else SPLICEAI_BP4_DELTA

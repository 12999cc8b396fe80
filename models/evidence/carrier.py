"""Is one pathogenic copy in a recessive gene all there is: a carrier finding, not an explanation?"""

from collections.abc import Mapping
from typing import Any

from models.case import Zygosity
from models.evidence.needs import GeneTable
from models.evidence.presets import REPORTED_PATHOGENIC

# Every known disorder of the gene needs both copies; with a dominant one beside it a single copy may explain.
RECESSIVE_ONLY = frozenset({"AR", "XLR"})
# A pair that is on two copies, or may be, is not "one copy".
_MAY_BE_TWO_HITS = frozenset({"in trans", "unknown"})


def is_carrier_finding(facts: Mapping[str, Any], genes: GeneTable) -> bool:
    """One heterozygous copy that ClinVar calls pathogenic or likely so, in a gene known as recessive only.

    facts: one row of VariantEvidence.frame. False where the gene's inheritance is not known, or where a
    second hit lies, or may lie, on the other copy.
    """
    if str(facts["zygosity"]) != Zygosity.HETEROZYGOUS.value or str(facts["clinvar_class"]) not in REPORTED_PATHOGENIC:
        return False
    if str(facts["partner_phase"]) in _MAY_BE_TWO_HITS or facts["gene"] not in genes.frame.index:
        return False
    known = {mode for mode in str(genes.frame.at[facts["gene"], "inheritance"]).split(";") if mode}
    return bool(known) and known <= RECESSIVE_ONLY

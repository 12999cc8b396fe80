"""BA1: too common for any rare disorder.

Richards 2015: above 5 %; Ghosh 2018 (PMID:30311383): in any population with at least 2,000 alleles, with nine
exceptions. Panels give lower limits for their disorders. We count from the limit on.
"""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.population import NOT_LOOKED_UP, compared_fraction, enough_alleles
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import frequency_words
from models.evidence.frequency import BA1_EXCEPTIONS, BA1_FRACTION, BA1_MIN_ALLELES, fraction_text

GHOSH = "Ghosh 2018, PMID:30311383"


def judge(facts: Facts, panel: Specification | None) -> Answer:
    rules = panel.frequency if panel else None
    own = rules.ba1_fraction if rules else None
    limit, source = (own, panel.source) if panel and own is not None else (BA1_FRACTION, GHOSH)
    fraction = compared_fraction(facts, panel)
    if fraction is None:
        return lacking(*NOT_LOOKED_UP)
    said = f"{frequency_words(facts)}, limit {fraction_text(limit)}"
    homozygotes = facts.frequency.homozygotes
    if (
        rules
        and rules.ba1_homozygotes
        and isinstance(homozygotes, Found)
        and homozygotes.value >= rules.ba1_homozygotes
    ):
        return met(Strength.STAND_ALONE, f"{homozygotes.value} homozygotes, limit {rules.ba1_homozygotes}", source)
    if fraction < limit:
        return not_met(said, source)
    if not enough_alleles(facts):
        return lacking("a larger population", f"{said}, but in fewer than {BA1_MIN_ALLELES:,} alleles", GHOSH)
    if is_exception(facts):
        return not_met(f"{said}, but one of the nine published exceptions", GHOSH)
    return met(Strength.STAND_ALONE, said, source)


def is_exception(facts: Facts) -> bool:
    """One of the common pathogenic variants to which BA1 does not apply."""
    if facts.allele is None:
        return False
    a = facts.allele
    return any(
        (chrom, ref, alt) == (a.chrom, a.ref, a.alt) and a.pos_1based in (on_37, on_38)
        for _, chrom, on_37, on_38, ref, alt in BA1_EXCEPTIONS
    )


CRITERION = Criterion("BA1", "Too common for a rare disorder", RICHARDS, judge)

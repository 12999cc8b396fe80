"""PM2: absent from, or extremely rare in, the general population. Supporting (ClinGen SVI 2020).

"Absent" means looked up and not seen; a variant that was not looked up is not assessable. Without a panel's limit,
recessive disorders allow 1 in 10,000 alleles (the most frequent limit of ClinGen's recessive panels in
cspec.genome.network); for others the variant must be absent, as Richards 2015 has it.
"""

from models.case import Found
from models.evidence.acmg.calibration import PM2_SOURCE, PM2_STRENGTH
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met, of_panel
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.population import NOT_LOOKED_UP, seen_fraction
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.words import frequency_words, is_recessive_only
from models.evidence.frequency import fraction_text

RECESSIVE_FRACTION = 0.0001


def judge(facts: Facts, panel: Specification | None) -> Answer:
    fraction = seen_fraction(facts)
    if fraction is None:
        return lacking(*NOT_LOOKED_UP)
    if panel and not panel.frequency.pm2_applies:
        return of_panel(panel, "PM2")
    own = panel.frequency.pm2_fraction if panel else None
    limit = own if own is not None else RECESSIVE_FRACTION if is_recessive_only(facts, panel) else 0.0
    source = panel.source if panel and own is not None else PM2_SOURCE
    said = f"{frequency_words(facts)}, " + (f"limit {fraction_text(limit)}" if limit else "must be absent")
    if fraction > limit:
        return not_met(said, source)
    if too_many := _homozygotes(facts, panel):
        return not_met(f"{said}, but {too_many}", source)
    strength = panel.frequency.pm2_strength if panel else PM2_STRENGTH
    return met(strength, said, source)


def _homozygotes(facts: Facts, panel: Specification | None) -> str:
    most = panel.frequency.pm2_max_homozygotes if panel else None
    seen = facts.frequency.homozygotes
    if most is None or not isinstance(seen, Found) or seen.value <= most:
        return ""
    return f"{seen.value} homozygotes, limit {most}"


CRITERION = Criterion("PM2", "Absent from or extremely rare in the population", PM2_SOURCE, judge)

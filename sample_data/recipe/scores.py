"""Made-up in-silico scores for made-up variants: drawn to look as such scores look, saying nothing true."""

import random

from sample_data.recipe.effect import Effect
from sample_data.recipe.site import Rarity, Scores

CADD_CENTRE = {
    "stop_gained": 36.0,
    "frameshift_variant": 31.0,
    "splice_donor_variant": 32.0,
    "splice_acceptor_variant": 32.0,
    "missense_variant": 19.0,
    "splice_region_variant": 12.0,
    "synonymous_variant": 7.0,
    "5_prime_UTR_variant": 9.0,
    "3_prime_UTR_variant": 6.0,
}


def made_up_scores(effect: Effect, rarity: Rarity, rng: random.Random) -> Scores:
    """Rarer alleles score higher on average, as they do in people."""
    harm = 0.15 if (rarity.overall or 0.0) >= 0.01 else 0.45
    primary = effect.primary
    cadd = max(0.0, rng.gauss(CADD_CENTRE.get(primary, 3.5), 6.0) - (5 if harm < 0.2 else 0))
    missense = primary == "missense_variant"
    tendency = min(0.98, max(0.01, rng.betavariate(1.2 + 2 * harm, 3.2))) if missense else 0.0
    return Scores(
        cadd_phred=round(cadd, 2),
        revel=round(tendency, 3) if missense and rng.random() < 0.95 else None,
        am_pathogenicity=round(min(0.99, max(0.02, tendency + rng.gauss(0, 0.12))), 4) if missense else None,
        spliceai=_splice(effect, rng),
        phylop=round(rng.gauss(3.0 if missense else 0.3, 2.0), 3),
    )


def _splice(effect: Effect, rng: random.Random) -> tuple[float, float, float, float] | None:
    if not effect.exon and not effect.intron:
        return None
    deltas = [0.0, 0.0, 0.0, 0.0]
    if "splice" in effect.consequence:
        top = rng.uniform(0.6, 0.99) if effect.impact == "HIGH" else rng.betavariate(0.6, 5)
        deltas[rng.randrange(4)] = round(top, 2)
    return (deltas[0], deltas[1], deltas[2], deltas[3])

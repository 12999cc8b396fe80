"""ClinGen's general recommendations for the criteria that rest on a number, for genes without a panel's own.

Predictors of missense were each calibrated alone: one is chosen beforehand, never the one that fits best.
"""

from models.evidence.acmg.types import Strength

# PM2 never weighs more than supporting: ClinGen SVI, "Recommendation for absence/rarity (PM2) 1.0", 2020-09-04.
PM2_STRENGTH = Strength.SUPPORTING
PM2_SOURCE = "ClinGen SVI 2020, PM2 recommendation 1.0"

# From the weakest to the strongest: pathogenic at or above, benign at or below. Between them neither PP3 nor BP4.
# REVEL, CADD: Pejaver 2022, Am J Hum Genet 109:2163, PMID:36413997, table 2.
# AlphaMissense: Bergquist 2025, Genet Med 27:101402, PMID:40084623, table 2.
Steps = tuple[tuple[float, Strength], ...]
REVEL_PATHOGENIC: Steps = ((0.644, Strength.SUPPORTING), (0.773, Strength.MODERATE), (0.932, Strength.STRONG))
REVEL_BENIGN: Steps = (
    (0.290, Strength.SUPPORTING),
    (0.183, Strength.MODERATE),
    (0.016, Strength.STRONG),
    (0.003, Strength.VERY_STRONG),
)
CADD_PATHOGENIC: Steps = ((25.3, Strength.SUPPORTING), (28.1, Strength.MODERATE))
CADD_BENIGN: Steps = ((22.7, Strength.SUPPORTING), (17.3, Strength.MODERATE), (0.15, Strength.STRONG))
ALPHAMISSENSE_PATHOGENIC: Steps = ((0.792, Strength.SUPPORTING), (0.906, Strength.MODERATE), (0.990, Strength.STRONG))
ALPHAMISSENSE_BENIGN: Steps = ((0.169, Strength.SUPPORTING), (0.099, Strength.MODERATE))
MISSENSE_SOURCE = "Pejaver 2022, PMID:36413997"
ALPHAMISSENSE_SOURCE = "Bergquist 2025, PMID:40084623"

# SpliceAI, highest of its four deltas: PP3 at or above, BP4 (and BP7) at or below.
# ClinGen SVI Splicing Subgroup: Walker 2023, Am J Hum Genet 110:1046, PMID:37352859.
SPLICEAI_PP3_DELTA = 0.2
SPLICEAI_BP4_DELTA = 0.1
SPLICE_SOURCE = "Walker 2023, PMID:37352859"

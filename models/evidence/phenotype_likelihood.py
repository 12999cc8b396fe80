"""The arithmetic of the phenotype score: term ratios and profile agreement, for all owners at once.

An owner is a disease, or a gene with its diseases together. For a term h of the patient and an owner
D the ratio compares how often h is expected in D with how often it is among all annotated diseases,
as LIRICAL does (Robinson et al. 2020, PMID:32755546). Where D is not annotated with h, the best of h's
ancestors stands in, at a price for what is lost:

    ratio(h, D) = max over a in {h, ancestors of h} of
                  FREQUENCY_POWER * ln P(a | D) - ln P(a) - IMPRECISION_COST * (ln P(a) - ln P(h))

The reverse question, how much of D's own profile the patient shows, is the profile agreement. The
constants were chosen by search over the development cases, by broad plateau rather than by best
figure, with the annotation release of 2024-03 (benchmarks/phenotype_constants.py shows the plateau).
"""

import numpy as np
from numpy.typing import NDArray

from models.knowledge import Ontology, Profiles
from models.knowledge.profiles import row_sums

# Stated frequencies come from few patients: their logarithm counts this much (1 = as written).
FREQUENCY_POWER = 0.5
# Price of matching only through an ancestor, per unit of information lost (0 free, 1 all of it).
IMPRECISION_COST = 0.75
# The least a term can give: a feature that D does not explain may have another cause.
LEAST_LOG_RATIO = 0.0
# Weight of the profile agreement, per term of the patient.
PROFILE_WEIGHT = 2.0
# Information added to every profile, so that a disease with two annotations is not "fully shown".
PROFILE_PRIOR_NATS = 5.0

Floats = NDArray[np.float32]


def term_log_ratios(terms: NDArray[np.int32], ontology: Ontology, profiles: Profiles, information: Floats) -> Floats:
    """Log ratio of each term (row) for each owner (column). information: by term, nats."""
    ratios = np.full((len(terms), profiles.size), LEAST_LOG_RATIO, dtype=np.float32)
    for row, term in zip(ratios, terms, strict=True):
        for ancestor in ontology.ancestor_links.of(int(term)):
            if ontology.is_abnormality[ancestor]:
                owners, fraction = profiles.by_term.of(int(ancestor))
                lost = information[term] - information[ancestor]
                ratio = FREQUENCY_POWER * np.log(fraction) + information[ancestor] - IMPRECISION_COST * lost
                row[owners] = np.maximum(row[owners], ratio)
    return ratios


def profile_agreement(terms: NDArray[np.int32], ontology: Ontology, profiles: Profiles, information: Floats) -> Floats:
    """Share (0..1) of each owner's profile, weighed by frequency and information, that the terms show.

    A feature counts as far as its most informative ancestor-or-self among the patient's terms and
    their ancestors. Owners without annotated features have 0.
    """
    shown = np.zeros(len(ontology), dtype=np.float32)
    for term in terms:
        lineage = ontology.ancestor_links.of(int(term))
        features = lineage[ontology.is_abnormality[lineage]]
        shown[features] = information[features]
    links, profile = ontology.ancestor_links, profiles.direct
    reached = np.maximum.reduceat(shown[links.indices], links.indptr[:-1])
    got = row_sums(profile.indptr, profiles.direct_expected * reached[profile.columns])
    whole = row_sums(profile.indptr, profiles.direct_expected * information[profile.columns])
    agreement: Floats = got / (whole + np.float32(PROFILE_PRIOR_NATS))
    return agreement


def owner_scores(ratios: Floats, agreement: Floats) -> Floats:
    """The score of each owner: its term ratios added up, and the agreement weighed by their number."""
    total: Floats = ratios.sum(axis=0) + np.float32(PROFILE_WEIGHT * len(ratios)) * agreement
    return total

"""The arithmetic of the phenotype score: what each term gives and profile agreement, for all owners at once.

An owner is a disease, or a gene with its diseases together. For a term h of the patient and an owner
D the ratio compares how often h is expected in D with how often it is among all annotated diseases,
as LIRICAL does (Robinson et al. 2020, PMID:32755546). Where D is not annotated with h, the best of h's
ancestors stands in, at a price for what is lost:

    ratio(h, D) = max over a in {h, ancestors of h} of
                  FREQUENCY_POWER * ln P(a | D) - ln P(a) - IMPRECISION_COST * (ln P(a) - ln P(h))

Beside the ratio stands the nearest feature: the information of h times its likeness to that feature of
D (graphic similarity, as in HPOSim; Deng et al. 2015, PMID:25664462). It forgives terms that are noted
loosely or by chance; a term gives the mean of the two.

The reverse question, how much of D's own profile the patient shows, is the profile agreement. The
constants were chosen by search over the development cases, by broad plateau rather than by best
figure, with the annotation release of 2024-03; benchmarks/phenotype_choice.py estimates what choosing
flatters, by choosing again without the cases that are measured.
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
# Weight of the nearest feature against the ratio.
NEAREST_WEIGHT = 0.5
# Weight of the profile agreement, per term of the patient.
PROFILE_WEIGHT = 4.0
# With this many terms the agreement has half that weight: few terms cannot show much of a profile.
HALF_WEIGHT_TERMS = 5.0
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


def likeness(terms: NDArray[np.int32], ontology: Ontology, information: Floats) -> Floats:
    """Graphic similarity, 0..1, of each term (row) to every term of the ontology (column).

    It is the information of the ancestors the two share over that of all ancestors of either.
    """
    links = ontology.ancestor_links
    told = np.where(ontology.is_abnormality, information, np.float32(0)).astype(np.float32)
    whole = np.add.reduceat(told[links.indices], links.indptr[:-1])
    like = np.zeros((len(terms), len(ontology)), dtype=np.float32)
    for row, term in zip(like, terms, strict=True):
        lineage, mine = links.of(int(term)), np.zeros(len(ontology), dtype=np.float32)
        mine[lineage] = told[lineage]
        shared = np.add.reduceat(mine[links.indices], links.indptr[:-1])
        either = whole[term] + whole - shared
        np.divide(shared, either, out=row, where=either > 0)
    return like


def term_scores(ratios: Floats, like: Floats, own_information: Floats, profiles: Profiles) -> Floats:
    """What each term (row) gives each owner (column): the mean of its ratio and its nearest feature.

    own_information: of the terms themselves, nats. Owners without features have no nearest one.
    """
    filled = np.flatnonzero(np.diff(profiles.direct.indptr))
    nearest = np.zeros_like(ratios)
    if len(filled):
        starts = profiles.direct.indptr[filled]
        nearest[:, filled] = np.maximum.reduceat(like[:, profiles.direct.columns], starts, axis=1)
    weight = np.float32(NEAREST_WEIGHT)
    scores: Floats = (1 - weight) * ratios + weight * own_information[:, None] * nearest
    return scores


def profile_agreement(nearest: Floats, profiles: Profiles, information: Floats) -> Floats:
    """Share (0..1) of each owner's profile, weighed by frequency and information, that the patient shows.

    nearest: by term of the ontology, its likeness to the nearest of the patient's terms. Owners without
    annotated features have 0.
    """
    profile = profiles.direct
    weight = profiles.direct_expected * information[profile.columns]
    got = row_sums(profile.indptr, weight * nearest[profile.columns])
    whole = row_sums(profile.indptr, weight)
    agreement: Floats = got / (whole + np.float32(PROFILE_PRIOR_NATS))
    return agreement


def owner_scores(by_term: Floats, agreement: Floats) -> Floats:
    """The score of each owner: what the terms give added up, and the agreement weighed by their number."""
    count = len(by_term)
    weight = PROFILE_WEIGHT * count * count / (count + HALF_WEIGHT_TERMS)
    total: Floats = by_term.sum(axis=0) + np.float32(weight) * agreement
    return total

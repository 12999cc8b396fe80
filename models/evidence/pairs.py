"""Second hits: pairs of heterozygous variants in one gene, and whether they lie on different copies.

Phase comes from the parents, else from phased genotypes of the same phase set, else it is unknown.
With one parent sequenced, a variant that parent surely lacks is taken to come from the other one.

Which variants may pair: heterozygous, still in the funnel, in a known gene, on an autosome, a PAR or
a female's X, and with a group-maximum frequency under RECESSIVE_PARTNER_FRACTION (or none known, or
asserted pathogenic). Without a predicted consequence only those in coding or splice regions pair. At
most MAX_CANDIDATES_PER_GENE, the most severe and rarest, pair within one gene; the others are NOT_ASSESSABLE.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.evidence.family import Calls
from models.evidence.inheritance import FamilyCalls, Mask, seems_to_carry, surely_reference
from models.evidence.types import VerdictCode

# 25 candidates make 300 pairs. In an annotated exome a gene has rarely more than five; the cap is for
# unannotated files and for TTN, MUC and HLA genes.
MAX_CANDIDATES_PER_GENE = 25
# Severity of a variant whose consequence was not assessed, for choosing among partners: after the
# missense-like terms, before splice region (places 13 and 14 of the consequence order).
_UNKNOWN_SEVERITY = 14


class Origin(IntEnum):
    """Which parent a heterozygous variant came from."""

    UNKNOWN = 0
    MATERNAL = 1
    PATERNAL = 2


class Phase(IntEnum):
    """How two variants lie. Order is preference for the partner shown."""

    TRANS = 0
    UNKNOWN = 1
    CIS = 2
    NONE = 3


PHASE_WORDS = {Phase.TRANS: "in trans", Phase.UNKNOWN: "unknown", Phase.CIS: "in cis", Phase.NONE: ""}


@dataclass(frozen=True, eq=False)
class Hits:
    """Per row: the verdict of the compound heterozygous mode, and the best second hit.

    partner: place of the partner among the same rows, -1 none. phase: Phase codes.
    """

    verdict: NDArray[np.int8]
    partner: NDArray[np.int32]
    phase: NDArray[np.int8]


def parent_of_origin(f: FamilyCalls) -> NDArray[np.int8]:
    """Origin code of each row, from the parents' genotypes."""
    nobody = np.zeros(len(f.rows), dtype=bool)
    from_mother = seems_to_carry(f.mother) if f.mother else nobody
    from_father = seems_to_carry(f.father) if f.father else nobody
    not_mother = surely_reference(f.mother, nobody) if f.mother else nobody
    not_father = surely_reference(f.father, nobody) if f.father else nobody
    maternal = (from_mother & ~from_father) | (not_father & ~from_mother & ~not_mother)
    paternal = (from_father & ~from_mother) | (not_mother & ~from_father & ~not_father)
    return np.where(maternal, Origin.MATERNAL, np.where(paternal, Origin.PATERNAL, Origin.UNKNOWN)).astype(np.int8)


def phase_of_pairs(
    f: FamilyCalls, origin: NDArray[np.int8], left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.int8]:
    """Phase code of each pair of places; parents decide before phased genotypes do.

    Where both speak and disagree the phase is unknown.
    """
    by_family = _compare(origin[left], origin[right])
    p = f.proband
    same_set = (p.phase_set[left] == p.phase_set[right]) & _phasing_is_real(p)
    by_reads = np.where(same_set, _compare(p.haplotype[left], p.haplotype[right]), Phase.UNKNOWN)
    phase = np.where(by_family == Phase.UNKNOWN, by_reads, by_family)
    disagree = (by_family != Phase.UNKNOWN) & (by_reads != Phase.UNKNOWN) & (by_family != by_reads)
    return np.where(disagree, Phase.UNKNOWN, phase).astype(np.int8)


def _compare(left: NDArray[np.int8], right: NDArray[np.int8]) -> NDArray[np.int8]:
    known = np.isin(left, (1, 2)) & np.isin(right, (1, 2))
    return np.where(known, np.where(left == right, Phase.CIS, Phase.TRANS), Phase.UNKNOWN).astype(np.int8)


def _phasing_is_real(proband: Calls) -> bool:
    """Some tools write every heterozygote as 0|1 without having phased anything: then both
    haplotypes never occur."""
    return bool((proband.haplotype == 1).any() and (proband.haplotype == 2).any())


def contradicted_pairs(f: FamilyCalls, left: NDArray[np.intp], right: NDArray[np.intp]) -> Mask:
    """An unaffected relative other than a parent has both, or an affected one surely lacks one."""
    against = np.zeros(len(left), dtype=bool)
    for member, calls in f.relatives:
        if member.is_affected:
            against |= calls.reference[left] | calls.reference[right]
        elif member.is_unaffected and calls is not f.mother and calls is not f.father:
            against |= calls.carries[left] & calls.carries[right]
    return against


def candidate_places(
    plausible: Mask, gene: NDArray[np.int32], severity: NDArray[np.int8], frequency: NDArray[np.float32]
) -> tuple[NDArray[np.intp], Mask]:
    """Places that may pair, grouped by gene, most plausible first; and which plausible ones the cap left out."""
    places = np.flatnonzero(plausible & (gene >= 0))
    order = np.lexsort((np.nan_to_num(frequency[places]), _severity_order(severity[places]), gene[places]))
    places = places[order]
    starts = np.flatnonzero(np.r_[True, gene[places][1:] != gene[places][:-1]]) if len(places) else places
    rank = np.arange(len(places)) - np.repeat(starts, np.diff(np.r_[starts, len(places)]))
    left_out = np.zeros(len(plausible), dtype=bool)
    left_out[places[rank >= MAX_CANDIDATES_PER_GENE]] = True
    return places[rank < MAX_CANDIDATES_PER_GENE], left_out


def _severity_order(severity: NDArray[np.int8]) -> NDArray[np.int8]:
    return np.where(severity < 0, _UNKNOWN_SEVERITY, severity).astype(np.int8)


def all_pairs(places: NDArray[np.intp], gene: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every unordered pair of `places` (grouped by gene) that shares a gene."""
    lefts, rights = [places[:0]], [places[:0]]
    for step in range(1, min(len(places), MAX_CANDIDATES_PER_GENE)):
        same = gene[places[:-step]] == gene[places[step:]]
        if not same.any():
            break
        lefts.append(places[:-step][same])
        rights.append(places[step:][same])
    return np.concatenate(lefts), np.concatenate(rights)


def compound_heterozygous(
    f: FamilyCalls,
    gene: NDArray[np.int32],
    plausible: Mask,
    severity: NDArray[np.int8],
    frequency: NDArray[np.float32],
) -> Hits:
    """Verdict, best partner and phase of each row. gene: code of the gene, -1 not assessed."""
    places, left_out = candidate_places(plausible, gene, severity, frequency)
    left, right = all_pairs(places, gene)
    phase = phase_of_pairs(f, parent_of_origin(f), left, right)
    against = contradicted_pairs(f, left, right)
    phase_shown = np.r_[phase, phase]
    verdict = np.where(
        against | (phase == Phase.CIS),
        VerdictCode.NOT_MET,
        np.where(phase == Phase.TRANS, VerdictCode.MET, VerdictCode.NOT_ASSESSABLE),
    )
    me, partner, verdicts = np.r_[left, right], np.r_[right, left], np.r_[verdict, verdict]
    preference = (np.nan_to_num(frequency[partner]), _severity_order(severity[partner]), _PREFERRED[verdicts])
    order = np.lexsort((*preference, me))
    first = order[np.r_[True, me[order][1:] != me[order][:-1]]] if len(order) else order
    return _spread(f, first, me, partner, verdicts, phase_shown, left_out | (plausible & (gene < 0)))


_PREFERRED = np.array([0, 2, 1], dtype=np.int8)  # of VerdictCode: MET, then NOT_ASSESSABLE, then NOT_MET


def _spread(
    f: FamilyCalls,
    first: NDArray[np.intp],
    me: NDArray[np.intp],
    partner: NDArray[np.intp],
    verdicts: NDArray[np.int64],
    phase: NDArray[np.int8],
    open_question: Mask,
) -> Hits:
    """The best pair of each row, spread over all rows; a row without a pair is NOT_MET, or open."""
    rows = len(f.rows)
    hits = Hits(
        np.where(open_question, VerdictCode.NOT_ASSESSABLE, VerdictCode.NOT_MET).astype(np.int8),
        np.full(rows, -1, dtype=np.int32),
        np.full(rows, Phase.NONE, dtype=np.int8),
    )
    hits.verdict[me[first]] = verdicts[first]
    hits.partner[me[first]] = partner[first]
    hits.phase[me[first]] = phase[first]
    return hits

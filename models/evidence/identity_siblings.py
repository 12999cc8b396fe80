"""Are declared siblings siblings, where no shared parent was sequenced who could show it?

Opposite homozygotes among the sites where both are homozygous, one with the variant, as for parents. Two
strangers of one callset (the parents of four public trios) show 25-32 %. Full siblings share no allele on a
quarter of the genome, half siblings on half of it; by Hardy-Weinberg, at the variant frequencies that give
strangers 28 %, that is 6 % and 14 %, and for first cousins 21 %. 120 pairs of siblings made from the real
parents of three exome trios, one or two crossovers a chromosome, lay at 5-13 %. On few chromosomes siblings
share anything from all to nothing (0-29 % in a file of chosen genes), so many must be seen, and the share of
all sites decides, not the median over chromosomes.
"""

from itertools import combinations

from models.case import Case, Finding, Severity
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import Family, Member
from models.evidence.identity_kinship import MIN_CHROMOSOME_SITES, Rate, opposite_homozygotes
from models.evidence.identity_sites import Sites, dosage
from models.evidence.words import percent

# Above every half sibling, below every pair of strangers.
NOT_SIBLINGS_MIN_FRACTION = 0.20
MIN_CHROMOSOMES = 15  # of 22: two thirds of the genome keep the chance that siblings share far less below that line


def check_siblings(case: Case, family: Family, sites: Sites) -> tuple[Finding, ...]:
    """One finding for each pair that the pedigree calls siblings and the genotypes do not."""
    members = [m for m in (family.proband, *family.relatives) if m]
    sequenced = {m.person.id for m in members}
    findings = []
    for one, other in combinations(members, 2):
        shared = _parents(one) & _parents(other)
        if not shared or shared & sequenced:
            continue
        rate = opposite_homozygotes(
            dosage(case, one.column, sites.autosomal), dosage(case, other.column, sites.autosomal), sites
        )
        seen = int((rate.per_chromosome["size"] >= MIN_CHROMOSOME_SITES).sum())
        if seen < MIN_CHROMOSOMES:
            findings.append(_too_few(one, other, seen))
        elif rate.count / rate.sites >= NOT_SIBLINGS_MIN_FRACTION:
            findings.append(_strangers(one, other, rate))
    return tuple(findings)


def _parents(member: Member) -> set[str]:
    return {parent for parent in (member.person.father_id, member.person.mother_id) if parent}


def _strangers(one: Member, other: Member, rate: Rate) -> Finding:
    return Finding(
        f"unrelated-{one.role.value}-{other.role.value}",
        Severity.BLOCKING,
        f"The samples of the {ROLE_WORDS[one.role]} and the {ROLE_WORDS[other.role]} do not look like siblings: "
        f"at {percent(rate.count / rate.sites, 1)} of {rate.sites:,} sites where both are homozygous they share no "
        "allele; expected 5-13 %, in half siblings about 14 %. Check which sample belongs to whom.",
        people=(one.person.id, other.person.id),
    )


def _too_few(one: Member, other: Member, chromosomes: int) -> Finding:
    return Finding(
        f"relatedness-not-assessable-{other.role.value}",
        Severity.NOTE,
        f"Whether the {ROLE_WORDS[one.role]} and the {ROLE_WORDS[other.role]} are siblings could not be checked: "
        f"enough homozygous sites on {chromosomes} chromosomes, {MIN_CHROMOSOMES} needed.",
        people=(one.person.id, other.person.id),
    )

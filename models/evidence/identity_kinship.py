"""Are the parents the parents? Opposite homozygotes for each pair, Mendelian errors for each trio.

Measured on four public trios (imgag 1-3, Genome in a Bottle HG002-4), right and with columns exchanged:

- opposite homozygotes among the sites where both of a pair are homozygous, one with the variant:
  right 0.1-2.1 % (3.9 % with a chromosome of uniparental disomy), a stranger as parent 25-32 %;
- Mendelian errors among the sites somebody in the trio carries: right 0.2-0.7 % (1.1 % with
  uniparental disomy), wrong 19-24 %;
- same genotype among the sites either of a pair carries: parent and child 48-55 %, strangers
  33-37 %, the same sample twice 100 %.

The genome-wide figure is the median over chromosomes, so one chromosome of uniparental disomy never
makes a parent a stranger; that chromosome is reported by itself.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Case, Finding, Role, Severity
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import Family, Member
from models.evidence.identity_sites import Sites, dosage
from models.evidence.words import percent

# Half way (in ratio) between the worst right pair and an uncle in a parent's place (about 15 %).
STRANGER_MIN_FRACTION = 0.10
# Expected below 2 % in every right trio above; an exchanged sample gives ten times as much.
MENDEL_MAX_FRACTION = 0.05
EXPECTED_MENDEL_FRACTION = 0.02
DUPLICATE_MIN_FRACTION = 0.95
MIN_PAIR_SITES = 50
MIN_TRIO_SITES = 200
# A chromosome is reported for uniparental disomy from the share of errors that no right chromosome
# reached (1.3 %), and at which both known UPD chromosomes lie (13.1 % and 10.7 %).
UPD_MIN_FRACTION = 0.05
UPD_MIN_SITES = 100
# Chromosomes with fewer sites do not vote in the median.
MIN_CHROMOSOME_SITES = 10


@dataclass(frozen=True, eq=False)
class Rate:
    """`count` of `sites`; fraction is the median over chromosomes where several can vote."""

    count: int
    sites: int
    fraction: float
    per_chromosome: pd.DataFrame


def rate_of(event: NDArray[np.bool_], counted: NDArray[np.bool_], chromosome: NDArray[np.object_]) -> Rate:
    """How often `event` is true among `counted` sites."""
    seen = pd.DataFrame({"chromosome": chromosome[counted], "event": event[counted]})
    per = seen.groupby("chromosome")["event"].agg(["sum", "size"])
    per["fraction"] = per["sum"] / per["size"]
    voters = per.loc[per["size"] >= MIN_CHROMOSOME_SITES, "fraction"]
    overall = float(seen["event"].mean()) if len(seen) else float("nan")
    fraction = float(voters.median()) if len(voters) >= 3 else overall
    return Rate(int(seen["event"].sum()), len(seen), fraction, per)


def opposite_homozygotes(one: NDArray[np.int8], other: NDArray[np.int8], sites: Sites) -> Rate:
    """Sites where a parent and a child cannot share an allele, among those where both are homozygous."""
    both = (one >= 0) & (other >= 0) & (one != 1) & (other != 1) & ((one == 2) | (other == 2))
    return rate_of(one != other, both, sites.chromosome)


def mendelian_errors(child: NDArray[np.int8], mother: NDArray[np.int8], father: NDArray[np.int8], sites: Sites) -> Rate:
    """Sites where the child's genotype cannot come from these two, among those somebody carries."""
    called = (child >= 0) & (mother >= 0) & (father >= 0)
    carried = called & ((child > 0) | (mother > 0) | (father > 0))
    fewest = (mother == 2).astype(np.int8) + (father == 2)
    most = (mother > 0).astype(np.int8) + (father > 0)
    return rate_of((child < fewest) | (child > most), carried, sites.chromosome)


def same_genotypes(one: NDArray[np.int8], other: NDArray[np.int8], sites: Sites) -> Rate:
    """Equal genotypes among the sites that either carries."""
    either = (one >= 0) & (other >= 0) & ((one > 0) | (other > 0))
    return rate_of(one == other, either, sites.chromosome)


def check_relatives(case: Case, family: Family, sites: Sites) -> tuple[Finding, ...]:
    """Every check that the sequenced members allow, the loudest first."""
    if family.proband is None or not family.relatives:
        return ()
    members = (family.proband, *family.relatives)
    calls = {m.column: dosage(case, m.column, sites.autosomal) for m in members}
    duplicates = _duplicates(members, calls, sites)
    if any(f.severity is Severity.BLOCKING for f in duplicates):
        return duplicates  # every further number would only repeat it
    others = _other_children(family, calls, sites)
    return (*duplicates, *_parents(family, calls, sites), *others, *_trio(family, calls, sites))


Calls = dict[int, NDArray[np.int8]]


def _duplicates(members: tuple[Member, ...], calls: Calls, sites: Sites) -> tuple[Finding, ...]:
    findings = []
    for i, one in enumerate(members):
        for other in members[i + 1 :]:
            same = same_genotypes(calls[one.column], calls[other.column], sites)
            if same.sites >= MIN_PAIR_SITES and same.fraction >= DUPLICATE_MIN_FRACTION:
                findings.append(_duplicated(one, other, same))
    return tuple(findings)


def _duplicated(one: Member, other: Member, same: Rate) -> Finding:
    twins = {one.role, other.role} <= {Role.PROBAND, Role.SIBLING}
    advice = "Identical twins look like this." if twins else "Check that no sample was taken or loaded twice."
    return Finding(
        f"duplicated-sample-{other.role.value}",
        Severity.WARNING if twins else Severity.BLOCKING,
        f"The {ROLE_WORDS[one.role]} and the {ROLE_WORDS[other.role]} have the same genotype at {_percent(same)} "
        f"sites: the same sample twice? {advice}",
        people=(one.person.id, other.person.id),
    )


def _percent(rate: Rate) -> str:
    return f"{percent(rate.count / max(1, rate.sites), 1)} of {rate.sites:,}"


def _parents(family: Family, calls: Calls, sites: Sites) -> tuple[Finding, ...]:
    """Each sequenced parent against the patient."""
    findings = []
    for parent in (family.mother, family.father):
        if parent is None or family.proband is None:
            continue
        rate = opposite_homozygotes(calls[family.proband.column], calls[parent.column], sites)
        if rate.sites < MIN_PAIR_SITES:
            findings.append(_too_few(parent, rate))
        elif rate.fraction >= STRANGER_MIN_FRACTION:
            findings.append(_stranger(parent, rate, _generations(family, calls, sites)))
    return tuple(findings)


def _other_children(family: Family, calls: Calls, sites: Sites) -> tuple[Finding, ...]:
    """Everybody else whose parent was sequenced: siblings, and parents with grandparents."""
    members = {m.person.id: m for m in (family.proband, *family.relatives) if m}
    findings = []
    for child in family.relatives:
        for parent in (members.get(child.person.mother_id), members.get(child.person.father_id)):
            if parent is None:
                continue
            rate = opposite_homozygotes(calls[child.column], calls[parent.column], sites)
            if rate.sites >= MIN_PAIR_SITES and rate.fraction >= STRANGER_MIN_FRACTION:
                findings.append(_strangers(child, parent, rate))
    return tuple(findings)


def _strangers(child: Member, parent: Member, rate: Rate) -> Finding:
    one, other = ROLE_WORDS[child.role], ROLE_WORDS[parent.role]
    return Finding(
        f"unrelated-{child.role.value}-{parent.role.value}",
        Severity.BLOCKING,
        f"The samples of the {one} and the {other} do not look like child and parent: at {_percent(rate)} sites where "
        "both are homozygous they share no allele; expected below 2 %. Check which sample belongs to whom.",
        people=(child.person.id, parent.person.id),
    )


def _generations(family: Family, calls: Calls, sites: Sites) -> bool:
    """The two "parents" share an allele everywhere, as parent and child do."""
    if family.mother is None or family.father is None:
        return False
    rate = opposite_homozygotes(calls[family.mother.column], calls[family.father.column], sites)
    return rate.sites >= MIN_PAIR_SITES and rate.fraction < STRANGER_MIN_FRACTION / 2


def _stranger(parent: Member, rate: Rate, generations: bool) -> Finding:
    who = ROLE_WORDS[parent.role]
    hint = (
        "The two parents' samples look like parent and child: patient and parent may be exchanged."
        if generations
        else "Check which sample belongs to whom."
    )
    return Finding(
        f"unrelated-{parent.role.value}",
        Severity.BLOCKING,
        f"The sample given as the {who} does not look like a parent of the patient: at {_percent(rate)} sites "
        f"where both are homozygous they share no allele; expected below 2 %. {hint}",
        people=(parent.person.id,),
    )


def _too_few(parent: Member, rate: Rate) -> Finding:
    return Finding(
        f"relatedness-not-assessable-{parent.role.value}",
        Severity.NOTE,
        f"Whether the {ROLE_WORDS[parent.role]}'s sample is a parent's could not be checked from homozygous sites: "
        f"{rate.sites} usable, {MIN_PAIR_SITES} needed.",
        people=(parent.person.id,),
    )


def _trio(family: Family, calls: Calls, sites: Sites) -> tuple[Finding, ...]:
    if family.proband is None or family.mother is None or family.father is None:
        return ()
    people = [calls[m.column] for m in (family.proband, family.mother, family.father)]
    errors = mendelian_errors(people[0], people[1], people[2], sites)
    if errors.sites < MIN_TRIO_SITES:
        return ()
    if errors.fraction >= MENDEL_MAX_FRACTION:
        return (_mendelian(errors),)
    return _disomies(errors, family, calls, sites)


def _mendelian(errors: Rate) -> Finding:
    return Finding(
        "mendelian-errors",
        Severity.BLOCKING,
        f"{_percent(errors)} sites break Mendelian rules in this trio; expected below "
        f"{percent(EXPECTED_MENDEL_FRACTION)}. At least one sample is not who the pedigree says.",
    )


def _disomies(errors: Rate, family: Family, calls: Calls, sites: Sites) -> tuple[Finding, ...]:
    per = errors.per_chromosome
    suspicious = per[(per["size"] >= UPD_MIN_SITES) & (per["fraction"] >= UPD_MIN_FRACTION)]
    return tuple(
        Finding(
            f"possible-upd-chr{chromosome}",
            Severity.WARNING,
            f"On chromosome {chromosome} {percent(row['fraction'])} of {row['size']:,.0f} sites break Mendelian rules, "
            f"elsewhere {percent(errors.fraction, 1)}: uniparental disomy or a large deletion"
            f"{_missing_parent(str(chromosome), family, calls, sites)}?",
        )
        for chromosome, row in suspicious.iterrows()
    )


def _missing_parent(chromosome: str, family: Family, calls: Calls, sites: Sites) -> str:
    """ ", without the father's copy" when one parent shares clearly less on this chromosome."""
    on = sites.chromosome == chromosome
    shares = {}
    for parent in (family.mother, family.father):
        if parent is None or family.proband is None:
            return ""
        child, other = calls[family.proband.column], calls[parent.column]
        both = on & (child >= 0) & (other >= 0) & (child != 1) & (other != 1) & ((child == 2) | (other == 2))
        shares[ROLE_WORDS[parent.role]] = float(np.mean((child != other)[both])) if both.any() else 0.0
    absent, present = sorted(shares, key=lambda who: -shares[who])
    return f", without the {absent}'s copy" if shares[absent] > 2 * shares[present] else ""

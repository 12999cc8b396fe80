"""Does each sample's X chromosome agree with the stated sex?

Measured: the share of heterozygous calls among the carried X sites, as a ratio to the same share on
the autosomes (so that a file of rare variants, or of few homozygous calls, is judged by itself).
Thresholds from 14 people of five public exomes and trios (imgag trios 1-3, NA12878, the Isaac
trio): males 0.00 to 0.20, females 0.83 to 1.20; one exome with 98 % heterozygous calls, known to
be unreliable, gave 0.53 and must stay undecided.
"""

from dataclasses import dataclass

import numpy as np

from models.case import Case, Finding, Severity, Sex
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import Family, Member
from models.evidence.identity_sites import Sites, dosage
from models.evidence.words import percent

MALE_MAX_RATIO = 0.35
FEMALE_MIN_RATIO = 0.65
# Twenty X sites tell a ratio of 0.2 from 0.83 with an error below 1 in 1,000 (binomial).
MIN_X_SITES = 20
MIN_AUTOSOMAL_SITES = 100


@dataclass(frozen=True)
class SexReading:
    """What X says. sex UNKNOWN: too few sites or in between. fractions: heterozygous share, NaN none."""

    sex: Sex
    x_sites: int
    x_fraction: float
    ratio: float


def read_sex(case: Case, member: Member, sites: Sites) -> SexReading:
    """The sex that the member's X calls speak for."""
    x, autosomal = (dosage(case, member.column, rows) for rows in (sites.on_x, sites.autosomal))
    carried_x, carried = x[x > 0], autosomal[autosomal > 0]
    x_fraction = float(np.mean(carried_x == 1)) if len(carried_x) else float("nan")
    expected = float(np.mean(carried == 1)) if len(carried) else 0.0
    if len(carried_x) < MIN_X_SITES or len(carried) < MIN_AUTOSOMAL_SITES or expected == 0:
        return SexReading(Sex.UNKNOWN, len(carried_x), x_fraction, float("nan"))
    ratio = x_fraction / expected
    sex = Sex.MALE if ratio <= MALE_MAX_RATIO else Sex.FEMALE if ratio >= FEMALE_MIN_RATIO else Sex.UNKNOWN
    return SexReading(sex, len(carried_x), x_fraction, ratio)


def stated_sex(member: Member, family: Family) -> Sex:
    """Stated sex; a mother is female and a father male even where the pedigree leaves sex open."""
    if member is family.proband:
        return family.sex
    if member.person.sex is not Sex.UNKNOWN:
        return member.person.sex
    return Sex.FEMALE if member is family.mother else Sex.MALE if member is family.father else Sex.UNKNOWN


def check_sexes(case: Case, family: Family, sites: Sites) -> tuple[Finding, ...]:
    """One finding for each contradiction; parents whose samples look exchanged are one finding."""
    members = [m for m in (family.proband, *family.relatives) if m]
    readings = {m.column: read_sex(case, m, sites) for m in members}
    findings = []
    wrong = [m for m in members if _contradicts(stated_sex(m, family), readings[m.column].sex)]
    if family.mother in wrong and family.father in wrong and family.mother and family.father:
        findings.append(_exchanged(readings[family.mother.column], readings[family.father.column]))
        wrong = [m for m in wrong if m not in (family.mother, family.father)]
    findings += [_wrong(m, stated_sex(m, family), readings[m.column]) for m in wrong]
    findings += _unstated(family, readings)
    findings += [_silent(m, readings[m.column]) for m in members if _is_open(m, family, readings[m.column])]
    return tuple(findings)


def _contradicts(stated: Sex, read: Sex) -> bool:
    return Sex.UNKNOWN not in {stated, read} and stated is not read


def _is_open(member: Member, family: Family, reading: SexReading) -> bool:
    return reading.sex is Sex.UNKNOWN and stated_sex(member, family) is not Sex.UNKNOWN


def _unstated(family: Family, readings: dict[int, SexReading]) -> list[Finding]:
    """A patient without a stated sex, when the sample tells one: X-linked fit waits for it."""
    if family.proband is None or family.sex is not Sex.UNKNOWN:
        return []
    reading = readings[family.proband.column]
    if reading.sex is Sex.UNKNOWN:
        return []
    sentence = (
        f"The patient's sex is not stated; the sample looks {reading.sex.value} ({_share(reading)}). "
        "State it, so that variants on X and Y can be weighed."
    )
    return [Finding("sex-not-stated", Severity.WARNING, sentence)]


def _share(reading: SexReading) -> str:
    return f"{percent(reading.x_fraction)} of {reading.x_sites:,} X sites are heterozygous"


def _wrong(member: Member, stated: Sex, reading: SexReading) -> Finding:
    who = ROLE_WORDS[member.role]
    return Finding(
        "wrong-sex" if member.role.value == "proband" else f"wrong-sex-{member.role.value}",
        Severity.BLOCKING,
        f"The {who} is stated to be {stated.value}, but the sample looks {reading.sex.value}: {_share(reading)}. "
        "Check that the sample and the stated sex belong together.",
        people=(member.person.id,),
    )


def _exchanged(mother: SexReading, father: SexReading) -> Finding:
    return Finding(
        "parents-swapped",
        Severity.BLOCKING,
        f"The parents' samples look exchanged: the mother's looks male ({_share(mother)}) and the father's looks "
        f"female ({_share(father)}). Exchange them on the screen, or in the pedigree file and read the case again.",
    )


def _silent(member: Member, reading: SexReading) -> Finding:
    who = ROLE_WORDS[member.role]
    reason = (
        f"only {reading.x_sites} usable X sites, {MIN_X_SITES} needed"
        if reading.x_sites < MIN_X_SITES
        else "the X calls lie between what males and females show"
    )
    return Finding(
        f"sex-not-assessable-{member.role.value}",
        Severity.NOTE,
        f"The {who}'s sex could not be checked against the sample: {reason}.",
        people=(member.person.id,),
    )

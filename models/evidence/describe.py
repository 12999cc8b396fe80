"""Words for one variant: zygosity, frequency, genotypes of the family, mode, call quality.

Small pure functions of a case, its evidence and a row; the screens compose them.
"""

import numpy as np

from models.case import Affected, Case, Role, Sex, State, VariantTable, Zygosity
from models.evidence.family import Calls, Family, Member, calls_at, family_of
from models.evidence.frequency import covers_mitochondrion, frequency_text
from models.evidence.mitochondrial import heteroplasmy_words, mitochondrial_name
from models.evidence.quality import MIN_GQ_PHRED, Measures, measure
from models.evidence.regions import MITOCHONDRION, Copies, copies_at_place
from models.evidence.types import MODE_COLUMNS, Mode, VariantEvidence, VerdictCode
from models.evidence.words import percent

ROLE_WORDS = {
    Role.PROBAND: "patient",
    Role.MOTHER: "mother",
    Role.FATHER: "father",
    Role.SIBLING: "sibling",
    Role.OTHER: "relative",
}


def _at(table: VariantTable, column: int, row: int) -> Calls:
    return calls_at(table.genotypes, column, np.array([row], dtype=np.intp))


def copies_at(case: Case, row: int) -> Copies:
    """How this place is inherited."""
    frame = case.variants.frame
    return copies_at_place(frame["chrom"].iat[row], int(frame["pos_1based"].iat[row]), case.assembly)


def zygosity_of(calls: Calls, copies: Copies, sex: Sex) -> Zygosity:
    """Zygosity of a single call (one row), for any family member."""
    if not calls.carries[0]:
        return Zygosity.REFERENCE if calls.reference[0] else Zygosity.MISSING
    if copies is not Copies.MITOCHONDRIAL and (
        calls.ploidy[0] == 1 or (sex is Sex.MALE and copies in {Copies.X, Copies.Y})
    ):
        return Zygosity.HEMIZYGOUS
    if not calls.called[0]:
        return Zygosity.UNCERTAIN
    return Zygosity.HOMOZYGOUS if calls.all_alt[0] else Zygosity.HETEROZYGOUS


def zygosity_words(calls: Calls, copies: Copies, sex: Sex) -> str:
    """ "heterozygous", "reference", "not called", or for mitochondria "heteroplasmy 43 % (430 of 1000 reads)"."""
    if copies is Copies.MITOCHONDRIAL:
        return heteroplasmy_words(calls)
    zygosity = zygosity_of(calls, copies, sex)
    if zygosity is Zygosity.MISSING:
        return "not called"
    if zygosity is Zygosity.UNCERTAIN:
        return "partly called, with the variant"
    return str(zygosity.value)


def reads_words(calls: Calls) -> str:
    """ "18 of 41 reads, GQ 99"; only what the caller wrote; "" for nothing."""
    parts = []
    if calls.alt_reads[0] >= 0 and calls.depth_reads[0] >= 0:
        parts.append(f"{calls.alt_reads[0]} of {calls.depth_reads[0]} reads")
    elif calls.depth_reads[0] >= 0:
        parts.append(f"{calls.depth_reads[0]} reads")
    if calls.gq_phred[0] >= 0:
        parts.append(f"GQ {calls.gq_phred[0]}")
    return ", ".join(parts)


def change_name(case: Case, row: int) -> str:
    """What people call the change: "m.3243A>G" on mitochondrial DNA, else "c.2836C>T", else the place."""
    facts = case.variants.frame.iloc[row]
    change = str(facts["hgvs_c"]) if facts["hgvs_c_state"] == State.FOUND else ""
    place = f"chr{facts['chrom']}-{facts['pos_1based']}-{facts['ref']}-{facts['alt']}"
    return mitochondrial_name(facts) or change or place


def heteroplasmy_of(case: Case, column: int, row: int) -> str:
    """To be shown in place of "0/1" for the sample in `column` of the genotypes; "" off mitochondrial DNA."""
    if copies_at(case, row) is not Copies.MITOCHONDRIAL:
        return ""
    return heteroplasmy_words(_at(case.variants, column, row))


def member_words(case: Case, member: Member, row: int) -> str:
    """ "mother reference (38 reads, GQ 99)". The role, never a name."""
    calls = _at(case.variants, member.column, row)
    sex = case.patient.sex if member.role is Role.PROBAND else member.person.sex
    copies = copies_at(case, row)
    words = zygosity_words(calls, copies, sex)
    affected = " (affected)" if member.person.affected is Affected.AFFECTED and member.role is not Role.PROBAND else ""
    reads = "" if copies is Copies.MITOCHONDRIAL else reads_words(calls)
    return f"{ROLE_WORDS[member.role]}{affected} {words}" + (f" ({reads})" if reads else "")


def family_words(case: Case, row: int) -> tuple[str, ...]:
    """One phrase for each sequenced person, patient first; parents not sequenced are named as such."""
    family = family_of(case)
    if family.proband is None:
        return ("the patient's genotypes are not in this file",)
    phrases = [member_words(case, m, row) for m in (family.proband, *family.relatives)]
    return (*phrases, *_unsequenced_parents(family))


def _unsequenced_parents(family: Family) -> tuple[str, ...]:
    missing = [name for name, member in (("mother", family.mother), ("father", family.father)) if member is None]
    return tuple(f"{name} not sequenced" for name in missing)


def frequency_words(case: Case, row: int) -> str:
    """The frequency used for ranking, as clinicians write it."""
    facts = case.variants.frame.iloc[row]
    if facts["af_group_state"] == State.FOUND:
        state, fraction, group = State.FOUND, float(facts["af_group_max_fraction"]), str(facts["af_group_max_name"])
    elif facts["af_state"] == State.FOUND:
        state, fraction, group = State.FOUND, float(facts["af_fraction"]), ""
    else:
        looked_up = facts["chrom"] != MITOCHONDRION or covers_mitochondrion(case.variants.facts.brought)
        absent = looked_up and State.ABSENT in {facts["af_group_state"], facts["af_state"]}
        state, fraction, group = State.ABSENT if absent else State.NOT_ASSESSED, float("nan"), ""
    counted = facts["allele_count_state"] == State.FOUND
    nan = float("nan")
    return frequency_text(
        state,
        fraction,
        float(facts["allele_count"]) if counted else nan,
        float(facts["allele_number"]) if counted else nan,
        float(facts["homozygote_count"]) if facts["homozygote_state"] == State.FOUND else nan,
        group,
    )


_MODE_SENTENCES = {
    Mode.DE_NOVO: "New in the patient (de novo)",
    Mode.DOMINANT: "Fits a dominant condition",
    Mode.HOMOZYGOUS_RECESSIVE: "Fits a recessive condition, homozygous",
    Mode.COMPOUND_HETEROZYGOUS: "Fits a recessive condition, compound heterozygous",
    Mode.X_LINKED: "Fits an X-linked condition",
    Mode.MITOCHONDRIAL: "Fits a mitochondrial condition",
}


def mode_sentence(case: Case, evidence: VariantEvidence, row: int) -> str:
    """How the variant fits the family, with everyone's genotype: one sentence."""
    people = "; ".join(family_words(case, row))
    if row not in evidence.frame.index:
        return f"Not weighed: {people}."
    facts = evidence.frame.loc[row]
    best = str(facts["best_mode"])
    if best:
        return f"{_MODE_SENTENCES[Mode(best)]}: {people}."
    pending = [m.value for m, c in MODE_COLUMNS.items() if facts[c] == VerdictCode.NOT_ASSESSABLE]
    start = f"Not assessable as {', '.join(pending)}" if pending else "Fits no mode of inheritance in this family"
    return f"{start}: {people}."


def quality_sentence(case: Case, row: int) -> str:
    """Whether the patient's call is one to trust, with each value against its threshold."""
    family = family_of(case)
    if family.proband is None:
        return "Call quality not assessable: the patient's genotypes are not in this file."
    calls = _at(case.variants, family.proband.column, row)
    copies = np.array([copies_at(case, row)], dtype=np.int8)
    filters = case.variants.frame["filter"].iloc[[row]]
    m = measure(calls, filters, copies, family.sex is Sex.MALE)
    problems = _problems(calls, str(filters.iloc[0]), m)
    if problems:
        return f"Doubtful call: {'; '.join(problems)}."
    written = reads_words(calls)
    return f"Good call: {written}." if written else "Call quality not assessable: the caller wrote no depth or GQ."


def _problems(calls: Calls, filter_name: str, m: Measures) -> list[str]:
    problems = []
    if not m.filter_passed[0]:
        problems.append(f"the caller's filter says {filter_name}")
    if m.gq_fails[0]:
        problems.append(f"GQ {calls.gq_phred[0]}, below {MIN_GQ_PHRED}")
    if m.depth_fails[0]:
        problems.append(f"{calls.depth_reads[0]} reads, below {m.depth_needed[0]}")
    if m.balance_fails[0]:
        low, high = percent(float(m.balance_low[0])), percent(float(m.balance_high[0]))
        expected = f"{low} or more" if m.balance_high[0] == 1 else f"{low} to {high}"
        problems.append(f"{percent(float(calls.balance_fraction[0]))} of reads with the variant, expected {expected}")
    return problems

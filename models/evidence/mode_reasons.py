"""Why a mode of inheritance is met, not met, or not assessable, in words, for the variant on screen.

Written person by person, independently of the column arithmetic in `inheritance`; a property test
holds the two to the same verdict.
"""

from collections.abc import Mapping

import numpy as np

from models.case import Case, Judgement, Sex
from models.evidence.describe import ROLE_WORDS, copies_at
from models.evidence.family import Calls, Family, Member, family_of
from models.evidence.inheritance import FamilyCalls, family_calls, seems_to_carry, surely_reference
from models.evidence.regions import Copies
from models.evidence.types import MODE_COLUMNS, VERDICT_OF_CODE, Mode, VariantEvidence, VerdictCode
from models.evidence.words import percent

SOURCE = "genotypes of the variant file and the pedigree"


class Reasons:
    """What speaks against a mode, and what leaves it open."""

    def __init__(self) -> None:
        self.against: list[str] = []
        self.open: list[str] = []

    @property
    def code(self) -> VerdictCode:
        """The verdict these reasons amount to."""
        return VerdictCode.NOT_MET if self.against else VerdictCode.NOT_ASSESSABLE if self.open else VerdictCode.MET


def judge_modes(row: int, case: Case, evidence: VariantEvidence) -> Mapping[Mode, Judgement]:
    """Verdict and reason of every mode for a ranked row; empty for a row that left the funnel."""
    family = family_of(case)
    if family.proband is None or row not in evidence.frame.index:
        return {}
    facts = evidence.frame.loc[row]
    calls = calls_of(row, case, family)
    judgements = {}
    for mode, column in MODE_COLUMNS.items():
        code = VerdictCode(int(facts[column]))
        reason = (
            _pair_reason(code, str(facts["partner_phase"]), str(facts["gene"]))
            if mode is Mode.COMPOUND_HETEROZYGOUS
            else _sentence(mode, REASONS[mode](calls, family))
        )
        judgements[mode] = Judgement(VERDICT_OF_CODE[code], reason, SOURCE)
    return judgements


def calls_of(row: int, case: Case, family: Family) -> FamilyCalls:
    """The family's calls at one row."""
    rows = np.array([row], dtype=np.intp)
    return family_calls(case.variants.genotypes, family, rows, np.array([copies_at(case, row)], dtype=np.int8))


_MET_WORDS = {
    Mode.DE_NOVO: "every parent who could have passed it on was called without it",
    Mode.DOMINANT: "one copy, in nobody known to be unaffected",
    Mode.HOMOZYGOUS_RECESSIVE: "two copies, and no relative's genotype speaks against it",
    Mode.X_LINKED: "on the X chromosome, in no unaffected male",
    Mode.MITOCHONDRIAL: "on mitochondrial DNA",
}


def _sentence(mode: Mode, reasons: Reasons) -> str:
    return "; ".join(reasons.against or reasons.open) or _MET_WORDS[mode]


def _pair_reason(code: VerdictCode, phase: str, gene: str) -> str:
    if code is VerdictCode.MET:
        return "a second hit in the same gene lies on the other copy"
    if code is VerdictCode.NOT_ASSESSABLE:
        return "the phase of the second hit is not known" if phase else "the gene, or its other variants, are not known"
    if phase == "in cis":
        return f"the other variant in {gene} lies on the same copy"
    return "a relative's genotypes speak against the pair" if phase else "no second hit in this gene"


def _who(member: Member) -> str:
    state = "affected " if member.is_affected else "unaffected " if member.is_unaffected else ""
    return f"the {state}{ROLE_WORDS[member.role]}"


def _place(f: FamilyCalls) -> Copies:
    return Copies(int(f.copies[0]))


def _two_copies(f: FamilyCalls) -> bool:
    return bool(f.proband.all_alt[0] and f.proband.ploidy[0] == 2)


def de_novo_reasons(f: FamilyCalls, family: Family) -> Reasons:
    reasons, place = Reasons(), _place(f)
    boys_x = place is Copies.X and f.sex is Sex.MALE
    for name, calls, decides, counts in (
        ("mother", f.mother, place is not Copies.Y, place is not Copies.Y),
        ("father", f.father, not boys_x and place is not Copies.MITOCHONDRIAL, place is not Copies.MITOCHONDRIAL),
    ):
        haploid = np.array([name == "father" and place in {Copies.X, Copies.Y}])
        if calls is not None and counts and seems_to_carry(calls)[0]:
            reasons.against.append(f"the {name} carries it")
        elif decides and (calls is None or not surely_reference(calls, haploid)[0]):
            reasons.open.append(_unsure(name, calls))
    diploid = place in {Copies.AUTOSOMAL, Copies.X} and not boys_x
    if _two_copies(f) and diploid:
        sexed = place is Copies.AUTOSOMAL or f.sex is not Sex.UNKNOWN
        (reasons.against if sexed else reasons.open).append("two copies at once are not new")
    return reasons


def _unsure(name: str, calls: Calls | None) -> str:
    if calls is None:
        return f"the {name} was not sequenced"
    if not calls.called[0]:
        return f"the {name} was not called here"
    share = float(calls.balance_fraction[0])
    if share > 0:
        return f"{percent(share)} of the {name}'s reads show it"
    return f"the {name}'s call is not sure ({calls.depth_reads[0]} reads, GQ {calls.gq_phred[0]})"


def dominant_reasons(f: FamilyCalls, family: Family) -> Reasons:
    reasons = Reasons()
    if _place(f) is not Copies.AUTOSOMAL:
        reasons.against.append("not on an autosome")
    elif _two_copies(f):
        reasons.against.append("the patient has two copies")
    for member, calls in f.relatives:
        known = member.is_affected or member.is_unaffected
        if member.is_affected and calls.reference[0]:
            reasons.against.append(f"{_who(member)} does not carry it")
        elif member.is_unaffected and calls.carries[0]:
            reasons.against.append(f"{_who(member)} carries it")
        elif not known and calls.carries[0]:
            reasons.open.append(f"{_who(member)} carries it, and whether affected is not known")
        elif known and not calls.called[0] and not calls.carries[0]:
            reasons.open.append(f"{_who(member)} was not called here")
    return reasons


def homozygous_reasons(f: FamilyCalls, family: Family) -> Reasons:
    reasons = Reasons()
    if _place(f) is not Copies.AUTOSOMAL or not _two_copies(f):
        reasons.against.append("the patient does not have two copies of an autosome with it")
    for member, calls in f.relatives:
        if member.is_affected and calls.called[0] and not calls.all_alt[0]:
            reasons.against.append(f"{_who(member)} does not have two copies")
        elif member.is_unaffected and calls.all_alt[0]:
            reasons.against.append(f"{_who(member)} has two copies")
    parents = [(m, c) for m, c in f.relatives if m in (family.mother, family.father)]
    if len(parents) == 2 and all(c.reference[0] for _, c in parents):
        reasons.against.append("neither parent carries it")
    for member, calls in parents:
        if not calls.carries[0]:
            state = (
                "does not carry it: a deletion or uniparental disomy?" if calls.reference[0] else "was not called here"
            )
            reasons.open.append(f"{_who(member)} {state}")
    return reasons


def x_linked_reasons(f: FamilyCalls, family: Family) -> Reasons:
    reasons = Reasons()
    if _place(f) is not Copies.X:
        reasons.against.append("not on X outside its shared ends")
    if f.sex is Sex.UNKNOWN and f.proband.ploidy[0] == 2:
        reasons.open.append("the patient's sex is not known")
    for member, calls in f.relatives:
        male, female = member.person.sex is Sex.MALE, member.person.sex is Sex.FEMALE
        if member.is_affected:
            if calls.reference[0] and (male or f.sex is Sex.FEMALE):
                reasons.against.append(f"{_who(member)} does not carry it")
        elif member.is_unaffected and male:
            if calls.carries[0]:
                reasons.against.append(f"{_who(member)}, a male, carries it")
        elif member.is_unaffected and female:
            if calls.all_alt[0] and calls.ploidy[0] == 2:
                reasons.against.append(f"{_who(member)} has two copies")
            elif calls.carries[0] and f.sex is Sex.FEMALE:
                reasons.open.append(f"{_who(member)} carries it: skewed X inactivation?")
        elif calls.carries[0]:
            reasons.open.append(f"{_who(member)} carries it, and sex or affection is not known")
    return reasons


def mitochondrial_reasons(f: FamilyCalls, family: Family) -> Reasons:
    reasons = Reasons()
    if _place(f) is not Copies.MITOCHONDRIAL:
        reasons.against.append("not on mitochondrial DNA")
    for member, calls in f.relatives:
        if member.is_affected and member is not family.father and surely_reference(calls, np.array([False]))[0]:
            reasons.against.append(f"{_who(member)} does not carry it")
    if f.mother is not None and not seems_to_carry(f.mother)[0]:
        reasons.open.append("not seen in the mother, whose blood may hold too little of it")
    return reasons


REASONS = {
    Mode.DE_NOVO: de_novo_reasons,
    Mode.DOMINANT: dominant_reasons,
    Mode.HOMOZYGOUS_RECESSIVE: homozygous_reasons,
    Mode.X_LINKED: x_linked_reasons,
    Mode.MITOCHONDRIAL: mitochondrial_reasons,
}

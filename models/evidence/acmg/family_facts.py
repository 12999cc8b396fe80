"""What the genotypes of the family say of one variant, for PS2, PM6, PM3, PP1, BS4, BS2 and BP2."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.case import Absent, Case, Finding, Found, Looked, NotAssessed, State, Verdict, Zygosity
from models.evidence.acmg.facts import FamilyFacts, Partner
from models.evidence.clinvar import clinvar_class
from models.evidence.describe import change_name
from models.evidence.family import Family, family_of
from models.evidence.inheritance import FamilyCalls
from models.evidence.mode_reasons import calls_of, de_novo_reasons
from models.evidence.types import VERDICT_OF_CODE, GenePhenotype, VerdictCode

_SOURCE = "the family's genotypes"
_DE_NOVO = "in the patient and in no parent who could have passed it on"
# The identity checks that speak against parentage, or could not be made (models.evidence.identity_kinship).
_AGAINST = ("unrelated-", "duplicated-sample-", "mendelian-errors")
_NOT_CHECKED = "relatedness-not-assessable-"
_HALF = 0.5


def family_facts(
    row: int, case: Case, facts: Mapping[str, Any], findings: Iterable[Finding], match: GenePhenotype | None
) -> FamilyFacts:
    """Of a ranked row. facts: its row of VariantEvidence.frame. findings: of the identity checks.

    match: how well the gene explains the features.
    """
    family = family_of(case)
    if family.proband is None:
        return FamilyFacts()
    calls = calls_of(row, case, family)
    new = VERDICT_OF_CODE[VerdictCode(int(facts["de_novo"]))]
    reasons = de_novo_reasons(calls, family)
    return FamilyFacts(
        new,
        "; ".join(reasons.against or reasons.open) or _DE_NOVO,
        parentage(family, findings),
        _explains_half(match),
        _zygosity(str(facts["zygosity"])),
        _partner(case, int(facts["partner_row"]), str(facts["partner_phase"])),
        **_relatives(calls),
    )


def parentage(family: Family, findings: Iterable[Finding]) -> Verdict:
    """MET when both parents were sequenced, checked against the patient, and nothing spoke against them."""
    codes = [f.code for f in findings]
    if family.mother is None or family.father is None:
        return Verdict.NOT_ASSESSABLE
    if any(code.startswith(_AGAINST) for code in codes):
        return Verdict.NOT_MET
    unchecked = any(code.startswith(_NOT_CHECKED) for code in codes)
    return Verdict.NOT_ASSESSABLE if unchecked else Verdict.MET


def _explains_half(match: GenePhenotype | None) -> bool:
    found = match is not None and match.state is State.FOUND and match.asked > 0
    return bool(match and found and match.explained >= _HALF * match.asked)


def _zygosity(name: str) -> Looked[Zygosity]:
    known = Zygosity(name) if name else Zygosity.MISSING
    if known in (Zygosity.MISSING, Zygosity.UNCERTAIN):
        return NotAssessed("the patient's genotype was not called")
    return Found(known, _SOURCE)


def _partner(case: Case, row: int, phase: str) -> Looked[Partner]:
    if row < 0:
        return Absent(_SOURCE)
    other: Mapping[str, Any] = case.variants.frame.loc[row]
    known = other["clinvar_state"] == State.FOUND
    classed = clinvar_class(str(other["clinvar_significance"])) if known else ""
    stars = int(other["clinvar_stars"]) if other["clinvar_stars_state"] == State.FOUND else 0
    return Found(Partner(change_name(case, row), phase or "unknown", classed, stars), _SOURCE)


def _relatives(calls_of_family: FamilyCalls) -> dict[str, int]:
    """Counts over the sequenced relatives whose status is known and whose genotype was called."""
    counts = dict.fromkeys(
        ("affected_carriers", "affected_without", "unaffected_carriers", "unaffected_homozygotes"), 0
    )
    for member, calls in calls_of_family.relatives:
        carries, without = bool(calls.carries[0]), bool(calls.reference[0])
        if member.is_affected:
            counts["affected_carriers"] += carries
            counts["affected_without"] += without
        elif member.is_unaffected:
            counts["unaffected_carriers"] += carries
            counts["unaffected_homozygotes"] += bool(calls.all_alt[0] and calls.ploidy[0] == 2)
    return counts

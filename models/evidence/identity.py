"""Is this the right build, the right sample, the right family? Asked before anything is ranked.

Contradictions are BLOCKING: ranking waits for a named person's override. Sentences name roles and
numbers, never sample names.
"""

from models.case import Case, Finding, Severity
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import Family, family_of
from models.evidence.identity_build import check_build
from models.evidence.identity_kinship import check_relatives
from models.evidence.identity_sex import check_sexes
from models.evidence.identity_sites import sites_of


def check_identity(case: Case) -> tuple[Finding, ...]:
    """Everything that speaks against build, samples or family being what the case says."""
    family = family_of(case)
    findings = (*check_build(case), *check_samples(case, family))
    if family.proband is None or not len(case.variants):
        return findings
    sites = sites_of(case)
    return (*findings, *check_relatives(case, family, sites), *check_sexes(case, family, sites))


def check_samples(case: Case, family: Family) -> tuple[Finding, ...]:
    """People of the pedigree without a sample, and samples without a person."""
    findings = []
    in_file = case.variants.facts.samples_in_file
    if family.proband is None:
        findings.append(_patient_missing(bool(in_file)))
    unread = [p for p in case.pedigree.people if p.sample and case.variants.sample_index(p.sample) < 0]
    for person in unread:
        if person.id != case.pedigree.proband_id:
            findings.append(_sample_missing(ROLE_WORDS[case.pedigree.role(person.id)]))
    claimed = {p.sample for p in case.pedigree.people}
    strangers = [s for s in case.variants.samples if s not in claimed]
    if strangers and len(case.variants.samples) > 1:
        findings.append(_person_missing(len(strangers), len(case.variants.samples)))
    return tuple(findings)


def _patient_missing(has_samples: bool) -> Finding:
    reason = (
        "the pedigree's name for the patient is not a sample of the variant file"
        if has_samples
        else "it has no genotypes"
    )
    return Finding(
        "patient-not-in-file",
        Severity.BLOCKING,
        f"The variant file holds no genotypes of the patient: {reason}. "
        "Choose the patient's sample, or correct the pedigree.",
    )


def _sample_missing(who: str) -> Finding:
    return Finding(
        f"sample-missing-{who}",
        Severity.WARNING,
        f"The pedigree names a sample for the {who} that the variant file does not hold; "
        f"the {who} counts as not sequenced.",
    )


def _person_missing(strangers: int, samples: int) -> Finding:
    return Finding(
        "samples-without-person",
        Severity.WARNING,
        f"{strangers} of {samples} samples read belong to nobody in the pedigree and are not used. "
        "Add them to the pedigree file if they are family.",
    )

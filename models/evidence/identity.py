"""Is this the right build, the right sample, the right family? Asked before anything is ranked.

Contradictions are BLOCKING: ranking waits for a named person's override. Sentences name roles and
numbers, never sample names.
"""

from models.case import Case, Finding, Person, Severity
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import Family, family_of
from models.evidence.identity_build import check_build
from models.evidence.identity_kinship import check_relatives
from models.evidence.identity_sex import check_sexes
from models.evidence.identity_siblings import check_siblings
from models.evidence.identity_sites import sites_of


def check_identity(case: Case) -> tuple[Finding, ...]:
    """Everything that speaks against build, samples or family being what the case says."""
    family = family_of(case)
    findings = (*check_build(case), *check_samples(case, family))
    if family.proband is None or not len(case.variants):
        return findings
    sites = sites_of(case)
    relatives = (*check_relatives(case, family, sites), *check_siblings(case, family, sites))
    return (*findings, *relatives, *check_sexes(case, family, sites))


def check_samples(case: Case, family: Family) -> tuple[Finding, ...]:
    """People who are said to be sequenced and whose genotypes are not there."""
    missing = [] if family.proband else [_patient_missing(bool(case.variants.facts.samples_in_file))]
    for person in case.pedigree.people:
        claimed = person.sample and case.variants.sample_index(person.sample) < 0
        if claimed and person.id != case.pedigree.proband_id:
            missing.append(_sample_missing(person, ROLE_WORDS[case.pedigree.role(person.id)]))
    return tuple(missing)


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


def _sample_missing(person: Person, who: str) -> Finding:
    return Finding(
        f"sample-missing-{who}",
        Severity.BLOCKING,
        f"The pedigree names a sample for the {who} that the variant file does not hold; "
        "correct the pedigree, or give the file that holds it.",
        people=(person.id,),
    )

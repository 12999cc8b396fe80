"""What became of the secondary findings when the report was drawn up: asked, looked for, found; consent comes first."""

from models.evidence import change_name
from models.evidence.secondary_findings import Candidate, secondary_findings
from models.knowledge.secondary_findings import RELEASE
from models.reporting.content import SecondaryLine, SecondaryLook
from models.reporting.gather_variant import allele_of, place_of
from models.reporting.judged import given_class
from models.reporting.sections.section import class_words
from models.review.commands import Consent
from models.review.consent import Allowed, NotAllowed, Recorded, allows
from models.review.state import ReviewState
from models.workup import Workup

NO_CLINVAR = "neither the file nor an installed release of ClinVar answers"
NO_GENE = "no variant of this file could be given a gene"


def secondary_of(workup: Workup, state: ReviewState, recorded: Recorded, needed: int) -> SecondaryLook:
    """Nothing is looked at before the person agreed. needed: how many people must read a variant here."""
    answer = allows(Consent.SECONDARY_FINDINGS, recorded)
    if not isinstance(answer, Allowed):
        return SecondaryLook("declined" if isinstance(answer, NotAllowed) else "not recorded")
    frame, genes = workup.evidence.frame, workup.knowledge.genes.frame
    candidates = secondary_findings(workup.case, frame, genes)
    return SecondaryLook(
        "agreed",
        f"{RELEASE.name} {RELEASE.version}",
        int(genes["secondary_finding"].sum()),
        tuple(_line(workup, state, candidate, needed) for candidate in candidates),
        _hindered(workup),
    )


def _hindered(workup: Workup) -> str:
    """Why nothing could be looked for although it was agreed, "" otherwise."""
    if "clinvar_significance" not in workup.case.variants.facts.brought:
        return NO_CLINVAR
    genes = workup.evidence.frame["gene"].astype(str)
    return NO_GENE if len(genes) and not genes.ne("").any() else ""


def _line(workup: Workup, state: ReviewState, found: Candidate, needed: int) -> SecondaryLine:
    allele = allele_of(workup.case, found.row)
    given, _ = given_class(state.variant(allele), needed)
    return SecondaryLine(
        f"{found.gene} {change_name(workup.case, found.row)}".strip(),
        place_of(workup.case, found.row),
        found.disease,
        found.because,
        found.open,
        class_words(given.acmg_class) if given else "",
        given.who if given else "",
        allele in state.shortlisted,
    )

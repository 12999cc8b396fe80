"""The content of a report, gathered from the work-up and from what people decided: nothing here decides anything."""

import numpy as np

from models.case import Case, Kind
from models.evidence import change_name
from models.evidence.describe import ROLE_WORDS
from models.evidence.family import family_of
from models.ranking.card import LIMITS
from models.reporting.content import (
    Dismissed,
    FindingLine,
    FunnelLine,
    ReleaseLine,
    ReportContent,
    TermLine,
)
from models.reporting.gather_secondary import secondary_of
from models.reporting.gather_variant import place_of, row_of
from models.reporting.judged import by_whom
from models.reporting.known_variants import reported_once
from models.review.consent import Recorded, opposite, recorded_of
from models.review.state import ReviewState, Triage
from models.workup import Workup

_REFERENCE_BLOCKS = {Kind.NON_REF.value, Kind.REFERENCE.value}
# What a reader would take for asked -> the columns of which any one means that it was.
_ASKED = {
    "population frequencies": ("af_fraction", "af_group_max_fraction"),
    "predicted consequences and HGVS names": ("consequence", "hgvs_c"),
    "ClinVar": ("clinvar_significance",),
    "CADD": ("cadd_phred",),
    "REVEL": ("revel_score",),
    "AlphaMissense": ("alphamissense_score",),
    "SpliceAI (splicing)": ("spliceai_delta_max",),
}


def content_of(workup: Workup, state: ReviewState, needed: int = 1, why_amended: str = "") -> ReportContent:
    """What the report of the case says as everything stands now; the same input gives the same content.

    needed: how many people must read a variant here (`models.review.second_reading.readers_needed`).
    """
    case, facts, patient = workup.case, workup.case.variants.facts, workup.case.patient
    dismissed = [a for a, s in state.variants.items() if s.triage is Triage.DISMISSED]
    signed_before = state.reports[-1].payload if state.reports else {}
    recorded = recorded_of(patient.consent, state)
    return ReportContent(
        case_id=case.id,
        pseudonym=patient.pseudonym,
        sex=patient.sex.value,
        age_years=patient.age_years,
        indication=patient.indication,
        consent=_consent(patient.consent, state),
        is_synthetic=patient.is_synthetic,
        assembly=case.assembly.value,
        file_sha256=facts.sha256,
        case_sha256=case.sha256,
        caller=facts.caller,
        annotator=facts.annotator,
        sequenced=_sequenced(case),
        terms=tuple(TermLine(t.id, t.label, t.excluded, t.onset) for t in case.phenotype.terms),
        variants=tuple(reported_once(workup, state, allele, needed) for allele in state.shortlisted),
        dismissed=tuple(_dismissed(workup, state, allele) for allele in dismissed),
        in_file=len(case.variants),
        funnel=tuple(FunnelLine(s.title, s.threshold, s.left, s.remaining) for s in workup.evidence.funnel),
        coverage=_coverage(case),
        not_assessed=_not_assessed(case),
        findings=_findings(workup, state),
        releases=tuple(ReleaseLine(r.name, r.version, r.released_on, r.assembly) for r in workup.releases),
        brought=_brought(case),
        model=_model(workup),
        confidence=(workup.confidence.sentence, *(u.value for u in workup.confidence.unlike)),
        limits=LIMITS,
        decisions=state.version,
        decisions_head=state.head,
        decided_at=state.at,
        number=len(state.reports) + 1,
        amends=str(signed_before.get("content_sha256", "")),
        why_amended=why_amended,
        agreed=tuple(sorted(c.value for c in state.consent or ())),
        consent_by=_consent_by(recorded),
        secondary=secondary_of(workup, state, recorded, needed),
    )


def _consent(stated: str, state: ReviewState) -> str:
    if state.consent is None:
        return f"as the files state: {stated}" if stated else "not recorded"
    return ", ".join(sorted(c.value for c in state.consent)) or "refused"


def _consent_by(recorded: Recorded) -> str:
    """Who recorded it, and each use of which the files state the opposite."""
    if recorded.by is None:
        return ""
    against = [f"{use.value}: {'yes' if said else 'no'}" for use, said in opposite(recorded).items()]
    files = f"; the files state the opposite ({', '.join(against)})" if against else ""
    return f"recorded by {by_whom(recorded.by)}{files}"


def _sequenced(case: Case) -> tuple[str, ...]:
    family = family_of(case)
    people = [family.proband, *family.relatives] if family.proband else list(family.relatives)
    return tuple(ROLE_WORDS[member.role] for member in people if member)


def _dismissed(workup: Workup, state: ReviewState, allele: str) -> Dismissed:
    row, event = row_of(workup.case, allele), state.last["place on the shortlist", allele]
    reason, who = state.variant(allele).reason, by_whom(event)
    if row is None:
        return Dismissed(allele, "not in the file as it is read today", 0, reason, who)
    frame = workup.evidence.frame
    gene = str(frame.at[row, "gene"]) if row in frame.index else ""
    name = f"{gene} {change_name(workup.case, row)}".strip()
    return Dismissed(name, place_of(workup.case, row), workup.ranking.rank_of(row) or 0, reason, who)


def _findings(workup: Workup, state: ReviewState) -> tuple[FindingLine, ...]:
    lines = []
    for finding in workup.findings:
        event = state.overrides.get(finding.key)
        over = f"{by_whom(event)}: {event.payload['reason']}" if event else ""
        lines.append(FindingLine(finding.severity.value, finding.sentence, over))
    return tuple(lines)


def _coverage(case: Case) -> tuple[str, ...]:
    """What the file itself tells of depth; it never tells where nothing was covered unless it has reference blocks."""
    lines = [f"Sequenced: {', '.join(_sequenced(case)) or 'nobody of this family is in the file'}."]
    family = family_of(case)
    if family.proband:
        lines.append(_depth(case, family.proband.column))
    if _REFERENCE_BLOCKS & set(case.variants.frame["kind"].unique()):
        lines.append("The file holds reference blocks; how deep each gene was covered is not worked out here.")
    else:
        lines.append(
            "The file lists calls only: whether a place without a call was covered at all is not known. "
            "No variant in a gene is therefore not a negative result for that gene."
        )
    return tuple(lines)


def _depth(case: Case, column: int) -> str:
    calls = case.variants.genotypes
    depth = calls.depth_reads[calls.alt_copies[:, column] > 0, column]
    known = depth[depth >= 0]
    if not len(known):
        return "The caller wrote no read depth for the patient."
    tenth, median = np.percentile(known, [10, 50])
    return (
        f"Read depth at the patient's {len(known):,} variants: median {median:.0f}; one in ten has {tenth:.0f} "
        "reads or fewer."
    )


def _not_assessed(case: Case) -> tuple[str, ...]:
    brought = case.variants.facts.brought.keys()
    missing = [f"{name}: neither the file nor an installed release answers" for name, any_of in _ASKED.items()
               if not brought & set(any_of)]  # fmt: skip
    family = family_of(case)
    absent = [f"{who}: not sequenced" for who, m in (("mother", family.mother), ("father", family.father)) if m is None]
    return (*missing, *absent)


def _brought(case: Case) -> tuple[tuple[str, str], ...]:
    brought = case.variants.facts.brought
    found = (
        (name, tuple(dict.fromkeys(brought[c] for c in any_of if c in brought))) for name, any_of in _ASKED.items()
    )
    return tuple((name, "; ".join(sources)) for name, sources in found if sources)


def _model(workup: Workup) -> tuple[tuple[str, str], ...]:
    card = workup.ranking.card
    return (
        ("Name and version", f"{card.name} {card.version}"),
        ("sha256", card.sha256),
        ("Trained on", card.trained_on),
    )

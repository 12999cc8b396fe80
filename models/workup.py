"""From a case to a ranked list in one call, the same for the browser and the terminal."""

from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path

from models.case import Case, Finding, Phenotype, Severity
from models.errors import NeedsOverride
from models.evidence import (
    PhenotypeEvidence,
    VariantEvidence,
    assess_variants,
    check_annotation,
    check_identity,
    score_phenotype,
)
from models.knowledge import Knowledge, Release, resolve_phenotype
from models.knowledge.annotate import annotated_case, used_releases
from models.ranking import CalibratedScorer, Confidence, Ranking, confidence_of, rank
from models.ranking import rerank as rank_again


@dataclass(frozen=True, eq=False)
class Workup:
    """A case with all that was computed about it. Keyed by content; safe to share between viewers
    who may see the case. releases: the knowledge it rests on, by name, version and date."""

    case: Case
    knowledge: Knowledge
    evidence: VariantEvidence
    phenotype: PhenotypeEvidence
    ranking: Ranking
    confidence: Confidence
    findings: tuple[Finding, ...]
    releases: tuple[Release, ...] = ()


def blocking(findings: tuple[Finding, ...], overridden: Set[str]) -> tuple[Finding, ...]:
    """The findings that still wait for a named person's override; `overridden` holds their keys."""
    return tuple(f for f in findings if f.severity is Severity.BLOCKING and f.key not in overridden)


def inspect(case: Case, knowledge: Knowledge, folder: Path | None = None) -> tuple[Case, tuple[Finding, ...]]:
    """The case with its variants annotated from what is installed and its terms brought to the current
    ontology, and everything noticed about it, which the case then carries: inspecting it again loses nothing.
    folder: the case's own, where the annotated table is kept."""
    case = annotated_case(case, knowledge, folder)
    phenotype, about_terms = resolve_phenotype(case.phenotype, knowledge.hpo)
    case = case.with_phenotype(phenotype)
    noticed = (*case.findings, *about_terms, *check_identity(case), *check_annotation(case))
    found = tuple(dict.fromkeys(noticed))
    return replace(case, findings=found), found


def work_up(
    case: Case,
    knowledge: Knowledge,
    scorer: CalibratedScorer,
    overridden: Set[str] = frozenset(),
    folder: Path | None = None,
) -> Workup:
    """Annotate, check, assess and rank. folder: as in `inspect`.

    Raises NeedsOverride while a blocking finding's key is not in `overridden`.
    """
    return ranked(inspect(case, knowledge, folder)[0], knowledge, scorer, overridden)


def ranked(case: Case, knowledge: Knowledge, scorer: CalibratedScorer, overridden: Set[str] = frozenset()) -> Workup:
    """A case as `inspect` gave it, assessed and ranked. Raises NeedsOverride as `work_up`."""
    waiting = blocking(case.findings, overridden)
    if waiting:
        raise NeedsOverride(waiting[0].sentence, waiting[0].where)
    evidence = assess_variants(case, knowledge)
    phenotype = score_phenotype(case.phenotype, knowledge)
    ranking = rank(case, evidence, phenotype, knowledge, scorer)
    confidence = confidence_of(ranking, case, scorer.calibration)
    releases = used_releases(knowledge.releases, case.assembly)
    return Workup(case, knowledge, evidence, phenotype, ranking, confidence, case.findings, releases)


def rerank(workup: Workup, phenotype: Phenotype, scorer: CalibratedScorer) -> Workup:
    """The same case with other terms: only what depends on the terms is computed again."""
    case = workup.case.with_phenotype(phenotype)
    scored = score_phenotype(phenotype, workup.knowledge)
    ranking = rank_again(workup.ranking, workup.evidence, scored, scorer)
    confidence = confidence_of(ranking, case, scorer.calibration)
    return replace(workup, case=case, phenotype=scored, ranking=ranking, confidence=confidence)

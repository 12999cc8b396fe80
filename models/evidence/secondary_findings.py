"""Which variants are candidates for a secondary finding: the ACMG SF list's own rule for each gene.

ACMG SF v3.3 (Lee 2025, Genet Med 27:101454): known or expected pathogenic variants of 84 genes, whatever the question.
"Known" is read from ClinVar's P and LP; "expected", such as a new truncating variant, is not looked for and said so.
Who calls this answers for the person's agreement: `models.review.consent`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pandas as pd

from models.case import Case, Zygosity
from models.evidence.presets import REPORTED_PATHOGENIC
from models.evidence.types import VerdictCode
from models.intake.severity import RANK_OF


class Rule(str, Enum):
    """What of a gene is reported; the value is how the list says it.

    ALL: any one copy. TWO_COPIES: one of each parent, or both from one variant. NOT_ONE_HETEROZYGOUS: for ABCD1.
    TRUNCATING: TTN. C282Y: HFE, homozygous. TRDN is recessive, yet the list says ALL of it and is taken at its word.
    """

    ALL = "All P and LP"
    ALL_X_LINKED = "All hemi, het, homozygous P and LP"
    TWO_COPIES = "P and LP (2 variants)"
    NOT_ONE_HETEROZYGOUS = "All hemi or homozygous P and LP or 2 het. P/LP variants"
    TRUNCATING = "P and LP (truncating variants only)"
    C282Y = "p.C282Y homozygotes only"


# HFE c.845G>A (p.Cys282Tyr), rs1800562, on GRCh37 and GRCh38. It is reported whatever ClinVar calls it.
_C282Y_POSITIONS = frozenset({26_093_141, 26_092_913})
_LEAST_TRUNCATING = RANK_OF["frameshift_variant"]  # stop gained, canonical splice and whole-transcript loss come before
_TWO = {Rule.TWO_COPIES, Rule.NOT_ONE_HETEROZYGOUS}
_CALLED = dict(zip(REPORTED_PATHOGENIC, ("pathogenic", "likely pathogenic"), strict=True))
_BOTH_COPIES = {Zygosity.HOMOZYGOUS.value, Zygosity.HEMIZYGOUS.value}


@dataclass(frozen=True)
class Candidate:
    """A variant that the list's rule asks to report. row: of the case's table. rule, disease: the list's words.
    because: why the rule is met. open: what could not be assessed, in words."""

    row: int
    gene: str
    disease: str
    rule: Rule
    because: str
    open: tuple[str, ...] = ()


def secondary_findings(case: Case, frame: pd.DataFrame, genes: pd.DataFrame) -> tuple[Candidate, ...]:
    """The candidates among the ranked rows, in genomic order. frame: EVIDENCE_COLUMNS; genes: knowledge by symbol."""
    listed = frame[frame["gene"].isin(genes.index[genes["secondary_finding"].to_numpy(dtype=bool)])]
    pathogenic = listed[listed["clinvar_class"].isin(REPORTED_PATHOGENIC)]
    copies: Mapping[str, int] = pathogenic["gene"].astype(str).value_counts().to_dict()
    known = {int(row) for row in pathogenic.index}
    found = []
    for row, facts in zip(listed.index.tolist(), listed.to_dict("records"), strict=True):
        gene = str(facts["gene"])
        rule = Rule(str(genes.at[gene, "secondary_finding_rule"]))
        because, left_open = _c282y(case, row, facts) if rule is Rule.C282Y else ("", ())
        if rule is not Rule.C282Y and row in known:
            because, left_open = _met(rule, facts, copies[gene], known)
        if because:
            disease = str(genes.at[gene, "secondary_finding_disease"])
            found.append(Candidate(row, gene, disease, rule, because, (*left_open, *_doubts(facts))))
    return tuple(found)


Met = tuple[str, tuple[str, ...]]  # why the rule is met ("" when it is not), and what could not be assessed
_NOT_MET: Met = ("", ())


def _c282y(case: Case, row: int, facts: Mapping[str, Any]) -> Met:
    place = case.variants.frame.loc[row, ["pos_1based", "ref", "alt"]]
    is_c282y = int(place["pos_1based"]) in _C282Y_POSITIONS and (place["ref"], place["alt"]) == ("G", "A")
    homozygous = str(facts["zygosity"]) == Zygosity.HOMOZYGOUS.value
    return ("homozygous for p.Cys282Tyr", ()) if is_c282y and homozygous else _NOT_MET


def _met(rule: Rule, facts: Mapping[str, Any], in_gene: int, known: set[int]) -> Met:
    zygosity, called = str(facts["zygosity"]), f"{_CALLED[str(facts['clinvar_class'])]} in ClinVar"
    if rule in _TWO:
        return _two(zygosity, facts, in_gene, known)
    if rule is Rule.TRUNCATING:
        severity = int(facts["severity_rank"])
        if severity < 0:
            return called, ("whether it truncates the protein",)
        return (f"{called}, truncating", ()) if severity <= _LEAST_TRUNCATING else _NOT_MET
    return f"{zygosity}, {called}", ()


def _two(zygosity: str, facts: Mapping[str, Any], in_gene: int, known: set[int]) -> Met:
    if zygosity in _BOTH_COPIES:
        return zygosity, ()
    if zygosity == Zygosity.UNCERTAIN.value:
        return "at least one copy", ("whether it is on both copies",)
    if in_gene < 2:
        return _NOT_MET
    phase, has_partner = str(facts["partner_phase"]), int(facts["partner_row"]) in known
    if has_partner and phase == "in trans":
        return "two variants, one on each copy", ()
    if has_partner and phase == "in cis" and in_gene == 2:
        return _NOT_MET
    return "two variants", ("whether they lie on different copies",)


def _doubts(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return () if int(facts["quality"]) == VerdictCode.MET else ("whether the call can be trusted",)

"""The ACMG SF list: 84 genes, each with its rule, and which variants of a patient each rule asks to report."""

from typing import Any

import pandas as pd
import pytest

from models.evidence.secondary_findings import Rule, secondary_findings
from models.knowledge.secondary_findings import RELEASE
from models.knowledge.source import read_table
from tests.builders import a_case, a_variant

LIST = read_table("secondary_findings")
GENES = pd.DataFrame(
    {
        "secondary_finding": True,
        "secondary_finding_rule": LIST.groupby("gene")["report"].first(),
        "secondary_finding_disease": LIST.groupby("gene")["disease"].first(),
    }
)
FRAMESHIFT, INFRAME, NOT_ASSESSED = 4, 9, -1


def facts(gene: str, clinvar: str = "P", zygosity: str = "heterozygous", **more: Any) -> dict[str, Any]:
    return {
        "gene": gene, "clinvar_class": clinvar, "zygosity": zygosity, "severity_rank": FRAMESHIFT, "quality": 0,
        "partner_row": -1, "partner_phase": "", **more,
    }  # fmt: skip


def found(*rows: dict[str, Any], place: tuple[int, str, str] = (1_000, "A", "C")) -> list[tuple[str, str, tuple]]:
    variants = [a_variant("chr6", place[0] + n, *place[1:]) for n in range(len(rows))]
    frame = pd.DataFrame(rows, index=range(len(rows)))
    candidates = secondary_findings(a_case(*variants), frame, GENES)
    return [(c.gene, c.because, c.open) for c in candidates]


@pytest.mark.parametrize("gene", sorted(set(LIST["gene"])))
def test_each_gene_has_a_disease_a_mode_and_one_rule_that_is_understood(gene: str) -> None:
    rows = LIST[LIST["gene"] == gene]
    assert rows["disease"].str.len().gt(3).all()
    assert set(rows["modes"]) <= {"AD", "AR", "XL"}
    assert len({Rule(words) for words in rows["report"]}) == 1


def test_the_list_is_version_3_3_with_84_genes_and_names_its_source() -> None:
    assert LIST["gene"].nunique() == 84
    assert (RELEASE.version, "PMID:40568962" in RELEASE.citation) == ("3.3", True)
    rules = LIST.groupby("report")["gene"].agg(lambda genes: sorted(set(genes))).to_dict()
    assert rules[Rule.TWO_COPIES.value] == ["ATP7B", "BTD", "CASQ2", "CYP27A1", "GAA", "MUTYH", "RPE65"]
    assert rules[Rule.ALL_X_LINKED.value] == ["GLA", "OTC"]
    assert (rules[Rule.TRUNCATING.value], rules[Rule.C282Y.value]) == (["TTN"], ["HFE"])
    assert rules[Rule.NOT_ONE_HETEROZYGOUS.value] == ["ABCD1"]


@pytest.mark.parametrize("clinvar", ["VUS", "CONFLICTING", "LB", "B", "OTHER", ""])
def test_only_what_clinvar_calls_pathogenic_or_likely_so_is_a_candidate(clinvar: str) -> None:
    assert found(facts("BRCA1", clinvar)) == []
    assert found(facts("BRCA1", "LP")) == [("BRCA1", "heterozygous, likely pathogenic in ClinVar", ())]


def test_a_gene_that_is_not_on_the_list_is_never_a_secondary_finding() -> None:
    assert found(facts("SCN1A")) == []


@pytest.mark.parametrize("gene", ["MUTYH", "ATP7B", "CYP27A1", "ABCD1"])
def test_one_copy_in_a_gene_that_needs_two_is_not_reported(gene: str) -> None:
    assert found(facts(gene)) == []
    assert found(facts(gene), facts(gene, "VUS")) == []


@pytest.mark.parametrize("zygosity", ["homozygous", "hemizygous"])
def test_one_variant_on_every_copy_is_reported_also_where_two_are_needed(zygosity: str) -> None:
    assert found(facts("ABCD1", zygosity=zygosity)) == [("ABCD1", zygosity, ())]


@pytest.mark.parametrize(
    ("phase", "reported", "is_open"), [("in trans", True, False), ("unknown", True, True), ("in cis", False, False)]
)
def test_two_variants_count_unless_they_surely_lie_on_one_copy(phase: str, reported: bool, is_open: bool) -> None:
    pair = [facts("MUTYH", partner_row=1 - n, partner_phase=phase) for n in range(2)]
    told = found(*pair)
    assert len(told) == (2 if reported else 0)
    assert all(bool(left_open) is is_open for _, _, left_open in told)


def test_a_third_variant_is_not_ruled_out_by_a_pair_on_one_copy() -> None:
    three = [facts("MUTYH", partner_row=1 - n, partner_phase="in cis") for n in range(2)] + [facts("MUTYH")]
    assert [left_open for _, _, left_open in found(*three)] == [("whether they lie on different copies",)] * 3


def test_a_call_that_may_be_on_both_copies_is_shown_with_what_is_open() -> None:
    assert found(facts("GAA", zygosity="uncertain")) == [
        ("GAA", "at least one copy", ("whether it is on both copies",))
    ]


@pytest.mark.parametrize(
    ("severity", "told"),
    [(FRAMESHIFT - 1, [()]), (FRAMESHIFT, [()]), (FRAMESHIFT + 1, []), (INFRAME, []),
     (NOT_ASSESSED, [("whether it truncates the protein",)])],
)  # fmt: skip
def test_of_titin_only_what_truncates_is_reported_and_what_is_not_annotated_is_open(
    severity: int, told: list[tuple[str, ...]]
) -> None:
    assert [left_open for _, _, left_open in found(facts("TTN", severity_rank=severity))] == told


@pytest.mark.parametrize("position", [26_093_141, 26_092_913], ids=["GRCh37", "GRCh38"])
@pytest.mark.parametrize("clinvar", ["P", "CONFLICTING", ""])
def test_of_hfe_only_cys282tyr_on_both_copies_is_reported_whatever_clinvar_calls_it(
    position: int, clinvar: str
) -> None:
    c282y = (position, "G", "A")
    assert found(facts("HFE", clinvar, "homozygous"), place=c282y) == [("HFE", "homozygous for p.Cys282Tyr", ())]
    assert found(facts("HFE", clinvar), place=c282y) == []
    assert found(facts("HFE", "P", "homozygous"), place=(26_091_179, "C", "G")) == []


def test_a_call_that_is_not_to_be_trusted_is_shown_and_says_so() -> None:
    assert found(facts("BRCA1", quality=1))[0][2] == ("whether the call can be trusted",)

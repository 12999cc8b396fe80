"""Genes by their present names."""

from dataclasses import replace

from models.evidence import assess_variants
from tests.builders import a_case, a_variant
from tests.evidence.fakes import knowing

MISSENSE = {"consequence": "missense_variant", "af_group_max_fraction": 0.0001}


def test_a_gene_under_an_older_symbol_meets_todays_knowledge():
    knowledge = knowing(AARS1="AR")
    knowledge = replace(knowledge, genes=replace(knowledge.genes, previous={"AARS": "AARS1"}))
    rows = (
        a_variant("chr16", 100, "A", "T", gene="AARS", proband="0/1", mother="0/1", father="0/0", **MISSENSE),
        a_variant("chr16", 200, "C", "T", gene="AARS1", proband="0/1", mother="0/0", father="0/1", **MISSENSE),
    )
    case = a_case(*rows)
    evidence = assess_variants(case, knowledge).frame
    assert evidence["gene"].tolist() == ["AARS1", "AARS1"]
    assert evidence["best_mode"].tolist() == ["recessive, compound heterozygous"] * 2
    assert case.variants.frame["gene"].tolist() == ["AARS", "AARS1"]

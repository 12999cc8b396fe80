"""A file without annotation says so before its ranking is read."""

from dataclasses import replace

import pytest

from models.case import Assembly, Phenotype, State, Term
from models.evidence.annotation_gaps import check_annotation
from models.evidence.types import PhenotypeEvidence
from tests.builders import a_case, a_table, a_variant

FULL = {"gene": "SCN1A", "consequence": "missense_variant", "af_fraction": None, "clinvar_significance": None}


def on(assembly, **facts):
    case = a_case(a_variant("chr2", 5, "A", "T", proband="0/1", **facts))
    object.__setattr__(case, "variants", a_table(a_variant("chr2", 5, "A", "T", **facts), assembly=assembly))
    return case


def test_an_annotated_file_needs_no_warning():
    assert check_annotation(on(Assembly.GRCH37, **FULL)) == ()


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("consequence", "no consequences"),
        ("af_fraction", "no population frequencies"),
        ("clinvar_significance", "no ClinVar"),
    ],
)
def test_what_the_file_does_not_bring_is_named(left_out, said):
    facts = {k: v for k, v in FULL.items() if k != left_out}
    (finding,) = check_annotation(on(Assembly.GRCH38, **facts))
    assert said in finding.sentence


@pytest.mark.parametrize(
    ("left_out", "source"),
    [("consequence", "reference"), ("af_fraction", "gnomad_exomes"), ("clinvar_significance", "clinvar")],
)
def test_what_to_install_for_it_is_said_with_the_cases_own_build(left_out, source):
    facts = {k: v for k, v in FULL.items() if k != left_out}
    for assembly in (Assembly.GRCH38, Assembly.GRCH37):
        (finding,) = check_annotation(on(assembly, **facts))
        assert f"python cli.py knowledge install {source} --build {assembly.value}. Or annotate" in finding.sentence
        assert "on the screen Knowledge" in finding.sentence


def test_without_a_genome_build_the_build_is_asked_for_rather_than_an_installation():
    (finding,) = check_annotation(on(Assembly.UNKNOWN))
    assert "State the genome build" in finding.sentence and "install" not in finding.sentence.split("installed")[1]


def test_what_was_filled_from_an_installed_release_is_not_missing():
    case = on(Assembly.GRCH38, **{k: v for k, v in FULL.items() if k != "clinvar_significance"})
    assert "no ClinVar" in check_annotation(case)[0].sentence
    brought = {"clinvar_significance": "ClinVar 2026-11-10 (installed)", **case.variants.facts.brought}
    facts = replace(case.variants.facts, brought=brought)
    assert check_annotation(replace(case, variants=replace(case.variants, facts=facts))) == ()


def test_without_genes_only_grch38_can_place_a_variant():
    facts = {k: v for k, v in FULL.items() if k != "gene"}
    assert check_annotation(on(Assembly.GRCH38, **facts)) == ()
    (finding,) = check_annotation(on(Assembly.GRCH37, **facts))
    assert "says little" in finding.sentence


def test_a_variant_without_a_known_gene_has_no_phenotype_answer_rather_than_a_bad_one():
    import pandas as pd

    phenotype = Phenotype((Term("HP:0001250", "Seizure"),))
    evidence = PhenotypeEvidence(pd.DataFrame(), pd.DataFrame(), used=bool(phenotype.observed), source="test")
    assert evidence.of("").state is State.NOT_ASSESSED
    assert evidence.of("NOGENE").state is State.ABSENT

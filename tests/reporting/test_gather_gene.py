"""What the report knows of gene and disease: ids of the condition, ClinGen's validity, and each with its release."""

from dataclasses import replace

import pytest

from models.knowledge import Knowledge, load_knowledge
from models.reporting.gather_gene import NO_GENE, NOT_CURATED, condition_ids, gene_looked_up, validity_of


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.mark.parametrize(
    ("gene", "condition", "ids"),
    [
        ("SCN1A", "Dravet syndrome", ("OMIM:607208", "ORPHA:33069", "MONDO:0100135")),
        ("SCN1A", " dravet SYNDROME ", ("OMIM:607208", "ORPHA:33069", "MONDO:0100135")),
        ("TTN", "Dravet syndrome", ("ORPHA:33069", "MONDO:0100135")),
        ("ETHE1", "Ethylmalonic encephalopathy", ("OMIM:602473", "ORPHA:51188")),
        ("ETHE1", "Encephalopathy, ethylmalonic", ("OMIM:602473", "ORPHA:51188")),
        (
            "ACADVL",
            "Very long-chain acyl-CoA dehydrogenase deficiency",
            ("OMIM:201475", "ORPHA:26793", "MONDO:0008723"),
        ),
        ("SCN1A", "something new (OMIM:607208, MONDO:0100135)", ("OMIM:607208", "MONDO:0100135")),
        ("SCN1A", "Dravet", ()),
        ("SCN1A", "seizures of a new kind", ()),
        ("", "Dravet-like syndrome", ()),
    ],
)
def test_a_condition_has_the_ids_of_its_very_name(
    knowledge: Knowledge, gene: str, condition: str, ids: tuple[str, ...]
) -> None:
    assert condition_ids(knowledge, gene, condition) == ids


def test_every_disease_that_clingen_classified_for_the_gene_is_told_with_class_mode_and_release(
    knowledge: Knowledge,
) -> None:
    said = validity_of(knowledge, "SCN1A")
    assert said.startswith("Definitive for Dravet syndrome (MONDO:0100135), autosomal dominant; ")
    assert "Moderate for familial hemiplegic migraine (MONDO:0000700), autosomal dominant" in said
    assert said.endswith("[ClinGen gene-disease validity 2026-06-21]")


def test_not_curated_not_installed_and_no_gene_are_three_things(knowledge: Knowledge) -> None:
    without = replace(knowledge, releases=tuple(r for r in knowledge.releases if r.key != "clingen_validity"))
    assert validity_of(knowledge, "OR4F5") == f"{NOT_CURATED} [ClinGen gene-disease validity 2026-06-21]"
    assert validity_of(without, "SCN1A") == "not assessed: ClinGen validity is not installed"
    assert validity_of(knowledge, "") == NO_GENE
    assert condition_ids(without, "SCN1A", "Dravet syndrome") == ("OMIM:607208", "ORPHA:33069")


def test_what_pvs1_and_pp2_ask_about_the_gene_is_told_with_its_release(knowledge: Knowledge) -> None:
    facts = {name: (value, source) for name, value, source in gene_looked_up(knowledge, "SCN1A")}
    value, source = facts["Gene constraint"]
    assert value.startswith("LOEUF 0.") and "pLI 1.00" in value and source == "gnomAD constraint 2.1.1"
    assert facts["Haploinsufficiency"] == ("3: sufficient evidence", "ClinGen dosage sensitivity 2026-04-25")
    assert facts["Known inheritance of the gene"][0] == "AD"
    assert "ClinGen gene-disease validity 2026-06-21" in facts["Known inheritance of the gene"][1]
    assert gene_looked_up(knowledge, "NOGENE") == ()

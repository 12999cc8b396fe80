import numpy as np
import pytest

from models.knowledge.clingen_validity import CLASSES
from models.knowledge.genes import MODE_ORIGINS, possible_modes
from models.knowledge.modes import MODES, joined_modes
from tests.knowledge.real import knowledge


@pytest.fixture(scope="module")
def genes():
    return knowledge().genes


def test_the_columns_others_rely_on_have_their_types(genes):
    frame = genes.frame
    assert {c: str(frame[c].dtype) for c in ("loeuf", "pli", "missense_z")} == dict.fromkeys(
        ("loeuf", "pli", "missense_z"), "float32"
    )
    assert frame["secondary_finding"].dtype == np.bool_ and frame["has_disease"].dtype == np.bool_
    assert frame.index.is_unique and frame.index.name == "gene"
    assert not frame[["inheritance", "validity", "validity_disease"]].isna().any().any()


@pytest.mark.parametrize(
    ("gene", "inheritance", "validity"),
    [
        ("SCN1A", "AD", "Definitive"),
        ("COL1A1", "AD", "Definitive"),
        ("DMD", "XL;XLR", "Definitive"),
        ("MT-TL1", "MT", "Definitive"),
        ("PAH", "AR", "Definitive"),
        ("OR4F5", "", ""),
    ],
)
def test_well_known_genes_are_described_as_they_are(genes, gene, inheritance, validity):
    row = genes.frame.loc[gene]
    assert (row["inheritance"], row["validity"]) == (inheritance, validity)


def test_a_gene_without_known_disease_says_so_and_nothing_else(genes):
    row = genes.frame.loc["OR4F5"]
    assert not row["has_disease"] and not row["secondary_finding"]
    assert row["haploinsufficiency"] == -1


def test_the_secondary_findings_list_has_84_genes_each_with_a_rule_and_a_disease(genes):
    listed = genes.frame[genes.frame["secondary_finding"]]
    assert len(listed) == 84
    assert listed[["secondary_finding_rule", "secondary_finding_disease"]].ne("").all(axis=None)
    assert {"ABCD1", "CYP27A1", "PLN"} <= set(listed.index)
    assert genes.frame.loc["HFE", "secondary_finding_rule"] == "p.C282Y homozygotes only"


def test_only_known_words_are_used_for_modes_and_validity(genes):
    assert {m for text in genes.frame["inheritance"] for m in text.split(";") if m} <= set(MODES)
    assert set(genes.frame["validity"]) <= {*CLASSES, ""}


def test_each_mode_of_inheritance_has_an_origin(genes):
    said = genes.frame.loc[["SCN1A", "OR4F5"], list(MODE_ORIGINS)]
    assert (said.loc["SCN1A"] == "AD").all()
    assert (said.loc["OR4F5"] == "").all()


def test_constraint_that_gnomad_does_not_give_is_not_zero(genes):
    assert np.isnan(genes.frame.loc["MT-ND1", "loeuf"])
    assert (genes.frame["loeuf"].dropna() >= 0).all()
    assert genes.frame["pli"].dropna().between(0, 1).all()


@pytest.mark.parametrize(
    ("old", "now"), [("AARS", "AARS1"), ("ADCK3", "COQ8A"), ("SCN1A", "SCN1A"), ("NOSUCH", "NOSUCH")]
)
def test_an_older_symbol_is_brought_to_todays(genes, old, now):
    assert genes.current(old) == now


def test_no_older_symbol_is_also_a_gene_of_today_with_a_transcript(genes):
    assert not set(genes.previous) & set(knowledge().transcripts.chromosome_of)


@pytest.mark.parametrize(
    ("modes", "chromosome", "possible"),
    [
        ("AD;AR;XL", "2", "AD;AR"),
        ("AD;MT", "2", "AD"),
        ("AD;XL;XLR", "X", "XL;XLR"),
        ("AD;AR", "X", "AD;AR"),
        ("AR;MT", "MT", "MT"),
        ("AD;XL", "", "AD;XL"),
        ("", "2", ""),
    ],
)
def test_a_mode_that_cannot_be_on_the_chromosome_is_left_out(modes, chromosome, possible):
    assert possible_modes(modes, chromosome) == possible


def test_modes_are_joined_once_each_in_a_fixed_order():
    assert joined_modes(["XLR;AR", "", "AR;AD", "nonsense"]) == "AD;AR;XLR"

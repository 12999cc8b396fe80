"""What we state about published alleles is what the public tables say."""

import csv
import gzip

import pytest

from sample_data.recipe.model import Published
from tests.sample_data.patients import FOLDERS
from tests.shared_data import shared

ALLELES = {
    a.clinvar_id: a for f in FOLDERS for a in (*f.recipe.causal, *f.recipe.incidental, *f.recipe.carried_by_the_way)
}
WITHOUT_PANEL = {"189921", "9589"}  # SCN1A and m.3243A>G: the README says that we had no panel record


def _panel_rows() -> dict[str, dict[str, str]]:
    with gzip.open(shared("gene/acmg/clingen_erepo.tsv.gz"), "rt") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {r["clinvar_variation_id"]: r for r in rows if r["clinvar_variation_id"] in ALLELES}


@pytest.mark.shared
def test_classes_and_coordinates_are_those_of_the_expert_panels() -> None:
    rows = _panel_rows()
    assert set(ALLELES) - set(rows) == WITHOUT_PANEL
    for number, row in rows.items():
        allele = ALLELES[number]
        assert allele.clinvar_class.lower() == row["assertion"].lower()
        assert allele.hgvs_c.removesuffix("del") in row["variation"]
        if row["pos38"]:
            places = (str(allele.pos_grch38), str(allele.pos_grch37), allele.ref, allele.alt)
            assert places == (row["pos38"], row["pos37"], row["ref38"], row["alt38"])
        else:
            assert row["hgvs_g_grch38"].endswith("g.20189552del")  # GJB2, named at the end of its run of C


@pytest.mark.shared
def test_criteria_of_the_answers_are_those_of_the_expert_panels() -> None:
    rows = _panel_rows()
    for folder in FOLDERS:
        answer = folder.json("answer.json")
        stated = {v["hgvs_c"]: v["criteria"] for v in answer["per_variant"]}
        for allele in (*folder.recipe.causal, *folder.recipe.incidental):
            if allele.clinvar_id in rows:
                panel = {c.strip() for c in rows[allele.clinvar_id]["codes_met"].split(",")}
                assert set(stated.get(allele.hgvs_c, answer["criteria"])) == panel, allele.hgvs_c


@pytest.mark.shared
def test_gene_and_transcript_of_every_answer_are_mane_select() -> None:
    with shared("gene/transcripts/mane_select_2026.tsv").open() as stream:
        text = stream.read()
    for folder in FOLDERS:
        for named in folder.json("answer.json")["causal"]:
            if not named["gene"].startswith("MT-"):
                assert named["transcript"] in text, named["gene"]


def test_every_published_allele_says_where_its_facts_come_from() -> None:
    unsourced: list[Published] = [a for a in ALLELES.values() if not a.source]
    assert unsourced == []

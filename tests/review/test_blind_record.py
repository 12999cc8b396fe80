"""Before a learner commits, the record of no sample patient names a variant or a gene to choose."""

import json
import re

import pytest

from models.case import ClinicalRecord, LabValue, Note, Problem
from models.intake.fhir import parse_fhir
from models.review.blind_record import without_genetic_results
from tests.sample_data.patients import FOLDERS

HGVS = re.compile(r"\b[cgmnp]\.\(?[A-Z*\d-]", re.IGNORECASE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)
def test_the_record_before_the_commitment_names_neither_the_gene_nor_a_variant(folder) -> None:
    bundle = json.loads((folder.path / "record.fhir.json").read_text())
    causal = folder.json("answer.json")["causal"]
    genes = {c["gene"] for c in causal}
    told = repr(without_genetic_results(parse_fhir(bundle, "record")[0], genes))
    assert not HGVS.search(told)
    for one in causal:
        for secret in (one["gene"], one.get("hgvs_c"), one.get("hgvs_p"), one["variant"]):
            assert not secret or not re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", told)


def test_a_laboratory_value_that_names_a_variant_is_left_out() -> None:
    record = ClinicalRecord(labs=(LabValue("m.3243A>G heteroplasmy", "2025", 71.0), LabValue("Lactate", "2025", 4.0)))
    assert [v.name for v in without_genetic_results(record, ()).labs] == ["Lactate"]


def test_of_a_note_only_the_sentence_that_names_a_gene_is_hidden() -> None:
    record = ClinicalRecord(
        problems=(Problem("SCN1A-related epilepsy"), Problem("Eczema")),
        notes=(Note("Letter", "2025", "She walks. A change in SCN1A was found. She talks."),),
    )
    seen = without_genetic_results(record, ("SCN1A",))
    assert [p.text for p in seen.problems] == ["Eczema"]
    assert seen.notes[0].text == "She walks. [genetic result hidden] She talks."

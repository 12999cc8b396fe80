"""The product reads every sample patient, and notices the one whose parents are exchanged."""

from pathlib import Path

import pytest

from models.case import Assembly, Case, Role, Severity
from models.evidence import check_identity
from models.intake import files_of, read_case
from models.knowledge import load_knowledge
from tests.sample_data.patients import FOLDERS, Folder

pytestmark = pytest.mark.slow  # nine child processes parse nine files
EVERY_PATIENT = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    work = tmp_path_factory.mktemp("cases")
    made: dict[str, Case] = {}
    for folder in FOLDERS:
        place: Path = work / folder.recipe.slug
        place.mkdir()
        made[folder.recipe.slug] = read_case(files_of(folder.path), place)
    return made


@EVERY_PATIENT
def test_a_sample_patient_is_read_completely(cases: dict[str, Case], folder: Folder) -> None:
    case, recipe = cases[folder.recipe.slug], folder.recipe
    assert case.assembly is Assembly(recipe.assembly)
    assert case.variants.samples == tuple(folder.samples)
    assert (case.patient.pseudonym, case.patient.is_synthetic) == (recipe.pseudonym, True)
    assert case.pedigree.proband.sample == folder.sample("proband")
    assert len(case.phenotype.terms) == len(recipe.features)
    assert len(case.record.medications) == len(recipe.record.drugs)
    assert len(case.record.labs) == sum(len(lab.values) for lab in recipe.record.labs)
    assert case.record.unread == ()
    assert {r.sample for r in case.reads} == set(folder.samples)
    assert [f for f in case.findings if f.severity is Severity.BLOCKING] == []


@EVERY_PATIENT
def test_only_the_swapped_parents_make_the_ranking_wait(cases: dict[str, Case], folder: Folder) -> None:
    blocking = [f.code for f in check_identity(cases[folder.recipe.slug]) if f.severity is Severity.BLOCKING]
    assert bool(blocking) == folder.recipe.parents_swapped_in_ped, blocking


def test_the_ped_file_of_the_swapped_family_is_taken_at_its_word(cases: dict[str, Case]) -> None:
    case = cases["parents-swapped"]
    assert case.pedigree.role("SYN-009-02") is Role.FATHER
    assert case.pedigree.role("SYN-009-03") is Role.MOTHER


@EVERY_PATIENT
def test_the_terms_are_current_and_named_as_in_the_ontology(folder: Folder) -> None:
    ontology = load_knowledge().hpo
    assert [(f.id, f.label) for f in folder.recipe.features if ontology.label(f.id) != f.label] == []

import math

import numpy as np
import pandas as pd
import pytest

from models.knowledge import frozen_annotations
from models.knowledge.frequency import frequency_words, parse_frequency
from models.knowledge.profiles import FREQUENCY_NOT_STATED, PRIOR_PEOPLE, expected_fraction
from tests.knowledge import toy
from tests.knowledge.real import knowledge


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return toy.ontology(tmp_path_factory.mktemp("obo"))


@pytest.fixture(scope="module")
def notes(small):
    return toy.annotations(small)


@pytest.mark.parametrize(
    ("text", "fraction", "people"),
    [
        ("5/7", 5 / 7, (5, 7)),
        ("0/7", 0.0, (0, 7)),
        ("7/7", 1.0, (7, 7)),
        ("45%", 0.45, (0, 0)),
        ("24.3%", 0.243, (0, 0)),
    ],
)
def test_a_stated_frequency_is_read(text, fraction, people):
    read = parse_frequency(text)
    assert (read.fraction, (read.seen, read.examined)) == (pytest.approx(fraction), people)


@pytest.mark.parametrize("text", ["", "8/7", "0/0", "often", "HP:0000001", "1/2/3", "-3%"])
def test_what_is_not_a_frequency_is_not_stated_rather_than_zero(text):
    assert math.isnan(parse_frequency(text).fraction)


def test_frequency_words_are_those_of_the_source():
    assert frequency_words(5 / 7, 5, 7) == "5/7"
    assert frequency_words(parse_frequency("HP:0040281").fraction, 0, 0) == "very frequent"
    assert frequency_words(0.45, 0, 0) == "45 %"
    assert frequency_words(float("nan"), 0, 0) == ""


def test_small_counts_lean_to_the_usual_and_large_ones_hardly():
    few, many = expected_fraction(np.array([0.5, 0.5], np.float32), np.array([2, 2000], np.int32))
    assert few == pytest.approx((0.5 * 2 + FREQUENCY_NOT_STATED * PRIOR_PEOPLE) / (2 + PRIOR_PEOPLE))
    assert many == pytest.approx(0.5, abs=0.001)


def test_counts_of_several_papers_are_added(small):
    rows = (("OMIM:1", "HP:0000012", "1/2", False), ("OMIM:1", "HP:0000012", "2/3", False), *toy.ROWS[3:])
    notes = toy.annotations(small, rows)
    assert notes.disease_profiles.frequency_text(0, small.position("HP:0000012")) == "3/5"


def test_features_reach_their_ancestors_with_the_highest_fraction(notes, small):
    features, fraction = notes.disease_profiles.by_owner.of(notes.disease_position["OMIM:1"])
    expected = dict(zip(features.tolist(), fraction.tolist(), strict=True))
    dilated = (9 + FREQUENCY_NOT_STATED * PRIOR_PEOPLE) / (10 + PRIOR_PEOPLE)
    assert expected[small.position("HP:0000012")] == pytest.approx(dilated)
    assert expected[small.position("HP:0000010")] == pytest.approx(dilated)
    assert expected[small.position("HP:0000014")] == pytest.approx(0.545)
    assert small.position("HP:0000001") not in expected


def test_a_feature_looked_for_and_never_seen_is_not_a_feature_but_remembered(notes, small):
    disease, cataract = notes.disease_position["OMIM:2"], small.position("HP:0000021")
    assert cataract not in notes.direct.of(disease)[0]
    assert cataract in notes.negated.of(disease)


def test_a_negated_annotation_is_not_a_feature_but_remembered(notes, small):
    disease, coloboma = notes.disease_position["OMIM:3"], small.position("HP:0000022")
    assert coloboma not in notes.direct.of(disease)[0]
    assert coloboma in notes.negated.of(disease)


def test_an_annotation_by_an_old_id_counts_for_the_current_term(notes, small):
    assert small.position("HP:0000011") in notes.direct.of(notes.disease_position["ORPHA:4"])[0]


def test_inheritance_is_not_a_feature(notes, small):
    disease = notes.disease_position["OMIM:1"]
    assert small.position("HP:0000006") not in notes.direct.of(disease)[0]
    assert notes.inheritance.of(disease).tolist() == [small.position("HP:0000006")]


def test_a_shared_disease_speaks_for_a_gene_only_when_it_has_no_other(notes, small):
    cataract = small.position("HP:0000021")
    with_own, alone = notes.gene_position["HCM1"], notes.gene_position["ALONE1"]
    assert cataract not in notes.gene_profiles.direct.of(with_own)[0]
    assert cataract in notes.gene_profiles.direct.of(alone)[0]


def test_the_background_is_the_mean_over_diseases(notes, small):
    eye = (4 + FREQUENCY_NOT_STATED * PRIOR_PEOPLE) / (8 + PRIOR_PEOPLE)
    assert notes.background[small.position("HP:0000021")] == pytest.approx((eye + FREQUENCY_NOT_STATED) / 4)
    assert notes.background[small.position("HP:0000022")] == pytest.approx(0.5 / 4)


def test_a_subset_of_diseases_keeps_its_features_counts_and_order(notes, small):
    some = notes.disease_profiles.subset(np.array([2, 0], dtype=np.int32))
    for mine, theirs in ((0, 2), (1, 0)):
        for matrix in ("direct", "by_owner"):
            kept, whole = getattr(some, matrix).of(mine), getattr(notes.disease_profiles, matrix).of(theirs)
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(kept, whole, strict=True))
    assert some.frequency_text(1, small.position("HP:0000012")) == "9/10"


def test_a_disease_without_features_stays_known(small):
    notes = toy.annotations(small, toy.ROWS[:3])
    assert {"OMIM:2", "OMIM:3", "ORPHA:4"} <= set(notes.disease_ids)
    assert len(notes.genes) == 4


def test_a_frozen_release_is_read_from_its_tables(tmp_path, small, notes):
    hpoa = pd.DataFrame({"database_id": ["OMIM:1"], "hpo_id": ["HP:0000012"], "frequency": ["2/4"]})
    hpoa.to_parquet(tmp_path / "hpoa_2019-01.parquet")
    pd.DataFrame({"gene": ["DCM1"], "disease_id": ["OMIM:1"]}).to_parquet(tmp_path / "pairs.parquet")
    frozen = frozen_annotations(tmp_path / "hpoa_2019-01.parquet", tmp_path / "pairs.parquet", notes, small)
    assert (frozen.release, frozen.genes, frozen.disease_labels) == ("2019-01", ("DCM1",), ("disease 1",))


def test_the_installed_release_gives_known_facts():
    notes, hpo = knowledge().annotations, knowledge().hpo
    dravet = notes.disease_position["OMIM:607208"]
    assert "SCN1A" in notes.genes_by_disease[dravet]
    assert notes.disease_profiles.frequency_text(dravet, hpo.position("HP:0001251")) == "15/17"
    assert len(notes.genes) > 5_000 and len(notes.disease_ids) > 12_000

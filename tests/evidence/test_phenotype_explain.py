import math
from dataclasses import replace

import pytest

from models.evidence import explain_gene, next_questions, score_phenotype
from models.evidence.phenotype import best_disease_of, scored_terms
from models.evidence.phenotype_explain import EXPECTED_FRACTION, SEEN_IN_SOME_FRACTION
from models.evidence.phenotype_questions import LEAST_GAIN_BITS
from models.knowledge.profiles import FREQUENCY_NOT_STATED
from tests.knowledge import toy
from tests.knowledge.real import knowledge

HEART, CARDIOMYOPATHY, DILATED, HYPERTROPHIC, ARRHYTHMIA = (f"HP:00000{n}" for n in (10, 11, 12, 13, 14))
CATARACT, COLOBOMA = "HP:0000021", "HP:0000022"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return toy.world(tmp_path_factory.mktemp("obo"))


def only(matches):
    (match,) = matches
    return match


def test_a_term_the_disease_has_itself_is_exact_with_its_frequency(world):
    match = only(explain_gene(toy.patient(DILATED), "DCM1", world))
    assert (match.kind, match.gene_term_id, match.gene_term_label) == ("exact", DILATED, "Dilated cardiomyopathy")
    assert (match.frequency_text, match.disease_id, match.disease_label) == ("9/10", "OMIM:1", "disease 1")
    assert match.log_lr > 0


def test_a_term_above_the_diseases_own_is_more_general(world):
    match = only(explain_gene(toy.patient(CARDIOMYOPATHY), "DCM1", world))
    assert (match.kind, match.gene_term_id, match.frequency_text) == ("more general", DILATED, "9/10")


def disease_with(term, without):
    """A real gene with one disease that has `term` itself, but nothing like `without` or below `term`."""
    notes, hpo = knowledge().annotations, knowledge().hpo
    at, other = hpo.position(term), hpo.position(without)
    for disease in notes.disease_profiles.direct_by_term.of(at)[0]:
        genes = notes.genes_by_disease[disease]
        shown = set(notes.disease_profiles.by_owner.of(int(disease))[0].tolist())
        alone = len(genes) == 1 and len(notes.gene_diseases.of(notes.gene_position[genes[0]])) == 1
        if alone and other not in shown and not shown & {hpo.position(d) for d in hpo.descendants(term)}:
            return genes[0]
    raise AssertionError("no such disease")


def test_a_term_below_the_diseases_own_is_more_specific():
    seizure, tonic_clonic = "HP:0001250", "HP:0002069"
    match = only(explain_gene(toy.patient(tonic_clonic), disease_with(seizure, tonic_clonic), knowledge()))
    assert (match.kind, match.gene_term_id) == ("more specific", seizure)


def test_two_terms_under_a_rare_shared_ancestor_are_related():
    cataract, ectopia = "HP:0000518", "HP:0001083"
    match = only(explain_gene(toy.patient(ectopia), disease_with(cataract, "HP:0001083"), knowledge()))
    assert (match.kind, match.gene_term_id) == ("related", cataract)


def test_what_is_not_explained_says_so_with_the_disease_it_was_compared_with(world):
    match = only(explain_gene(toy.patient(COLOBOMA), "DCM1", world))
    assert (match.kind, match.gene_term_id, match.disease_id) == ("unexplained", "", "OMIM:1")


def test_what_the_best_disease_does_not_explain_may_be_explained_by_another_of_the_gene(world):
    matches = explain_gene(toy.patient(HYPERTROPHIC, CATARACT), "HCM1", world)
    assert [(m.kind, m.disease_id) for m in matches] == [("exact", "OMIM:2"), ("exact", "ORPHA:4")]


def test_a_gene_without_annotated_disease_explains_nothing(world):
    match = only(explain_gene(toy.patient(DILATED, excluded=(CATARACT,)), "TTN", world))
    assert (match.kind, match.disease_id, match.log_lr) == ("unexplained", "", 0.0)


def test_excluded_terms_are_compared_even_when_nothing_else_is_known(world):
    match = only(explain_gene(toy.patient(excluded=(DILATED,)), "DCM1", world))
    assert (match.kind, match.disease_id) == ("excluded but expected", "OMIM:1")


def test_an_excluded_term_that_the_disease_usually_has_is_pointed_out(world):
    matches = explain_gene(toy.patient(DILATED, excluded=(ARRHYTHMIA, COLOBOMA)), "DCM1", world)
    assert [m.kind for m in matches] == ["exact", "excluded but expected", "excluded, agrees"]
    assert (matches[1].gene_term_label, matches[1].frequency_text) == ("Arrhythmia", "frequent")
    assert {m.log_lr for m in matches[1:]} == {0.0}


@pytest.mark.parametrize(
    ("frequency", "kind"),
    [
        ("HP:0040284", "excluded, agrees"),
        ("4%", "excluded, agrees"),
        ("5%", "excluded, seen in some"),
        ("1/6", "excluded, seen in some"),
        ("12/31", "excluded, seen in some"),
        ("49%", "excluded, seen in some"),
        ("1/2", "excluded but expected"),
        ("51%", "excluded but expected"),
        ("HP:0040282", "excluded but expected"),
        ("", "excluded but expected"),
    ],
)
def test_only_what_at_least_half_of_the_patients_have_is_expected(tmp_path, frequency, kind):
    assert SEEN_IN_SOME_FRACTION == 0.05 and EXPECTED_FRACTION == 0.5 < FREQUENCY_NOT_STATED
    match = explain_gene(toy.patient(DILATED, excluded=(CATARACT,)), "DCM1", with_row(tmp_path, frequency))[1]
    assert match.kind == kind


def with_row(tmp_path, frequency):
    """The toy world in which DCM1's disease also has cataract, this often."""
    hpo, small = toy.ontology(tmp_path), toy.world(tmp_path)
    rows = (*toy.ROWS, ("OMIM:1", CATARACT, frequency, False))
    return replace(small, hpo=hpo, annotations=toy.annotations(hpo, rows))


def test_the_frequency_of_an_excluded_feature_comes_with_it(tmp_path):
    patient = toy.patient(DILATED, excluded=(CATARACT,))
    match = explain_gene(patient, "DCM1", with_row(tmp_path, "12/31"))[1]
    assert (match.frequency_text, match.frequency_fraction) == ("12/31", pytest.approx(12 / 31))
    assert math.isnan(explain_gene(patient, "DCM1", with_row(tmp_path, ""))[1].frequency_fraction)


def test_terms_are_explained_in_the_patients_order_and_only_features(world):
    matches = explain_gene(toy.patient(COLOBOMA, "HP:0000006", DILATED), "DCM1", world)
    assert [m.term_id for m in matches] == [COLOBOMA, DILATED]


@pytest.mark.parametrize("gene", ["SCN1A", "FBN1", "CFTR", "BRCA2", "GBA1"])
def test_the_count_of_explained_terms_is_what_the_table_shows(gene):
    patient = toy.patient("HP:0001250", "HP:0001166", "HP:0002110", "HP:0000322", "HP:0001744", "HP:0000021")
    row = score_phenotype(patient, knowledge()).of(gene)
    explained = [m for m in explain_gene(patient, gene, knowledge()) if m.kind != "unexplained"]
    assert (row.explained, row.asked) == (len(explained), 6)


def test_an_older_symbol_is_explained_as_todays():
    patient = toy.patient("HP:0001250")
    assert explain_gene(patient, "ADCK3", knowledge()) == explain_gene(patient, "COQ8A", knowledge())


def questions(world, *ids, excluded=(), **more):
    patient = toy.patient(*ids, excluded=excluded)
    return next_questions(patient, score_phenotype(patient, world), world, **more)


def test_a_question_separates_the_leading_diseases(world):
    asked = questions(world, CARDIOMYOPATHY)
    assert {q.term_id for q in asked} & {DILATED, HYPERTROPHIC, CATARACT}
    best = asked[0]
    assert best.gain_bits >= LEAST_GAIN_BITS and best.points_to
    assert [q.gain_bits for q in asked] == sorted((q.gain_bits for q in asked), reverse=True)


def test_what_is_known_is_not_asked_again(world):
    asked = {q.term_id for q in questions(world, DILATED, excluded=(CATARACT,))}
    assert not asked & {DILATED, CARDIOMYOPATHY, HEART, CATARACT}


def test_no_question_is_a_kind_of_another():
    asked = questions(knowledge(), "HP:0001250", "HP:0001263", limit=12)
    hpo = knowledge().hpo
    assert len(asked) == 12
    assert not any(a.term_id in hpo.ancestors(b.term_id) for a in asked for b in asked)


def test_questions_can_be_kept_to_the_genes_at_the_top_of_a_ranking():
    asked = questions(knowledge(), "HP:0001250", genes=("SCN1A", "PRRT2"))
    labels = {label for q in asked for label in q.points_to}
    notes = knowledge().annotations
    known = {
        notes.disease_labels[d] for g in ("SCN1A", "PRRT2") for d in notes.gene_diseases.of(notes.gene_position[g])
    }
    assert asked and labels <= known


def test_there_is_nothing_to_ask_without_terms_or_with_one_disease_left(world):
    assert questions(world) == ()
    assert questions(world, DILATED, genes=("DCM1",)) == ()
    assert questions(world, DILATED, genes=("NOSUCHGENE",)) == ()


@pytest.mark.parametrize("gene", ["SCN1A", "FBN1", "COL2A1", "LMNA", "FGFR3"])
def test_the_disease_compared_with_is_the_one_the_ranking_names(gene):
    patient = toy.patient("HP:0001250", "HP:0001166", "HP:0002650", "HP:0004322")
    named = score_phenotype(patient, knowledge()).of(gene).disease_id
    terms = scored_terms(patient, knowledge().hpo)
    notes = knowledge().annotations
    best = best_disease_of(notes.gene_position[gene], terms, knowledge().hpo, notes)
    assert notes.disease_ids[best] == named

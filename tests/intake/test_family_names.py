"""Names of the pedigree against samples of the variant file: what is normal, what waits for a person."""

import pytest

from models.case import Severity
from models.intake.ped import pedigree_from_ped, read_ped

TRIO = "F1 child dad mum 2 2\nF1 dad 0 0 1 1\nF1 mum 0 0 2 1\n"
SIBLING = "F1 sis dad mum 2 1\n"
GRANDMOTHER = TRIO.replace("F1 mum 0 0", "F1 mum 0 gran") + "F1 gran 0 0 2 1\n"


def noticed(tmp_path, text, samples):
    path = tmp_path / "family.ped"
    path.write_text(text)
    _, findings = pedigree_from_ped(read_ped(path, "family.ped"), samples, "child")
    return [(f.code, f.severity) for f in findings]


def said(tmp_path, text, samples):
    path = tmp_path / "family.ped"
    path.write_text(text)
    return " ".join(f.sentence for f in pedigree_from_ped(read_ped(path, "family.ped"), samples, "child")[1])


def test_a_whole_trio_raises_nothing(tmp_path):
    assert noticed(tmp_path, TRIO, ["child", "dad", "mum"]) == []


@pytest.mark.parametrize("samples", [["child"], ["child", "mum"]])
def test_relatives_who_were_not_sequenced_are_a_note(tmp_path, samples):
    assert noticed(tmp_path, TRIO, samples) == [("relatives-not-sequenced", Severity.NOTE)]


@pytest.mark.parametrize("samples", [["child", "DAD-2", "MUM-2"], ["child", "mum", "DAD-2"]])
def test_a_parent_not_in_the_file_beside_a_sample_of_nobody_waits_for_a_person(tmp_path, samples):
    assert noticed(tmp_path, TRIO, samples) == [("pedigree-names-disagree", Severity.BLOCKING)]


def test_a_sibling_not_in_the_file_beside_a_sample_of_nobody_waits_for_a_person(tmp_path):
    samples = ["child", "dad", "mum", "SIS-2"]
    assert noticed(tmp_path, TRIO + SIBLING, samples) == [("pedigree-names-disagree", Severity.BLOCKING)]


def test_a_grandmother_not_in_the_file_does_not_stop_the_ranking(tmp_path):
    found = noticed(tmp_path, GRANDMOTHER, ["child", "dad", "mum", "other"])
    assert found == [("relatives-not-sequenced", Severity.NOTE), ("samples-without-person", Severity.WARNING)]


def test_a_further_sample_beside_a_whole_family_is_a_warning(tmp_path):
    assert noticed(tmp_path, TRIO, ["child", "dad", "mum", "other"]) == [("samples-without-person", Severity.WARNING)]


def test_samples_of_the_other_families_of_the_file_are_not_strangers(tmp_path):
    found = noticed(tmp_path, TRIO + "F2 other 0 0 1 1\n", ["child", "mum", "other"])
    assert found == [("relatives-not-sequenced", Severity.NOTE)]


def test_sentences_count_people_by_role_and_name_nobody(tmp_path):
    two = TRIO + SIBLING + SIBLING.replace("sis", "bro")
    sentence = said(tmp_path, two, ["child", "X1", "X2"])
    assert "mother, father, 2 siblings" in sentence
    assert "2 of its 3 samples" in sentence
    for name in ("dad", "mum", "sis", "bro", "X1"):
        assert name not in sentence.split()

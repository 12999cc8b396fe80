"""Pedigree files: the dialects in circulation, and what is refused."""

from pathlib import Path

import pytest

from models.case import Affected, Role, Severity, Sex
from models.errors import InputError, UnreadableFile
from models.intake.ped import pedigree_from_ped, pedigree_from_roles, read_ped
from tests.shared_data import shared

TRIO = "F1\tchild\tdad\tmum\t2\t2\nF1\tdad\t0\t0\t1\t1\nF1\tmum\t0\t0\t2\t1\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "family.ped"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_trio_names_the_affected_child_as_the_patient(tmp_path):
    pedigree, _ = pedigree_from_ped(read_ped(written(tmp_path, TRIO), "family.ped"), ["mum", "child", "dad"])
    assert pedigree.proband_id == "child"
    assert (pedigree.mother.sample, pedigree.father.sample) == ("mum", "dad")
    assert pedigree.proband.sex is Sex.FEMALE


def test_a_header_spaces_and_words_for_sex_are_understood(tmp_path):
    text = "#family_id sample_id paternal_id maternal_id sex phenotype\n1 kid dad mom male affected\n"
    family = read_ped(written(tmp_path, text), "family.ped").families["1"]
    kid = next(p for p in family if p.id == "kid")
    assert (kid.sex, kid.affected, kid.father_id) == (Sex.MALE, Affected.AFFECTED, "dad")


def test_parents_without_a_line_of_their_own_are_known_but_not_sequenced(tmp_path):
    pedigree, _ = pedigree_from_ped(read_ped(written(tmp_path, "1 kid dad mom 1 2\n"), "family.ped"), ["kid"])
    assert pedigree.father.sample == ""
    assert pedigree.father.sex is Sex.MALE


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("1 kid dad mom 1\n", "family.ped line 1", "5 columns"),
        (TRIO + "F1\tchild\t0\t0\t2\t2\n", "family.ped line 4", "twice"),
        ("# nobody\n", "family.ped", "no person"),
        ("1 a b 0 1 2\n1 b a 0 1 1\n", "family.ped", "own ancestor"),
    ],
)
def test_a_broken_pedigree_is_refused_with_its_line(tmp_path, text, where, said):
    with pytest.raises(UnreadableFile) as problem:
        read_ped(written(tmp_path, text), "family.ped")
    assert problem.value.where == where
    assert said in problem.value.sentence


def test_a_mother_recorded_as_male_waits_for_an_override(tmp_path):
    ped = read_ped(written(tmp_path, "1 kid dad mom 1 2\n1 mom 0 0 1 1\n"), "family.ped")
    assert [f.severity for f in ped.findings] == [Severity.BLOCKING]


def test_an_unknown_sex_code_is_named_and_read_as_unknown(tmp_path):
    ped = read_ped(written(tmp_path, "1 kid 0 0 9 2\n"), "family.ped")
    assert ped.families["1"][0].sex is Sex.UNKNOWN
    assert ped.findings[0].where == "family.ped line 1"


def test_a_pedigree_of_other_people_is_refused(tmp_path):
    with pytest.raises(InputError, match="make the names agree"):
        pedigree_from_ped(read_ped(written(tmp_path, TRIO), "family.ped"), ["NA12878"])


def test_of_two_affected_the_one_with_parents_is_taken_and_said(tmp_path):
    text = TRIO + "F1\taunt\t0\t0\t2\t2\n"
    pedigree, findings = pedigree_from_ped(
        read_ped(written(tmp_path, text), "family.ped"), ["aunt", "child", "dad", "mum"]
    )
    assert pedigree.proband_id == "child"
    assert [f.code for f in findings] == ["proband-assumed"]


def noticed(tmp_path, text, samples, proband=""):
    _, findings = pedigree_from_ped(read_ped(written(tmp_path, text), "family.ped"), samples, proband)
    return [(f.code, f.severity) for f in findings if f.code != "relatives-not-sequenced"]


def test_a_patient_nobody_marked_as_affected_waits_for_a_person(tmp_path):
    text = "F1 sis dad mum 2 1\nF1 bro dad mum 1 1\n"
    assert noticed(tmp_path, text, ["sis", "bro"]) == [("patient-assumed", Severity.BLOCKING)]
    assert noticed(tmp_path, text, ["sis", "bro"], "bro") == []
    assert noticed(tmp_path, text, ["sis"]) == []


def test_the_only_child_of_a_trio_without_affection_is_taken_and_said(tmp_path):
    text = TRIO.replace("\t2\t2", "\t2\t0")
    assert noticed(tmp_path, text, ["mum", "child", "dad"]) == [("proband-assumed", Severity.WARNING)]


def test_of_two_affected_siblings_nobody_named_ranking_waits_for_a_person(tmp_path):
    text = "F1 sis dad mum 2 2\nF1 bro dad mum 1 2\n"
    assert noticed(tmp_path, text, ["sis", "bro"]) == [("patient-assumed", Severity.BLOCKING)]
    assert noticed(tmp_path, text, ["sis", "bro"], "bro") == []


def test_affected_people_of_two_families_wait_for_a_person(tmp_path):
    text = TRIO + "F2\tother\t0\t0\t1\t2\n"
    assert noticed(tmp_path, text, ["child", "mum", "dad", "other"]) == [("patient-assumed", Severity.BLOCKING)]
    assert noticed(tmp_path, text, ["child", "mum", "dad", "other"], "other") == []
    assert noticed(tmp_path, text, ["child", "mum", "dad"]) == []


def test_one_sample_name_in_two_families_waits_for_a_person_even_when_the_patient_is_named(tmp_path):
    text = TRIO + TRIO.replace("F1", "F2")
    for proband in ("", "child"):
        expected = [("person-in-several-families", Severity.BLOCKING)]
        assert noticed(tmp_path, text, ["child", "mum", "dad"], proband) == expected


def test_a_name_that_two_families_use_for_people_without_a_sample_is_no_matter(tmp_path):
    text = TRIO + "F2\tother\tdad\tmum\t1\t1\n"
    assert noticed(tmp_path, text, ["child"]) == []


def test_a_patient_who_is_not_in_the_pedigree_file_is_refused_as_such(tmp_path):
    with pytest.raises(InputError, match="patient's sample is not in the PED file"):
        pedigree_from_ped(read_ped(written(tmp_path, TRIO), "family.ped"), ["child", "other"], "other")


def test_roles_told_by_a_person_make_a_family():
    pedigree = pedigree_from_roles(["s1", "s2", "s3"], "s2", Sex.MALE, {"s1": Role.MOTHER, "s3": Role.FATHER})
    assert (pedigree.proband.id, pedigree.mother.id, pedigree.father.id) == ("s2", "s1", "s3")


def test_siblings_told_by_a_person_are_siblings_with_or_without_sequenced_parents():
    for roles in ({"s1": Role.SIBLING}, {"s1": Role.SIBLING, "s3": Role.MOTHER}):
        pedigree = pedigree_from_roles(["s1", "s2", "s3"], "s2", Sex.MALE, roles)
        assert (pedigree.role("s1"), pedigree.person("s1").sample) == (Role.SIBLING, "s1")
        assert [p.id for p in pedigree.people if p.sample] == sorted({"s2", *roles}, key=["s2", "s3", "s1"].index)


def test_without_a_named_patient_nobody_who_is_said_to_be_a_relative_is_the_patient():
    assert pedigree_from_roles(["s1", "s2"], roles={"s1": Role.MOTHER}).proband_id == "s2"


@pytest.mark.shared
def test_every_pedigree_in_circulation_opens():
    files = sorted(shared("fhir/ped").rglob("*.ped"))
    assert len(files) > 30
    assert all(read_ped(file, file.name).families for file in files)

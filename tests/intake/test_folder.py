"""A case from whatever was given."""

import json
from pathlib import Path

import pytest

from models.case import Role, Severity, Sex
from models.errors import InputError, TooLarge, UnreadableFile
from models.intake import CaseOptions, GivenFile, folder, read_case
from models.intake.large_record import SMALL_JSON_BYTES, read_large_record
from models.intake.text_file import MAX_TEXT_BYTES, read_text

HEAD = "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n"
HEAD += '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'


def vcf(*samples):
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples]
    row = ["chr2", "100", ".", "A", "T", "50", "PASS", ".", "GT", *["0/1"] * len(samples)]
    return HEAD + "\t".join(columns) + "\n" + "\t".join(row) + "\n"


@pytest.fixture
def read(tmp_path):
    def go(options=None, **files):
        given_in = tmp_path / "given"
        given_in.mkdir(exist_ok=True)
        given = []
        for number, (name, content) in enumerate(files.items()):
            path = given_in / str(number)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            given.append(GivenFile(path, name.replace("__", ".")))
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return read_case(given, work, options or CaseOptions())

    return go


def codes(case):
    return {f.code for f in case.findings}


def test_a_lone_vcf_of_one_sample_is_a_case(read):
    case = read(a__vcf=vcf("S1"))
    assert (case.pedigree.proband.sample, len(case.variants), case.phenotype.terms) == ("S1", 1, ())


def test_without_a_vcf_there_is_no_case(read):
    with pytest.raises(InputError, match="No VCF"):
        read(terms__txt="HP:0001250")


def test_two_vcfs_are_refused_by_name(read):
    with pytest.raises(InputError, match=r"a\.vcf, b\.vcf"):
        read(a__vcf=vcf("S1"), b__vcf=vcf("S2"))


def test_several_samples_and_nobody_named_waits_for_a_person(read):
    case = read(a__vcf=vcf("S1", "S2"))
    assert [f.severity for f in case.findings if f.code == "patient-assumed"] == [Severity.BLOCKING]


def test_the_phenopacket_names_the_patient_among_several_samples(read):
    packet = json.dumps({"subject": {"id": "S2", "sex": "MALE"}, "phenotypicFeatures": []})
    case = read(a__vcf=vcf("S1", "S2"), p__json=packet)
    assert (case.pedigree.proband.sample, case.patient.sex) == ("S2", Sex.MALE)
    assert "patient-assumed" not in codes(case)


def test_a_person_can_say_who_is_who_without_a_ped_file(read):
    roles = {"S1": Role.MOTHER, "S3": Role.FATHER}
    case = read(CaseOptions(proband="S2", roles=roles), a__vcf=vcf("S1", "S2", "S3"))
    assert (case.pedigree.mother.sample, case.pedigree.father.sample) == ("S1", "S3")


def test_a_sample_without_a_place_in_the_family_is_said(read):
    case = read(CaseOptions(proband="S2", roles={"S1": Role.MOTHER}), a__vcf=vcf("S1", "S2", "S3"))
    assert codes(case) >= {"samples-without-person"}
    assert "samples-without-person" not in codes(read(a__vcf=vcf("S1")))


def test_a_relative_said_to_be_a_sample_that_is_not_there_is_refused(read):
    with pytest.raises(InputError, match="no sample of that name"):
        read(CaseOptions(proband="S1", roles={"S9": Role.MOTHER}), a__vcf=vcf("S1", "S2"))


def test_terms_from_file_packet_and_typing_come_together(read):
    packet = json.dumps({"subject": {"id": "S1"}, "phenotypicFeatures": [{"type": {"id": "HP:0000001", "label": "a"}}]})
    case = read(CaseOptions(terms="-HP:0000003"), a__vcf=vcf("S1"), p__json=packet, t__txt="HP:0000002")
    assert [(t.id, t.excluded) for t in case.phenotype.terms] == [
        ("HP:0000001", False),
        ("HP:0000002", False),
        ("HP:0000003", True),
    ]


def test_a_note_becomes_part_of_the_record(read):
    case = read(a__vcf=vcf("S1"), letter__txt="Dear colleague,\nshe had seizures.")
    assert [n.title for n in case.record.notes] == ["letter"]


def test_the_answer_of_a_sample_patient_never_reaches_the_case(read):
    case = read(a__vcf=vcf("S1"), answer__json=json.dumps({"causal": [{"variant": "chr2-100-A-T"}]}))
    assert "chr2-100-A-T" not in repr((case.patient, case.record, case.phenotype, case.findings))


def test_json_of_another_kind_is_refused_by_name(read):
    with pytest.raises(UnreadableFile) as problem:
        read(a__vcf=vcf("S1"), x__json='{"hello": 1}')
    assert problem.value.where == "x.json"


def test_reads_without_index_or_owner_are_named_and_not_guessed(read):
    case = read(a__vcf=vcf("S1", "S2"), S1__bam=b"BAM\1", other__bam=b"BAM\1", other__bam__bai=b"BAI\1")
    assert case.reads == ()
    assert sum(f.code == "reads-not-used" for f in case.findings) == 2


def test_a_single_bam_of_another_name_is_shown_as_the_patients_and_that_is_said(read):
    pair = {"brother__bam": b"BAM\1", "brother__bam__bai": b"BAI\1"}
    case = read(a__vcf=vcf("S1"), **pair)
    assert [r.sample for r in case.reads] == ["S1"]
    assert [f.where for f in case.findings if f.code == "reads-assumed"] == ["brother.bam"]
    own = read(a__vcf=vcf("S1"), S1__bam=b"BAM\1", S1__bam__bai=b"BAI\1")
    assert "reads-assumed" not in codes(own)


def test_a_file_we_do_not_know_is_named(read):
    case = read(a__vcf=vcf("S1"), picture__png=b"\x89PNG\x00")
    assert [f.where for f in case.findings if f.code == "file-not-used"] == ["picture.png"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.vcf",
        "\\\\server\\share\\a.vcf",
        "a\0b.vcf",
        "x" * 4096 + ".vcf",
        "\u202efcv.exe.vcf",
        "a\nb.vcf",
    ],
)
def test_a_file_name_is_only_a_name(tmp_path, name):
    given = tmp_path / "given"
    given.write_text(vcf("S1"))
    work = tmp_path / "work"
    work.mkdir()
    case = read_case([GivenFile(given, name)], work, CaseOptions())
    assert len(case.variants) == 1
    assert {p.name for p in work.rglob("*")} <= {"variants.arrow", "files", "known.json"}
    assert not list(Path(tmp_path).glob("*.vcf"))


def test_the_same_files_in_another_order_are_the_same_case(read):
    first = read(a__vcf=vcf("S1"), t__txt="HP:0000002")
    second = read(t__txt="HP:0000002", a__vcf=vcf("S1"))
    other = read(t__txt="HP:0000003", a__vcf=vcf("S1"))
    assert first.sha256 == second.sha256 != other.sha256
    assert first.id != second.id


def packet_of(subject, sex="UNKNOWN_SEX", **more):
    return {"subject": {"id": subject, "sex": sex}, "phenotypicFeatures": [], **more}


def severities(case, code):
    return [f.severity for f in case.findings if f.code == code]


def test_a_second_phenopacket_is_refused_by_name(read):
    one, other = json.dumps(packet_of("S1")), json.dumps(packet_of("S1", "MALE"))
    with pytest.raises(InputError, match="second phenopacket") as problem:
        read(a__vcf=vcf("S1"), p__json=one, q__json=other)
    assert problem.value.where == "q.json"


def test_the_samples_of_a_file_are_not_named_in_an_error(read):
    with pytest.raises(InputError, match="no sample of that name") as problem:
        read(CaseOptions(proband="nobody"), a__vcf=vcf("Jane-Doe", "S2"))
    assert "Jane" not in str(problem.value)


def test_a_relative_in_place_of_a_patient_without_a_sample_waits_for_a_person(read):
    persons = [
        {"individualId": "P", "sex": "MALE", "affectedStatus": "AFFECTED"},
        {"individualId": "S1", "sex": "FEMALE", "affectedStatus": "AFFECTED"},
    ]
    family = {"proband": packet_of("P"), "pedigree": {"persons": persons}}
    assert severities(read(a__vcf=vcf("S1"), p__json=json.dumps(family)), "patient-assumed") == [Severity.BLOCKING]


def test_the_age_of_the_phenopacket_rules_over_the_birth_date_of_the_record(read):
    seen = {"resourceType": "Encounter", "type": [{"text": "visit"}], "period": {"start": "2024-03-12"}}
    patient = {"resourceType": "Patient", "birthDate": "2019-03-12"}
    record = json.dumps({"resourceType": "Bundle", "entry": [{"resource": patient}, {"resource": seen}]})
    assert read(a__vcf=vcf("S1"), r__json=record).patient.age_years == pytest.approx(5.0, abs=0.01)
    told = {**packet_of("S1"), "subject": {"id": "S1", "timeAtLastEncounter": {"age": {"iso8601duration": "P4Y"}}}}
    assert read(a__vcf=vcf("S1"), r__json=record, p__json=json.dumps(told)).patient.age_years == 4.0


@pytest.mark.parametrize(("over", "in_a_child"), [(0, False), (1, True)])
def test_a_record_beyond_the_small_size_is_read_in_a_child(read, monkeypatch, over, in_a_child):
    seen = {"resourceType": "Encounter", "type": [{"text": "visit"}], "period": {"start": "2024-03-12"}}
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": seen}]})
    asked = []
    monkeypatch.setattr(folder, "read_large_record", lambda *a: asked.append(a) or read_large_record(*a))
    case = read(a__vcf=vcf("S1"), r__json=text + " " * (SMALL_JSON_BYTES - len(text) + over))
    assert (len(asked) == 1, [e.text for e in case.record.events]) == (in_a_child, ["visit"])


def test_sexes_that_disagree_wait_for_a_person_and_one_answer_rules_the_case(read):
    files = {"a__vcf": vcf("S1"), "f__ped": "F S1 0 0 1 2\n", "p__json": json.dumps(packet_of("S1", "FEMALE"))}
    case = read(**files)
    assert severities(case, "sex-contradiction") == [Severity.BLOCKING]
    assert (case.patient.sex, case.pedigree.proband.sex) == (Sex.MALE, Sex.MALE)
    told = read(CaseOptions(sex=Sex.FEMALE), **files)
    assert severities(told, "sex-contradiction") == [Severity.WARNING]
    assert (told.patient.sex, told.pedigree.proband.sex) == (Sex.FEMALE, Sex.FEMALE)


def test_the_administrative_gender_of_a_record_warns_and_does_not_stop(read):
    record = json.dumps({"resourceType": "Patient", "gender": "male"})
    case = read(a__vcf=vcf("S1"), f__ped="F S1 0 0 2 2\n", r__json=record)
    assert severities(case, "sex-contradiction") == [Severity.WARNING]
    assert case.patient.sex is Sex.FEMALE


def test_sexes_that_agree_or_are_not_stated_are_no_finding(read):
    packet = json.dumps(packet_of("S1", "FEMALE"))
    case = read(a__vcf=vcf("S1"), f__ped="F S1 0 0 0 2\n", p__json=packet)
    assert "sex-contradiction" not in codes(case)
    assert (case.patient.sex, case.pedigree.proband.sex) == (Sex.FEMALE, Sex.FEMALE)


@pytest.mark.parametrize(
    ("name", "start"), [("n__txt", "Note. "), ("t__txt", "HP:0000001\n"), ("f__ped", "F S1 0 0 2 2\n")]
)
def test_a_note_a_term_list_and_a_family_file_have_a_largest_size(read, name, start):
    with pytest.raises(TooLarge, match="larger than 10 MB"):
        read(a__vcf=vcf("S1"), **{name: start + " " * MAX_TEXT_BYTES})


@pytest.mark.parametrize(("more", "fits"), [(-1, True), (0, True), (1, False)])
def test_text_just_under_at_and_over_the_largest_size(tmp_path, more, fits):
    path = tmp_path / "note.txt"
    path.write_bytes(b" " * (MAX_TEXT_BYTES + more))
    if fits:
        assert len(read_text(path, "note.txt", advice="")) == MAX_TEXT_BYTES + more
        return
    with pytest.raises(TooLarge):
        read_text(path, "note.txt", advice="")

"""HPO terms as typed or in files, and phenopackets of both versions."""

import time

import pytest

from models.case import Affected, Sex
from models.errors import TooLarge, UnreadableFile
from models.intake.hpo_terms import MAX_TERMS, parse_terms, read_terms
from models.intake.phenopacket import parse_phenopacket, years_of_duration


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("HP:0001250, HP:0001263", ["HP:0001250", "HP:0001263"]),
        ("hp_0001250;0001263", ["HP:0001250", "HP:0001263"]),
        ("HP:0001250 Seizure # said the mother HP:0000001", ["HP:0001250"]),
        ("HP:0001250\nHP:0001250", ["HP:0001250"]),
    ],
)
def test_terms_are_read_however_they_are_separated(text, ids):
    assert [t.id for t in parse_terms(text, "typed")[0].terms] == ids


@pytest.mark.parametrize("text", ["-HP:0001250", "!HP:0001250", "no HP:0001250", "not HP:0001250"])
def test_a_term_can_be_excluded(text):
    assert [t.id for t in parse_terms(text, "typed")[0].excluded] == ["HP:0001250"]


def test_a_line_without_an_id_is_named_and_not_dropped():
    phenotype, findings = parse_terms("HP:0001250\nlooks floppy", "terms.txt")
    assert len(phenotype.terms) == 1
    assert findings[0].where == "terms.txt line 2, entry 1"


@pytest.mark.parametrize(
    ("text", "entries"),
    [("seizure; HP:0001263; banana", [1, 3]), ("HP:0001250 Seizure", []), ("no HP:0001250", [])],
)
def test_what_stands_beside_an_id_as_an_entry_of_its_own_is_pointed_out(text, entries):
    findings = parse_terms(text, "typed")[1]
    assert [f.where for f in findings] == [f"typed line 1, entry {n}" for n in entries]


def test_what_a_person_wrote_in_place_of_a_term_is_never_repeated():
    findings = parse_terms("like his uncle Jonas Doe; HP:0001250\nseen by Dr Canary", "typed")[1]
    feature = {"type": {"id": "Jonas Doe", "label": "Dr Canary said so"}}
    findings += parse_phenopacket({"subject": {"id": "S1"}, "phenotypicFeatures": [feature]}, "p.json").findings
    assert [f.code for f in findings] == ["term-without-id", "term-without-id", "term-not-hpo"]
    assert findings[2].where == "p.json feature 1"
    assert not any(word in f"{f.sentence} {f.where}" for f in findings for word in ("Jonas", "Doe", "Canary"))


@pytest.mark.parametrize(("count", "accepted"), [(MAX_TERMS - 1, True), (MAX_TERMS, True), (MAX_TERMS + 1, False)])
def test_the_number_of_terms_is_limited(count, accepted):
    text = " ".join(f"HP:{i:07d}" for i in range(1, count + 1))
    if accepted:
        assert len(parse_terms(text, "typed")[0].terms) == count
    else:
        with pytest.raises(TooLarge):
            parse_terms(text, "typed")


def test_a_file_without_any_id_is_refused(tmp_path):
    path = tmp_path / "terms.txt"
    path.write_text("seizures")
    with pytest.raises(UnreadableFile, match="no HPO id"):
        read_terms(path, "terms.txt")


V2 = {
    "id": "x",
    "subject": {"id": "S1", "sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P6Y6M"}}},
    "phenotypicFeatures": [
        {"type": {"id": "HP:0001250", "label": "Seizure"}, "onset": {"ontologyClass": {"label": "Infantile onset"}}},
        {"type": {"id": "HP:0001263", "label": "Delay"}, "excluded": True},
        {"type": {"id": "MONDO:0005027", "label": "epilepsy"}},
    ],
    "interpretations": [{"diagnosis": {"genomicInterpretations": [{"variantInterpretation": {}}]}}],
    "metaData": {"phenopacketSchemaVersion": "2.0"},
}


def test_a_version_2_phenopacket_gives_sex_age_and_terms():
    packet = parse_phenopacket(V2, "p.json")
    assert (packet.subject_id, packet.sex, packet.age_years) == ("S1", Sex.MALE, 6.5)
    assert [t.label for t in packet.phenotype.observed] == ["Seizure"]
    assert [t.id for t in packet.phenotype.excluded] == ["HP:0001263"]
    assert packet.phenotype.observed[0].onset == "Infantile onset"


def test_a_feature_that_is_no_hpo_term_is_named():
    assert [f.code for f in parse_phenopacket(V2, "p.json").findings] == ["term-not-hpo"]


def test_a_version_1_phenopacket_in_snake_case_is_read():
    document = {
        "subject": {"id": "S1", "sex": "FEMALE", "age_at_collection": {"age": "P2Y"}},
        "phenotypic_features": [{"type": {"id": "HP:0001250"}, "negated": True}],
    }
    packet = parse_phenopacket(document, "p.json")
    assert (packet.age_years, len(packet.phenotype.excluded)) == (2.0, 1)


def test_a_family_packet_gives_its_pedigree():
    persons = [
        {"individualId": "S1", "paternalId": "0", "maternalId": "M", "sex": "MALE", "affectedStatus": "AFFECTED"},
        {"individualId": "M", "sex": "FEMALE", "affectedStatus": "UNAFFECTED"},
    ]
    packet = parse_phenopacket({"proband": V2, "pedigree": {"persons": persons}}, "p.json")
    assert packet.pedigree.mother.affected is Affected.UNAFFECTED
    assert packet.pedigree.father is None


@pytest.mark.parametrize(("text", "years"), [("P6Y3M", 6.25), ("P18M", 1.5), ("P0D", 0.0), ("six", None), ("", None)])
def test_ages_are_read_to_years_and_nonsense_is_unknown(text, years):
    assert years_of_duration(text) == years


def test_json_that_is_no_phenopacket_is_refused():
    with pytest.raises(UnreadableFile):
        parse_phenopacket({"hello": 1}, "p.json")


def test_a_line_of_blanks_is_read_at_once():
    start = time.process_time()  # however busy the machine is
    parse_terms("x" + " " * 20_000 + "-  HP:0001250", "typed")
    assert time.process_time() - start < 1.0  # linear takes a millisecond, quadratic six seconds


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("HP:0001256 Intellectual disability, mild", []),
        ("HP:0001256 Intellectual disability, mild; banana", [3]),
        ("seizure, HP:0001263, banana", [1, 3]),
        ("HP:0001250; HP:0001263 delay,", []),
    ],
)
def test_a_label_with_a_comma_belongs_to_its_id(line, unread):
    findings = parse_terms(line, "typed")[1]
    assert [f.where for f in findings] == [f"typed line 1, entry {n}" for n in unread]

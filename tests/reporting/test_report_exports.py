"""What leaves beside the report: phenopacket, FHIR bundle, spreadsheet, ClinVar sheet."""

import io
import json
import math
from dataclasses import replace

import openpyxl
import pytest
from fhir.resources.R4B.bundle import Bundle

from models.case import Assembly, Sex
from models.errors import InputError
from models.evidence.exon import NOT_ASSESSED, OUTSIDE
from models.evidence.query import accession_of
from models.intake.phenopacket import is_phenopacket, parse_phenopacket
from models.reporting import Signature
from models.reporting.clinvar_sheet import COLUMNS, as_clinvar_sheet
from models.reporting.fhir import as_fhir
from models.reporting.phenopacket import as_phenopacket
from models.reporting.sheets import MOST_CHARACTERS, as_xlsx, workbook
from tests.reporting.report_builders import AT, a_content, a_reported, an_empty_content

SIGNED = Signature("Dr A", AT.isoformat())
RANKED = ({"rank": 1, "variant": "chr2-1-A-C", "gene": "=SCN1A", "frequency_fraction": None}, {"rank": 2})
FORMULAS = ("=", "+", "-", "@", "\t=", "\r=", "|", "%", "'", '"', "{=", " =", "\n=", "＝", "=cmd|' /C calc'!A0")
HOSTILE = (
    "أحمد",
    "<b>x</b>",
    "x" * 4000,
    '=HYPERLINK("http://127.0.0.1:9/")',
    "line\nbreak\ttab",
    "\u202eevil\x00\x07",
)


def reopened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("start", FORMULAS)
def test_whatever_a_cell_begins_with_it_is_text_when_the_file_is_opened_again(start: str) -> None:
    words = f"{start}1+1"
    sheet = reopened(workbook({"S": ([words], [[words]])}))["S"]
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.value == words.replace("\r", "")


def test_numbers_stay_numbers_and_what_is_missing_stays_empty() -> None:
    sheet = reopened(workbook({"S": (["a"], [[0.25], [3], [None], [math.nan], [True]])}))["S"]
    assert [cell.value for cell in sheet["A"]][1:] == [0.25, 3, None, None, "True"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_survive_every_export(words: str) -> None:
    letters = words.replace("\u202e", "").replace("\x00", "").replace("\x07", "")
    content = a_content(pseudonym=words, variants=(a_reported(gene=words, name=words),))
    assert letters in {str(c.value) for row in reopened(as_xlsx(content, RANKED))["About"] for c in row}
    assert json.loads(as_phenopacket(content))["subject"]["id"] == words
    assert words in json.dumps(json.loads(as_fhir(content)), ensure_ascii=False).replace("\\n", "\n").replace(
        "\\t", "\t"
    ).replace("\\u0000", "\x00").replace("\\u0007", "\x07").replace('\\"', '"')


@pytest.mark.parametrize(
    ("length", "cut"), [(MOST_CHARACTERS - 1, False), (MOST_CHARACTERS, False), (MOST_CHARACTERS + 1, True)]
)
def test_a_cell_longer_than_excel_takes_is_cut_and_says_so(length: int, cut: bool) -> None:
    value = str(reopened(workbook({"S": (["x" * length], [])}))["S"]["A1"].value)
    assert len(value) == min(length, MOST_CHARACTERS)
    assert value.endswith("(cut)") is cut


def test_the_spreadsheet_holds_decisions_the_ranked_list_and_what_it_rests_on() -> None:
    book = reopened(as_xlsx(a_content(), RANKED))
    assert book.sheetnames == ["Decisions", "Ranked", "About"]
    decisions = list(book["Decisions"].values)
    assert decisions[1][:4] == (
        "reported",
        "SCN1A c.4933C>T (p.Arg1645Ter)",
        "NM_001165963.4:c.4933C>T (MANE Select)",
        "chr2-165992342-G-A",
    )
    assert decisions[1][6] == "Pathogenic"
    assert decisions[2][0] == "set aside"
    assert list(book["Ranked"].values)[1:] == [(1, "chr2-1-A-C", "=SCN1A", None), (2, None, None, None)]
    assert ("use", "Research and education use; not a medical device.") in list(book["About"].values)


def test_the_spreadsheet_gives_no_class_where_no_person_gave_one() -> None:
    book = reopened(as_xlsx(a_content(variants=(a_reported(given=None),)), ()))
    row = list(book["Decisions"].values)[1]
    assert row[6] is None
    assert "(suggestion)" in row[7]


def test_the_spreadsheet_is_the_same_bytes_each_time_and_tells_no_time() -> None:
    assert workbook({"S": (["a"], [["b"]])}) == workbook({"S": (["a"], [["b"]])})
    about = reopened(workbook({"S": (["a"], [["b"]])})).properties
    assert (about.created.year, about.modified.year) == (2000, 2000)


def test_a_phenopacket_comes_back_through_our_own_reader() -> None:
    document = json.loads(as_phenopacket(a_content()))
    assert is_phenopacket(document)
    packet = parse_phenopacket(document, "packet.json")
    assert (packet.subject_id, packet.sex, round(packet.age_years, 1)) == ("TEST-001", Sex.FEMALE, 7.4)
    assert [(t.id, t.label, t.excluded) for t in packet.phenotype.terms] == [
        ("HP:0001250", "Seizure", False),
        ("HP:0000252", "Microcephaly", True),
    ]


def test_a_phenopacket_tells_the_class_of_the_named_person_and_never_a_cause() -> None:
    packet = json.loads(as_phenopacket(a_content()))
    (told,) = packet["interpretations"]
    (genomic,) = told["diagnosis"]["genomicInterpretations"]
    assert genomic["interpretationStatus"] == "CANDIDATE"
    variant = genomic["variantInterpretation"]
    assert variant["acmgPathogenicityClassification"] == "PATHOGENIC"
    assert variant["variationDescriptor"]["vcfRecord"] == {
        "genomeAssembly": "GRCh38", "chrom": "chr2", "pos": "165992342", "ref": "G", "alt": "A",
    }  # fmt: skip
    assert variant["variationDescriptor"]["allelicState"] == {"id": "GENO:0000135", "label": "heterozygous"}
    assert told["diagnosis"]["disease"] == {"id": "OMIM:607208", "label": "Dravet syndrome"}
    assert (told["progressStatus"], told["summary"]) == ("IN_PROGRESS", "Dravet syndrome")


def test_a_phenopacket_without_a_persons_class_says_not_provided_and_names_no_disease() -> None:
    packet = json.loads(as_phenopacket(a_content(variants=(a_reported(given=None),))))
    diagnosis = packet["interpretations"][0]["diagnosis"]
    genomic = diagnosis["genomicInterpretations"][0]["variantInterpretation"]
    assert genomic["acmgPathogenicityClassification"] == "NOT_PROVIDED"
    assert diagnosis["disease"]["label"] == "human disease"
    assert json.loads(as_phenopacket(an_empty_content()))["interpretations"] == []


def resources(text: str, kind: str) -> list[dict[str, object]]:
    return [e["resource"] for e in json.loads(text)["entry"] if e["resource"]["resourceType"] == kind]


@pytest.mark.parametrize(
    "content",
    [
        a_content(),
        replace(a_content(), signature=SIGNED),
        replace(a_content(amends="b" * 64, number=2), signature=SIGNED),
        a_content(variants=(a_reported(given=None), a_reported(allele="chr9-1-A-C", zygosity="heteroplasmy 31 %"))),
        an_empty_content(),
    ],
    ids=["draft", "signed", "amended", "two variants", "empty"],
)
def test_the_fhir_bundle_is_valid_by_the_models_of_r4b(content) -> None:
    """fhir.resources ships R4B, whose Bundle, DiagnosticReport, Observation and Patient are those of R4."""
    text = as_fhir(content)
    bundle = Bundle.model_validate_json(text)
    known = {entry.fullUrl for entry in bundle.entry}
    asked = [r["reference"] for o in resources(text, "Observation") for r in o.get("derivedFrom", [])]
    (report,) = resources(text, "DiagnosticReport")
    asked += [r["reference"] for r in report["result"]] + [report["subject"]["reference"]]
    assert set(asked) <= known
    assert len(known) == len(bundle.entry)


def test_the_fhir_bundle_tells_draft_final_and_amended_apart() -> None:
    versions = (a_content(), replace(a_content(), signature=SIGNED))
    amended = replace(a_content(amends="b" * 64, number=2), signature=SIGNED)
    said = [resources(as_fhir(c), "DiagnosticReport")[0]["status"] for c in (*versions, amended)]
    assert said == ["preliminary", "final", "amended"]


def test_the_patient_of_the_bundle_is_a_pseudonym_and_nothing_more() -> None:
    (patient,) = resources(as_fhir(a_content()), "Patient")
    assert set(patient) == {"resourceType", "identifier", "gender"}


def test_the_variant_can_be_placed_from_the_bundle_alone_and_only_a_persons_class_is_in_it() -> None:
    text = as_fhir(a_content(variants=(a_reported(), a_reported(allele="chr2-1-A-C", given=None))))
    observations = resources(text, "Observation")
    codes = [o["code"]["coding"][0]["code"] for o in observations]
    assert codes.count("69548-6") == 2
    assert codes.count("diagnostic-implication") == 1
    parts = {p["code"]["coding"][0]["code"]: p for p in observations[0]["component"]}
    assert parts["48013-7"]["valueCodeableConcept"]["text"] == "NC_000002.12"
    assert (parts["69547-8"]["valueString"], parts["69551-0"]["valueString"]) == ("G", "A")
    assert parts["81254-5"]["valueRange"]["low"]["value"] == 165_992_342


@pytest.mark.parametrize(
    ("chrom", "assembly", "accession"),
    [
        ("1", Assembly.GRCH37, "NC_000001.10"),
        ("1", Assembly.GRCH38, "NC_000001.11"),
        ("X", Assembly.GRCH38, "NC_000023.11"),
        ("MT", Assembly.GRCH37, "NC_012920.1"),
        ("2", Assembly.UNKNOWN, ""),
        ("GL000191.1", Assembly.GRCH37, ""),
        ("25", Assembly.GRCH38, ""),
    ],
)
def test_a_chromosome_has_the_accession_of_its_build(chrom: str, assembly: Assembly, accession: str) -> None:
    assert accession_of(chrom, assembly) == accession


SHARED = replace(a_content(agreed=("diagnosis", "sharing in variant databases")), signature=SIGNED)


def clinvar_row(content) -> dict[str, object]:
    header, row = reopened(as_clinvar_sheet(content))["Variant"].values
    assert header == COLUMNS
    return dict(zip(header, row, strict=True))


def test_the_clinvar_sheet_holds_the_signed_class_with_its_criteria() -> None:
    row = clinvar_row(SHARED)
    assert (row["Reference sequence"], row["HGVS"]) == ("NM_001165963.4", "c.4933C>T")
    assert (row["Germline classification"], row["Date last evaluated"]) == ("Pathogenic", "2026-11-21")
    assert (row["Condition ID type"], row["Condition ID value"]) == ("OMIM", "607208")
    assert (row["Allele origin"], row["Affected status"]) == ("de novo", "yes")
    assert row["Comment on classification"] == "New in the child. Criteria that count: PVS1_very strong, PS2_strong"
    assert row["Chromosome"] is None


def test_without_a_refseq_name_the_clinvar_sheet_gives_the_place() -> None:
    row = clinvar_row(replace(SHARED, variants=(a_reported(transcript="ENST00000674923.1"),)))
    assert row["HGVS"] is None
    assert (row["Chromosome"], row["Start"], row["Reference allele"]) == ("2", "165992342", "G")


def test_a_condition_that_no_number_is_known_for_leaves_as_its_name() -> None:
    given = replace(a_reported().given, condition="seizures of a new kind")
    row = clinvar_row(replace(SHARED, variants=(a_reported(given=given),)))
    assert (row["Condition ID type"], row["Preferred condition name"]) == (None, "seizures of a new kind")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (replace(SHARED, signature=None), "sign the report first"),
        (replace(SHARED, variants=()), "nothing to submit"),
        (replace(SHARED, variants=(a_reported(given=None),)), "nothing to submit"),
    ],
)
def test_nothing_leaves_for_clinvar_unsigned_or_unclassified(content, why: str) -> None:
    with pytest.raises(InputError, match=why):
        as_clinvar_sheet(content)


OPEN = a_reported(
    counts_suggestions=False,
    criteria=(
        replace(a_reported().criteria[0], judged_by="Dr A, 2026-11-21"),
        replace(a_reported().criteria[1], judged_by=""),
    ),
    not_judged="Suggested, not judged: PS2. It does not count; with all accepted it would be 12 points: Pathogenic.",
    differs="The class given is pathogenic; the criteria that count come to likely pathogenic (8 points).",
    exon="exon 29 of 29",
    validity="Definitive for Dravet syndrome (MONDO:0100135), autosomal dominant [ClinGen 2026-06-21]",
    given=replace(a_reported().given, condition_ids=("OMIM:607208", "MONDO:0100135", "ORPHA:33069")),
)


def test_the_bundle_tells_exon_and_the_ids_of_the_condition_in_the_places_of_the_guide() -> None:
    text = as_fhir(a_content(variants=(OPEN,)))
    Bundle.model_validate_json(text)
    variant, implication = resources(text, "Observation")
    (region,) = [p for p in variant["component"] if p["code"]["coding"][0]["code"] == "47999-8"]
    assert region["valueString"] == "exon 29 of 29"
    (condition,) = [p for p in implication["component"] if p["code"]["coding"][0]["code"] == "81259-4"]
    assert condition["valueCodeableConcept"] == {
        "coding": [
            {"system": "http://www.omim.org", "code": "607208"},
            {"system": "http://purl.obolibrary.org/obo/mondo.owl", "code": "MONDO:0100135"},
            {"system": "http://www.orpha.net", "code": "33069"},
        ],
        "text": "Dravet syndrome",
    }


def test_an_exon_that_is_not_assessed_is_no_region_of_the_bundle() -> None:
    for exon in (NOT_ASSESSED, OUTSIDE, ""):
        text = as_fhir(a_content(variants=(a_reported(exon=exon),)))
        assert "47999-8" not in text


def test_every_file_tells_what_counts_apart_from_what_nobody_judged() -> None:
    notes = [n["text"] for n in resources(as_fhir(a_content(variants=(OPEN,))), "Observation")[1]["note"]]
    assert notes[0].startswith("Criteria that count: PVS1 very strong (") and "PS2" not in notes[0]
    assert notes[1:3] == [OPEN.not_judged, OPEN.differs]
    assert notes[3] == f"Gene–disease validity: {OPEN.validity}"
    header, row = list(reopened(as_xlsx(a_content(variants=(OPEN,)), ()))["Decisions"].values)[:2]
    told = dict(zip(header, row, strict=True))
    assert (told["criteria that count"], told["suggested, not judged"]) == ("PVS1 very strong", "PS2 strong")
    assert (told["exon or intron"], told["gene-disease validity"]) == (OPEN.exon, OPEN.validity)
    assert told["condition ids"] == "OMIM:607208, MONDO:0100135, ORPHA:33069"
    assert told["class and criteria"] == OPEN.differs
    sheet = clinvar_row(replace(SHARED, variants=(OPEN,)))
    assert sheet["Comment on classification"] == "New in the child. Criteria that count: PVS1_very strong"


def test_a_phenopacket_carries_exon_and_validity_as_extensions_and_the_first_id_of_the_condition() -> None:
    diagnosis = json.loads(as_phenopacket(a_content(variants=(OPEN,))))["interpretations"][0]["diagnosis"]
    assert diagnosis["disease"] == {"id": "OMIM:607208", "label": "Dravet syndrome"}
    (genomic,) = diagnosis["genomicInterpretations"]
    assert genomic["variantInterpretation"]["variationDescriptor"]["extensions"] == [
        {"name": "exon or intron", "value": OPEN.exon},
        {"name": "gene-disease validity", "value": OPEN.validity},
    ]


@pytest.mark.parametrize(
    ("ids", "kind", "value"),
    [
        (("OMIM:607208", "MONDO:0100135"), "OMIM", "607208"),
        (("ORPHA:33069",), "Orphanet", "ORPHA33069"),
        (("MONDO:0100135",), "MONDO", "MONDO:0100135"),
        ((), None, None),
    ],
)
def test_the_clinvar_sheet_takes_the_first_id_that_is_known_of_the_condition(ids, kind, value) -> None:
    given = replace(a_reported().given, condition_ids=ids)
    row = clinvar_row(replace(SHARED, variants=(a_reported(given=given),)))
    assert (row["Condition ID type"], row["Condition ID value"]) == (kind, value)

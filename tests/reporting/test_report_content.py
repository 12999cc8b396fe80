"""What goes into a report: what named people chose and decided, and nothing that nobody did."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from components.candidate import gather
from components.decision_view import decide_view
from models.case import Verdict
from models.evidence.acmg import CRITERIA, CriterionResult, Strength, Suggestion
from models.evidence.acmg.types import Class
from models.reporting import ReportContent, content_hash, content_of, document_of
from models.reporting.content import content_bytes
from models.reporting.document import words_of
from models.reporting.gather_variant import allele_of, row_of
from models.reporting.judged import DISAGREE, WITHHELD, given_class, judged_criteria, rulings_of
from models.reporting.pdf import as_pdf
from models.reporting.sections.result import sentences
from models.reporting.sections.variants import NONE_COUNTS
from models.reporting.signed import cautions, objections
from models.review import DecisionLog, ReviewState
from models.review.commands import (
    Classify,
    Dismiss,
    JudgeCriterion,
    PutBack,
    Reading,
    Ruling,
    Shortlist,
)
from models.review.what_counts import NONE_JUDGED
from models.workup import Workup
from tests.builders import a_case, a_variant
from tests.components.deciding import Office
from tests.reporting.golden_report import CASE, FROZEN, GOLDEN, decided, frozen, worked_up
from tests.reporting.report_builders import AT, a_content, a_reported

A = "chr2-165992342-G-A"


@pytest.fixture(scope="module")
def workup(tmp_path_factory: pytest.TempPathFactory) -> Workup:
    return worked_up(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def content(workup: Workup, tmp_path_factory: pytest.TempPathFactory) -> ReportContent:
    return content_of(workup, decided(workup, tmp_path_factory.mktemp("decided")).state(CASE))


def after(tmp_path: Path, *commands: object, who: str = "Dr A") -> ReviewState:
    """The state after commands, each given on a fresh screen; a tuple names who gave it."""
    log = DecisionLog(tmp_path / "log.db")
    for one in commands:
        command, by = one if isinstance(one, tuple) else (one, who)
        log.decide(CASE, replace(command, seen=log.state(CASE).version), who=by, at=AT)
    return log.state(CASE)


def test_the_report_of_the_sample_patient_reads_word_for_word_as_it_did() -> None:
    said = words_of(document_of(frozen()))
    assert said == GOLDEN.read_text(encoding="utf-8"), "if this is wanted: python -m tests.reporting.golden_report"


def test_a_report_frozen_once_is_read_for_ever_to_the_same_hash() -> None:
    told = GOLDEN.read_text(encoding="utf-8")
    assert f"Content, sha256: {content_hash(frozen())}" in told
    assert content_bytes(frozen()) == FROZEN.read_bytes()


def test_the_sample_patients_report_is_gathered_from_the_case_and_from_what_was_decided(content: ReportContent) -> None:
    (variant,) = content.variants
    assert (variant.allele, variant.gene, variant.rank) == (A, "SCN1A", 1)
    assert variant.hgvs == "NM_001165963.4:c.4933C>T (MANE Select, the same as ENST00000674923.1)"
    assert (variant.place, variant.protein) == ("chr2:165,992,342 G>A (GRCh38)", "p.Arg1645Ter")
    assert (variant.zygosity, variant.mode, variant.frequency) == ("heterozygous", "de novo", "absent from gnomAD")
    assert ("ClinVar", "Pathogenic, 2 of 4 stars, record 189921") in {(n, v) for n, v, _ in variant.looked_up}
    assert (variant.given.acmg_class, variant.given.who) == ("Pathogenic", "Dr A. Berg")
    judged = {c.code: (c.verdict, c.strength, c.ruling) for c in variant.criteria if c.judged_by}
    assert judged == {
        "PVS1": ("met", "very strong", "accepted"),
        "PS2": ("met", "strong", "changed"),
        "PM1": ("not met", "", "rejected"),
    }
    assert len(variant.criteria) == len(CRITERIA)
    assert [d.reason for d in content.dismissed] == ["seen in a healthy uncle"]
    assert (len(content.terms), len(variant.features)) == (12, 12)
    assert content.agreed == ("diagnosis", "sharing in variant databases")
    assert {r.name for r in content.releases} >= {"Human Phenotype Ontology"}
    assert content.funnel[-1].remaining == 110


def test_every_word_of_the_sample_report_is_in_its_pdf(content: ReportContent) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(as_pdf(document_of(content), AT)))
    text = re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in pdf.pages))
    lines = [line for line in words_of(document_of(content)).splitlines() if " | " in line]
    cells = [re.sub(r"\s", "", cell) for line in lines for cell in line.split(" | ")]
    assert len(cells) > 100
    assert [cell for cell in cells if cell not in text] == []


def test_the_same_case_and_decisions_give_the_same_hash(workup: Workup, content: ReportContent, tmp_path: Path) -> None:
    again = content_of(workup, decided(workup, tmp_path).state(CASE))
    assert content_hash(again) == content_hash(content)


def test_while_nobody_chose_anything_no_variant_is_reported(workup: Workup, tmp_path: Path) -> None:
    report = content_of(workup, after(tmp_path))
    assert report.variants == ()
    said = words_of(document_of(report))
    assert "nobody has chosen one" in said
    assert "SCN1A" not in said


def test_a_variant_taken_off_the_shortlist_is_not_reported(workup: Workup, tmp_path: Path) -> None:
    report = content_of(workup, after(tmp_path, Shortlist(0, A), PutBack(0, A)))
    assert (report.variants, report.dismissed) == ((), ())


def test_a_dismissed_variant_is_told_with_reason_and_name(workup: Workup, tmp_path: Path) -> None:
    (told,) = content_of(workup, after(tmp_path, Dismiss(0, A, "carrier only"), who="Dr B")).dismissed
    assert (told.reason, told.by, told.rank) == ("carrier only", "Dr B, 2026-11-21", 1)
    assert told.name == "SCN1A c.4933C>T"


def test_a_variant_without_a_persons_class_has_none_and_the_suggestion_is_called_one(
    workup: Workup, tmp_path: Path
) -> None:
    report = content_of(workup, after(tmp_path, Shortlist(0, A)))
    assert report.variants[0].given is None
    said = words_of(document_of(report))
    assert "No class given; suggested: Likely pathogenic (suggestion)" in said
    assert "one variant has no class yet" in said


def test_a_shortlisted_variant_that_left_the_funnel_is_reported_with_where_it_left(
    workup: Workup, tmp_path: Path
) -> None:
    gone = next(r for r in range(len(workup.case.variants)) if r not in workup.evidence.frame.index)
    allele = allele_of(workup.case, gone)
    (variant,) = content_of(workup, after(tmp_path, Shortlist(0, allele))).variants
    assert variant.left_at.startswith("left the ranking at the step")
    assert (variant.rank, variant.suggested, variant.criteria) == (0, "", ())


def test_a_shortlisted_variant_that_the_file_no_longer_holds_is_said(workup: Workup, tmp_path: Path) -> None:
    (variant,) = content_of(workup, after(tmp_path, Shortlist(0, "chr1-1-A-C"))).variants
    assert variant.left_at == "not in the file as it is read today"
    assert "not in the file today" in words_of(document_of(a_content(variants=(variant,))))


def test_an_allele_is_found_by_all_four_parts_and_by_nothing_less() -> None:
    case = a_case(a_variant("2", 100, "C", "T"), a_variant("2", 100, "C", "G"), a_variant("3", 100, "C", "T"))
    assert row_of(case, "chr2-100-C-G") == 1
    assert row_of(case, "chr3-100-C-T") == 2
    for unknown in ("chr2-100-C-A", "chr4-100-C-T", "chr2-101-C-T", "chr2-100", "", "chr2-x-C-T", "SCN1A"):
        assert row_of(case, unknown) is None


SUGGESTION = Suggestion(
    Class.UNCERTAIN,
    4,
    "4 points",
    (
        CriterionResult("PM2", Verdict.MET, Strength.SUPPORTING, "absent", "Richards 2015"),
        CriterionResult("PS3", Verdict.NOT_ASSESSABLE, Strength.STRONG, "nobody read", "Richards 2015", "a reader"),
    ),
)


def test_a_criterion_nobody_judged_stays_a_suggestion(tmp_path: Path) -> None:
    state = after(tmp_path, Shortlist(0, A))
    lines = judged_criteria(SUGGESTION, rulings_of(state.variant(A), 1))
    assert [line.verdict for line in lines] == ["not assessable", "met"]
    assert [line.judged_by for line in lines] == ["", ""]


def test_a_changed_criterion_rests_on_the_persons_word_and_a_rejected_one_is_not_met(tmp_path: Path) -> None:
    state = after(
        tmp_path,
        JudgeCriterion(0, A, "PS3", Ruling.CHANGED, Strength.MODERATE, "Western blot, two laboratories"),
        JudgeCriterion(0, A, "PM2", Ruling.REJECTED, None, "a founder population is missing"),
        JudgeCriterion(0, A, "PP4", Ruling.CHANGED, Strength.SUPPORTING, "typical EEG"),
    )
    lines = judged_criteria(SUGGESTION, rulings_of(state.variant(A), 1))
    told = {line.code: line for line in lines}
    assert [line.code for line in lines] == ["PS3", "PM2", "PP4"]
    assert (told["PS3"].verdict, told["PS3"].strength) == ("met", "moderate")
    assert (told["PS3"].reason, told["PS3"].source) == ("Western blot, two laboratories", "Dr A")
    assert (told["PM2"].verdict, told["PM2"].ruling) == ("not met", "rejected")
    assert told["PP4"].suggested == "nothing"


SECOND = {"reading": Reading.SECOND}


def test_a_resolution_stands_over_both_readings(tmp_path: Path) -> None:
    resolved = Classify(0, A, Class.LIKELY_PATHOGENIC, reading=Reading.CONSENSUS)
    second = (Classify(0, A, Class.UNCERTAIN, **SECOND), "Dr B")
    state = after(tmp_path, Classify(0, A, Class.PATHOGENIC), second, (resolved, "Dr C"))
    given, question = given_class(state.variant(A), 2)
    assert (given.acmg_class, given.who, question) == ("Likely Pathogenic", "Dr C", "")
    assert given.reading == "resolution of two readings"


def test_two_readings_that_differ_give_no_class_and_both_are_told(tmp_path: Path) -> None:
    state = after(tmp_path, Classify(0, A, Class.PATHOGENIC), (Classify(0, A, Class.UNCERTAIN, **SECOND), "Dr B"))
    given, question = given_class(state.variant(A), 2)
    assert given is None
    first_said, second_said = "Pathogenic (Dr A, 2026-11-21)", "Uncertain significance (Dr B, 2026-11-21)"
    assert question == DISAGREE.format(first=first_said, second=second_said)


def test_two_readings_that_agree_give_the_class_with_both_names(tmp_path: Path) -> None:
    second = (Classify(0, A, Class.PATHOGENIC, "Dravet syndrome", **SECOND), "Dr B")
    state = after(tmp_path, Classify(0, A, Class.PATHOGENIC, "", "new in the child"), second)
    given, _ = given_class(state.variant(A), 2)
    assert (given.acmg_class, given.who) == ("Pathogenic", "Dr A and Dr B")
    assert (given.condition, given.note) == ("Dravet syndrome", "new in the child")


def test_while_the_second_reading_is_awaited_the_report_does_not_tell_the_first(workup: Workup, tmp_path: Path) -> None:
    state = after(
        tmp_path,
        Shortlist(0, A),
        JudgeCriterion(0, A, "PM2", Ruling.CHANGED, Strength.STRONG, "a secret word"),
        Classify(0, A, Class.BENIGN, "a secret condition"),
    )
    report = content_of(workup, state, needed=2)
    assert report.variants[0].open_question == WITHHELD
    said = words_of(document_of(report))
    assert "secret" not in said
    assert "Benign" not in said


def test_criteria_judged_before_any_class_are_told_unless_two_must_read(tmp_path: Path) -> None:
    state = after(tmp_path, JudgeCriterion(0, A, "PS3", Ruling.CHANGED, Strength.MODERATE, "Western blot"))
    for needed, by in ((1, "Dr A, 2026-11-21"), (2, "")):
        lines = judged_criteria(SUGGESTION, rulings_of(state.variant(A), needed))
        assert next(line.judged_by for line in lines if line.code == "PS3") == by


def test_a_report_signed_before_tells_class_and_criteria_that_differ_as_it_did() -> None:
    differs = a_content(variants=(a_reported(comes_to="Uncertain Significance", comes_to_because="4 points: PS2."),))
    said = words_of(document_of(differs))
    assert "The class given is Pathogenic; the criteria as they stand" in said
    assert "come to: 4 points: PS2." in said
    assert "Class and criteria differ" not in words_of(document_of(a_content()))


def test_a_report_signed_before_still_says_how_many_of_its_criteria_nobody_judged() -> None:
    assert "Together (1 of 2 suggested, judged by nobody): Pathogenic (12 points)" in words_of(document_of(a_content()))
    judged = tuple(replace(c, judged_by="Dr A, 2026-11-21") for c in a_reported().criteria)
    assert "Together: Pathogenic" in words_of(document_of(a_content(variants=(a_reported(criteria=judged),))))


def test_what_nobody_judged_does_not_count_and_stands_apart(content: ReportContent) -> None:
    (variant,) = content.variants
    assert [c.code for c in variant.counting] == ["PVS1", "PS2"]
    assert [c.code for c in variant.suggested_only] == ["PM2"]
    assert variant.comes_to_because.startswith("Pathogenic (12 points): PVS1, PS2;")
    said = words_of(document_of(content))
    assert "Together: Pathogenic (12 points): PVS1, PS2;" in said
    assert "PM2, supporting | not seen in the population, must be absent | ClinGen SVI 2020" in said
    assert "It does not count; with all accepted it would be 13 points: Pathogenic." in said
    assert "PM2, supporting | suggested as met; does not count, judged by nobody" in said
    assert variant.differs == ""


def test_a_class_that_no_criterion_bears_is_said_before_it_is_signed_and_in_the_report(
    workup: Workup, tmp_path: Path
) -> None:
    report = content_of(workup, after(tmp_path, Shortlist(0, A), Classify(0, A, Class.PATHOGENIC)))
    suggested, none_judged = cautions(report)
    assert suggested.startswith("SCN1A c.4933C>T: Suggested, not judged: PVS1_Strong, PS2_Moderate, PM2_Supporting.")
    assert none_judged == f"SCN1A c.4933C>T: {NONE_JUDGED}"
    said = words_of(document_of(report))
    assert f"[Class and criteria] {NONE_JUDGED}" in said
    assert NONE_COUNTS in said
    assert objections(report) == ()


def test_screen_and_report_say_the_same_of_what_counts_and_of_what_nobody_judged(
    workup: Workup, tmp_path: Path
) -> None:
    office, row = Office(tmp_path, workup), row_of(workup.case, A)
    office.by("Ada", "shortlist", row=row)
    office.by("Ada", "judge", row=row, code="PVS1", strength="STRONG")
    office.by("Ada", "classify", row=row, **{"class": Class.PATHOGENIC.value, "condition": "", "note": "as read"})
    view = decide_view(gather(workup, row), office.desk, office.state, A)
    (reported,) = content_of(workup, office.state).variants
    assert view["tally"] == "4 points: Uncertain significance"
    assert reported.comes_to_because.startswith("Uncertain Significance (4 points): PVS1_Strong;")
    assert (view["not_judged"], view["differs"]) == (reported.not_judged, reported.differs)
    assert reported.not_judged.startswith("Suggested, not judged: PS2_Moderate, PM2_Supporting. They do not count;")
    assert "the criteria that count come to uncertain significance (4 points)" in reported.differs


def test_while_a_second_reading_is_awaited_nothing_is_said_of_what_was_judged(workup: Workup, tmp_path: Path) -> None:
    state = after(
        tmp_path,
        Shortlist(0, A),
        JudgeCriterion(0, A, "PVS1", Ruling.ACCEPTED, Strength.STRONG),
        Classify(0, A, Class.PATHOGENIC),
    )
    (variant,) = content_of(workup, state, needed=2).variants
    assert (variant.comes_to, variant.not_judged, variant.differs, variant.counting) == ("", "", "", ())
    said = words_of(document_of(a_content(variants=(variant,))))
    assert "not judged" not in said


def test_exon_condition_ids_validity_and_releases_are_in_the_report(content: ReportContent) -> None:
    (variant,) = content.variants
    assert variant.exon == "exon 29 of 29"
    assert variant.given.condition_ids == ("OMIM:607208", "ORPHA:33069", "MONDO:0100135")
    said = words_of(document_of(content))
    assert "Pathogenic for Dravet syndrome (OMIM:607208, ORPHA:33069, MONDO:0100135), given by Dr A. Berg" in said
    assert "Exon or intron: exon 29 of 29" in said
    assert "Gene–disease validity: Definitive for Dravet syndrome (MONDO:0100135), autosomal dominant; " in said
    assert (
        "ClinVar: Pathogenic, 2 of 4 stars, record 189921 [INFO/CSQ ClinVar_CLNSIG, INFO/CSQ CLIN_SIG (VEP v113), "
        in said
    )
    assert "Population frequency: absent from gnomAD [INFO/CSQ gnomADe_AF, INFO/CSQ gnomADg_AF (VEP v113), " in said
    assert (
        "Counted in the population: overall none; alleles none; homozygotes none [INFO/CSQ gnomADe_AC (VEP v113), "
        in said
    )
    assert said.count("release not stated in the file") >= len(content.brought) - 1


def test_a_condition_without_a_known_id_says_so_and_one_of_before_says_nothing() -> None:
    given = a_reported().given
    unknown = a_reported(given=replace(given, condition_ids=()))
    told = "Dravet syndrome (no OMIM or Mondo id is known for this name), given by"
    assert told in words_of(document_of(a_content(variants=(unknown,))))
    assert "Pathogenic for Dravet syndrome, given by Dr A" in words_of(document_of(a_content()))


def test_the_result_names_no_second_disease_beside_the_condition_that_a_person_gave() -> None:
    other = "SCN1A explains 1 of 2 features; best fit Generalized epilepsy (OMIM:604403)."
    given, unnamed = a_reported(features_lead=other), a_reported(features_lead=other, given=None)
    assert "best fit" not in sentences(a_content(variants=(given,)))
    assert "SCN1A explains 1 of 2 features." in sentences(a_content(variants=(given,)))
    assert other in words_of(document_of(a_content(variants=(given,)))), "the section on the features keeps it"
    assert "best fit Generalized epilepsy" in sentences(a_content(variants=(unnamed,)))


def test_an_overridden_check_is_told_with_who_and_why() -> None:
    assert "The sample looks male. | Dr B, 2026-11-20: known XY female" in words_of(document_of(a_content()))


def test_the_name_of_the_variant_file_is_not_in_the_report(workup: Workup, content: ReportContent) -> None:
    assert workup.case.variants.facts.display_name not in words_of(document_of(content))


def test_a_mitochondrial_variant_is_named_on_the_mitochondrial_genome(tmp_path: Path) -> None:
    workup = worked_up(tmp_path, "melas-duo")
    (variant,) = content_of(workup, after(tmp_path, Shortlist(0, "chrMT-3243-A-G"))).variants
    assert variant.hgvs.startswith("NC_012920.1:m.3243A>G")
    counts = next(value for name, value, _ in variant.looked_up if name == "Counted in the population")
    assert counts == "overall not assessed; alleles not assessed; homozygotes not assessed"
    assert variant.zygosity.startswith("heteroplasmy 31 %")


def test_a_pair_is_told_once_by_its_mode() -> None:
    pair = a_reported(mode="recessive, compound heterozygous")
    said = words_of(document_of(a_content(variants=(pair,))))
    assert "(p.Arg1645Ter), recessive, compound heterozygous: Pathogenic" in said

"""Who this is about, and what a projector may not show."""

from dataclasses import replace

from components.banner import banner_tree, board_tree
from components.drawing import words
from models.case import Finding, Severity
from models.review import Event, EventKind
from models.review.commands import Consent, Status
from models.review.consent import Recorded
from tests.builders_workup import a_workup

ODD = Finding("odd-family", Severity.WARNING, "The mother may not be the mother.", "family-of-smith.ped")


def told(**patient: object) -> str:
    case = a_workup().case
    return words(banner_tree(replace(case, patient=replace(case.patient, **patient)), (ODD,)))


def test_the_banner_says_who_and_under_which_conditions() -> None:
    said = told(age_years=7.4, indication="Seizures from 5 months", consent="research only", is_synthetic=True)
    for part in ("TEST-001", "7 y · female", "Seizures from 5 months", "trio", "GRCh38", "research only", "Synthetic"):
        assert part in said


def test_the_banner_says_how_far_a_case_is_where_that_changes_what_one_may_do() -> None:
    case = a_workup().case
    assert "Signed" in words(banner_tree(case, (), status=Status.SIGNED))
    assert "On hold" in words(banner_tree(case, (), status=Status.ON_HOLD))
    assert "In review" not in words(banner_tree(case, (), status=Status.IN_REVIEW))


def test_what_the_files_do_not_say_is_said_to_be_missing() -> None:
    said = told()
    assert "age not given" in said and "no indication given" in said and "Consent not recorded" in said


def test_excluded_features_are_told_apart_from_present_ones() -> None:
    assert "not Microcephaly" in told()


def test_a_finding_is_counted_and_can_be_read() -> None:
    assert "1 finding" in told() and "The mother may not be the mother." in told()


def test_with_identity_hidden_no_name_age_consent_or_file_name_is_sent() -> None:
    case = a_workup().case
    told = {"age_years": 7.4, "consent": "research only", "indication": "Like her brother Jonas"}
    case = replace(case, patient=replace(case.patient, **told))
    assert "Jonas" in words(board_tree(case, hide_identity=False))
    said = words(board_tree(case, hide_identity=True))
    assert "Identity hidden" in said and "child" in said
    for secret in ("TEST-001", "7 y", "research only", "smith", "Jonas"):
        assert secret not in said


def test_a_case_without_terms_says_where_to_add_them() -> None:
    case = a_workup(terms=()).case
    assert "add them under Phenotype" in words(banner_tree(case, ()))


def test_an_overridden_check_names_who_when_and_why() -> None:
    finding = Finding("parents-swapped", Severity.BLOCKING, "Mother and father look exchanged.")
    payload = {
        "code": "parents-swapped",
        "finding": finding.key,
        "reason": "Labels exchanged at the bench; confirmed by phone.",
    }
    event = Event(1, "c-1", EventKind.CHECK_OVERRIDDEN, "Dr Q", "2026-11-20T20:08:11.000+00:00", payload, "", "")
    said = words(banner_tree(a_workup().case, (finding,), {finding.key: event}))
    assert "1 finding, 1 overridden" in said
    assert "Overridden by Dr Q, 2026-11-20 20:08: Labels exchanged at the bench" in said
    assert "overridden" not in words(banner_tree(a_workup().case, (finding,)))


def consent_told(stated: str, scope: frozenset[Consent] | None) -> str:
    by = Event(1, "c-1", EventKind.CONSENT_SET, "Dr A", "2026-05-03T12:00:00+00:00", {}, "", "h", 1)
    agreed = Recorded(stated, scope, scope or frozenset(), by if scope is not None else None)
    return words(banner_tree(a_workup().case, (), {}, agreed))


def test_the_banner_says_what_was_agreed_by_whose_record_and_when() -> None:
    said = consent_told("", frozenset({Consent.DIAGNOSIS, Consent.RESEARCH}))
    assert "Agreed: diagnosis, research." in said and "Not agreed: secondary findings," in said
    assert "Recorded by Dr A, 3 May 2026." in said


def test_a_record_that_contradicts_the_files_is_shown_with_both() -> None:
    said = consent_told("secondary findings: yes", frozenset())
    assert "The files state secondary findings: yes; Dr A, 3 May 2026, recorded no, which counts." in said


def test_the_files_alone_are_told_as_the_files_alone() -> None:
    said = consent_told("secondary findings: yes", None)
    assert "Consent: files only" in said and "Files: secondary findings: yes" in said

"""Secondary findings in the report: looked for only where agreed, and never a silence that reads as "none found"."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.evidence.acmg.types import Class
from models.reporting import content_hash, document_of
from models.reporting.content import SecondaryLook
from models.reporting.document import words_of
from models.reporting.gather_secondary import NO_CLINVAR, secondary_of
from models.reporting.sections import secondary
from models.reporting.sections.secondary import in_short
from models.review import DecisionLog, ReviewState
from models.review.commands import Classify, Consent, SetConsent, Shortlist
from models.review.consent import Recorded, recorded_of
from tests.builders_workup import a_workup
from tests.reporting.report_builders import a_content

BRCA1 = "chr17-43094500-C-A"
YES = Recorded("", frozenset({Consent.SECONDARY_FINDINGS}))
NO = Recorded("", frozenset())


def said(look: SecondaryLook | None) -> str:
    return words_of(document_of(a_content(secondary=look), (secondary.SECTION,)))


def looked(recorded: Recorded, state: ReviewState | None = None) -> SecondaryLook:
    return secondary_of(a_workup(), state or ReviewState(), recorded, 1)


@pytest.mark.parametrize(
    ("recorded", "answer", "why"),
    [
        (NO, "declined", "the person does not agree"),
        (Recorded(), "not recorded", "nobody recorded whether the person agrees"),
        (Recorded("secondary findings: no"), "declined", "the person does not agree"),
        (replace(NO, stated="secondary findings: yes"), "declined", "the person does not agree"),
    ],
    ids=["declined", "not recorded", "files say no", "files say yes, person says no"],
)
def test_without_agreement_nothing_is_looked_for_and_the_report_never_says_none_found(
    recorded: Recorded, answer: str, why: str
) -> None:
    look = looked(recorded)
    assert look == SecondaryLook(answer)
    told = said(look)
    assert f"Not looked for: {why}" in told and "neither that something is there nor that it is not" in told
    for words in ("None was found", "BRCA1", "84"):
        assert words not in told
    assert "none found" not in in_short(a_content(secondary=look))


@pytest.mark.parametrize("recorded", [YES, Recorded("secondary findings: yes")], ids=["a person", "the files"])
def test_with_agreement_the_candidate_is_told_with_its_disease_and_what_is_not_assessed(recorded: Recorded) -> None:
    look = looked(recorded)
    (found,) = look.found
    assert (found.name.split()[0], found.because) == ("BRCA1", "heterozygous, pathogenic in ClinVar")
    assert (found.disease, found.given, found.is_reported) == ("Hereditary breast and ovarian cancer", "", False)
    told = said(look)
    assert "Why it is a candidate" in told and "Not assessed: how well these genes were covered" in told


def test_a_candidate_that_somebody_classified_and_reported_is_told_as_such(tmp_path: Path) -> None:
    log, now = DecisionLog(tmp_path / "decisions.db"), datetime.now(UTC)
    for command in (Shortlist(0, BRCA1), Classify(1, BRCA1, Class.LIKELY_PATHOGENIC)):
        log.decide("c-1", command, who="Dr A", at=now)
    (found,) = looked(YES, log.state("c-1")).found
    assert (found.given, found.given_by, found.is_reported) == ("Likely pathogenic", "Dr A", True)
    assert "reported above" in said(looked(YES, log.state("c-1")))


def test_where_nothing_was_found_the_number_of_genes_and_the_limits_are_told() -> None:
    told = said(SecondaryLook("agreed", "ACMG SF list 3.3", 84))
    assert "None was found among the 84 genes." in told and "Not assessed: how well these genes were covered" in told
    assert in_short(a_content(secondary=SecondaryLook("agreed", "x", 84))).endswith("coverage not assessed")


def test_without_clinvar_what_was_agreed_could_not_be_looked_for_and_is_not_none_found() -> None:
    workup = a_workup()
    facts = workup.case.variants.facts
    brought = {name: told for name, told in facts.brought.items() if not name.startswith("clinvar")}
    table = replace(workup.case.variants, facts=replace(facts, brought=brought))
    look = secondary_of(replace(workup, case=replace(workup.case, variants=table)), ReviewState(), YES, 1)
    assert look.hindered == NO_CLINVAR
    assert "could not be looked for" in said(look) and "None was found" not in said(look)


def test_a_report_of_before_says_that_it_does_not_tell() -> None:
    assert secondary.BEFORE in said(None)
    assert in_short(a_content(secondary=None)) == "not told in this report"


def test_a_signed_content_keeps_the_consent_of_its_signing_whatever_is_withdrawn_later(tmp_path: Path) -> None:
    log, now = DecisionLog(tmp_path / "decisions.db"), datetime.now(UTC)
    log.decide("c-1", SetConsent(0, frozenset({Consent.SECONDARY_FINDINGS})), who="Dr A", at=now)
    before = a_content(secondary=looked(recorded_of("", log.state("c-1"))))
    log.decide("c-1", SetConsent(1, frozenset()), who="Dr A", at=now)
    after = a_content(secondary=looked(recorded_of("", log.state("c-1"))))
    assert (before.secondary.answer, after.secondary.answer) == ("agreed", "declined")
    assert content_hash(before) != content_hash(after)

"""What the recorded consent allows, for every use and every way two voices can agree or differ."""

from datetime import UTC, datetime

import pytest

from models.errors import NotAgreed
from models.review.commands import Consent, SetConsent
from models.review.consent import (
    MEANINGS,
    Allowed,
    NotAllowed,
    NotRecorded,
    Recorded,
    allows,
    contradictions,
    recorded_of,
    stated_answer,
)
from models.review.events import Event, EventKind
from models.review.state import EMPTY, project
from models.review.ways_out import CLINVAR, DECISIONS, PDF, WAYS_OUT, check, refusal

EACH_USE = pytest.mark.parametrize("use", Consent, ids=lambda u: u.value)


def recorded(*scopes: set[Consent], stated: str = "") -> Recorded:
    """What is on record after a person recorded each scope, one a day from 3 May 2026 on."""
    events = [
        Event(n, "c-1", EventKind.CONSENT_SET, f"Dr {n}", datetime(2026, 5, 2 + n, 12, tzinfo=UTC).isoformat(),
              SetConsent(0, frozenset(scope)).payload(), "", f"h{n}", n)
        for n, scope in enumerate(scopes, start=1)
    ]  # fmt: skip
    return recorded_of(stated, project(events, EMPTY))


@EACH_USE
def test_what_nobody_recorded_is_not_consent_but_for_care_in_the_house(use: Consent) -> None:
    answer = allows(use, recorded())
    if use is Consent.DIAGNOSIS:
        assert isinstance(answer, Allowed)
    else:
        assert isinstance(answer, NotRecorded)
        assert use.value in answer.sentence and "Decide tab" in answer.sentence


@EACH_USE
def test_what_was_agreed_is_allowed_and_says_who_recorded_it(use: Consent) -> None:
    assert allows(use, recorded({use})) == Allowed(f"Agreed to {use.value}, as recorded by Dr 1, 3 May 2026.")


@EACH_USE
def test_what_was_declined_is_not_allowed_not_even_care(use: Consent) -> None:
    answer = allows(use, recorded(set(Consent) - {use}))
    assert isinstance(answer, NotAllowed) and "does not agree to" in answer.sentence


@EACH_USE
def test_what_was_withdrawn_counts_at_once_and_is_told_as_withdrawn(use: Consent) -> None:
    answer = allows(use, recorded({use}, set()))
    assert isinstance(answer, NotAllowed)
    assert "withdrew" in answer.sentence and "Dr 2, 4 May 2026" in answer.sentence


@EACH_USE
def test_what_was_agreed_again_after_a_withdrawal_is_allowed(use: Consent) -> None:
    assert isinstance(allows(use, recorded({use}, set(), {use})), Allowed)


@EACH_USE
@pytest.mark.parametrize(("said", "kind"), [("yes", Allowed), ("no", NotAllowed)])
def test_the_files_count_while_no_person_recorded_anything(use: Consent, said: str, kind: type) -> None:
    assert isinstance(allows(use, recorded(stated=f"Synthetic; {use.value}: {said}")), kind)


@EACH_USE
def test_a_persons_no_stands_against_the_files_yes_and_the_contradiction_is_told(use: Consent) -> None:
    both = recorded(set(), stated=f"{use.value}: yes")
    assert isinstance(allows(use, both), NotAllowed)
    (told,) = contradictions(both)
    assert told == f"The files state {use.value}: yes; Dr 1, 3 May 2026, recorded no, which counts."


@EACH_USE
def test_a_persons_yes_stands_against_the_files_no_and_the_contradiction_is_told(use: Consent) -> None:
    both = recorded({use}, stated=f"{use.value}: no")
    assert isinstance(allows(use, both), Allowed)
    assert ": no; Dr 1, 3 May 2026, recorded yes" in contradictions(both)[0]


def test_voices_that_agree_or_a_single_voice_contradict_nobody() -> None:
    assert contradictions(recorded({Consent.RESEARCH}, stated="research: yes; teaching: no")) == ()
    assert contradictions(recorded(stated="research: yes")) == ()


@EACH_USE
def test_each_use_is_told_in_one_line(use: Consent) -> None:
    assert MEANINGS[use].line.endswith(".") and len(MEANINGS[use].line) < 110


@pytest.mark.parametrize(
    ("stated", "said"),
    [("secondary findings: no", False), ("Synthetic; secondary findings: NO; teaching: yes", False),
     ("No secondary findings", False), ("declined all secondary findings", False),
     ("does not want secondary findings", False), ("secondary findings not wanted", False),
     ("incidental findings: declined", False), ("secondary findings: yes; secondary findings: no", False),
     ("teaching: no; secondary findings: yes", True), ("teaching: no, secondary findings: yes", True),
     ("teaching: no\nsecondary findings: yes", True), ("secondary findings: yes", True), ("", None),
     ("excluded from secondary findings: yes", None),
     ("secondary findings", None), ("secondary findings: not discussed", None), ("talked about findings", None)],
)  # fmt: skip
def test_only_an_explicit_yes_of_the_files_is_a_yes_and_any_no_is_a_no(stated: str, said: bool | None) -> None:
    assert stated_answer(Consent.SECONDARY_FINDINGS, stated) is said


@pytest.mark.parametrize(
    ("stated", "use", "said"),
    [("DUO:0000042", Consent.RESEARCH, True), ("HRESCH", Consent.RESEARCH, True),
     ("DUO:0000006", Consent.RESEARCH, True),
     ("DUO:0000043", Consent.DIAGNOSIS, True), ("DUO:0000042: no", Consent.RESEARCH, False),
     ("HRESCH: under discussion", Consent.RESEARCH, None), ("HRESCH: yes", Consent.RESEARCH, True),
     ("DUO:0000043", Consent.RESEARCH, None), ("entreaty", Consent.DIAGNOSIS, None)],
)  # fmt: skip
def test_a_code_of_the_data_use_ontology_means_agreement_by_standing_there(
    stated: str, use: Consent, said: bool | None
) -> None:
    assert stated_answer(use, stated) is said


def test_without_any_record_only_care_and_the_audit_leave() -> None:
    assert [w.key for w in WAYS_OUT if not refusal(w, recorded())] == ["pdf", "html", "fhir", "decisions"]


def test_whoever_withdrew_everything_has_no_file_leave_but_the_audit() -> None:
    assert [w.key for w in WAYS_OUT if not refusal(w, recorded(set(Consent), set()))] == ["decisions"]
    assert not refusal(DECISIONS, recorded(set()))


@pytest.mark.parametrize("enough", [Consent.SHARING, Consent.DEIDENTIFIED])
def test_either_of_two_agreements_is_enough_for_clinvar(enough: Consent) -> None:
    check(CLINVAR, recorded({enough}))


def test_a_refused_way_out_is_a_sentence_with_what_to_do() -> None:
    with pytest.raises(
        NotAgreed, match=r"^ClinVar submission sheet: not made\. .*Record the answer in Case review, on the Decide tab"
    ):
        check(CLINVAR, recorded())
    with pytest.raises(NotAgreed, match=r"^PDF: not made\. .*withdrew"):
        check(PDF, recorded({Consent.DIAGNOSIS}, set()))

"""Deciding on a variant and a case: what is pressed becomes an event with its evidence, a sentence, or both sides."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components.candidate import gather
from components.decision_desk import NO_NAME, remember_name
from components.decision_intents import BOTH_IN, HOW_RESOLVED, TWO_OTHERS, UNCLEAR
from components.decision_marks import marks
from components.decision_notice import both_sides, forget
from components.decision_panel import obey
from components.decision_view import case_view, decide_view
from components.ranked_list import list_view
from models.evidence.acmg import Class, Strength
from models.review.commands import Consent, Reading, Ruling, Status
from models.review.second_reading import Stage, outcome_of
from models.review.state import Triage
from tests.builders_workup import a_workup, with_hand_made_matches
from tests.components.deciding import CASE_ID, Office

SCN1A = "chr2-166012345-G-A"
DISMISS = {"reason": "in both parents"}


@pytest.fixture(autouse=True)
def _session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with_hand_made_matches(monkeypatch)
    monkeypatch.setattr(st, "session_state", {})
    yield


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path, a_workup())
    yield opened
    opened.log.close()


@pytest.fixture
def two_readers(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path, a_workup(), needed=2)
    yield opened
    opened.log.close()


def seen_by(who: str, office: Office) -> dict[str, Any]:
    remember_name(who)
    return decide_view(gather(office.workup, 0), office.desk, office.state, SCN1A)


def classified(office: Office, who: str, as_: Class, **said: Any) -> Any:
    return office.by(who, "classify", **{"class": as_.value, "condition": "Dravet syndrome", **said})


def test_a_press_is_kept_under_the_typed_name_with_what_was_on_screen(office: Office) -> None:
    kept = office.by("Ada Byron", "shortlist").kept
    assert kept is not None and kept.who == "Ada Byron" and kept.payload["allele"] == SCN1A
    evidence = kept.evidence
    assert evidence["model_sha256"] == office.workup.ranking.card.sha256
    assert len(evidence["releases"]) == len(office.workup.knowledge.releases)
    assert evidence["variant"]["gene"] == "SCN1A" and evidence["rank"] == 1
    assert {"class", "points", "criteria", "why"} <= set(evidence["suggested"])
    assert "own" not in evidence


def test_nothing_is_kept_without_a_name_and_the_sentence_says_so(office: Office) -> None:
    assert office.by("  ", "shortlist").refused == NO_NAME
    assert office.state.version == 0


def test_a_dismissal_needs_a_reason_and_can_be_put_back(office: Office) -> None:
    assert "say why" in office.by("Ada", "dismiss", reason=" ").refused
    office.by("Ada", "dismiss", **DISMISS)
    assert office.state.variant(SCN1A).triage is Triage.DISMISSED
    office.by("Ada", "put back")
    assert office.state.variant(SCN1A).triage is Triage.UNDECIDED


def test_the_suggestion_stands_beside_and_no_class_is_chosen_beforehand(office: Office) -> None:
    view = seen_by("Ada", office)
    assert view["mine"] is None and view["suggested"]
    assert [value for value, _ in view["classes"]] == [c.value for c in Class]
    classified(office, "Ada", Class.UNCERTAIN, note="one family only")
    view = seen_by("Ada", office)
    assert view["mine"]["class"] == "Uncertain Significance" and view["mine"]["condition"] == "Dravet syndrome"
    assert view["mine"]["words"].startswith("Uncertain significance, by Ada, ")


def test_a_criterion_is_accepted_changed_added_or_rejected_and_the_points_follow(office: Office) -> None:
    met = next(c for c in seen_by("Ada", office)["criteria"] if c["suggested"])
    code, suggested = met["code"], met["suggested"]
    other = next(s for s in ("SUPPORTING", "MODERATE") if s != suggested)
    judged = {"code": code, "strength": suggested}
    office.by("Ada", "judge", **judged)
    key = (Reading.FIRST, code)
    assert office.state.variant(SCN1A).criteria[key].ruling is Ruling.ACCEPTED
    assert str(Strength[suggested].value) in seen_by("Ada", office)["tally"]
    assert "say why" in office.by("Ada", "judge", code=code, strength=other).refused
    office.by("Ada", "judge", code=code, strength=other, note="one of two")
    assert office.state.variant(SCN1A).criteria[key].ruling is Ruling.CHANGED
    office.by("Ada", "judge", code="PP4", strength="SUPPORTING", note="typical course")
    total = Strength[other].value + 1
    assert seen_by("Ada", office)["tally"].startswith(f"{total} points")
    assert "PP4" in [c["code"] for c in seen_by("Ada", office)["criteria"]]
    office.by("Ada", "judge", code=code, strength="", note="not so in this exon")
    assert office.state.variant(SCN1A).criteria[key].ruling is Ruling.REJECTED
    assert seen_by("Ada", office)["tally"].startswith("1 point:")


def test_own_criteria_that_come_to_another_class_are_said_and_do_not_forbid_it(office: Office) -> None:
    office.by("Ada", "judge", code="PP4", strength="SUPPORTING", note="typical course")
    classified(office, "Ada", Class.PATHOGENIC)
    assert "the criteria that count come to uncertain significance (1 point)" in seen_by("Ada", office)["differs"]
    assert office.state.variant(SCN1A).classes[Reading.FIRST].acmg_class is Class.PATHOGENIC
    last = office.log.events(CASE_ID)[-1]
    assert last.evidence["own"] == {"class": "Uncertain Significance", "points": 1, "criteria": ["PP4"]}


def test_status_people_consent_and_notes_belong_to_the_case(office: Office) -> None:
    office.by("Ada", "assign", row=None, people=" Ada , Ben;Ada,, ")
    office.by("Ada", "consent", row=None, scope=["diagnosis", "research"], note="form of 3 May")
    office.by("Ada", "note", row=None, text="parents asked")
    office.by("Ada", "status", row=None, status="in review")
    office.by("Ada", "note", text="see the reads")
    state = office.state
    assert state.assigned == ("Ada", "Ben") and state.status is Status.IN_REVIEW
    assert state.consent == {Consent.DIAGNOSIS, Consent.RESEARCH}
    assert [n.text for n in state.notes] == ["parents asked"]
    assert [n.text for n in state.variant(SCN1A).notes] == ["see the reads"]
    said = seen_by("Ada", office)["case"]["summary"]
    assert said == "in review · for Ada, Ben · diagnosis, research"


def test_a_form_that_nobody_filled_in_agrees_to_diagnosis_and_to_nothing_else(office: Office) -> None:
    assert seen_by("Ada", office)["case"]["begins"] == ["diagnosis"]
    assert case_view(office.state, "secondary findings: yes; teaching: yes")["begins"] == ["diagnosis"]


def test_where_the_files_say_no_to_diagnosis_the_form_begins_with_nothing(office: Office) -> None:
    assert case_view(office.state, "diagnosis: no")["begins"] == []


def test_what_was_recorded_is_what_the_form_shows_even_without_diagnosis(office: Office) -> None:
    office.by("Ada", "consent", row=None, scope=["research"], note="")
    said = seen_by("Ada", office)["case"]
    assert said["consent"] == ["research"] and said["begins"] == []


@pytest.mark.parametrize(
    "said",
    [
        {"act": "classify", "class": "Probably bad"},
        {"act": "classify", "class": None},
        {"act": "launch"},
        {"act": "shortlist", "row": 99_999},
        {"act": "shortlist", "row": "<b>"},
        {"act": "shortlist", "seen": "x"},
        {"act": "judge", "code": "PM2", "strength": "ENORMOUS"},
        {"act": "status", "row": None, "status": "dropped"},
        {"act": "consent", "row": None, "scope": ["everything"]},
        {"act": "launch", "row": None},
    ],
)
def test_what_no_screen_sends_is_refused_in_a_sentence(office: Office, said: dict[str, Any]) -> None:
    assert office.by("Ada", **said).refused == UNCLEAR
    assert office.state.version == 0


def test_a_criterion_that_does_not_exist_is_refused_by_name(office: Office) -> None:
    assert "PM9 is not a criterion" in office.by("Ada", "judge", code="PM9", strength="MODERATE", note="x").refused


def test_two_tabs_that_decide_the_same_are_both_shown_and_one_may_insist(office: Office) -> None:
    classified(office, "Ada", Class.PATHOGENIC)
    told = classified(office, "Ben", Class.UNCERTAIN, seen=0)
    assert told.conflict is not None and told.kept is None
    mine, theirs = both_sides(told.conflict)
    assert "Uncertain significance" in mine.lines[0] and "Pathogenic" in theirs.lines[0]
    assert "Ada" in theirs.title and {a.id for a in (*mine.actions, *theirs.actions)} == {"insist", "leave"}
    assert office.state.variant(SCN1A).classes[Reading.FIRST].acmg_class is Class.PATHOGENIC
    forget()
    obey({**told.said, "seen": told.conflict.theirs.version}, office.desk, office.workup)
    assert office.state.variant(SCN1A).classes[Reading.FIRST].acmg_class is Class.UNCERTAIN


def test_a_stale_screen_may_decide_what_nobody_else_touched(office: Office) -> None:
    classified(office, "Ada", Class.PATHOGENIC)
    assert office.by("Ben", "shortlist", seen=0).kept


def test_marks_say_in_sign_and_words_who_put_a_variant_where(office: Office) -> None:
    office.by("Ada", "shortlist")
    office.by("Ada", "dismiss", row=5, **DISMISS)
    classified(office, "Ada", Class.LIKELY_PATHOGENIC)
    found = marks(office.workup, office.state, 1)
    assert found["0"]["triage"] == "shortlisted" and found["0"]["said"].startswith("Shortlisted by Ada, ")
    assert (found["0"]["class"], found["5"]["triage"]) == ("✓ LP", "dismissed")
    assert found["5"]["said"].endswith(": in both parents")
    assert set(found) == {"0", "5"}


def test_a_dismissed_variant_stays_in_the_list_wherever_it_ranks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.ranked_list.TOP_ROWS", 1)
    monkeypatch.setattr("components.ranked_list.PRESET_ROWS", 0)
    office.by("Ada", "dismiss", row=8, **DISMISS)
    decided = frozenset(map(int, marks(office.workup, office.state, 1)))
    assert 8 not in {r["row"] for r in list_view(office.workup).rows}
    with_it = list_view(office.workup, decided)
    assert 8 in {r["row"] for r in with_it.rows} and with_it.version != list_view(office.workup).version


def test_a_decision_on_a_variant_that_the_file_lost_breaks_no_list(office: Office) -> None:
    office.by("Ada", "shortlist")
    fewer = a_workup()
    fewer.case.variants.frame.loc[0, "pos_1based"] = 1
    assert marks(fewer, office.state, 1) == {}


def test_the_second_reader_sees_nothing_of_the_first_and_reads_as_second(two_readers: Office) -> None:
    two_readers.by("Ada", "judge", code="PP4", strength="MODERATE", note="SECRET course")
    two_readers.by("Ada", "note", text="SECRET note")
    classified(two_readers, "Ada", Class.PATHOGENIC, note="SECRET why")
    for who in ("Ben", ""):
        view = seen_by(who, two_readers)
        assert "SECRET" not in str(view) and view["mine"] is None and view["reading"] == "second reading"
        assert "PP4" not in [c["code"] for c in view["criteria"]]
    assert marks(two_readers.workup, two_readers.state, 2)["0"]["class"] == "1 of 2"
    kept = classified(two_readers, "Ben", Class.UNCERTAIN).kept
    assert kept is not None and kept.payload["reading"] == "second reading"
    assert "SECRET" not in str(kept.evidence)


def test_a_place_on_the_shortlist_tells_the_other_reader_nothing_of_a_reading(two_readers: Office) -> None:
    two_readers.by("Ada", "judge", code="PP4", strength="MODERATE", note="typical")
    shortlisted = two_readers.by("Ada", "shortlist").kept
    assert shortlisted is not None and "PP4" not in str(shortlisted.evidence["suggested"]["criteria"])
    assert "own" not in shortlisted.evidence
    judged = two_readers.by("Ada", "judge", code="PS3", strength="STRONG", note="read").kept
    assert judged is not None and judged.evidence["own"]["criteria"] == ["PP4_Moderate"]


def test_a_third_person_is_told_that_two_others_read(two_readers: Office) -> None:
    two_readers.by("Ada", "judge", code="PP4", strength="MODERATE", note="x")
    two_readers.by("Ben", "judge", code="PP4", strength="MODERATE", note="x")
    assert seen_by("Cid", two_readers)["reading"] == ""
    assert classified(two_readers, "Cid", Class.BENIGN).refused == TWO_OTHERS


def test_a_signer_gives_back_the_place_of_a_reader_who_left_and_the_third_person_reads(two_readers: Office) -> None:
    classified(two_readers, "Ada", Class.PATHOGENIC)
    two_readers.by("Ben", "judge", code="PP4", strength="MODERATE", note="x")
    assert seen_by("Cid", two_readers)["left"] == [], "Cid may not release"
    two_readers.desk = replace(two_readers.desk, may_release=True)
    assert seen_by("Ben", two_readers)["left"] == [], "nobody releases what they are reading"
    (left,) = seen_by("Cid", two_readers)["left"]
    assert left["words"].startswith("The second reading was begun by Ben on ")
    press = {"release": left["reading"], "of": left["of"]}
    assert "say why" in two_readers.by("Cid", "release", **press, reason=" ").refused
    kept = two_readers.by("Cid", "release", **press, reason="Ben left the department").kept
    assert kept is not None and kept.payload["of_name"] == "Ben"
    view = seen_by("Cid", two_readers)
    assert (view["left"], view["reading"]) == ([], "second reading")
    assert classified(two_readers, "Cid", Class.PATHOGENIC, reading="second reading").kept is not None


def test_who_begins_at_the_same_moment_becomes_the_second_reader_and_is_shown_nothing(two_readers: Office) -> None:
    classified(two_readers, "Ada", Class.PATHOGENIC)
    told = classified(two_readers, "Ben", Class.BENIGN, seen=0)
    assert told.kept is not None and told.kept.payload["reading"] == "second reading"


def test_a_disagreement_stands_side_by_side_until_a_named_person_says_how_it_is_resolved(two_readers: Office) -> None:
    two_readers.by("Ada", "judge", code="PP4", strength="MODERATE", note="typical")
    classified(two_readers, "Ada", Class.LIKELY_PATHOGENIC)
    classified(two_readers, "Ben", Class.UNCERTAIN)
    view = seen_by("Ada", two_readers)
    assert view["reading"] == "consensus"
    assert view["compared"]["heads"] == ["first reading: Ada", "second reading: Ben"]
    assert view["compared"]["rows"] == [
        ["Class", "Likely pathogenic", "Uncertain significance", True],
        ["PP4", "moderate: typical", "not judged", True],
    ]
    assert marks(two_readers.workup, two_readers.state, 2)["0"]["class"] == "≠"
    assert classified(two_readers, "Ada", Class.PATHOGENIC).refused == BOTH_IN
    resolve = {"reading": "consensus"}
    assert classified(two_readers, "Ada", Class.UNCERTAIN, **resolve).refused == HOW_RESOLVED
    classified(two_readers, "Ada", Class.UNCERTAIN, note="PP4 needs a second feature", **resolve)
    outcome = outcome_of(two_readers.state.variant(SCN1A), 2)
    assert outcome.stage is Stage.SETTLED and outcome.acmg_class is Class.UNCERTAIN
    assert marks(two_readers.workup, two_readers.state, 2)["0"]["class"] == "✓ VUS"


def test_a_case_that_is_closed_says_so_and_refuses(office: Office) -> None:
    office.by("Ada", "status", row=None, status="closed")
    assert "This case is closed" in seen_by("Ada", office)["closed"]
    assert "This case is closed" in office.by("Ada", "shortlist").refused

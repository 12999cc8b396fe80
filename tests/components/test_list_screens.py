"""The words and intents of the worklist, the funnel, the findings and the phenotype editor."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import choices, intake_form, phenotype_editor, place
from components.funnel import bar_percent
from components.knowledge_shelf import age_words
from components.phenotype_editor import sentence_key
from components.phenotype_effect import moved
from components.worklist import case_row, last_change, people, status
from models.case import Finding, Patient, Phenotype, Role, Severity, Sex, Term
from models.case.store import CaseSummary
from models.knowledge import Suggestion, SuggestionKind
from models.review import Event, EventKind
from models.review.events import OF_THE_INSTALLATION
from tests.knowledge.real import knowledge

CASE = CaseSummary(
    "c-1", "0" * 64, "2026-03-02T10:00:00+00:00", Patient("PEDS-1", Sex.FEMALE, 7), "GRCh38", 1234, 3,
    ("Seizure", "Ataxia", "Fever", "Delay", "Apnoea", "Spasm"), (),
)  # fmt: skip
BLOCKING = Finding("parents-swapped", Severity.BLOCKING, "The parents look swapped.", "family.ped")


def an_event(kind: EventKind, **payload: Any) -> Event:
    return Event(1, "c-1", kind, "Dr A", "2026-03-03T09:30:00+00:00", payload, "", "")


def test_a_case_says_who_why_how_big_and_what_happened_last() -> None:
    row = case_row(CASE, [an_event(EventKind.TERM_SET, id="HP:1")])
    assert row.title == "PEDS-1"
    assert row.lines == ("female · 7 y",)
    assert row.chips == ("Seizure", "Ataxia", "Fever", "Delay", "+2")
    assert row.foot.startswith("1,234 variants · trio · GRCh38 · phenotype edited by Dr A, 3 Mar 2026")


def test_an_unknown_sex_or_age_is_not_invented() -> None:
    row = case_row(replace(CASE, patient=Patient("P")), ())
    assert row.lines == ("age not given",)


def how_far(case: CaseSummary, *events: Event, readers: int = 1) -> str:
    return status(case, events, readers).text


def test_a_check_that_waits_outranks_every_other_status_until_it_is_overridden() -> None:
    waiting = replace(CASE, findings=(BLOCKING,))
    shortlisted = an_event(EventKind.VARIANT_SHORTLISTED, allele="chr1-1-A-C", note="")
    assert how_far(waiting, shortlisted) == "a check waits for you"
    decided = an_event(EventKind.CHECK_OVERRIDDEN, code="parents-swapped", finding=BLOCKING.key, reason="checked")
    assert how_far(waiting, decided) == "in review"
    assert how_far(waiting, decided, shortlisted) == "variants shortlisted"
    assert how_far(CASE) == "new"


def a_class(version: int, name: str, reading: str) -> Event:
    said = {"allele": "chr1-1-A-C", "reading": reading, "class": name, "condition": "", "note": ""}
    return replace(an_event(EventKind.VARIANT_CLASSIFIED, **said), version=version, who=f"Dr {version}")


def test_a_class_waits_for_a_second_reading_only_where_the_installation_asks_for_two() -> None:
    first = a_class(1, "Pathogenic", "first reading")
    assert how_far(CASE, first, readers=2) == "waits for a second reading"
    assert how_far(CASE, first) == "in review"
    assert how_far(CASE, first, a_class(2, "Pathogenic", "second reading"), readers=2) == "in review"
    other = a_class(2, "Benign", "second reading")
    assert how_far(CASE, first, other, readers=2) == "the two readers disagree"
    assert how_far(CASE, first, other, a_class(3, "Benign", "consensus"), readers=2) == "in review"


def test_the_worklist_never_tells_one_readers_class_to_the_other() -> None:
    row = case_row(CASE, [a_class(1, "Likely Pathogenic", "first reading")], readers=2)
    assert "athogenic" not in str(row) and "variant classified by Dr 1" in row.foot


@pytest.mark.parametrize("said", ["on hold", "closed", "waiting for second reading"])
def test_a_case_says_its_status_and_whose_it_is(said: str) -> None:
    events = [an_event(EventKind.CASE_ASSIGNED, people=["Ada", "Ben"]), an_event(EventKind.STATUS_SET, status=said)]
    row = case_row(CASE, events)
    assert row.badges[0].text == said and " · for Ada, Ben · " in row.foot


def test_every_kind_of_decision_on_a_case_has_words_in_the_worklist() -> None:
    assert all(last_change(CASE, [an_event(kind)]) for kind in EventKind if kind not in OF_THE_INSTALLATION)


@pytest.mark.parametrize(("samples", "words"), [(1, "single"), (2, "duo"), (3, "trio"), (4, "4 people")])
def test_the_family_is_counted_as_people_say_it(samples: int, words: str) -> None:
    assert people(samples) == words


def test_the_funnels_bars_show_millions_and_dozens_and_nothing_for_nothing() -> None:
    assert bar_percent(5_000_000, 5_000_000) == 100
    assert 15 < bar_percent(30, 5_000_000) < 30
    assert bar_percent(0, 5_000_000) == 0
    assert bar_percent(0, 0) == 0


@pytest.mark.parametrize(
    ("rank", "was", "compared", "words"),
    [
        (3, None, False, "3"),
        (3, 3, True, "3 (as before)"),
        (1, 4, True, "1 ▲ from 4"),
        (5, 2, True, "5 ▼ from 2"),
        (2, None, True, "2 (new)"),
    ],
)
def test_a_move_in_the_ranking_is_said_in_words_not_by_colour(
    rank: int, was: int | None, compared: bool, words: str
) -> None:
    assert moved(rank, was, compared=compared) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(60, "60 days"), (61, "2 months"), (365, "12 months"), (366, "1.0 years, old"), (730, "2.0 years, old")],
)
def test_a_release_older_than_a_year_is_called_old(days: int, words: str) -> None:
    assert age_words(days) == words


def test_the_role_of_a_sample_is_guessed_only_when_one_name_hints_at_it() -> None:
    assert intake_form.guess(("FAM1-mother", "FAM1-child", "FAM1-father"), Role.MOTHER) == 0
    assert intake_form.guess(("FAM1-mother", "FAM1-child", "FAM1-father"), Role.PROBAND) == 1
    assert intake_form.guess(("mother-a", "mother-b"), Role.MOTHER) is None
    assert intake_form.guess(("S1", "S2"), Role.FATHER) is None


def test_a_press_on_what_somebody_else_took_away_meanwhile_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = SimpleNamespace(chosen={"id": "HP:0001250", "action": "remove"})
    monkeypatch.setattr(choices, "_draw", lambda **_shown: pressed)
    left = [choices.Choice("HP:0001251", "Ataxia")]
    assert choices.choices("Terms", left, key="t", gone={"HP:0001250"}) == choices.Chosen("HP:0001250", "remove")
    assert choices.choices("Terms", left, key="t") is None


def test_a_press_on_a_suggestion_means_its_sentence_also_when_those_before_it_were_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seizure = Suggestion("HP:0001250", "Seizure", SuggestionKind.PRESENT, "She had a fit.", "fit", 10, 13)
    ataxia = Suggestion("HP:0001251", "Ataxia", SuggestionKind.ABSENT, "No ataxia.", "ataxia", 3, 9)
    offered: list[str] = []

    def draw(**shown: Any) -> SimpleNamespace:
        offered.extend(item["id"] for item in shown["data"]["items"])
        return SimpleNamespace(chosen={"id": offered[1], "action": "exclude"} if len(offered) > 1 else None)

    monkeypatch.setattr(choices, "_draw", draw)
    found, hpo = [("Letter", seizure), ("Letter", ataxia)], knowledge().hpo
    first = phenotype_editor.suggestions(found, Phenotype(), frozenset(), hpo)
    rejected = frozenset({("HP:0001250", sentence_key(seizure))})
    again = phenotype_editor.suggestions(found, Phenotype(), rejected, hpo)
    assert first == again == phenotype_editor.SetTerm(Term("HP:0001251", "Ataxia", True, origin="note"))


def test_a_turned_down_suggestion_is_kept_without_the_text_of_the_note() -> None:
    suggestion = Suggestion("HP:0001250", "Seizure", SuggestionKind.PRESENT, "Jane had a fit.", "fit", 11, 14)
    assert "Jane" not in sentence_key(suggestion)
    assert sentence_key(suggestion) != sentence_key(replace(suggestion, sentence="Jane had two fits."))


def _findings_app() -> None:
    import streamlit as st

    from components.findings import findings_panel
    from models.case import Finding, Severity

    found = (
        Finding(
            "parents-swapped", Severity.BLOCKING, "The parents look swapped ![x](https://canary.example).", "a.ped"
        ),
        Finding("old", Severity.WARNING, "No frequencies in the file."),
        Finding("gz", Severity.NOTE, "Plain gzip; read all the same."),
    )
    decided = findings_panel(found, st.session_state.get("done", frozenset()), key="t")
    if decided:
        st.session_state["decided"] = decided


def test_an_override_without_a_name_or_a_reason_is_not_taken() -> None:
    app = AppTest.from_function(_findings_app, default_timeout=180).run()
    app.button[1].click().run()
    assert "decided" not in app.session_state
    app.text_input[0].set_value("Dr A").run()
    app.text_input[1].set_value("ok")
    app.button[1].click().run()
    assert "decided" not in app.session_state
    app.text_input[1].set_value("Samples were relabelled after a call with the laboratory")
    app.button[1].click().run()
    assert app.session_state["decided"].who == "Dr A"
    assert app.session_state["decided"].finding.code == "parents-swapped"


def test_where_the_parents_look_exchanged_exchanging_them_is_offered_beside_going_on() -> None:
    app = AppTest.from_function(_findings_app, default_timeout=180).run()
    assert [b.label for b in app.button] == ["Exchange mother and father", "Override this check"]
    app.button[0].click().run()
    assert "decided" not in app.session_state
    app.text_input[0].set_value("Dr A").run()
    app.text_input[1].set_value("The laboratory had mixed up the two labels")
    app.button[0].click().run()
    decided = app.session_state["decided"]
    assert (type(decided).__name__, decided.who, decided.code) == ("Exchange", "Dr A", "parents-swapped")
    assert decided.found.startswith("The parents look swapped")


def test_findings_are_sentences_and_their_markup_stays_letters() -> None:
    app = AppTest.from_function(_findings_app, default_timeout=180).run()
    assert "\\!\\[x\\]" in app.error[0].value
    assert "No frequencies" in app.warning[0].value
    assert app.text[0].value == "Plain gzip; read all the same."


def test_an_answer_counts_also_when_somebody_else_answered_while_it_was_typed() -> None:
    app = AppTest.from_function(_findings_app, default_timeout=180).run()
    app.text_input[0].set_value("Dr A").run()
    app.text_input[1].set_value("Samples were relabelled after a call with the laboratory")
    sentence = "The parents look swapped ![x](https://canary.example)."
    app.session_state["done"] = frozenset({Finding("parents-swapped", Severity.BLOCKING, sentence, "a.ped").key})
    app.button[1].click().run()
    assert not app.error
    assert app.session_state["decided"].who == "Dr A"


def test_an_overridden_check_asks_no_more() -> None:
    app = AppTest.from_function(_findings_app, default_timeout=180)
    app.session_state["done"] = frozenset({"parents-swapped"})  # as if another finding of the same check was
    assert app.run().error
    sentence = "The parents look swapped ![x](https://canary.example)."
    app.session_state["done"] = frozenset({Finding("parents-swapped", Severity.BLOCKING, sentence, "a.ped").key})
    app.run()
    assert not app.error
    assert "Overridden" in app.info[0].value


@pytest.mark.parametrize("forged", ["../x", "a b", "", "<img>", "x" * 81])
def test_an_address_that_is_no_opaque_id_is_no_address(forged: str) -> None:
    assert place._opaque(forged) == ""


def test_an_opaque_id_passes() -> None:
    assert place._opaque("c-0123abcd") == "c-0123abcd"
    assert place.variant_key(17) == "v17"

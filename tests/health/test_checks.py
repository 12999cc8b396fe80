"""Each check: in order, needs a look with what to do, or not assessed; thresholds just under, at and over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.case import NotAssessed
from models.health import CHECKS, Good, Look, Server, judged
from models.health.answers import Keeping, Trouble
from models.health.decisions import CLOCK_TOLERANCE, OLD, SLOW_ANSWER_MS
from models.health.folder import LEAST_FREE_BYTES
from models.health.served import LEAST_MEMORY_BYTES
from models.knowledge.ageing import STALE_AFTER_DAYS
from models.vault import NotAssessed as NotLookedAt
from models.vault import Plain
from tests.health.facts import AT, CLINVAR, FACTS, judged_as

GONE = Trouble("The department's database cannot be reached.")


def test_an_installation_in_order_has_nothing_to_look_at():
    health = judged(CHECKS, FACTS)
    assert health.sentence == "Everything looked at is in order."
    assert all(isinstance(answer, Good) for _, answer in health.answers)


def test_every_check_has_its_own_key_and_title():
    assert len({c.key for c in CHECKS}) == len({c.title for c in CHECKS}) == len(CHECKS)


def kind_of(answer):
    return type(answer).__name__


@pytest.mark.parametrize(("over", "kind"), [(-1, "Look"), (0, "Good"), (1, "Good")])
def test_a_disk_with_little_space_needs_a_look(over, kind):
    folder = replace(FACTS.folder, free_bytes=LEAST_FREE_BYTES + over)
    assert kind_of(judged_as("space", folder=folder)) == kind


@pytest.mark.parametrize(("over", "kind"), [(-1, "Look"), (0, "Good"), (1, "Good")])
def test_a_computer_with_little_memory_needs_a_look(over, kind):
    memory = replace(FACTS.memory, available_bytes=LEAST_MEMORY_BYTES + over)
    assert kind_of(judged_as("memory", memory=memory)) == kind


@pytest.mark.parametrize(("over", "kind"), [(-0.1, "Good"), (0, "Good"), (0.1, "Look")])
def test_a_slow_database_needs_a_look(over, kind):
    slow = replace(FACTS.decisions, answer_s=(SLOW_ANSWER_MS + over) / 1000)
    answer = judged_as("database", decisions=slow)
    assert (kind_of(answer), answer.unit) == (kind, "ms")


@pytest.mark.parametrize(("over", "kind"), [(-1, "Good"), (0, "Good"), (1, "Look")])
def test_a_last_decision_later_than_now_needs_a_look(over, kind):
    last = (AT + CLOCK_TOLERANCE + timedelta(seconds=over)).isoformat()
    assert kind_of(judged_as("clock", decisions=replace(FACTS.decisions, last_at=last))) == kind


@pytest.mark.parametrize(("over", "kind"), [(-1, "Good"), (0, "Good"), (1, "Look")])
@pytest.mark.parametrize("key", ["chains", "signed_reports", "last_backup"])
def test_what_was_verified_or_saved_more_than_a_week_ago_needs_a_look(key, over, kind):
    then = (AT - OLD - timedelta(seconds=over)).isoformat()
    old = {"verified": replace(FACTS.verified, at=then), "backup": replace(FACTS.backup, at=then)}
    assert kind_of(judged_as(key, **old)) == kind


def test_an_old_backup_of_all_there_is_needs_no_other():
    old = replace(FACTS.backup, at=(AT - 100 * OLD).isoformat(), events=FACTS.decisions.events)
    answer = judged_as("last_backup", backup=old)
    assert isinstance(answer, Good)
    assert (answer.number, "700 days ago" in answer.what) == (0, True)


@pytest.mark.parametrize(("over", "kind"), [(-1, "Good"), (0, "Good"), (1, "Look")])
def test_a_release_more_than_a_year_behind_needs_a_look(over, kind):
    day = AT.date() - timedelta(days=STALE_AFTER_DAYS + over)
    assert kind_of(judged_as("releases", releases=(replace(CLINVAR, released_on=day.isoformat()),))) == kind


def test_a_sequence_grows_no_older_by_time():
    ageless = replace(CLINVAR, key="reference", released_on="2003-04-14")
    assert isinstance(judged_as("releases", releases=(ageless,)), Good)


def test_a_database_that_cannot_be_reached_is_told_once_and_what_rests_on_it_was_not_assessed():
    health = judged(CHECKS, replace(FACTS, decisions=GONE))
    looks = [c.key for c, a in health.answers if isinstance(a, Look)]
    open_ones = [c.key for c, a in health.answers if isinstance(a, NotAssessed)]
    assert (looks, open_ones) == (["database"], ["chains", "last_backup", "clock"])


def test_tables_of_another_version_need_a_look():
    assert isinstance(judged_as("database", decisions=replace(FACTS.decisions, revision="9999")), Look)


def test_a_broken_chain_is_named_and_its_signatures_are_not_judged():
    broken = replace(FACTS.verified, reports=None, wrong=("decision 2 of case c-1: it does not follow.",))
    answer = judged_as("chains", verified=broken)
    assert (kind_of(answer), answer.what) == ("Look", broken.wrong[0])
    assert isinstance(judged_as("signed_reports", verified=broken), NotAssessed)


def test_a_changed_report_is_named_and_the_others_are_counted():
    answer = judged_as("signed_reports", verified=replace(FACTS.verified, wrong=("report.pdf was changed", "another")))
    assert (kind_of(answer), answer.what) == ("Look", "report.pdf was changed (and 1 more)")


def test_fewer_decisions_than_were_verified_need_a_look():
    fewer = replace(FACTS.decisions, events=9)
    answer = judged_as("chains", decisions=fewer)
    assert (kind_of(answer), answer.number) == ("Look", -1)


def test_decisions_in_no_backup_need_a_look_and_none_need_none():
    assert kind_of(judged_as("last_backup", backup=None)) == "Look"
    nothing = replace(FACTS.decisions, events=0, last_at="")
    for key in ("chains", "signed_reports", "last_backup", "clock"):
        assert kind_of(judged_as(key, decisions=nothing, backup=None, verified=None)) == "Good"


def test_decisions_that_nobody_verified_yet_were_not_assessed():
    for key in ("chains", "signed_reports"):
        assert isinstance(judged_as(key, verified=None), NotAssessed)


def test_a_backup_on_the_disk_of_the_data_needs_a_look():
    answer = judged_as("last_backup", backup=replace(FACTS.backup, same_disk=True))
    assert (kind_of(answer), "CASEBOARD_BACKUPS" in answer.to_do) == ("Look", True)


@pytest.mark.parametrize(("others", "kind"), [(True, "Look"), (False, "Good"), (None, "NotAssessed")])
def test_a_folder_that_others_may_read_needs_a_look(others, kind):
    assert kind_of(judged_as("private", folder=replace(FACTS.folder, others_may=others))) == kind


def test_a_folder_that_refuses_a_byte_needs_a_look():
    answer = judged_as("writable", folder=replace(FACTS.folder, refused="Read-only file system"))
    assert (kind_of(answer), "Read-only file system" in answer.what) == ("Look", True)


@pytest.mark.parametrize(("found", "kind"), [(Plain(), "Look"), (NotLookedAt("a share"), "NotAssessed")])
def test_a_disk_without_encryption_needs_a_look_and_an_unknown_one_was_not_assessed(found, kind):
    assert kind_of(judged_as("encrypted", protection=found)) == kind


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.4.5", "localhost", "::1"])
def test_a_server_that_answers_this_computer_only_needs_no_sign_in(address):
    alone = Server(False, "", address, 1)
    assert {kind_of(judged_as(key, server=alone)) for key in ("sign_in", "reach")} == {"Good"}


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "192.168.1.4", "caseboard.example.org"])
def test_a_server_that_answers_others_needs_a_look_with_and_without_sign_in(address):
    assert kind_of(judged_as("sign_in", server=Server(False, "", address, 1))) == "Look"
    assert kind_of(judged_as("sign_in", server=Server(True, "", address, 1))) == "Good"
    assert kind_of(judged_as("reach", server=Server(True, "", address, 1))) == "Look"


def test_a_sign_in_that_nobody_can_use_needs_a_look():
    answer = judged_as("sign_in", server=Server(True, "Nobody can sign in: no client_id.", "127.0.0.1", 1))
    assert (kind_of(answer), answer.what) == ("Look", "Nobody can sign in: no client_id.")


def test_what_only_the_running_server_knows_was_not_assessed_in_a_terminal():
    assert {kind_of(judged_as(key, server=None)) for key in ("sign_in", "reach")} == {"NotAssessed"}
    assert "window" not in judged_as("memory", server=None).what


def test_a_package_of_another_version_needs_a_look():
    answer = judged_as("versions", versions=replace(FACTS.versions, others=("typst 1 in place of 2", "x", "y")))
    assert (kind_of(answer), "typst 1 in place of 2 and 2 more" in answer.what) == ("Look", True)


@pytest.mark.parametrize(
    ("years", "due", "unfinished", "kind"),
    [(None, 0, 0, "Good"), (10, 0, 0, "Good"), (10, 1, 0, "Look"), (None, 0, 1, "Look")],
)
def test_a_case_past_its_period_and_a_deletion_that_did_not_end_need_a_look(years, due, unfinished, kind):
    assert kind_of(judged_as("retention", keeping=Keeping(years, due, unfinished))) == kind


@pytest.mark.parametrize("part", ["folder", "keeping", "releases", "model", "memory", "versions"])
def test_what_could_not_be_measured_is_never_in_order(part):
    health = judged(CHECKS, replace(FACTS, **{part: Trouble("The system refused.")}))
    told = [a for _, a in health.answers if not isinstance(a, Good)]
    assert told
    assert any("The system refused." in (a.reason if isinstance(a, NotAssessed) else a.what) for a in told)

"""Who may delete what, when and why; what a certificate says, and what the next start still removes."""

from datetime import timedelta
from pathlib import Path

import pytest

from models.errors import InputError
from models.review import Conflict, DecisionLog, EventKind
from models.review.certificates import certificates
from models.review.commands import AskDeletion, DeletionReason, MarkChangesSeen, OpenInEmergency
from models.review.deletable import House, Wish
from models.review.deletion import complete, delete_case
from models.review.events import INSTALLATION
from tests.review.test_deletion import AT, CASE, a_case, certified, files, gone, note, sign, wish


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def log(home):
    """In a file: that both databases delete alike is tested beside."""
    opened = DecisionLog(home / "decisions.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("reason", DeletionReason)
def test_a_case_without_a_signed_report_goes_for_any_reason_that_holds(reason, log, home):
    a_case(log, home)
    if reason in {DeletionReason.RETENTION_ENDED, DeletionReason.OTHER}:
        with pytest.raises(InputError, match=r"retention|say why"):
            gone(log, home, wish(log, reason))
        assert len(log.events(CASE)) == 3
        return
    assert gone(log, home, wish(log, reason)).reason == reason.value


def test_a_signed_report_goes_before_its_time_only_with_words_for_it(log, home):
    a_case(log, home)
    sign(log)
    with pytest.raises(InputError, match=r"signed report.*No retention period is set here.*Say in your words why"):
        gone(log, home, wish(log))
    certificate = gone(log, home, wish(log, note="revoked on 1 January"), House(10))
    assert certificate.removed.reports == 1
    assert certificate.rule == "Kept 10 years after the last signed report or closing; this ends on 2 Jan 2036."
    assert "Copies of report 1, signed on 2 Jan 2026." in certificate.beyond_reach


@pytest.mark.parametrize(("seconds", "may"), [(-1, False), (0, True), (1, True)])
def test_the_end_of_retention_is_reason_enough_from_its_very_moment(seconds, may, log, home):
    a_case(log, home)
    sign(log)
    now = AT.replace(year=2036) + timedelta(seconds=seconds)
    ended = wish(log, DeletionReason.RETENTION_ENDED)
    if may:
        assert "this ended on 2 Jan 2036" in gone(log, home, ended, House(10), at=now).rule
        return
    with pytest.raises(InputError, match=r"this ends on 2 Jan 2036\. Wait for it"):
        gone(log, home, ended, House(10), at=now)


def test_a_screen_that_shows_an_earlier_case_deletes_nothing(log, home):
    a_case(log, home)
    seen = wish(log)
    note(log, "please keep this one")
    with pytest.raises(InputError, match="decided about this case after you opened"):
        gone(log, home, seen)
    assert len(log.events(CASE)) == 4


def ask(log, who, account="", text="as agreed"):
    command = AskDeletion(log.state(CASE).version, DeletionReason.PATIENT_ASKED, text)
    return log.decide(CASE, command, who=who, at=AT, account=account)


def test_where_two_people_are_needed_one_asks_and_another_deletes(log, home):
    a_case(log, home)
    sign(log)
    two = House(10, people=2)

    def try_it(who, account=""):
        return gone(log, home, wish(log, note="as agreed"), two, who=who, account=account)

    with pytest.raises(InputError, match="two people"):
        try_it("Dr B")
    assert not isinstance(ask(log, "Dr  a", "u-1"), Conflict)
    for who, account in (("dr a", ""), ("Another Name", "u-1")):
        with pytest.raises(InputError, match="two people"):
            try_it(who, account)
    certificate = try_it("Dr B", "u-2")
    assert (certificate.who, certificate.account, certificate.asked_by) == ("Dr B", "u-2", "Dr  a")


def test_a_decision_after_the_asking_takes_it_back(log, home):
    a_case(log, home)
    sign(log)
    ask(log, "Dr A")
    note(log, "wait for the father's letter")
    with pytest.raises(InputError, match="two people"):
        gone(log, home, wish(log, note="as agreed"), House(people=2))


@pytest.mark.parametrize(
    "look",
    [lambda seen: MarkChangesSeen(seen, "s", ()), lambda seen: OpenInEmergency(seen, "On call.", AT.isoformat())],
    ids=["changes read", "opened in an emergency"],
)
def test_whoever_only_looks_at_the_case_does_not_take_the_asking_back(look, log, home):
    a_case(log, home)
    sign(log)
    ask(log, "Dr A", "u-1")
    log.decide(CASE, look(log.state(CASE).version), who="Dr C", at=AT, account="u-3")
    assert gone(log, home, wish(log, note="as agreed"), House(people=2)).asked_by == "Dr A"


def test_two_people_are_asked_only_for_a_case_with_a_signed_report(log, home):
    a_case(log, home)
    assert gone(log, home, house=House(people=2)).asked_by == ""


def test_a_case_that_is_not_here_is_not_certified(log, home):
    with pytest.raises(InputError, match="no such case"):
        gone(log, home, Wish("c-9", 0, DeletionReason.ENTERED_IN_ERROR))
    assert log.events(INSTALLATION) == ()
    assert log.head().events == 0


def test_files_without_any_decision_are_deleted_too(log, home):
    files(home)
    certificate = gone(log, home, Wish(CASE, 0, DeletionReason.ENTERED_IN_ERROR))
    assert (certificate.removed.decisions, certificate.removed.files) == (0, 2)
    assert not (home / "cases" / CASE).exists()
    assert log.verify() is None


def test_a_certificate_does_not_say_what_the_patient_is_called(log, home):
    from models.case.store import CaseStore
    from tests.builders import a_case as built

    store = CaseStore(home)
    made = built()
    store.keep(store.new_draft(), made, AT)
    named = Wish(made.id, 0, DeletionReason.OTHER, f"entered twice, see {made.patient.pseudonym.upper()}")
    with pytest.raises(InputError, match="without what the patient is called"):
        gone(log, home, named)
    assert store.has(made.id)


def test_ordinary_decisions_never_enter_the_installation_s_own_chain(log):
    for kind, case_id in ((EventKind.NOTE_WRITTEN, INSTALLATION), (EventKind.DELETION_BEGUN, CASE)):
        with pytest.raises(InputError, match="no decision about a case"):
            log.append(case_id, kind, {"text": "x"}, who="Dr A", at=AT)


def test_what_cannot_be_removed_now_is_said_and_removed_at_the_next_start(log, home, monkeypatch):
    a_case(log, home)

    def refused(path, to):
        raise OSError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refused)
        certificate, problem = delete_case(log, home, wish(log), House(), who="Dr B", at=AT)
    assert "could not be removed (Permission denied)" in problem
    assert not certificate.is_complete
    assert certificate.sentence.endswith("goes at the next start.")
    assert log.events(CASE) == ()
    complete(log, home, AT)
    assert certified(log).is_complete
    assert not (home / "cases" / CASE).exists()


def test_files_of_a_deleted_case_copied_back_by_hand_go_at_the_next_start(log, home):
    a_case(log, home)
    gone(log, home)
    files(home)
    complete(log, home, AT)
    assert not (home / "cases" / CASE).exists()
    assert len(log.events(INSTALLATION)) == 2


def test_copies_that_a_restore_set_aside_lose_the_case_and_their_decisions_are_named(log, home):
    a_case(log, home)
    files(home / "before-restore-20260101-000000-abcd")
    certificate = gone(log, home)
    assert not (home / "before-restore-20260101-000000-abcd" / "cases" / CASE).exists()
    assert any("before-restore-20260101-000000-abcd" in said for said in certificate.beyond_reach)


def test_a_certificate_names_the_copies_and_backups_that_are_on_record(log, home):
    a_case(log, home)
    taken = {"way": "case", "sha256": "0123456789abcdef", "checked": 0, "left_out": 0, "rules": "1"}
    log.append(CASE, EventKind.EXPORTED, taken, who="Dr A", at=AT)
    (home / "backups").mkdir()
    (home / "backups" / "one.zip").touch()
    said = gone(log, home).beyond_reach
    assert "A copy taken out on 2 Jan 2026 (sha256 0123456789ab)." in said
    assert any("In the folder for backups: one.zip." in one for one in said)


def test_certificates_are_numbered_in_their_order(log, home):
    for number in range(1, 4):
        a_case(log, home, f"c-{number}")
        gone(log, home, wish(log, case_id=f"c-{number}"))
    with log.database.reading() as connection:
        assert [(c.number, c.case_id) for c in certificates(connection)] == [(1, "c-1"), (2, "c-2"), (3, "c-3")]

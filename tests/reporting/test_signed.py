"""Signing freezes what was read, binds it to the log, and names whatever changed afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.errors import InputError, IntegrityError, NotPermitted
from models.evidence.acmg.types import Class
from models.reporting.content import ReportContent, Signature, content_bytes, content_from, content_hash
from models.reporting.signed import (
    CONTENT,
    FOLDER,
    HTML,
    PDF,
    SEAL,
    frozen,
    objections,
    open_signed,
    sign,
    what_changed,
)
from models.review import Conflict, DecisionLog, Event
from models.review.commands import Classify, SetStatus, Shortlist, Status
from models.review.signing import FRESH, TYPED, Proof
from tests.reporting.report_builders import AT, a_content, a_reported

ALLELE = "chr2-165992342-G-A"


@pytest.fixture
def log(tmp_path: Path) -> DecisionLog:
    return DecisionLog(tmp_path / "decisions.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    of_the_case = tmp_path / "case"
    of_the_case.mkdir()
    return of_the_case


def drawn_up(log: DecisionLog, **changes: object) -> ReportContent:
    """A report drawn up from the log as it stands."""
    state = log.state("c-0123456789abcdef")
    last = str(state.reports[-1].payload["content_sha256"]) if state.reports else ""
    tied = {"decisions": state.version, "decisions_head": state.head, "number": len(state.reports) + 1, "amends": last}
    return a_content(**{**tied, **changes})


def reviewed(log: DecisionLog) -> ReportContent:
    """A report on a case in which one variant was shortlisted and classified."""
    for command in (Shortlist(0, ALLELE), Classify(1, ALLELE, Class.PATHOGENIC)):
        log.decide("c-0123456789abcdef", command, who="Dr A", at=AT)
    return drawn_up(log)


def signed(log: DecisionLog, folder: Path) -> Event:
    event = sign(log, folder, reviewed(log), who="Dr A", at=AT)
    assert isinstance(event, Event)
    return event


def test_a_signed_report_is_opened_as_it_was_signed(log: DecisionLog, folder: Path) -> None:
    event = signed(log, folder)
    report = open_signed(folder, event)
    assert what_changed(folder, event) == ()
    assert content_hash(report.content) == event.payload["content_sha256"]
    assert (report.content.signature.who, report.content.signature.at) == (event.who, event.at)
    assert report.pdf.startswith(b"%PDF")
    assert event.payload["content_sha256"].encode() in report.html
    assert log.state(event.case_id).status is Status.SIGNED


@pytest.mark.parametrize("name", [CONTENT, HTML, PDF, SEAL])
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_any_flipped_byte_is_found_and_named(log: DecisionLog, folder: Path, name: str, place: float) -> None:
    event = signed(log, folder)
    path = next((folder / FOLDER).glob(f"*/{name}"))
    data = bytearray(path.read_bytes())
    at = round(place * (len(data) - 1))
    data[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    (said,) = what_changed(folder, event)
    assert name in said
    if name != SEAL:
        first = at // 256 * 256
        assert f"between bytes {first:,} and {first + 256:,}" in said
    with pytest.raises(IntegrityError, match=name):
        open_signed(folder, event)


def test_a_file_cut_short_or_made_longer_is_named(log: DecisionLog, folder: Path) -> None:
    event = signed(log, folder)
    path = next((folder / FOLDER).glob(f"*/{PDF}"))
    whole = path.read_bytes()
    path.chmod(0o600)
    for data in (whole[:-1], whole + b"\n", b""):
        path.write_bytes(data)
        assert PDF in what_changed(folder, event)[0]
    path.write_bytes(whole)
    assert what_changed(folder, event) == ()


def test_a_missing_file_is_named(log: DecisionLog, folder: Path) -> None:
    event = signed(log, folder)
    next((folder / FOLDER).glob(f"*/{HTML}")).unlink()
    assert what_changed(folder, event) == (f"{HTML} is missing or cannot be read.",)


def test_kept_files_are_read_only(log: DecisionLog, folder: Path) -> None:
    signed(log, folder)
    files = [p for p in (folder / FOLDER).rglob("*") if p.is_file()]
    assert len(files) == 4
    assert not any(p.stat().st_mode & 0o222 for p in files)


def test_a_report_read_before_the_last_decision_is_not_signed(log: DecisionLog, folder: Path) -> None:
    content = reviewed(log)
    log.decide(content.case_id, Classify(2, ALLELE, Class.UNCERTAIN), who="Dr B", at=AT)
    with pytest.raises(InputError, match="read it again"):
        sign(log, folder, content, who="Dr A", at=AT)
    assert log.state(content.case_id).reports == ()
    assert list((folder / FOLDER).iterdir()) == []


def test_the_same_signature_sent_twice_never_takes_the_files_of_the_first(log: DecisionLog, folder: Path) -> None:
    content = reviewed(log)
    event = sign(log, folder, content, who="Dr A", at=AT)
    assert isinstance(sign(log, folder, content, who="Dr A", at=AT), Conflict)
    assert what_changed(folder, event) == ()


def test_two_people_who_sign_at_once_sign_once(log: DecisionLog, folder: Path) -> None:
    content = reviewed(log)
    assert isinstance(sign(log, folder, content, who="Dr A", at=AT), Event)
    with_same_screen = sign(log, folder, content, who="Dr B", at=AT)
    assert isinstance(with_same_screen, Conflict)
    assert len(log.state(content.case_id).reports) == 1
    assert len(list((folder / FOLDER).iterdir())) == 1, "a refused signature leaves nothing behind"


def test_an_amendment_is_a_new_version_that_names_the_old_and_leaves_it_as_it_was(
    log: DecisionLog, folder: Path
) -> None:
    first = signed(log, folder)
    back = SetStatus(log.state(first.case_id).version, Status.IN_REVIEW, "a parent was resequenced")
    log.decide(first.case_id, back, who="Dr A", at=AT)
    with pytest.raises(InputError, match="why the signed report is replaced"):
        sign(log, folder, drawn_up(log), who="Dr A", at=AT)
    second = sign(log, folder, drawn_up(log, why_amended="father resequenced"), who="Dr A", at=AT)
    assert isinstance(second, Event)
    assert second.payload["number"] == 2
    assert second.payload["amends"] == first.payload["content_sha256"]
    assert first.payload["content_sha256"].encode() in open_signed(folder, second).html
    assert what_changed(folder, first) == ()


@pytest.mark.parametrize(
    "at", [AT.replace(microsecond=123_456), AT.astimezone(timezone(timedelta(hours=-9, minutes=-30)))]
)
def test_a_report_is_signed_at_any_moment_of_any_clock(log: DecisionLog, folder: Path, at: datetime) -> None:
    event = sign(log, folder, reviewed(log), who="Dr A", at=at)
    assert open_signed(folder, event).content.signature == Signature("Dr A", event.at, TYPED)


def test_without_a_name_nothing_is_signed(log: DecisionLog, folder: Path) -> None:
    with pytest.raises(InputError, match="name"):
        sign(log, folder, reviewed(log), who="  ", at=AT)


@pytest.mark.parametrize(
    ("variant", "why"),
    [
        (a_reported(given=None), "no class given by a person"),
        (a_reported(given=None, open_question="Two readings differ."), "Two readings differ"),
    ],
)
def test_a_variant_without_one_class_by_a_person_is_not_signed(variant, why) -> None:
    assert why in objections(a_content(variants=(variant,)))[0]
    assert objections(a_content()) == ()


def test_a_place_that_is_no_folder_is_told_and_nothing_is_signed(log: DecisionLog, folder: Path) -> None:
    (folder / "reports").write_text("in the way")
    content = reviewed(log)
    with pytest.raises(InputError, match="was not signed"):
        sign(log, folder, content, who="Dr A", at=AT)
    assert log.state(content.case_id).reports == ()


def test_a_signature_that_comes_after_the_deletion_of_the_case_brings_no_folder_of_it_back(
    log: DecisionLog, folder: Path
) -> None:
    content = reviewed(log)
    folder.rmdir()
    with pytest.raises(InputError, match="was not signed"):
        sign(log, folder, content, who="Dr A", at=AT)
    assert not folder.exists()


def test_the_hash_is_of_all_but_the_signature() -> None:
    content = a_content()
    assert content_hash(replace(content, signature=Signature("Dr A", AT.isoformat()))) == content_hash(content)
    for change in ({"indication": "x"}, {"decisions_head": "0" * 64}, {"variants": ()}, {"number": 2}):
        assert content_hash(a_content(**change)) != content_hash(content)


def test_content_comes_back_as_it_was_kept() -> None:
    content = replace(a_content(), signature=Signature("Dr Ä", AT.isoformat()))
    back = content_from(content_bytes(content))
    assert back == content
    assert back.signature == content.signature


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"case_id": 1}', content_bytes(a_content())[:-1]])
def test_damaged_content_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(IntegrityError, match="cannot be read"):
        content_from(data)


def test_the_same_report_signed_at_the_same_time_is_the_same_bytes() -> None:
    signature = Signature("Dr A", AT.isoformat())
    assert frozen(a_content(), signature) == frozen(a_content(), signature)


def test_a_field_added_later_with_a_default_changes_no_hash_of_a_report_signed_before() -> None:
    kept = content_bytes(a_content())
    newer = (b'"exon":', b'"validity":', b'"counts_suggestions":', b'"not_judged":', b'"differs":', b'"condition_ids":')
    for default in (b'"amends":', b'"why_amended":', b'"signature":', b'"agreed":', b'"open_question":', *newer):
        assert default not in kept
    assert content_hash(content_from(kept)) == content_hash(a_content())


@pytest.mark.parametrize(
    ("age", "signs"), [(timedelta(minutes=4, seconds=59), True), (FRESH, True), (FRESH * 2, False)]
)
def test_who_is_signed_in_signs_only_on_a_fresh_sign_in(
    log: DecisionLog, folder: Path, age: timedelta, signs: bool
) -> None:
    content, proof = reviewed(log), Proof(AT - age)
    if not signs:
        with pytest.raises(NotPermitted, match="sign in again"):
            sign(log, folder, content, who="Dr A", at=AT, account="u-1", proof=proof)
        assert log.state(content.case_id).reports == ()
        assert not (folder / FOLDER).exists()
        return
    event = sign(log, folder, content, who="Dr A", at=AT, account="u-1", proof=proof)
    assert isinstance(event, Event)
    assert event.evidence["authenticated"] == "auth_time"
    assert datetime.fromisoformat(event.evidence["authenticated_at"]) == proof.at.replace(microsecond=0)
    assert "authenticated by the provider at" in open_signed(folder, event).html.decode()


def test_a_name_that_was_typed_is_printed_as_not_authenticated(log: DecisionLog, folder: Path) -> None:
    event = signed(log, folder)
    assert (event.evidence["authenticated"], event.evidence["authenticated_at"]) == (TYPED, "")
    assert f"{TYPED}" in open_signed(folder, event).html.decode()


def test_a_fresh_sign_in_does_not_stand_for_the_second_reader(log: DecisionLog, folder: Path) -> None:
    waiting = drawn_up(log, variants=(a_reported(given=None, open_question="It waits for a second reading."),))
    with pytest.raises(InputError, match="second reading"):
        sign(log, folder, waiting, who="Dr A", at=AT, account="u-1", proof=Proof(AT))
    assert log.state(waiting.case_id).reports == ()

"""Who took a copy out is kept in the chain of the case, with its hash and no word of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import InputError
from models.privacy import Package, taken_out
from models.review import DecisionLog
from models.review.commands import Consent, SetConsent, SetStatus, Status, TakeOut
from models.review.events import EventKind
from models.review.rules import Decided, Refused, decide
from models.review.state import EMPTY
from models.review.telling import value_words
from tests.reporting.report_builders import AT

CASE = "c-0123456789abcdef"
PACKAGE = Package(b"zip", "a" * 64, 3, 5, {})


def test_the_chain_tells_who_when_how_many_texts_and_the_hash_and_nothing_else(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.db")
    event = taken_out(log, CASE, PACKAGE, who="Dr A", at=AT)
    assert (event.kind, event.who, event.at[:10]) == (EventKind.EXPORTED, "Dr A", "2026-11-21")
    assert event.payload == {
        "way": "deidentified", "sha256": "a" * 64, "checked": 3, "left_out": 5, "rules": "1",
    }  # fmt: skip
    assert log.verify(CASE) is None
    assert "3 free texts checked, 5 left out" in value_words(event.kind, event.payload)


def test_a_copy_of_a_closed_case_may_be_taken_out_and_leaves_it_closed(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.db")
    log.decide(CASE, SetStatus(0, Status.CLOSED), who="Dr A", at=AT)
    taken_out(log, CASE, PACKAGE, who="Dr A", at=AT)
    assert log.state(CASE).status is Status.CLOSED


@pytest.mark.parametrize(("digits", "outcome"), [(63, Refused), (64, Decided), (65, Refused)])
def test_a_copy_that_is_not_bound_to_its_bytes_is_not_kept(digits: int, outcome: type) -> None:
    assert isinstance(decide(EMPTY, TakeOut(0, "deidentified", "a" * digits, 0, 0, "1"), "Dr A"), outcome)


def test_a_copy_needs_the_name_of_who_takes_it(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.db")
    with pytest.raises(InputError, match="needs the name"):
        taken_out(log, CASE, replace(PACKAGE), who=" ", at=AT)
    assert log.events(CASE) == ()


def test_a_consent_withdrawn_while_the_copy_was_made_keeps_it_in(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.db")
    log.decide(CASE, SetConsent(0, frozenset({Consent.DEIDENTIFIED})), who="Dr A", at=AT)
    taken_out(log, CASE, PACKAGE, who="Dr A", at=AT)
    log.decide(CASE, SetConsent(2, frozenset()), who="Dr B", at=AT)
    with pytest.raises(InputError, match="withdrew their consent to sharing without identity, as recorded by Dr B"):
        taken_out(log, CASE, PACKAGE, who="Dr A", at=AT)

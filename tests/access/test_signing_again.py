"""T14: who signs a report has signed in just now; who has not goes to the provider and comes back to the report."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from models.evidence.acmg.types import Class
from models.review import DecisionLog, Event, EventKind
from models.review.commands import Classify, Consent, SetConsent, SetStatus, Shortlist, SignReport, Status
from models.review.signing import FRESH_MINUTES, NOT_YET
from tests.access.conftest import Place
from tests.access.provider import Provider
from tests.access.visitor import SECRET, Visitor

pytestmark = pytest.mark.slow
ALLELE = "chr2-166000000-C-A"
AGAIN, SIGN, FIELD = "Sign in again to sign", "Sign the report", "Type your name to sign"
WHY = "Why the signed report is replaced"
CONTENT = re.compile("content ([0-9a-f]{16})")
LONG_AGO = 60 * FRESH_MINUTES + 30  # s; the sign-in itself lasts 30 minutes


@contextmanager
def log_of(place: Place) -> Iterator[DecisionLog]:
    log = DecisionLog(place.server.home / "decisions.db")
    yield log
    log.close()


def signatures(place: Place) -> list[Event]:
    with log_of(place) as log:
        return [e for e in log.events(place.theirs) if e.kind is EventKind.REPORT_SIGNED]


@pytest.fixture
def to_sign(place: Place) -> str:
    """The address of a case that waits for its first signature."""
    with log_of(place) as log:
        state, at = log.state(place.theirs), datetime.now(UTC)
        if not state.shortlisted:
            for command in (Shortlist(state.version, ALLELE), Classify(state.version + 1, ALLELE, Class.PATHOGENIC)):
                log.decide(place.theirs, command, who="Dr A", at=at)
    return f"case={place.theirs}"


@pytest.fixture
def to_amend(place: Place, to_sign: str) -> str:
    """The address of a case whose report was signed and is to be replaced."""
    with log_of(place) as log:
        state, at = log.state(place.theirs), datetime.now(UTC)
        if not state.reports:
            sign = SignReport(state.version, 1, "a" * 64)
            log.decide(place.theirs, sign, who="Dr A", at=at)
            state = log.state(place.theirs)
        log.decide(place.theirs, SetStatus(state.version, Status.IN_REVIEW, "to amend it"), who="Dr A", at=at)
    return to_sign


def test_a_name_typed_while_the_sign_in_was_fresh_does_not_sign_once_it_is_not(place: Place, to_sign: str) -> None:
    before, asked = len(signatures(place)), int(time.time())
    visitor = Visitor(place.server).with_cookie(sub="signer", name="Dr Signer", iat=asked)
    assert FIELD in visitor.open("report", to_sign)
    form = dict(visitor.widgets)
    visitor.close()
    stale = Visitor(place.server).with_cookie(sub="signer", name="Dr Signer", iat=asked, auth_time=asked - LONG_AGO)
    assert NOT_YET in stale.open("report", to_sign)
    stale.widgets |= form
    stale.run("report", to_sign, typed=(FIELD, "Dr Signer"), press=SIGN)
    assert len(signatures(place)) == before


def test_a_forged_sign_in_signs_nothing_however_fresh_it_says_it_is(place: Place, to_sign: str) -> None:
    before, now = len(signatures(place)), int(time.time())
    forger = Visitor(place.server).with_cookie(SECRET[::-1], sub="signer", name="Dr Signer", iat=now, auth_time=now)
    assert "Please sign in to continue." in forger.open("report", to_sign)
    real = Visitor(place.server).with_cookie(sub="signer", name="Dr Signer", iat=now)
    real.open("report", to_sign)
    forger.widgets |= real.widgets
    forger.run("report", to_sign, typed=(FIELD, "Dr Signer"), press=SIGN)
    assert len(signatures(place)) == before


def test_somebody_else_who_signs_in_at_the_same_screen_does_not_come_to_the_report(
    place: Place, signing: Provider, to_sign: str
) -> None:
    visitor = Visitor(place.server).with_cookie(sub="signer", iat=int(time.time()) - LONG_AGO)
    visitor.open("report", to_sign)
    visitor.run("report", to_sign, press=AGAIN)
    signing.person = {"sub": "reader"}
    visitor.web.get(place.server.origin + visitor.redirect, timeout=120)
    assert "Signed in as Dr Reader" in visitor.open("worklist")
    assert to_sign not in visitor.queries


def test_who_signed_in_some_minutes_ago_comes_back_from_the_provider_to_the_same_draft_and_signs_it(
    place: Place, signing: Provider, to_amend: str
) -> None:
    signing.person, before = {"sub": "signer", "name": "Dr Signer"}, len(signatures(place))
    visitor = Visitor(place.server).with_cookie(sub="signer", name="Dr Signer", iat=int(time.time()) - LONG_AGO)
    visitor.open("report", to_amend)
    shown = visitor.run("report", to_amend, typed=(WHY, "father resequenced"))
    assert NOT_YET in shown
    assert f"[button] {AGAIN}" in shown
    assert FIELD not in shown, "nothing to type a name into"
    read = CONTENT.findall(shown)[-1]
    visitor.run("report", to_amend, typed=(WHY, "father resequenced"), press=AGAIN)
    assert visitor.redirect.startswith("/auth/login")
    answer = visitor.web.get(place.server.origin + visitor.redirect, timeout=120)
    assert answer.status_code == 200
    assert (signing.asked["prompt"], signing.asked["max_age"]) == ("login", str(60 * FRESH_MINUTES))
    assert urlsplit(answer.url).query == "", "no address tells which case it was"
    shown = visitor.open("worklist")
    assert visitor.queries[-1] == to_amend, "back at the report"
    assert CONTENT.findall(shown)[-1] == read, "with the words that were typed"
    assert FIELD in shown
    visitor.run("report", to_amend, typed=(FIELD, "Dr Signer"), press=SIGN)
    (event,) = signatures(place)[before:]
    assert (event.who, event.account, event.evidence["authenticated"]) == ("Dr Signer", "signer", "auth_time")
    asked = datetime.fromisoformat(event.evidence["authenticated_at"])
    assert datetime.now(UTC) - asked < timedelta(minutes=FRESH_MINUTES)


def test_the_address_of_a_file_answers_only_whom_the_screen_offered_it(place: Place, to_sign: str) -> None:
    with log_of(place) as log:
        agreed = SetConsent(log.state(place.theirs).version, frozenset(Consent))
        log.decide(place.theirs, agreed, who="Dr A", at=datetime.now(UTC))
    signer = Visitor(place.server).with_cookie(sub="signer", name="Dr Signer")
    reader = Visitor(place.server).with_cookie(sub="reader")
    signer.open("report", to_sign)
    label = next(iter(signer.files))
    address = place.server.origin + signer.address_of(label)

    def answers(visitor: Visitor) -> int:
        return visitor.web.get(address, timeout=120).status_code

    reader.open("worklist")
    assert [answers(who) for who in (signer, reader, Visitor(place.server))] == [200, 403, 401]
    place.say(place.people.replace(place.theirs, "c-0000000000000000"))
    assert answers(signer) == 403, "the case was taken from them"
    assert signer.address_of(label) == "", "nor is the file made again"
    signer.close()
    reader.close()

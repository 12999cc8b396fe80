"""T1, T14: every page for every kind of person, on a server that never drew a page and on one that did.

A real server in a process of its own, a provider of ours, a raw WebSocket with the cookies a browser would have.
"""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.navigation import PAGES, screen
from models.review import DecisionLog, EventKind
from models.review.permissions import GRANTS, Permission, Role
from tests.access.conftest import PEOPLE, Place
from tests.access.provider import Provider
from tests.access.table import PAGES_OF
from tests.access.visitor import SECRET, Visitor, running, write_settings
from tests.browser.hostile_case import CANARY

pytestmark = pytest.mark.slow
SLUGS = [s.slug for s in PAGES]
OF_A_CASE = [s.slug for s in PAGES if s.needs_case]
PLEASE, NO_ROLE = "Please sign in to continue.", "nobody gave you a role here"
ROLE = "[alert] Your role does not allow you to"  # of the page; a button may say it of itself
NOT_YOURS = "This case is not one of yours"
DRAWN = ("[heading]", "[bidi_component]", "[dataframe]", "[arrow_data_frame]", "[file_uploader]")
REASON = "Seizures tonight, nobody else can be reached."


def drew_nothing(shown: str) -> bool:
    return not any(kind in shown for kind in DRAWN) and CANARY not in shown


def test_every_page_has_its_line_in_the_table() -> None:
    assert set(SLUGS) <= PAGES_OF.keys()


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_the_pages_it_may_and_no_other(place: Place, role: Role) -> None:
    visitor = Visitor(place.server).with_cookie(sub=role.value)
    for slug in SLUGS:
        shown = visitor.open(slug, f"case={place.theirs}" if screen(slug).needs_case else "")
        if role in PAGES_OF[slug]:
            assert ROLE not in shown, slug
            assert not drew_nothing(shown), slug
        else:
            assert ROLE in shown, slug
            assert drew_nothing(shown), slug


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_answers_a_stranger_a_forger_or_who_signed_in_too_long_ago(place: Place, slug: str) -> None:
    query, now = f"case={place.theirs}", int(time.time())
    server = place.server
    refused = {
        PLEASE: [
            Visitor(server),
            Visitor(server).with_cookie("another secret of the same kind!", sub="admin"),
            Visitor(server).with_cookie(SECRET[::-1], sub="signer"),
            Visitor(server).with_cookie(sub="signer", origin="https://caseboard.example.org"),
            Visitor(server).with_cookie(sub="signer", is_logged_in=False),
            Visitor(server).with_cookie(sub="signer", iat=None),
            Visitor(server).with_cookie(sub=""),
        ],
        "30 minutes without work": [Visitor(server).with_cookie(sub="signer", iat=now - 1801)],
        "after 12 hours": [Visitor(server).with_cookie(sub="signer", iat=now - 12 * 3600 - 1)],
        "later than the clock": [Visitor(server).with_cookie(sub="signer", iat=now + 3600)],
        NO_ROLE: [
            Visitor(server).with_cookie(sub="somebody"),
            Visitor(server).with_cookie(sub="no-role"),
            Visitor(server).with_cookie(sub="x", email="reader", email_verified=True),
        ],
    }
    for sentence, visitors in refused.items():
        for visitor in visitors:
            shown = visitor.open(slug, query)
            visitor.close()
            assert sentence in shown
            assert drew_nothing(shown)


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "stranger")
def test_every_page_as_the_first_that_a_fresh_server_is_asked_for_asks_for_the_role(
    tmp_path: Path, stored: tuple[Path, str, str], signing: Provider, role: Role | None
) -> None:
    """All at once, each in a session of its own: none of them was drawn when it was asked for."""
    home, theirs, others = stored
    secrets = write_settings(tmp_path, signing.issuer, "")
    with running(home, secrets) as server, ExitStack() as open_sessions:
        (home / "people.toml").write_text(PEOPLE.format(theirs=theirs), encoding="utf-8")
        visitors = {slug: Visitor(server) for slug in SLUGS}
        for visitor in visitors.values():
            (visitor.with_cookie(sub=role.value) if role else visitor).connect()
            open_sessions.callback(visitor.close)
        for slug, visitor in visitors.items():
            visitor.ask(slug, f"case={others}")
        shown = {slug: visitor.answer() for slug, visitor in visitors.items()}
        for slug, said in shown.items():
            assert CANARY not in said, slug
            if role is None:
                assert PLEASE in said, slug
                assert drew_nothing(said), slug
            elif slug in OF_A_CASE:
                assert NOT_YOURS in said, slug
            else:
                assert (ROLE in said) is (role not in PAGES_OF[slug]), slug
                assert drew_nothing(said) is (role not in PAGES_OF[slug]), slug


def test_a_person_signs_in_at_the_provider_and_is_known_by_name(place: Place, signing: Provider) -> None:
    signing.person = {"sub": "reader", "name": "As the provider says"}
    visitor, before = Visitor(place.server), signing.answers
    visitor.sign_in()
    shown = visitor.open("worklist")
    assert signing.answers == before + 1
    assert "Signed in as Dr Reader" in shown
    assert PLEASE not in shown


def test_who_signed_out_is_out_even_with_a_copy_of_the_cookie(place: Place, signing: Provider) -> None:
    signing.person = {"sub": "reader"}
    visitor = Visitor(place.server)
    visitor.sign_in()
    copy = visitor.web.cookies[USER_COOKIE_NAME]
    visitor.open("worklist")
    assert drew_nothing(visitor.run("worklist", press="Sign out"))
    assert visitor.redirect.endswith("/auth/logout")
    thief = Visitor(place.server)
    thief.web.cookies.set(USER_COOKIE_NAME, copy)
    shown = thief.open("worklist")
    assert "You signed out" in shown
    assert drew_nothing(shown)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("slug", OF_A_CASE)
def test_a_case_of_others_shows_nothing_of_itself(place: Place, role: Role, slug: str) -> None:
    visitor = Visitor(place.server).with_cookie(sub=role.value)
    for forged in (place.others, "c-0000000000000000"):
        shown = visitor.open(slug, f"case={forged}")
        assert NOT_YOURS in shown
        assert CANARY not in shown
        assert "[bidi_component]" not in shown
        assert ("In an emergency" in shown) is (Permission.BREAK_GLASS in GRANTS[role])
    visitor.close()


def test_a_case_of_others_is_not_in_the_worklist(place: Place) -> None:
    visitor = Visitor(place.server).with_cookie(sub="admin")
    place.say(place.people.replace(f'roles = ["admin"]\ncases = ["{place.theirs}"]', 'roles = ["admin"]'))
    assert "Welcome to Caseboard" in visitor.open("worklist")
    place.say(place.people)
    assert "Welcome to Caseboard" not in visitor.run("worklist")


def test_a_role_that_was_given_or_taken_counts_from_the_next_click_on(place: Place) -> None:
    visitor = Visitor(place.server).with_cookie(sub="reader")
    assert ROLE in visitor.open("people")
    place.say(place.people.replace('roles = ["reader"]', 'roles = ["reader", "admin"]'))
    assert "Who may do what" in visitor.run("people")
    place.say(place.people.replace('[people."reader"]', '[people."was-reader"]'))
    shown = visitor.run("people")
    assert NO_ROLE in shown
    assert drew_nothing(shown)


def test_a_list_of_people_that_cannot_be_read_lets_nobody_in(place: Place) -> None:
    visitor = Visitor(place.server).with_cookie(sub="signer")
    place.say("[people.")
    shown = visitor.open("worklist")
    assert "Nobody is let in" in shown
    assert drew_nothing(shown)
    (place.server.home / "people.toml").unlink()
    shown = visitor.run("worklist")
    assert NO_ROLE in shown
    assert drew_nothing(shown)


def test_a_part_of_a_page_asked_for_after_the_end_is_answered_with_the_refusal(place: Place) -> None:
    visitor = Visitor(place.server).with_cookie(sub="reader", iat=int(time.time()) - 120)
    visitor.open("case_review", f"case={place.theirs}")
    parts = list(visitor.fragments)
    assert parts
    assert "[alert]" not in visitor.run("case_review", f"case={place.theirs}", fragment=parts[-1])
    place.say(place.people + "\n[sessions]\nlongest_hours = 0.01\n")
    shown = visitor.run("case_review", f"case={place.theirs}", fragment=parts[-1])
    assert "Your sign-in ended after 0.01 hours" in shown
    assert drew_nothing(shown)


def test_a_case_taken_from_a_person_is_gone_from_the_screen_with_its_next_part(place: Place) -> None:
    visitor, query = Visitor(place.server).with_cookie(sub="reviewer"), f"case={place.theirs}"
    visitor.open("case_review", query)
    place.say(place.people.replace(place.theirs, "c-0000000000000000"))
    shown = visitor.run("case_review", query, fragment=visitor.fragments[-1])
    assert NOT_YOURS in shown
    assert CANARY not in shown


def test_a_case_opens_in_an_emergency_for_who_says_why_and_for_nobody_else(place: Place) -> None:
    visitor, query = Visitor(place.server).with_cookie(sub="reader"), f"case={place.others}"
    visitor.open("case_review", query)
    press = "Open this case for 4 h"
    field = "Why do you need this case now?"
    assert "say why" in visitor.run("case_review", query, press=press)
    assert "say why" in visitor.run("case_review", query, press=press, typed=(field, "because"))
    visitor.run("case_review", query, press=press, typed=(field, REASON))
    assert NOT_YOURS not in visitor.open("case_review", query)
    assert NOT_YOURS in Visitor(place.server).with_cookie(sub="reviewer").open("case_review", query)
    log = DecisionLog(place.server.home / "decisions.db")
    (event,) = [e for e in log.events(place.others) if e.kind is EventKind.OPENED_IN_EMERGENCY]
    log.close()
    assert (event.who, event.account, event.payload["reason"]) == ("Dr Reader", "reader", REASON)
    shown = Visitor(place.server).with_cookie(sub="admin").open("people")
    assert "Cases opened in an emergency" in shown
    assert "Nobody opened a case of others." not in shown

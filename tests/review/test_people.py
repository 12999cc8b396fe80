"""T14: people, roles and cases come from one file, and what cannot be read lets nobody in."""

from datetime import UTC, datetime, timedelta

import pytest

from models.errors import InputError
from models.review.people import STRANGER, People, read_people
from models.review.permissions import Role
from models.review.sign_ins import Identity

NOW = datetime(2026, 1, 2, tzinfo=UTC)
WHOLE = """
[people."Ada@Example.org"]
name = "Dr Ada Example"
roles = ["reviewer", "signer"]
cases = "all"

[people."u-7"]
roles = ["reader"]
cases = ["c-1"]
teams = ["heart"]

[teams.heart]
cases = ["c-2"]

[sessions]
idle_minutes = 10
emergency_hours = 0.5
"""


def people(tmp_path, text):
    file = tmp_path / "people.toml"
    file.write_text(text, encoding="utf-8")
    return read_people(file)


def who(account="u-1", email=""):
    return Identity(account, "Name", email, NOW)


def test_a_person_is_known_by_the_address_the_provider_vouches_for_in_any_case(tmp_path):
    ada = people(tmp_path, WHOLE).person(who(email="ADA@example.org"))
    assert (ada.name, ada.roles) == ("Dr Ada Example", {Role.REVIEWER, Role.SIGNER})
    assert ada.has("c-9")
    assert not ada.has("")


@pytest.mark.parametrize("letter", ["\u212a", "\uff2b", "\u043a"], ids=["Kelvin sign", "full width", "Cyrillic"])
def test_an_address_that_only_looks_like_somebodys_is_not_theirs(letter, tmp_path):
    known = people(tmp_path, '[people."kim@example.org"]\nroles = ["signer"]\n')
    assert known.person(who(email=f"{letter}im@example.org")) == STRANGER
    assert known.person(who(email="KIM@Example.org")) != STRANGER


def test_a_person_is_known_by_the_providers_id_with_cases_of_their_own_and_of_their_team(tmp_path):
    seven = people(tmp_path, WHOLE).person(who("u-7"))
    assert [seven.has(case) for case in ("c-1", "c-2", "c-3")] == [True, True, False]


def test_who_is_not_named_may_do_nothing(tmp_path):
    known = people(tmp_path, WHOLE)
    assert known.person(who("U-7")) is STRANGER
    assert known.person(who("u-8", "eve@example.org")) is STRANGER
    assert not STRANGER.permissions
    assert not STRANGER.has("c-1")


def test_an_id_that_looks_like_somebodys_address_is_not_that_person(tmp_path):
    """Only what the provider vouches for as an address is one; the id is whatever the provider says it is."""
    assert people(tmp_path, WHOLE).person(who("ada@example.org")) is STRANGER


def test_how_long_a_sign_in_lasts_can_be_set(tmp_path):
    known = people(tmp_path, WHOLE)
    assert known.limits.idle == timedelta(minutes=10)
    assert known.limits.longest == timedelta(hours=12)
    assert known.emergency == timedelta(minutes=30)


def test_without_a_file_nobody_is_named(tmp_path):
    assert read_people(tmp_path / "people.toml") == People()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[people.", "Nobody is let in"),
        ('[people."a"]\nroles = ["boss"]', "A role here is one of reader, reviewer, signer, admin"),
        ('[people."a"]\nroles = "reader"', "is a list of words"),
        ('[people."a"]\nrole = ["reader"]', "`role` means nothing here"),
        ('[people."a"]\nroles = ["reader"]\ncases = "everything"', "is a list of words"),
        ('[people."a"]\nteams = ["heart"]', "no team called heart"),
        ('[people]\na = "reader"', "needs a table of its own"),
        ("[sessions]\nidle_minutes = 0", "above 0"),
        ("[sessions]\nidle_minutes = true", "above 0"),
        ("[sessions]\nlongest_hours = 169", "at most 168"),
        ("sessions = 3", "This is a table"),
        ('[user."a"]\nroles = ["reader"]', "`user` means nothing here"),
    ],
)
def test_what_cannot_be_read_lets_nobody_in_and_says_what_to_repair(tmp_path, text, said):
    with pytest.raises(InputError, match=r"people\.toml|\[") as refused:
        people(tmp_path, text)
    assert said in refused.value.sentence


@pytest.mark.parametrize(("said", "needs"), [("", False), ("false", False), ("true", True)])
def test_an_installation_may_ask_that_the_provider_says_when_it_asked_the_signer(tmp_path, said, needs):
    text = f"[sessions]\nsigning_needs_auth_time = {said}\n" if said else ""
    assert people(tmp_path, text).needs_auth_time is needs


@pytest.mark.parametrize("said", ['"yes"', "1", "[]"])
def test_anything_but_true_or_false_lets_nobody_in(tmp_path, said):
    with pytest.raises(InputError, match="true or false"):
        people(tmp_path, f"[sessions]\nsigning_needs_auth_time = {said}\n")

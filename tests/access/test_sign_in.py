"""Whom the provider's claims speak of, and settings that let nobody in rather than everybody."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets

from components import access, sign_in
from models.errors import NotPermitted
from models.review.signing import Proof

CLAIMS = {"is_logged_in": True, "sub": "u-1", "iat": 1_767_312_000, "name": "Ada", "email": "a@example.org"}
SETTINGS = {
    "redirect_uri": "https://caseboard.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef" * 2,
    "client_id": "c",
    "client_secret": "s",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    return tmp_path


def settings(monkeypatch: pytest.MonkeyPatch, auth: dict[str, Any] | None) -> None:
    """secrets.toml says this under [auth]; None: there is no [auth]."""
    secrets = Secrets()
    secrets._secrets = {} if auth is None else {"auth": auth}  # as Streamlit's own AppTest does
    monkeypatch.setattr(st, "secrets", secrets)


def test_the_claims_name_a_person_and_since_when() -> None:
    who = sign_in.identity_of(CLAIMS | {"email_verified": True})
    assert who is not None
    assert (who.account, who.name, who.email) == ("u-1", "Ada", "a@example.org")
    assert who.since == datetime(2026, 1, 2, tzinfo=UTC)


def test_when_the_provider_asked_for_proof_is_told_apart_from_when_it_vouched() -> None:
    vouched, asked = sign_in.identity_of(CLAIMS), sign_in.identity_of(CLAIMS | {"auth_time": CLAIMS["iat"] - 3600})
    assert vouched is not None
    assert asked is not None
    assert vouched.proof == Proof(datetime(2026, 1, 2, tzinfo=UTC), "iat")
    assert asked.proof == Proof(datetime(2026, 1, 1, 23, tzinfo=UTC), "auth_time")
    assert asked.since == vouched.since


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_counts_only_when_the_provider_verified_it(verified: object) -> None:
    who = sign_in.identity_of(CLAIMS | {"email_verified": verified})
    assert who is not None
    assert who.email == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_logged_in": False},
        {"is_logged_in": "true"},
        {"sub": ""},
        {"sub": 7},
        {"iat": None},
        {"iat": "1767312000"},
        {"iat": True},
        {"iat": 1e30},
        {"iat": float("nan")},
        {"auth_time": "1767312000"},
        {"auth_time": True},
        {"auth_time": 1e30},
    ],
)
def test_claims_that_miss_what_they_must_say_are_nobodys(wrong: dict[str, Any]) -> None:
    assert sign_in.identity_of(CLAIMS | wrong) is None


def test_without_configuration_one_person_works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, None)
    assert not sign_in.is_asked()
    assert access.current_viewer() is access.SINGLE_USER


def test_a_list_of_people_without_a_provider_lets_nobody_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, None)
    (home / "people.toml").write_text("", encoding="utf-8")
    with pytest.raises(NotPermitted, match=r"has no \[auth\]"):
        access.current_viewer()


def test_sign_in_once_asked_is_asked_until_the_server_stops(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, SETTINGS)
    assert sign_in.is_asked()
    settings(monkeypatch, None)
    assert sign_in.is_asked()
    with pytest.raises(NotPermitted):
        access.current_viewer()


def test_secrets_that_cannot_be_read_let_nobody_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torn = home / "secrets.toml"
    torn.write_text("[auth\n", encoding="utf-8")
    monkeypatch.setattr(st, "get_option", lambda name: [str(torn)] if name == "secrets.files" else None)
    monkeypatch.setattr(st, "secrets", Secrets())
    with pytest.raises(NotPermitted, match="cannot be read"):
        access.current_viewer()


@pytest.mark.parametrize("missing", list(SETTINGS))
def test_a_setting_that_is_missing_is_named_and_lets_nobody_in(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, {k: v for k, v in SETTINGS.items() if k != missing})
    with pytest.raises(NotPermitted, match=missing):
        access.current_viewer()


@pytest.mark.parametrize(("characters", "says"), [(31, True), (32, False), (33, False)])
def test_a_short_secret_could_be_guessed_and_lets_nobody_in(
    characters: int, says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(monkeypatch, SETTINGS | {"cookie_secret": "x" * characters})
    assert ("shorter than 32" in sign_in.trouble()) is says


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://caseboard.example.org/oauth2callback", True),
        ("http://127.0.0.1.example.org/oauth2callback", True),
        ("http://127.0.0.1:{port}/oauth2callback", False),
        ("https://caseboard.example.org/oauth2callback", False),
    ],
)
def test_a_sign_in_over_an_unencrypted_line_is_refused(
    address: str, says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(monkeypatch, SETTINGS | {"redirect_uri": address})
    assert ("not encrypted" in sign_in.trouble()) is says

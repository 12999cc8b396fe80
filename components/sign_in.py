"""Who is signed in, as the provider says through Streamlit's OpenID Connect login, and whether that still lasts.

Caseboard asks for sign-in as soon as `[auth]` stands in secrets.toml or `people.toml` lies in the data folder, and
from then on until the server stops: a file that disappears or cannot be read never opens the door (docs/people.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import is_authlib_installed

from models.case.store import home
from models.errors import IntegrityError
from models.review.offered import Offered
from models.review.people import FILE_NAME, People, Person, read_people
from models.review.rights import opened_for
from models.review.sign_ins import Identity, SignIns
from models.review.signing import Proof, SigningAgain, SigningsAgain

SECRET_CHARACTERS = 32  # of cookie_secret: a hash key as long as the hash (RFC 2104, section 3; SHA-256 has 32 bytes)
WHY_AMENDED = "report_why"  # where the words on an amended report stand in a session
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_HERE = {"127.0.0.1", "localhost", "::1"}

sign_ins = SignIns()  # of this process
signings_again = SigningsAgain()
offered = Offered()
_asked: set[Path] = set()  # data folders for which sign-in was asked since the server started


def is_asked() -> bool:
    """Several people work here, so each signs in. Once true it stays true until the server stops."""
    folder = home()
    if folder not in _asked and (_auth() or _unreadable_secrets() or (folder / FILE_NAME).exists()):
        _asked.add(folder)
    return folder in _asked


def trouble() -> str:  # noqa: PLR0911  one line for each thing that can be wrong
    """Why nobody can sign in as things are set up, "" when they can. It names no value of the settings."""
    settings = _auth()
    if _unreadable_secrets():
        return "Nobody can sign in: secrets.toml is there and cannot be read."
    if not settings:
        return f"Nobody can sign in: {FILE_NAME} is there, and secrets.toml has no [auth]."
    if missing := [name for name in _NEEDED if not settings.get(name)]:
        return f"Nobody can sign in: [auth] in secrets.toml has no {missing[0]}."
    if len(str(settings["cookie_secret"])) < SECRET_CHARACTERS:
        return f"Nobody can sign in: cookie_secret is shorter than {SECRET_CHARACTERS} characters."
    address = urlsplit(str(settings["redirect_uri"]))
    if address.scheme != "https" and address.hostname not in _HERE:
        return "Nobody can sign in: redirect_uri is not encrypted (https), so a sign-in could be read on the way."
    if st.get_option("server.trustedUserHeaders"):
        return "Nobody can sign in: server.trustedUserHeaders is set, which lets a request say who it is."
    return "" if is_authlib_installed() else "Nobody can sign in: Authlib is not installed; run the install again."


def host_of_redirect() -> str:
    """The name by which people reach this server, "" without one."""
    return urlsplit(str(_auth().get("redirect_uri", ""))).hostname or ""


def identity_of(claims: Mapping[str, Any]) -> Identity | None:
    """Who the claims of a signed-in session speak of; None for a stranger, and for claims that miss what they must say.

    An address counts only when the provider says that it verified it (OpenID Connect Core 1.0, section 5.1).
    """
    account = claims.get("sub")
    if claims.get("is_logged_in") is not True or not isinstance(account, str) or not account:
        return None
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    name, told = str(claims.get("name") or email or account), claims.get("auth_time")
    try:
        asked = None if told is None else _moment(told)
        return Identity(account, name, email, _moment(claims.get("iat")), asked)
    except (OverflowError, ValueError, OSError):
        return None


def _moment(seconds: object) -> datetime:
    """A NumericDate of RFC 7519, section 2. Raises ValueError, OverflowError, OSError."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise ValueError("not a number of seconds")
    return datetime.fromtimestamp(seconds, UTC)


def identity_now() -> Identity | None:
    """Who is signed in to the session that runs now."""
    return None if trouble() else identity_of(st.user.to_dict())


def people() -> People:
    """Who works here, as `people.toml` says at this moment. Raises InputError."""
    written = people_written()
    return _people(home() / FILE_NAME, *written) if written else People()


def people_written() -> tuple[int, int] | None:
    """When `people.toml` was written (ns) and how long it is: what tells one version from another; None without one."""
    try:
        now = (home() / FILE_NAME).stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size


@lru_cache(maxsize=4)
def _people(file: Path, _written_ns: int, _bytes: int) -> People:
    return read_people(file)


def why_over(who: Identity) -> str:
    """A sentence when the sign-in ended, "" while it lasts. Raises InputError."""
    return sign_ins.why_ended(who, datetime.now(UTC), people().limits)


def why_not(who: Identity) -> str:
    """Why this person may do nothing at this moment, "" when they may do what their roles say. Raises InputError."""
    if over := why_over(who):
        return over
    if not person(who).permissions:
        return (
            "You are signed in, but nobody gave you a role here. Ask the person who runs Caseboard to add you, "
            "under the name below."
        )
    return ""


def person(who: Identity) -> Person:
    """What `people.toml` says of somebody at this moment. Raises InputError."""
    return people().person(who)


def proof(who: Identity) -> Proof | None:
    """When they last proved who they are; None when that is not said as this installation asks for it."""
    return None if who.asked is None and people().needs_auth_time else who.proof


def sees(who: Identity) -> Callable[[str], bool]:
    """Which cases are theirs: given to them, a synthetic sample, started by them, or opened in an emergency."""
    theirs = person(who)

    def has(case_id: str) -> bool:
        return theirs.has(case_id) or _is_sample(case_id) or _is_opened(case_id, who.account)

    return has


def emergency() -> timedelta:
    """How long a case stays open to somebody who opened it in an emergency."""
    return people().emergency


def worked(who: Identity) -> None:
    """The person did something just now."""
    sign_ins.worked(who, datetime.now(UTC), people().limits)


def again(case_id: str, why_amended: str) -> None:
    """To the provider, which asks for proof anew, and back to the report of this case."""
    if who := identity_now():
        signings_again.ask(who.account, SigningAgain(case_id, why_amended, who.since, datetime.now(UTC)))
        st.login()


def is_signing_again(who: Identity) -> bool:
    """They are on the way to the provider, to sign a report after it."""
    return signings_again.is_asked(who.account, datetime.now(UTC))


def come_back(who: Identity) -> SigningAgain | None:
    """The report that somebody left to sign in again, once."""
    return signings_again.come_back(who.account, who.since, datetime.now(UTC))


def leave() -> None:
    """Sign out here and at the provider; the sign-in is over even for a copy of its cookie."""
    if who := identity_now():
        sign_ins.end(who)
    st.logout()


def _is_opened(case_id: str, account: str) -> bool:
    from components import wiring

    opened = opened_for(wiring.decision_log().database, case_id, account, datetime.now(UTC))
    if opened and opened.until:
        offered.lends(account, opened.until)
    return opened is not None


def _is_sample(case_id: str) -> bool:
    from components import wiring

    try:
        return bool(wiring.case_store().summary(case_id).sample_slug)
    except IntegrityError:
        return False


def _auth() -> Mapping[str, Any]:
    """`[auth]` of secrets.toml, empty without one."""
    if not st.secrets.load_if_toml_exists():
        return {}
    settings = st.secrets.get("auth", {})
    return settings if isinstance(settings, Mapping) else {}


def _unreadable_secrets() -> bool:
    there = any(Path(file).exists() for file in st.get_option("secrets.files"))
    return there and not st.secrets.load_if_toml_exists()

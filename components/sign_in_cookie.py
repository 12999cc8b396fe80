"""Who the cookie of a request speaks of, read as Streamlit reads it for a session (streamlit is pinned exactly)."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from google.protobuf.message import DecodeError, Message
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components import sign_in
from components.access import Permission, viewer_of
from models.errors import CaseboardError
from models.review.sign_ins import Identity

_MEDIA = re.compile(rb"/media/([0-9a-f]{32,128})")  # the address of a file in a message or a request


class SignedIn:
    """A visitor of `components.sign_in_gate`. What cannot be looked up counts as over."""

    def __init__(self, who: Identity) -> None:
        self._who = who
        self._people, self._looked = sign_in.people_written(), datetime.now(UTC)

    def is_over(self) -> bool:
        try:
            return bool(sign_in.why_not(self._who))
        except CaseboardError:
            return True

    def may_upload(self) -> bool:
        viewer = viewer_of(self._who)
        return viewer.may(Permission.CREATE_CASE) or viewer.may(Permission.MANAGE_KNOWLEDGE)

    def worked(self) -> None:
        sign_in.worked(self._who)

    def signs_again(self) -> bool:
        return sign_in.is_signing_again(self._who)

    def is_stale(self) -> bool:
        before, self._people = self._people, sign_in.people_written()
        since, self._looked = self._looked, datetime.now(UTC)
        return before != self._people or sign_in.offered.ended_between(self._who.account, since, self._looked)

    def offered(self, message: bytes) -> None:
        if found := addresses_in(message):
            sign_in.offered.to(self._who.account, found, datetime.now(UTC), sign_in.people_written())

    def may_fetch(self, path: str) -> bool:
        found = _MEDIA.fullmatch(path.encode("ascii", "replace").split(b".", 1)[0])
        now, rights = datetime.now(UTC), sign_in.people_written()
        return found is not None and sign_in.offered.is_to(self._who.account, found[1], now, rights)


def addresses_in(message: bytes) -> tuple[bytes, ...]:
    """The files that a message to a browser offers. An address inside words that somebody wrote (a note, a name) offers
    nothing: else whoever learnt one had only to write it down."""
    if not _MEDIA.search(message):
        return ()
    try:
        told = [_MEDIA.match(url.encode()) for url in _urls(ForwardMsg.FromString(message))]
    except DecodeError:
        return ()
    return tuple(found[1] for found in told if found)


def _urls(part: Message) -> Iterator[str]:
    """Every field called `url`, however deep: so Streamlit calls where a file is fetched from."""
    for field, value in part.ListFields():
        if field.message_type is None:
            yield from (value,) if field.name == "url" and isinstance(value, str) else ()
        elif not field.message_type.GetOptions().map_entry:
            for one in value if field.is_repeated else (value,):
                yield from _urls(one)


def visitor(headers: Headers) -> SignedIn | None:
    """Who signed in with this browser, None for a stranger, a forged cookie and one made for another address."""
    if sign_in.trouble():
        return None
    cookies = cookie_parser(headers.get("cookie", ""))

    def opened(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""))

    said = get_cookie_with_chunks(opened, USER_COOKIE_NAME)
    try:
        claims = json.loads(said) if said else None
    except ValueError:
        return None
    if not isinstance(claims, dict) or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    who = sign_in.identity_of(claims)
    return SignedIn(who) if who else None

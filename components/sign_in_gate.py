"""The gate in front of Streamlit when people sign in: to a stranger it opens nothing but the way to sign in.

What needs no sign-in is listed; everything else (uploads, media, any route to come) is refused before its body is
read. A WebSocket goes through, because the sign-in page needs one: the first statement of every page refuses a
stranger there. Behind a sign-in that is over, and after a change of who may do what, a session runs whole pages only,
which begin with that statement; a part of a page (a fragment) would not.
"""

import re
from collections.abc import Callable
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

LOGIN_PATH = "/auth/login"
MEDIA_PATH = "/media/"
UPLOAD_PATH = "/_stcore/upload_file"
# The page itself under the name of any screen, Streamlit's own files, igv.js, and the sign-in. No patient is in them.
_FOR_ANYBODY = re.compile(
    r"/([a-z_]*|static/.*|igv/.*|favicon\.png|manifest\.json|oauth2callback|auth/(login|logout)"
    r"|([a-z_]+/)?_stcore/(health|host-config|bidi-components/.*))"
)
_WHEN_OVER = {"rerun_script", "stop_script", "app_heartbeat"}  # all a session may still ask for


class Visitor(Protocol):
    """Somebody signed in."""

    def is_over(self) -> bool:
        """The sign-in ended, or the person has no role here any more."""

    def may_upload(self) -> bool:
        """A role of theirs takes files in."""

    def may_fetch(self, path: str) -> bool:
        """A screen of theirs offered them this file, and nothing they may do changed since."""

    def offered(self, message: bytes) -> None:
        """What a screen of theirs is sent; the addresses of files in it are theirs to fetch."""

    def worked(self) -> None:
        """They did something just now."""

    def signs_again(self) -> bool:
        """They are on the way to the provider to prove who they are, before they sign a report."""

    def is_stale(self) -> bool:
        """Since this was asked last, who may do what was changed, or an emergency of theirs ended: the whole page must
        ask again."""


class SignInGate:
    """door: None without sign-in (everything goes through), else who the headers of a request speak of."""

    def __init__(self, app: ASGIApp, *, door: Callable[[], Callable[[Headers], Visitor | None] | None]) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._door() if scope["type"] in {"http", "websocket"} else None
        if door is None:
            await self._app(scope, receive, send)
            return
        visitor = door(Headers(scope=scope))
        if scope["type"] == "websocket":
            if visitor:
                receive, send = _watched(receive, visitor), _noting(send, visitor)
            await self._app(scope, receive, send)
            return
        status, sentence = _refusal(scope, visitor)
        if status:
            await PlainTextResponse(sentence, status_code=status)(scope, receive, send)
            return
        asks_anew = visitor is not None and scope["path"] == LOGIN_PATH and visitor.signs_again()
        await self._app(scope, receive, _asking_anew(send) if asks_anew else send)


def _asking_anew(send: Send) -> Send:
    """The way to the provider, which is told to ask for proof even of whom it knows, and to say when it did.

    OpenID Connect Core 1.0, section 3.1.2.1: `prompt=login`; with `max_age` the token must hold `auth_time`.
    """

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "location" in headers:
                headers["location"] = asking_anew(headers["location"])
        await send(message)

    return send_on


def asking_anew(address: str) -> str:
    """The address of a provider's sign-in with both demands, whatever it said of them before."""
    from models.review.signing import FRESH_MINUTES  # late: the server starts before the domain is loaded

    parts = urlsplit(address)
    demands = {"prompt": "login", "max_age": str(60 * FRESH_MINUTES)}
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | demands
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _refusal(scope: Scope, visitor: Visitor | None) -> tuple[int, str]:
    """The status and sentence with which a request is refused, (0, "") when it goes through."""
    if _is_open(scope):
        return 0, ""
    if visitor is None or visitor.is_over():
        return 401, "Please sign in to continue."
    if scope["path"].startswith(UPLOAD_PATH) and not visitor.may_upload():
        return 403, "Your role does not allow you to send files."
    if scope["path"].startswith(MEDIA_PATH) and not visitor.may_fetch(scope["path"]):
        return 403, "This file was offered to somebody else, or before your access changed. Open the page again."
    visitor.worked()
    return 0, ""


def _is_open(scope: Scope) -> bool:
    return scope["method"] in {"GET", "HEAD"} and _FOR_ANYBODY.fullmatch(scope["path"]) is not None


def _noting(send: Send, visitor: Visitor) -> Send:
    async def send_on(message: Message) -> None:
        if message["type"] == "websocket.send" and (sent := message.get("bytes")):
            visitor.offered(sent)
        await send(message)

    return send_on


def _watched(receive: Receive, visitor: Visitor) -> Receive:
    async def next_message() -> Message:
        while True:
            message = await receive()
            seen = _let_through(message, visitor) if message["type"] == "websocket.receive" else message
            if seen is not None:
                return seen

    return next_message


def _let_through(message: Message, visitor: Visitor) -> Message | None:
    """The message as the session may have it: noted as work, cut down when the sign-in is over, or None."""
    try:
        asked = BackMsg.FromString(message.get("bytes") or b"")
    except DecodeError:
        return message  # Streamlit closes the connection
    kind = asked.WhichOneof("type")
    over = visitor.is_over()
    if over and kind not in _WHEN_OVER:
        return None
    if kind != "rerun_script":
        return message
    if not over and not asked.rerun_script.is_auto_rerun:
        visitor.worked()
    if over or visitor.is_stale():
        asked.rerun_script.fragment_id = ""  # the whole page
    return {"type": "websocket.receive", "bytes": asked.SerializeToString()}

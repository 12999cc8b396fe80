"""The second lock: headers, hosts and uploads, checked on every request before Streamlit sees it."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.sign_in_gate import UPLOAD_PATH, SignInGate, Visitor
from components.vault_gate import VaultGate

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FIXED_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}


def inline_script_hashes(index_html: str) -> tuple[str, ...]:
    """CSP sources ("'sha256-...'") of the inline scripts of Streamlit's own index.html."""
    digests = (hashlib.sha256(code.encode()).digest() for code in _INLINE_SCRIPT.findall(index_html))
    return tuple(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)


def content_security_policy(script_hashes: Iterable[str]) -> str:
    """The policy of every page: nothing from elsewhere, no inline script but Streamlit's own, no eval.

    blob: in script-src is how Streamlit loads v2 components; styles are inline by design of Streamlit.
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", "blob:", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' blob: data:",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "manifest-src": "'self'",
        "media-src": "'self' blob:",
        "base-uri": "'self'",
        "form-action": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def streamlit_index() -> str:
    """Streamlit's index.html as installed; the hash follows an upgrade by itself."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def _host_name(host: str) -> str:
    return host[: host.rfind("]") + 1] if host.startswith("[") else host.split(":", maxsplit=1)[0]


class SecureHeaders:
    """Adds the policy and its sisters to every HTTP response, and refuses foreign host names
    (a page elsewhere that points its own name at 127.0.0.1 must not read this server).

    own_name: by which people reach a server where they sign in, "" without sign-in."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        policy: str,
        hosts: Iterable[str] = LOCAL_HOSTS,
        own_name: Callable[[], str] = lambda: "",
    ) -> None:
        self._app = app
        self._policy = policy
        self._hosts = frozenset(hosts)
        self._own_name = own_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        host = _host_name(Headers(scope=scope).get("host", "")).lower()
        if host not in self._hosts and (not host or host != self._own_name()):
            await _refuse(scope, receive, send, 400, "This address is not one Caseboard answers to.")
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = self._policy
                for name, value in _FIXED_HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)


class UploadGate:
    """Refuses uploads that another site sends. `allows` sees the request headers; the person at this
    computer uploads, and only from Caseboard's own pages (same-origin). Who is signed in: SignInGate."""

    def __init__(self, app: ASGIApp, *, allows: Callable[[Headers], bool]) -> None:
        self._app = app
        self._allows = allows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["type"] == "http" and scope["path"].startswith(UPLOAD_PATH)
        if is_upload and not self._allows(Headers(scope=scope)):
            await _refuse(scope, receive, send, 401, "Sign in on this page before sending files.")
            return
        await self._app(scope, receive, send)


def same_origin_only(headers: Headers) -> bool:
    """Single-user rule: the browser says the request comes from our own page. A program on this
    computer that sends no Origin is the person at this computer."""
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == headers.get("host", "")


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(sentence, status_code=status)(scope, receive, send)


def middleware() -> list[Middleware]:
    """What app.py puts in front of Streamlit, outermost first."""
    policy = content_security_policy(inline_script_hashes(streamlit_index()))
    return [
        Middleware(VaultGate),
        Middleware(SecureHeaders, policy=policy, own_name=_own_name),
        Middleware(UploadGate, allows=same_origin_only),
        Middleware(SignInGate, door=_door),
    ]


def _own_name() -> str:
    from components import sign_in  # late, here and below: the server starts before the domain is loaded

    return sign_in.host_of_redirect() if sign_in.is_asked() else ""


def _door() -> Callable[[Headers], Visitor | None] | None:
    from components import sign_in

    if not sign_in.is_asked():
        return None
    from components.sign_in_cookie import visitor

    return visitor

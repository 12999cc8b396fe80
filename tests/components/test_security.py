"""The policy, the host check and the upload gate, asked as a browser or a stranger would ask."""

import asyncio
import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from components.security import (
    SecureHeaders,
    UploadGate,
    content_security_policy,
    inline_script_hashes,
    same_origin_only,
    streamlit_index,
)

POLICY = content_security_policy(("'sha256-abc'",))


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


def ask(app: object, path: str = "/", method: str = "GET", kind: str = "http", **headers: str) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in {"host": "127.0.0.1:8501", **headers}.items()
    ]
    scope = {"type": kind, "method": method, "path": path, "headers": raw}
    # A thread of its own: the browser tests of the same run keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()  # type: ignore[operator]
    return sent


def test_only_streamlits_own_inline_script_may_run() -> None:
    script = "alert('ours')"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert inline_script_hashes(f"<script>{script}</script><script src='x.js'></script>") == (f"'sha256-{digest}'",)
    assert len(inline_script_hashes(streamlit_index())) == 1


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_be_made_of_text() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == "'self' blob: 'sha256-abc'"
    assert "unsafe-eval" not in POLICY
    assert "unsafe-inline" not in rules["script-src"]
    assert not any("http" in sources or "*" in sources for sources in rules.values())


def test_every_answer_carries_the_policy_and_its_sisters() -> None:
    start = ask(SecureHeaders(_app, policy=POLICY))[0]
    headers = {k.decode(): v.decode() for k, v in start["headers"]}
    assert start["status"] == 200
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8501", "localhost:1", "[::1]:8501", "LOCALHOST"])
def test_this_computer_is_answered(host: str) -> None:
    assert ask(SecureHeaders(_app, policy=POLICY), host=host)[0]["status"] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", "", "127.0.0.2", "localhost.evil"])
def test_another_name_for_this_computer_is_refused(host: str) -> None:
    assert ask(SecureHeaders(_app, policy=POLICY), host=host)[0]["status"] == 400
    assert ask(SecureHeaders(_app, policy=POLICY), host=host, kind="websocket")[0] == {
        "type": "websocket.close",
        "code": 1008,
    }


def test_a_page_elsewhere_cannot_upload_and_ours_can() -> None:
    gate = UploadGate(_app, allows=same_origin_only)
    path = "/_stcore/upload_file/session/file"
    assert ask(gate, path, "PUT", origin="https://evil.example")[0]["status"] == 401
    assert ask(gate, path, "PUT", origin="http://127.0.0.1:8501")[0]["status"] == 200
    assert ask(gate, path, "PUT")[0]["status"] == 200
    assert ask(gate, "/", origin="https://evil.example")[0]["status"] == 200


def test_when_sign_in_is_asked_a_stranger_cannot_upload() -> None:
    gate = UploadGate(_app, allows=lambda headers: "cookie" in headers)
    assert ask(gate, "/_stcore/upload_file/session/file", "PUT")[0]["status"] == 401
    assert ask(gate, "/_stcore/upload_file/session/file", "PUT", cookie="signed")[0]["status"] == 200


def test_an_origin_that_only_begins_like_ours_is_another_origin() -> None:
    assert not same_origin_only(Headers({"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501.evil.example"}))
    assert not same_origin_only(Headers({"host": "127.0.0.1:8501", "origin": "null"}))

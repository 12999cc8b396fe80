"""T7: nothing is taken from a stranger and no file is handed to one; what is sent is not even read."""

import http.client
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from components.sign_in_cookie import addresses_in
from components.sign_in_gate import SignInGate, Visitor
from models.review.permissions import GRANTS, Permission, Role
from tests.access.conftest import Place
from tests.access.visitor import SECRET, Running
from tests.access.visitor import Visitor as Browser
from tests.components.test_security import _app, ask
from tests.waiting import wait_for

UPLOAD = "/_stcore/upload_file/some-session/some-file"
MIB = 1 << 20


class Person:
    """A visitor of the gate as the test says. worked_ counts what was noted as work."""

    def __init__(self, over: bool = False, uploads: bool = True) -> None:
        self.over, self.uploads, self.worked_, self.stale, self.again = over, uploads, 0, False, False
        self.sent: list[bytes] = []

    def is_over(self) -> bool:
        return self.over

    def may_upload(self) -> bool:
        return self.uploads

    def may_fetch(self, path: str) -> bool:
        return any(path.encode() in message for message in self.sent)

    def offered(self, message: bytes) -> None:
        self.sent.append(message)

    def worked(self) -> None:
        self.worked_ += 1

    def signs_again(self) -> bool:
        return self.again

    def is_stale(self) -> bool:
        stale, self.stale = self.stale, False
        return stale


def gate(visitor: Visitor | None) -> SignInGate:
    return SignInGate(_app, door=lambda: lambda _headers: visitor)


@pytest.mark.parametrize(
    "path",
    [
        UPLOAD,
        "/media/abc.csv",
        "/reads/c-1",
        "/report/c-1.pdf",
        "/_stcore/metrics",
        "/app/static/x",
        "/component/x",
        "/static/../media/x\n",
        "/a/b",
    ],
)
def test_what_is_not_the_way_to_sign_in_is_refused_to_a_stranger(path: str) -> None:
    for method in ("GET", "PUT", "POST", "DELETE"):
        if not path.startswith("/static/") or method != "GET":
            assert ask(gate(None), path, method)[0]["status"] == 401
            assert ask(gate(Person(over=True)), path, method)[0]["status"] == 401
    assert ask(gate(Person()), path)[0]["status"] == (403 if path.startswith("/media/") else 200)


@pytest.mark.parametrize(
    "path", ["/", "/case_review", "/static/js/index.js", "/igv/3.1.4/igv.iife.js", "/_stcore/health", "/oauth2callback"]
)
def test_the_way_to_sign_in_is_open_for_reading_only(path: str) -> None:
    assert ask(gate(None), path)[0]["status"] == 200
    assert ask(gate(None), path, "PUT")[0]["status"] == 401


def test_without_sign_in_the_gate_stands_open() -> None:
    assert ask(SignInGate(_app, door=lambda: None), UPLOAD, "PUT")[0]["status"] == 200


def test_who_may_start_no_case_sends_no_files() -> None:
    assert ask(gate(Person(uploads=False)), UPLOAD, "PUT")[0]["status"] == 403
    assert ask(gate(Person(uploads=True)), UPLOAD, "PUT")[0]["status"] == 200


def _heard(visitor: Person, *sent: BackMsg | bytes) -> list[bytes]:
    """What a session hears of what its browser sent."""
    import asyncio

    heard: list[bytes] = []
    waiting = [
        {"type": "websocket.receive", "bytes": s if isinstance(s, bytes) else s.SerializeToString()} for s in sent
    ]

    async def receive() -> dict[str, object]:
        return waiting.pop(0) if waiting else {"type": "websocket.disconnect"}

    async def session(_scope: object, receive: object, _send: object) -> None:
        while (message := await receive())["type"] == "websocket.receive":  # type: ignore[operator]
            heard.append(message["bytes"])

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    gated = SignInGate(session, door=lambda: lambda _headers: visitor)  # type: ignore[arg-type]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:  # the browser tests of the same run keep an event loop in this one
        thread.submit(lambda: asyncio.run(gated(scope, receive, receive))).result()  # type: ignore[arg-type]
    return heard


def _run(fragment: str = "", by_itself: bool = False) -> BackMsg:
    ask = BackMsg()
    ask.rerun_script.page_name, ask.rerun_script.fragment_id = "board", fragment
    ask.rerun_script.is_auto_rerun = by_itself
    return ask


def test_a_file_answers_only_whose_screen_was_sent_its_address() -> None:
    import asyncio

    person, file = Person(), "/media/0123456789abcdef0123456789abcdef"

    async def session(_scope: object, _receive: object, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "bytes": b"...\x12" + file.encode() + b".pdf..."})

    async def nothing(*_: object) -> dict[str, object]:
        return {"type": "websocket.disconnect"}

    assert ask(gate(person), f"{file}.pdf")[0]["status"] == 403
    gated = SignInGate(session, door=lambda: lambda _headers: person)  # type: ignore[arg-type]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:  # as in _heard
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
        thread.submit(lambda: asyncio.run(gated(scope, nothing, nothing))).result()  # type: ignore[arg-type]
    assert ask(gate(person), file)[0]["status"] == 200
    assert ask(gate(Person()), file)[0]["status"] == 403
    assert ask(gate(None), file)[0]["status"] == 401


def test_an_address_that_somebody_wrote_into_a_note_offers_them_nothing() -> None:
    file = "/media/0123456789abcdef0123456789abcdef"
    written, typed, button, made = ForwardMsg(), ForwardMsg(), ForwardMsg(), ForwardMsg()
    written.delta.new_element.text.body = typed.delta.new_element.text_input.value = f"{file}.pdf"
    button.delta.new_element.download_button.url = made.backend_operation_response.deferred_file.url = f"{file}.pdf"
    offered = [addresses_in(told.SerializeToString()) for told in (written, typed, button, made)]
    assert offered == [(), (), (file.removeprefix("/media/").encode(),), (file.removeprefix("/media/").encode(),)]
    assert addresses_in(f"no message, but {file}.pdf".encode()) == ()


def test_a_click_is_work_and_a_timer_is_not() -> None:
    person = Person()
    assert len(_heard(person, _run(), _run("part"), _run("part", by_itself=True))) == 3
    assert person.worked_ == 2


def test_after_the_end_a_part_of_a_page_becomes_the_whole_page_and_nothing_else_is_heard() -> None:
    person = Person(over=True)
    download, stop = BackMsg(), BackMsg()
    download.file_urls_request.request_id, stop.stop_script = "r", True
    heard = [BackMsg.FromString(h) for h in _heard(person, _run("part"), download, stop, _run())]
    assert [h.WhichOneof("type") for h in heard] == ["rerun_script", "stop_script", "rerun_script"]
    assert [h.rerun_script.fragment_id for h in heard] == ["", "", ""]
    assert heard[0].rerun_script.page_name == "board"
    assert person.worked_ == 0


def test_after_a_change_of_who_may_do_what_the_whole_page_is_asked_for_once() -> None:
    person = Person()
    person.stale = True
    heard = [BackMsg.FromString(h) for h in _heard(person, _run("part", by_itself=True), _run("part"))]
    assert [h.rerun_script.fragment_id for h in heard] == ["", "part"]


def test_what_is_no_message_of_a_browser_is_left_to_streamlit_which_closes_the_connection() -> None:
    assert _heard(Person(over=True), b"\xff\xff\xff") == [b"\xff\xff\xff"]


@pytest.mark.parametrize("again", [False, True])
def test_on_the_way_to_sign_a_report_the_provider_is_told_to_ask_for_proof_and_to_say_when(again: bool) -> None:
    person = Person()
    person.again = again

    async def login(scope: Scope, receive: Receive, send: Send) -> None:
        place = "https://login.example.org/a?state=s%26t&prompt=select_account&empty="
        await RedirectResponse(place, 302)(scope, receive, send)

    headers = dict(ask(SignInGate(login, door=lambda: lambda _headers: person), "/auth/login")[0]["headers"])
    asked = parse_qs(urlsplit(headers[b"location"].decode()).query, keep_blank_values=True)
    assert asked["state"] == ["s&t"]
    assert asked["empty"] == [""]
    assert asked["prompt"] == (["login"] if again else ["select_account"])
    assert asked.get("max_age") == (["300"] if again else None)


def put(server: Running, browser: Browser, body: bytes = b"", claimed: int | None = None) -> int:
    """The answer to an upload of which `body` is sent, whatever length is claimed."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.putrequest("PUT", UPLOAD)
    connection.putheader("Content-Length", str(len(body) if claimed is None else claimed))
    connection.putheader("Origin", server.origin)
    connection.putheader("X-Xsrftoken", browser.web.cookies.get(XSRF_COOKIE_NAME) or "")
    connection.putheader("Cookie", "; ".join(f"{c.name}={c.value}" for c in browser.web.cookies))
    connection.endheaders()
    if body:
        connection.send(body)
    with connection.getresponse() as answer:
        return answer.status


def memory_mib(pid: int) -> float:
    """Resident memory of a process now."""
    said = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(said.split("VmRSS:")[1].split()[0]) / 1024


def grown_mib(server: Running, sent_mib: int) -> float:
    """By how much the server's memory grows while a stranger sends so much, at the most."""
    before, peak = memory_mib(server.pid), 0.0
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.putrequest("PUT", UPLOAD)
    connection.putheader("Content-Length", str(sent_mib * MIB))
    connection.endheaders()
    with suppress(OSError):  # the server has answered and hung up, which is what it should do
        for _ in range(sent_mib):
            connection.send(bytes(MIB))
            peak = max(peak, memory_mib(server.pid))
    return max(peak, memory_mib(server.pid)) - before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of another process is read from /proc")
def test_two_hundred_megabytes_from_a_stranger_leave_the_memory_as_it_was(place: Place) -> None:
    """A server that has just begun also grows by itself, until a reader waits for the first case and a little longer;
    what it kept of a body would grow with each body, of which each is twice the one before."""
    wait_for(psutil.Process(place.server.pid).children, "the reader that waits for the first case")
    assert any(grown_mib(place.server, 200 << again) < 20 for again in range(4))


@pytest.mark.slow
def test_a_stranger_a_forger_and_who_signed_in_too_long_ago_send_nothing_and_get_no_file(place: Place) -> None:
    server = place.server
    strangers = [
        Browser(server),
        Browser(server).with_cookie(SECRET[::-1], sub="signer"),
        Browser(server).with_cookie(sub="signer", iat=int(time.time()) - 1801),
        Browser(server).with_cookie(sub="somebody"),
    ]
    for stranger in strangers:
        assert put(server, stranger, claimed=200 * MIB) == 401
        assert stranger.web.get(f"{server.origin}/media/{'a' * 56}.csv", timeout=120).status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_only_a_role_that_takes_files_in_reaches_the_upload(place: Place, role: Role) -> None:
    browser = Browser(place.server).with_cookie(sub=role.value)
    browser.web.get(f"{place.server.origin}/_stcore/health", timeout=120)
    takes = GRANTS[role] & {Permission.CREATE_CASE, Permission.MANAGE_KNOWLEDGE}
    # Streamlit then says 400: no such session.
    assert put(place.server, browser, b"x") == (400 if takes else 403)
    assert browser.web.get(f"{place.server.origin}/media/{'a' * 56}.csv", timeout=120).status_code == 403


def test_headers_alone_decide() -> None:
    asked: list[Headers] = []

    def door(headers: Headers) -> None:
        asked.append(headers)

    ask(SignInGate(_app, door=lambda: door), UPLOAD, "PUT", cookie="a=b")
    assert asked[0]["cookie"] == "a=b"

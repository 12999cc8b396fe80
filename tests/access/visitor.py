"""A server where people sign in, and a visitor who speaks to it over a raw WebSocket with a browser's cookies."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.sync.client import ClientConnection

from tests import serving
from tests.access.provider import CLIENT, CLIENT_SECRET
from tests.components.raw_session import new_session
from tests.serving import Running

SECRET = "0123456789abcdef" * 4
RUN_TIMEOUT_S = 120
THEME_WATCH = "caseboard_theme_watch"  # in the frame of every page; it shows nothing


def write_settings(folder: Path, issuer: str, people: str) -> Path:
    """secrets.toml and people.toml of an installation; the path of the first."""
    (folder / "people.toml").write_text(people, encoding="utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "{CLIENT}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    return secrets


@contextmanager
def running(home: Path, secrets: Path) -> Iterator[Running]:
    """Caseboard itself with these secrets and this data folder."""
    with serving.running("app.py", home, "--secrets.files", str(secrets)) as started:
        yield started


@dataclass
class Visitor:
    """One browser: its cookies, and one session over a WebSocket."""

    server: Running
    web: requests.Session = field(default_factory=requests.Session)
    stack: ExitStack = field(default_factory=ExitStack)
    socket: ClientConnection | None = None
    redirect: str = ""
    widgets: dict[str, str] = field(default_factory=dict)  # label: id
    files: dict[str, str] = field(default_factory=dict)  # button: id of the file that is made when it is pressed
    session: str = ""
    queries: list[str] = field(default_factory=list)  # what the server made the address ask for, the last at the end
    fragments: list[str] = field(default_factory=list)  # parts of the page that can run by themselves

    def open(self, page: str, query: str = "") -> str:
        """A deep link in a new session; all text its first run shows."""
        self.connect()
        return self.run(page, query)

    def connect(self) -> None:
        """A new session, which asked for nothing yet."""
        self.close()
        self.web.headers["Connection"] = "close"  # the server ends an idle connection after some seconds
        self.web.get(f"{self.server.origin}/_stcore/health", timeout=RUN_TIMEOUT_S)  # Streamlit's XSRF cookie
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.web.cookies)
        token = self.web.cookies.get(XSRF_COOKIE_NAME)
        self.socket = self.stack.enter_context(new_session(self.server.port, token, Cookie=cookies))

    def run(
        self, page: str, query: str = "", *, press: str = "", typed: tuple[str, str] = ("", ""), fragment: str = ""
    ) -> str:
        """One more run in the same session, of a fragment alone as its timer asks for it, or of the whole page.

        press: the label of a button of the last run. typed: the label of a field, and what stands in it.
        """
        self.ask(page, query, press=press, typed=typed, fragment=fragment)
        return self.answer()

    def ask(
        self, page: str, query: str = "", *, press: str = "", typed: tuple[str, str] = ("", ""), fragment: str = ""
    ) -> None:
        """Ask for a run and do not wait for it."""
        ask = BackMsg()
        ask.rerun_script.page_name = "" if page == "worklist" else page
        ask.rerun_script.query_string = query
        ask.rerun_script.fragment_id = fragment
        ask.rerun_script.is_auto_rerun = bool(fragment)
        if press:
            state = ask.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.widgets[press], True
        if typed[0]:
            state = ask.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widgets[typed[0]], typed[1]
        assert self.socket is not None
        self.socket.send(ask.SerializeToString())

    def answer(self) -> str:
        """All text of the run that was asked for, once it is finished."""
        words: list[str] = []
        end = time.monotonic() + RUN_TIMEOUT_S
        assert self.socket is not None
        while time.monotonic() < end:
            message = ForwardMsg.FromString(self.socket.recv(timeout=RUN_TIMEOUT_S))  # type: ignore[arg-type]
            if message.HasField("auth_redirect"):
                self.redirect = message.auth_redirect.url
            if message.HasField("delta"):
                words.append(self._words(message))
            if message.HasField("new_session"):
                self.session = message.new_session.initialize.session_id
            if message.HasField("page_info_changed"):
                self.queries.append(message.page_info_changed.query_string)
            if message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return " ".join(words)
        pytest.fail("the page did not finish")

    def address_of(self, label: str) -> str:
        """Where the file behind a button is fetched, as the server answers a press on it; "" when it makes none."""
        ask = BackMsg()
        operation = ask.backend_operation_request
        operation.request_id, operation.session_id = "one", self.session
        operation.deferred_file.file_id = self.files[label]
        assert self.socket is not None
        self.socket.send(ask.SerializeToString())
        end = time.monotonic() + RUN_TIMEOUT_S
        while time.monotonic() < end:
            message = ForwardMsg.FromString(self.socket.recv(timeout=RUN_TIMEOUT_S))  # type: ignore[arg-type]
            if message.HasField("backend_operation_response"):
                return message.backend_operation_response.deferred_file.url
        pytest.fail("the press was not answered")

    def _words(self, message: ForwardMsg) -> str:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        shown = getattr(element, kind) if kind else None
        if message.delta.fragment_id:
            self.fragments.append(message.delta.fragment_id)
        if kind == "bidi_component" and shown.component_name == THEME_WATCH:
            return ""
        if kind in ("button", "text_area", "text_input"):
            self.widgets[shown.label] = shown.id
        if kind == "download_button":
            self.files[shown.label] = shown.deferred_file_id
        return (
            f"[{kind}] {getattr(shown, 'body', '') or getattr(shown, 'label', '')}" if kind and kind != "html" else ""
        )

    def sign_in(self) -> None:
        """Through the button, the provider and back, as a person does."""
        self.open("worklist")
        self.run("worklist", press="Sign in")
        answer = self.web.get(self.server.origin + self.redirect, timeout=120)
        assert answer.status_code == 200, answer.text
        assert USER_COOKIE_NAME in self.web.cookies

    def with_cookie(self, secret: str = SECRET, **claims: Any) -> "Visitor":
        """The cookie that the server set after a sign-in a minute ago; with another secret a forged one."""
        since = int(time.time()) - 60
        whole = {"origin": self.server.origin, "is_logged_in": True, "provider": "default", "iat": since}
        value = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(whole | claims)).decode()
        self.web.cookies.set(USER_COOKIE_NAME, value)
        return self

    def close(self) -> None:
        self.stack.close()
        self.socket = None

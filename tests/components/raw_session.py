"""Talks to a real server as a program would: over a raw WebSocket."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.serving import running

ANSWER_TIMEOUT_S = 120


@contextmanager
def server(script: str, home: Path) -> Iterator[int]:
    """`streamlit run script` with its own data folder; the port."""
    with running(script, home) as started:
        yield started.port


def new_session(port: int, token: str = "", **headers: str) -> ClientConnection:
    """A new session. It waits for a busy server as long as for an answer, and is not pinged meanwhile."""
    return connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit", *([token] if token else [])],  # type: ignore[list-item]
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        additional_headers=headers,
        max_size=None,
        open_timeout=ANSWER_TIMEOUT_S,
        ping_interval=None,
    )


def deep_link(port: int, page: str, query: str = "") -> tuple[str, tuple[str, ...]]:
    """All text that the first run of `page` sends to a new session, and the names of the pages it offers."""
    with new_session(port) as one:
        ask_for(one, page, query)
        return answer_of(one)


def ask_for(one: ClientConnection, page: str, query: str = "") -> None:
    ask = BackMsg()
    ask.rerun_script.page_name, ask.rerun_script.query_string = page, query
    one.send(ask.SerializeToString())


def answer_of(one: ClientConnection) -> tuple[str, tuple[str, ...]]:
    """All text until the run that was asked for is finished, and the names of the pages it offers."""
    words: list[str] = []
    offered: tuple[str, ...] = ()
    end = time.monotonic() + ANSWER_TIMEOUT_S
    while time.monotonic() < end:
        message = ForwardMsg.FromString(one.recv(timeout=ANSWER_TIMEOUT_S))  # type: ignore[arg-type]
        words.append(_words(message))
        if message.HasField("navigation"):
            offered = tuple(p.page_name for p in message.navigation.app_pages)
        if message.HasField("script_finished"):
            return " ".join(words), offered
    pytest.fail("the page did not finish")


def _words(message: ForwardMsg) -> str:
    if not message.HasField("delta"):
        return ""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind is None or kind == "html":
        return kind or ""
    shown = getattr(element, kind)
    body = getattr(shown, "body", "") or getattr(shown, "label", "")
    return f"[{kind}] {body}"

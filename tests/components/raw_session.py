"""Talks to a real server as a program would: a process on a free port and a raw WebSocket."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 120


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(script: str, home: Path) -> Iterator[int]:
    """`streamlit run script` with its own data folder; the port."""
    port = free_port()
    environment = {**os.environ, "CASEBOARD_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def deep_link(port: int, page: str, query: str = "", timeout_s: float = 90) -> tuple[str, tuple[str, ...]]:
    """All text that the first run of `page` sends to a new session, and the names of the pages it offers."""
    words: list[str] = []
    offered: tuple[str, ...] = ()
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        max_size=None,
    ) as session:
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = query
        session.send(ask.SerializeToString())
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            message = ForwardMsg.FromString(session.recv(timeout=timeout_s))  # type: ignore[arg-type]
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

"""Caseboard's server for the tests: on a port that nobody else is given, waited for, and ended for certain."""

import itertools
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
START_TIMEOUT_S, END_TIMEOUT_S = 180, 30
# Below those that the system gives away by itself (Linux: 32768 and up), above 10080, which browsers refuse.
_PORTS = range(11_000, 32_000)
_EACH = 100  # from where one process of a test run begins to where the next does
_turn = itertools.count(os.getpid() * _EACH)


@dataclass(frozen=True)
class Running:
    """A server: where it listens, its process, its data folder and what it printed."""

    port: int
    pid: int
    home: Path
    log: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port nobody listens on, and which nobody is given before the server that is told to listen there."""
    for turn in itertools.islice(_turn, len(_PORTS)):
        port = _PORTS[turn % len(_PORTS)]
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("every port is taken")


@contextmanager
def running(script: str, home: Path, *options: str) -> Iterator[Running]:
    """`streamlit run script` with its own data folder. What fails inside is told with the end of what it printed."""
    port, log = free_port(), home / "server.log"
    environment = {**os.environ, "CASEBOARD_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(port, process)
        yield Running(port, process.pid, home, log)
    except BaseException as problem:
        problem.add_note(f"The server said:\n{log.read_text(errors='replace')[-3000:]}")
        raise
    finally:
        _end(process)


def _wait_until_up(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail("the server did not come up")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(END_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

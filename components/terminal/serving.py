"""`cli.py start|test`: both make the virtual environment first, and need nothing but Python for it."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(arguments: argparse.Namespace) -> int:
    python = _environment()
    if arguments.vault:  # in our place: Ctrl+C must reach it, and leave it the time to close the vault
        words = [python, str(ROOT / "cli.py"), "vault", "start", *_passed_on(arguments)]
        os.execv(python, words)  # noqa: S606  our own interpreter and program, no shell
    return subprocess.run(serving(python, arguments.port), cwd=ROOT, check=False).returncode


def test(arguments: argparse.Namespace) -> int:
    python = _environment("--tests")
    run = [python, "-m", "pytest", "-n", "auto", "--dist", "loadscope", *arguments.rest]
    return subprocess.run(run, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode


def serving(python: str, port: int) -> list[str]:
    print(f"caseboard: starting on http://127.0.0.1:{port} (stop with Ctrl+C)", flush=True)
    return [python, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]


def _passed_on(arguments: argparse.Namespace) -> list[str]:
    """The words of `start --vault` for `vault start`."""
    words = [f"--port={arguments.port}", f"--passphrase-command={arguments.passphrase_command}"]
    return words if arguments.passphrase_fd is None else [*words, f"--passphrase-fd={arguments.passphrase_fd}"]


def _environment(*more: str) -> str:
    """The Python of our virtual environment, made first if need be."""
    command = [sys.executable, str(ROOT / ".setup" / "environment.py"), *more]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode:
        sys.exit(made.returncode)
    return made.stdout.strip()

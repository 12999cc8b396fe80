"""A child process with limits: what it reads may crash it, never us.

The child is a fresh interpreter that takes one request (JSON) and gives one answer (JSON); bulk
results go through files the caller names. It has caps on address space, CPU time, file size and
descriptors, a wall clock held by the parent, no terminal, and, where the kernel allows it, no network.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models import errors
from models.errors import CaseboardError, InputError, TooLarge, UnreadableFile
from models.intake.limits import LIMITS, Limits
from models.intake.stopping import current_stop

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "NUMBA_CACHE_DIR", "PATH", "SYSTEMROOT", "TMPDIR", "XDG_CACHE_HOME")
_ANSWERS = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, CaseboardError)
}


def run_in_child(task: Callable[..., Any], *args: Any, limits: Limits = LIMITS, display_name: str = "") -> Any:
    """Call a module-level function in a limited child and return its answer.

    args and the answer are JSON values. `display_name` is what error sentences call the file.
    Raises what the task raised when that is a CaseboardError; TooLarge when a limit stopped it;
    UnreadableFile when the child crashed; Stopped when another thread ended it (models.intake.stopping).
    The parent never dies with the child.
    """
    refuse_schemes(args)
    request = {"task": f"{task.__module__}:{task.__qualname__}", "args": args, "limits": _for_child(limits)}
    child = _SPARE.take() or _start()
    try:
        with current_stop().over(child):
            answer, _ = child.communicate(json.dumps(request).encode(), timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        raise TooLarge(
            f"Reading took longer than {limits.wall_seconds:g} seconds and was stopped.", display_name
        ) from None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        _SPARE.refill()
    return _judge(child.returncode, answer, display_name)


def refuse_schemes(values: Any) -> None:
    """Raise InputError when any text among `values` could be taken for a URL by htslib."""
    texts = [values] if isinstance(values, str) else list(values) if isinstance(values, list | tuple) else []
    for text in texts:
        if isinstance(text, list | tuple):
            refuse_schemes(text)
        elif isinstance(text, str) and ("://" in text or "##idx##" in text):
            raise InputError("Only files on this machine are opened, never addresses; choose a file.")


def _for_child(limits: Limits) -> dict[str, int]:
    return {
        "memory": limits.memory_bytes,
        "cpu": limits.cpu_seconds,
        "output": limits.output_bytes,
        "files": limits.open_files,
    }


def _start(*preloaded: str) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # One thread each: the child's own two threads are all it needs. REF_PATH stops htslib's reference look-up.
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "REF_PATH": "/nonexistent"}
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module, no shell)
        [sys.executable, "-m", "models.intake.child_main", *preloaded],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what libraries print may hold patient text
    )


class _Spare:
    """One child that has its imports behind it and waits for a task; each child still does one task only.

    Off until `keep` is called: a terminal command that reads one file has no use for it. A waiting child
    ends when the parent does, because its stdin closes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._preloaded: tuple[str, ...] = ()
        self._child: subprocess.Popen[bytes] | None = None

    def keep(self, *preloaded: str) -> None:
        self._preloaded = preloaded
        self.refill()

    def refill(self) -> None:
        with self._lock:
            if self._preloaded and self._child is None:
                self._child = _start(*self._preloaded)

    def take(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            child, self._child = self._child, None
        return child if child is not None and child.poll() is None else None


_SPARE = _Spare()


def keep_a_child_ready() -> None:
    """From now on have one child waiting with the VCF reader loaded: about 0.6 s less for each file."""
    _SPARE.keep("models.intake.vcf_read")


def _judge(code: int, answer: bytes, display_name: str) -> Any:
    """The child's answer, or the error that its end means."""
    if code < 0:
        raise _killed(-code, display_name)
    try:
        said = json.loads(answer)
    except ValueError:
        raise UnreadableFile("The reader stopped without an answer; the file may be damaged.", display_name) from None
    if "answer" in said:
        return said["answer"]
    raise _ANSWERS.get(said["error"], UnreadableFile)(said["sentence"], said["where"] or display_name)


def _killed(number: int, display_name: str) -> InputError:
    if number in (signal.SIGXCPU, signal.SIGKILL):
        return TooLarge("Reading this file took more time or memory than allowed and was stopped.", display_name)
    if number == signal.SIGXFSZ:
        return TooLarge("Reading this file would write more than allowed to disk and was stopped.", display_name)
    return UnreadableFile(
        "The file is damaged in a way that stopped the reader; nothing was taken from it.", display_name
    )

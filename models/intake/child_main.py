"""The child's own side: take limits, do one task, answer, end. Imports little, so it starts fast."""

import importlib
import json
import os
import resource
import sys
from typing import Any

from models.errors import CaseboardError

_BEHIND_THE_SCREENS = 10  # niceness: who clicks comes before who waits for a file (measured: docs/measured.md)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of <sched.h>


def main() -> None:
    """Import what is named on the command line, read one request from stdin, answer on stdout."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answer
    for module in sys.argv[1:]:
        importlib.import_module(module)
    asked = sys.stdin.buffer.read()
    if not asked:  # the parent ended while we waited
        os._exit(0)
    request = json.loads(asked)
    os.nice(_BEHIND_THE_SCREENS)
    _limit(request["limits"])
    _leave_the_network()
    out.write(json.dumps(_answer(request)).encode())
    out.flush()
    os._exit(0)  # nothing left to tidy, and a damaged heap must not crash a finished task


def _limit(limits: dict[str, int]) -> None:
    for kind, cap in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_FSIZE, limits["output"]),
        (resource.RLIMIT_NOFILE, limits["files"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = cap if hard == resource.RLIM_INFINITY else min(cap, hard)
        resource.setrlimit(kind, (bound, bound))


def _leave_the_network() -> None:
    """A second lock: an empty network namespace, where the kernel lets us. The first is refuse_schemes."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)  # refusal is fine


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        module, name = request["task"].split(":")
        return {"answer": getattr(importlib.import_module(module), name)(*request["args"])}
    except CaseboardError as error:
        return {"error": type(error).__name__, "sentence": error.sentence, "where": error.where}
    except MemoryError:
        return _failed("TooLarge", "Reading this file needs more memory than allowed.")
    except Exception as error:  # noqa: BLE001 (the border: whatever happened becomes one sentence)
        return _failed("UnreadableFile", f"The file could not be read ({type(error).__name__}); it may be damaged.")


def _failed(kind: str, sentence: str) -> dict[str, Any]:
    return {"error": kind, "sentence": sentence, "where": ""}


if __name__ == "__main__":
    main()

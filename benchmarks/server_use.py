"""What a running server takes of the machine, by what Linux says of its processes."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def memory(pid: int) -> Iterator[dict[str, int]]:
    """The most memory that the server and its children had, looked at twice a second, in bytes: RSS counts what they
    share in each of them, PSS once."""
    most, ended = {"Rss": 0, "Pss": 0}, threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            now = {"Rss": 0, "Pss": 0}
            for one in _family(pid):
                for name, size in _sizes(one).items():
                    now[name] += size
            most.update({name: max(most[name], now[name]) for name in most})

    watcher = threading.Thread(target=look)
    watcher.start()
    yield most
    ended.set()
    watcher.join()


def _family(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(c) for t in threads for c in (t / "children").read_text().split()]
    except OSError:  # it ended meanwhile
        return []
    return [pid, *(p for child in children for p in _family(child))]


def _sizes(pid: int) -> dict[str, int]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    told = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
    return {"Rss": told["Rss"], "Pss": told["Pss"]}


def processor_s(pid: int) -> float:
    """What a process used so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

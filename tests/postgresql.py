"""A PostgreSQL server of our own for the tests: in a temporary folder, by a socket, as somebody who is not root."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
_NOBODY = ("postgres", "nobody")  # PostgreSQL refuses to run as root
_START_TIMEOUT_S = 60.0


def binaries() -> Path | None:
    """The folder of the newest server here, None without one."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


def somebody() -> dict[str, int | str | list[int]]:
    """For subprocess: whom to be, when we are root."""
    if os.geteuid() != 0:
        return {}
    names = {p.pw_name: p for p in pwd.getpwall()}
    who = next(names[n] for n in _NOBODY if n in names)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


class Server:
    """One server; `database()` makes an empty database in it."""

    def __init__(self, folder: Path, bin_folder: Path, who: dict) -> None:
        self.folder, self._bin, self._who, self._count = folder, bin_folder, who, 0
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        self._run = {"env": environment, "cwd": folder, **who}
        made = [bin_folder / "initdb", "-D", folder / "data", "-U", "caseboard", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*map(str, made)], check=True, capture_output=True, **self._run)
        self.start()

    def start(self) -> None:
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200")
        command = [str(self._bin / "postgres"), "-D", str(self.folder / "data")]
        for setting in settings:
            command += ["-c", setting]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **self._run
        )
        self._wait()

    def _wait(self) -> None:
        ready = [str(self._bin / "pg_isready"), "-q", "-h", str(self.folder)]
        until = time.monotonic() + _START_TIMEOUT_S
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the PostgreSQL server of the tests did not start")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is a crash of the server: nothing is flushed, the next start recovers from its log."""
        self._process.send_signal(how)
        self._process.wait()

    def database(self, *options: str) -> str:
        """The URL of a new, empty database."""
        self._count += 1
        name = f"d{self._count}"
        self._done("postgres", f"CREATE DATABASE {name} {' '.join(options)}")
        return f"postgresql://caseboard@/{name}?host={self.folder}"

    def emptied(self) -> str:
        """The URL of one database, empty again: many times faster than a new one."""
        if not self._count:
            self.database()
        self._done("d1", "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return f"postgresql://caseboard@/d1?host={self.folder}"

    def _done(self, database: str, statement: str) -> None:
        """A statement that must not fail."""
        ran = self._psql(database, statement)
        if ran.returncode:
            raise RuntimeError(f"the PostgreSQL server of the tests: {ran.stderr.strip()}")

    def sql(self, database: str, statement: str) -> str:
        """What a statement answers, as psql prints it, or what it says when it fails."""
        ran = self._psql(database, statement)
        return (ran.stdout + ran.stderr).strip()

    def _psql(self, database: str, statement: str) -> "subprocess.CompletedProcess[str]":
        who = ["-h", str(self.folder), "-U", "caseboard", "-d", database]
        command = [str(self._bin / "psql"), *who, "-Atqc", statement]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    def script(self, url: str, file: Path) -> None:
        """Run a file of SQL, as pg_dump writes them."""
        command = [str(self._bin / "psql"), "-d", url, "-q", "-v", "ON_ERROR_STOP=1"]
        text = file.read_text(encoding="utf-8")
        subprocess.run(command, input=text, check=True, capture_output=True, text=True)


@contextmanager
def server() -> Iterator[Server]:
    """A running server. Ask `binaries()` first."""
    found = binaries()
    if found is None:
        raise RuntimeError("there is no PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path may have 107 characters
    who = somebody()
    if who:
        os.chown(folder, who["user"], who["group"])
    one = None
    try:
        one = Server(folder, found, who)
        yield one
    finally:
        if one is not None:
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)

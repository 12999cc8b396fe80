"""Makes the virtual environment that Caseboard runs in. Standard library only: it runs before anything
is installed, on Python 3.11 or newer.

    python3 .setup/environment.py            the packages of requirements.txt
    python3 .setup/environment.py --tests    also those of tests/requirements.txt, and Chromium

Progress goes to standard error; standard output is the path of the environment's Python.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = (3, 11)
POSTGRESQL = Path("/usr/lib/postgresql")  # where Debian's package puts each version
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def say(text: str) -> None:
    print(f"caseboard: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> None:
    sys.exit(f"caseboard: {text}")


def environment(requirements: list[Path]) -> Path:
    """The Python of an environment that has exactly these requirements; made or renewed if need be."""
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version.split()[0]}.")
    folder = HERE / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(b"".join(r.read_bytes() for r in requirements)).hexdigest()
    stamp = folder / f"caseboard-{len(requirements)}.sha256"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    if not python.exists():
        say("making a virtual environment in .venv")
        try:
            venv.create(folder, with_pip=True)
        except (subprocess.CalledProcessError, SystemExit):
            stop("Python's venv module is incomplete here; on Debian or Ubuntu run: apt-get install python3-venv")
    say("installing packages (a few minutes the first time)")
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--prefer-binary"]
    for file in requirements:
        command += ["-r", file]
    if subprocess.run([str(c) for c in command], stdout=sys.stderr, check=False).returncode:
        stop("pip could not install the packages (see above); check the network and run the same command again.")
    prepare(python)
    stamp.write_text(wanted)
    return python


def prepare(python: Path) -> None:
    """Make now what the first start would otherwise wait for: compiled readers, the ontology's cache."""
    say("preparing the reader and the ontology (under a minute)")
    steps = (
        "from models.intake import warm_up",
        "from models.knowledge import load_knowledge",
        "warm_up()",
        "load_knowledge()",
    )
    if subprocess.run([str(python), "-c", "\n".join(steps)], cwd=HERE, check=False).returncode:
        say("this was not possible now; the first start will do it, and take longer")


def system_package(present: bool, package: str, why: str) -> None:
    """Install a Debian package (or several) where we may; otherwise say in one sentence what is missing."""
    if present:
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say(f"installing {package} ({why})")
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        if not subprocess.run(["apt-get", "install", "-y", "-qq", *package.split()], check=False, **quiet).returncode:
            return
    say(f"{package} is missing ({why}); install it with: sudo apt-get install {package}")


def main() -> None:
    for_tests = "--tests" in sys.argv[1:]
    files = [HERE / "requirements.txt"] + ([HERE / "tests" / "requirements.txt"] if for_tests else [])
    python = environment(files)
    loads = subprocess.run([str(python), "-c", "import lightgbm"], capture_output=True, check=False)
    system_package(b"libgomp" not in loads.stderr, "libgomp1", "LightGBM's OpenMP runtime")
    if for_tests:
        system_package(any(map(shutil.which, CHROMIUM_NAMES)), "chromium", "the browser tests")
        has_server = any(POSTGRESQL.glob("*/bin/initdb")) or bool(shutil.which("initdb"))
        system_package(has_server, "postgresql", "the tests of decisions kept in PostgreSQL")
        sealing = all(map(shutil.which, ("gocryptfs", "fusermount3", "age")))
        system_package(sealing, "gocryptfs fuse3 age", "the tests of encrypted vaults and backups")
        drives = subprocess.run([str(python), "-m", "playwright", "--version"], capture_output=True, check=False)
        system_package(b"libatomic" not in drives.stderr, "libatomic1", "what drives the browser in the tests")
    print(python)


if __name__ == "__main__":
    main()

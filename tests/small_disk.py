"""A disk of a few megabytes that really fills up and can really be made read-only (tmpfs), where one may mount."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """folder: where it is mounted; everybody on this machine may write there."""

    folder: Path

    def change(self, options: str) -> None:
        """ "size=40m" makes room, "ro" and "rw" forbid and allow writing."""
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True, capture_output=True)

    def fill(self) -> None:
        """Not one block is left."""
        with (self.folder / "ballast").open("wb") as out:
            try:
                while True:
                    os.write(out.fileno(), b"x" * 4096)
            except OSError:
                return


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Skips the test where this account may not mount."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    made = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
    try:
        if os.geteuid() or subprocess.run(made, check=False, capture_output=True).returncode:
            pytest.skip("not assessed: a small disk cannot be mounted by this account")
        try:
            yield SmallDisk(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
    finally:
        folder.rmdir()

"""A disk of a few megabytes that really fills up and can really be made read-only (tmpfs), where one may mount."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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

    def fill(self, leave_bytes: int = 0) -> None:
        """Nothing but `leave_bytes` is left."""
        with (self.folder / "ballast").open("wb", buffering=0) as out:
            try:
                while shutil.disk_usage(self.folder).free > leave_bytes:
                    out.write(b"x" * 4096)
            except OSError:
                return


class CannotMount(Exception):
    """This account may not mount a disk; the sentence says so."""


@contextmanager
def mounted(megabytes: int) -> Iterator[SmallDisk]:
    """Raises CannotMount."""
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)]
    try:
        if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
            raise CannotMount("a small disk cannot be mounted by this account")
        try:
            yield SmallDisk(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
    finally:
        folder.rmdir()


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """The same for a test, which is skipped where this account may not mount."""
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(mounted(megabytes))
        except CannotMount as refused:
            pytest.skip(f"not assessed: {refused}")
        yield disk

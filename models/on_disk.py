"""Files as every room keeps them: whole, for their owner only, on the disk before anybody is told, known by a hash."""

import hashlib
import os
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """A new file that only the account that runs Caseboard may read; on the disk when this returns.

    Its name is only as durable as its folder (`sync`). Raises FileExistsError when there is one, OSError.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; where the system can (POSIX). Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sha256_of(path: Path) -> str:
    """Of the whole file, read in pieces. Raises OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

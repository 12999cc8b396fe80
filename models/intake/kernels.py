"""How the scan is compiled, and where the compiled code is kept.

numba keeps compiled code beside one source file and forgets it only when that file changes; our
kernels call each other across files. So the cache folder is named by the content of all of them.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import numba
import platformdirs

_SOURCES = ("scan*.py", "severity.py")  # the kernels, and the table whose places they are compiled with


def kernel_folder() -> Path:
    """The folder of compiled kernels for exactly these sources; made when it is not there."""
    name = f"kernels-{_fingerprint()}"
    for parent in (
        Path(platformdirs.user_cache_dir("caseboard")),
        Path(tempfile.gettempdir()) / f"caseboard-{os.getuid()}",
    ):
        folder = parent / name
        try:
            parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK) and _only_ours(parent) and _only_ours(folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="caseboard-kernels-"))


def _only_ours(folder: Path) -> bool:
    """Code is loaded from there: another account that made the folder could have put its own in."""
    return folder.lstat().st_uid == os.getuid()


def _fingerprint() -> str:
    digest = hashlib.sha256(numba.__version__.encode() + Path(__file__).read_bytes())
    folder = Path(__file__).parent
    for source in sorted(path for pattern in _SOURCES for path in folder.glob(pattern)):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


numba.config.CACHE_DIR = str(kernel_folder())  # type: ignore[attr-defined]
# _nrt=False: nothing is allocated in a kernel, so counting references of every array at every call would be
# nothing but cost (measured: 3,000 atomic calls in the code, 6 ns a byte).
compiled: Any = numba.njit(  # type: ignore[call-overload]
    cache=True, nogil=True, boundscheck=False, error_model="numpy", _nrt=False
)

"""The real public data that lies beside the project on development machines and in CI."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(relative: str) -> Path:
    """Path of one file or folder of the shared data; skips the test where it is not there."""
    path = ROOT / relative
    if not path.exists():
        pytest.skip(f"needs the shared data: {relative}")
    return path

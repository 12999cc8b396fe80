"""What many of these tests draw and read alike is drawn and read once."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from models.privacy import last_look, pack


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "as_pdf", lru_cache(maxsize=64)(pack.as_pdf))
        patch.setattr(last_look, "_in_pdf", lru_cache(maxsize=64)(last_look._in_pdf))
        yield

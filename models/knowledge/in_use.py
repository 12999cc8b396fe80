"""Which release answers for a gene-level source: the one that ships, or an installed one.

The newer of the two, by release date; an installed one of the same date goes first. An installed release
older than what ships is left alone until it is updated or removed: an update of Caseboard then never
leaves a site on older facts than it would have with nothing installed, and nobody has to notice. Training
and benchmarks pass an empty library and so see only what ships.
"""

import hashlib
from io import BytesIO

import pandas as pd

from models.errors import IntegrityError
from models.knowledge.library.installed import Installed, Library
from models.knowledge.source import read_table
from models.knowledge.types import Release


def replacing(library: Library, shipped: Release) -> Installed | None:
    """The installed release that answers in place of `shipped`, None when the shipped one does."""
    installed = library.current(shipped.key)
    return None if installed is None or is_older(installed.release, shipped) else installed


def is_older(installed: Release, shipped: Release) -> bool:
    """Whether an installed release is left alone because a newer one ships."""
    return installed.released_on < shipped.released_on


def release_in_use(library: Library, shipped: Release) -> Release:
    installed = replacing(library, shipped)
    return shipped if installed is None else installed.release


def table_in_use(library: Library, shipped: Release) -> pd.DataFrame:
    """The table of the release in use. Raises IntegrityError when it is not what was shipped or installed."""
    installed = replacing(library, shipped)
    return read_table(shipped.key) if installed is None else read_installed(installed, table_file(shipped.key))


def table_file(key: str) -> str:
    """What the table of a gene-level source is called in an installed release."""
    return f"{key}.parquet"


def read_installed(installed: Installed, name: str) -> pd.DataFrame:
    """One table of an installed release, after its bytes were compared with its description."""
    content = installed.file(name).read_bytes()
    if hashlib.sha256(content).hexdigest() != installed.files[name]:
        raise IntegrityError(f"The installed release {installed.label} is damaged; install it again.")
    return pd.read_parquet(BytesIO(content))

"""The drills run on both databases where it makes sense."""

from tests.databases import log, postgresql, where  # noqa: F401  fixtures

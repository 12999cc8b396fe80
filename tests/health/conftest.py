"""What is kept is verified on both databases."""

from tests.databases import log, postgresql, where  # noqa: F401  fixtures

"""For every test: no knowledge but what ships, whatever is installed on this machine."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def nothing_installed(tmp_path_factory):
    """An empty library; tests that install something say where themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOARD_KNOWLEDGE", str(tmp_path_factory.mktemp("no-knowledge")))
        yield

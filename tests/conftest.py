"""For every test: no knowledge but what ships, whatever is installed here; the same examples however busy it is."""

import pytest
from hypothesis import HealthCheck, settings

# As Hypothesis itself does where CI is set: a machine that is busy for a moment is no failure, nor is luck.
settings.register_profile(
    "caseboard", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("caseboard")


@pytest.fixture(autouse=True, scope="session")
def nothing_installed(tmp_path_factory):
    """An empty library; tests that install something say where themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOARD_KNOWLEDGE", str(tmp_path_factory.mktemp("no-knowledge")))
        yield

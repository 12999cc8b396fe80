"""Knowledge and the shipped model, loaded once for these tests."""

import pytest

from models.knowledge import Knowledge, load_knowledge
from models.ranking import LightGbmScorer, load_scorer


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def scorer() -> LightGbmScorer:
    return load_scorer()

"""A provider, people of every role, two cases, and a server where they sign in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, read_case
from tests.access.provider import Provider, provider
from tests.access.visitor import Running, running, write_settings
from tests.browser.hostile_case import CANARY, SAMPLES, write_hostile_case

PEOPLE = """
[people."reader"]
name = "Dr Reader"
roles = ["reader"]
cases = ["{theirs}"]

[people."reviewer"]
roles = ["reviewer"]
cases = ["{theirs}"]

[people."signer"]
roles = ["signer"]
cases = ["{theirs}"]

[people."admin"]
roles = ["admin"]
cases = ["{theirs}"]

[people."no-role"]
name = "Named here, without a role"
cases = "all"
"""


@dataclass(frozen=True)
class Place:
    """A running server; the case everybody was given, and one that nobody was."""

    server: Running
    theirs: str
    others: str

    @property
    def people(self) -> str:
        """`people.toml` as it was at the start."""
        return PEOPLE.format(theirs=self.theirs)

    def say(self, people: str) -> None:
        """Write another `people.toml` while the server runs."""
        (self.server.home / "people.toml").write_text(people, encoding="utf-8")


def _keep(home: Path, given: Path) -> str:
    given.mkdir()
    files = write_hostile_case(given)
    read = [GivenFile(file, file.name) for file in files]
    store = CaseStore(home)
    draft = store.new_draft()
    return store.keep(
        draft, read_case(read, draft, CaseOptions(proband=SAMPLES[0], pseudonym=CANARY)), datetime.now(UTC)
    ).id


@pytest.fixture(scope="session")
def signing() -> Iterator[Provider]:
    with provider() as ours:
        yield ours


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A data folder with two cases in which every text carries a canary."""
    home, given = tmp_path_factory.mktemp("people"), tmp_path_factory.mktemp("given")
    return home, _keep(home, given / "one"), _keep(home, given / "two")


@pytest.fixture(scope="module")
def place(signing: Provider, stored: tuple[Path, str, str]) -> Iterator[Place]:
    home, theirs, others = stored
    secrets = write_settings(home, signing.issuer, PEOPLE.format(theirs=theirs))
    with running(home, secrets) as server:
        yield Place(server, theirs, others)


@pytest.fixture(autouse=True)
def _people_as_at_the_start(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "place" in request.fixturenames:
        found = request.getfixturevalue("place")
        found.say(found.people)

"""Where an administrator looks after the list of people: asks permission each time, keeps every change on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from components import wiring
from components.access import Permission, Viewer, permitted
from models.review.people import FILE_NAME, People, read_people

if TYPE_CHECKING:
    from models.review import Event
    from models.review.people_file import Entry

CHANGES_SHOWN = 20


@dataclass(frozen=True)
class PeopleDesk:
    """people: as the file says now. version: of that file, to go back with a change."""

    viewer: Viewer
    file: Path
    people: People
    version: str

    @property
    def may_change(self) -> bool:
        return self.viewer.may(Permission.MANAGE_PEOPLE)

    def save(self, entry: Entry, seen: str) -> None:
        """Add a person or change what they may do. seen: version of the list on the screen.

        Raises NotPermitted, InputError with a sentence, IntegrityError when it cannot be recorded.
        """
        from models.review.people_file import set_person

        permitted(self.viewer, Permission.MANAGE_PEOPLE)
        said = {
            "person": entry.key.strip(),
            "roles": sorted(role.value for role in entry.roles),
            "cases": "all" if entry.all_cases else list(entry.cases),
            "taken_out": False,
        }
        now = datetime.now(UTC)
        set_person(self.file, seen, entry, now, lambda: self._record(said, now))

    def take_out(self, key: str, seen: str) -> None:
        """Name a person no longer. Raises what `save` raises."""
        from models.review.people_file import take_out

        permitted(self.viewer, Permission.MANAGE_PEOPLE)
        said, now = {"person": key, "roles": [], "cases": [], "taken_out": True}, datetime.now(UTC)
        take_out(self.file, seen, key, now, lambda: self._record(said, now))

    def changes(self) -> tuple[Event, ...]:
        """What was changed from this screen, the last first."""
        from models.review import EventKind
        from models.review.events import INSTALLATION

        permitted(self.viewer, Permission.SEE_PEOPLE)
        kept = wiring.decision_log().events(INSTALLATION)
        return tuple(e for e in reversed(kept) if e.kind is EventKind.PEOPLE_CHANGED)[:CHANGES_SHOWN]

    def _record(self, said: Mapping[str, Any], at: datetime) -> None:
        from models.review import EventKind
        from models.review.events import INSTALLATION

        who, account = self.viewer.name, self.viewer.account
        wiring.decision_log().append(INSTALLATION, EventKind.PEOPLE_CHANGED, said, who=who, at=at, account=account)


def desk_of(viewer: Viewer) -> PeopleDesk:
    """Raises NotPermitted for who may not see the list, InputError when it cannot be read."""
    from models.review.people_file import version_of

    permitted(viewer, Permission.SEE_PEOPLE)
    file = wiring.home() / FILE_NAME
    version = version_of(file)
    return PeopleDesk(viewer, file, read_people(file), version)

"""The listed cases beside today's knowledge: what is remembered of each, and who works the rest out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from components import decisions, opened_cases, wiring
from components.access import Permission, Viewer, permitted, permitted_case
from components.comparing import Comparisons
from models.errors import IntegrityError

if TYPE_CHECKING:
    from models.case.store import CaseSummary
    from models.reanalysis import Compared
    from models.reanalysis.kept import Kept
    from models.review import Event

_comparisons = Comparisons()  # of this process: two sessions never compare the same cases twice


def comparisons() -> Comparisons:
    """The comparisons of this process."""
    return _comparisons


def compared_with_today(
    viewer: Viewer, cases: Sequence[CaseSummary], said: Mapping[str, Sequence[Event]]
) -> dict[str, Compared]:
    """What each listed case would say today, by id; what is not known yet is worked out in the background.

    said: the decisions about each case. Empty until the server has warmed up: the first screen waits for nothing.
    """
    if not wiring.is_warm():
        return {}
    from models.reanalysis import Compared, reanalyse

    try:
        in_use = repr(wiring.releases_in_use())
    except IntegrityError as damage:  # the list of cases stays usable; the Knowledge screen mends it
        return {case.id: Compared(not_compared=damage.sentence) for case in cases}
    known = {case.id: _known(case, said[case.id]) for case in cases}
    asked = {case.id: _asked(case, said[case.id]) for case in cases if known[case.id].not_compared}

    def one(case_id: str) -> Compared:
        told = decisions.events(viewer, case_id)
        return reanalyse(wiring.case_store(), case_id, told, wiring.knowledge(), wiring.scorer())

    _comparisons.start(asked, in_use, one)
    return known


def mark_as_read(viewer: Viewer, case_id: str, snapshot: str) -> None:
    """Save that the viewer read what changed. snapshot: key of what they were shown; what is newer stays unread.

    Raises NotPermitted, IntegrityError when it could not be saved.
    """
    from models.review import EventKind

    permitted_case(viewer, case_id)
    permitted(viewer, Permission.EDIT_PHENOTYPE)
    latest = _kept(wiring.case_store().folder(case_id)).latest
    if latest is None or latest.key != snapshot:
        return
    releases = [f"{r.name} {r.version}" for r in latest.releases]
    decisions.decide(viewer, case_id, EventKind.CHANGES_SEEN, {"snapshot": snapshot, "releases": releases})


def _known(case: CaseSummary, said: Sequence[Event]) -> Compared:
    from models.reanalysis import Compared, compared
    from models.review import changes_seen, overridden_findings
    from models.workup import blocking

    waits = bool(blocking(opened_cases.noticed(case), overridden_findings(said)))
    try:
        kept = _kept(wiring.case_store().folder(case.id))
    except IntegrityError as problem:
        return Compared(not_compared=problem.sentence)
    if kept.base is None and not wiring.has_installed_releases():
        return Compared()  # never ranked, and nothing to rank it with that it did not come with
    known = compared(kept, _today(case), seen=changes_seen(said), waits=waits)
    if known.not_compared and _comparisons.job and _comparisons.tried.get(case.id) == _asked(case, said):
        return _comparisons.job.results.get(case.id, known)
    return known


def _asked(case: CaseSummary, said: Sequence[Event]) -> str:
    """What a comparison of this case follows from."""
    return f"{case.sha256} {_today(case)} {len(said)}"


def _today(case: CaseSummary) -> str:
    """Key of a work-up of this case with the releases and the model in use now."""
    from models.case import Assembly
    from models.knowledge.annotate import used_releases
    from models.reanalysis import snapshot_key

    releases = used_releases(wiring.releases_in_use(), Assembly(case.assembly))
    return snapshot_key(releases, wiring.scorer().card.sha256)


def _kept(folder: Path) -> Kept:
    from models.reanalysis import last_written

    return _kept_as_of(folder, last_written(folder))


def forget() -> None:
    """Empty the cache of what was remembered of cases."""
    _kept_as_of.cache_clear()


@lru_cache(maxsize=500)  # some 100 kB a case
def _kept_as_of(folder: Path, _written: tuple[int, ...]) -> Kept:
    from models.reanalysis import read_kept

    return read_kept(folder)

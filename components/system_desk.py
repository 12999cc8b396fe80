"""What the System screen asks for: a look at this installation, verifying and backing up; checked and done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

from components import sign_in, wiring
from components.access import Permission, Viewer, permitted
from components.system_watch import Watch
from components.workbench import Outcome, Workbench
from models.health import CHECKS, Health, Server, backup_folder, judged, keep, measure, remembered, verify_all
from models.review import decisions_at
from models.review.backup import back_up, lines
from models.review.sealed import unencrypted_from_vault
from models.review.telling import counted

if TYPE_CHECKING:
    from models.knowledge.library.offer import Progress


@dataclass(frozen=True)
class SystemDesk:
    """Who looks, and what all windows of this server share."""

    viewer: Viewer
    watch: Watch
    workbench: Workbench

    @property
    def may_keep_backups(self) -> bool:
        return self.viewer.may(Permission.KEEP_BACKUPS)


def desk_of(viewer: Viewer) -> SystemDesk:
    """Raises NotPermitted for who may not see the System screen."""
    permitted(viewer, Permission.VIEW_SYSTEM)
    root = str(wiring.home())
    return SystemDesk(viewer, _watch(root), _workbench(root))


@st.cache_resource(show_spinner=False)
def _watch(root: str) -> Watch:
    return Watch(look)


@st.cache_resource(show_spinner=False)
def _workbench(root: str) -> Workbench:
    return Workbench("decisions and cases are as they were")


def look() -> Health:
    """What every check says now."""
    found = measure(wiring.home(), wiring.decision_log, wiring.library(), datetime.now(UTC), server())
    return judged(CHECKS, found)


def server() -> Server:
    """What only this program knows of itself."""
    asked = sign_in.is_asked()
    return Server(asked, sign_in.trouble() if asked else "", str(st.get_option("server.address") or ""), _sessions())


def _sessions() -> int:
    """Windows open now, as Streamlit counts them."""
    if not Runtime.exists():  # in a test of a page
        return 0
    counted = Runtime.instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY])
    return sum(stat.value for stat in counted.get(ACTIVE_SESSIONS_FAMILY, ()) if isinstance(stat, GaugeStat))


def verify(desk: SystemDesk) -> None:
    """Walk every chain and compare every signed report, in the background."""
    permitted(desk.viewer, Permission.KEEP_BACKUPS)
    desk.workbench.start("Verifying", _verified, desk.watch.forget)


def _verified(progress: Progress) -> Outcome:
    found = verify_all(wiring.decision_log(), wiring.case_store(), datetime.now(UTC), progress)
    beside = keep(wiring.home(), found)
    wrong = (*found.wrong, *((beside,) if beside else ()))
    if found.wrong:
        return Outcome((), wrong)
    reports = counted(found.reports or 0, "signed report")
    said = f"{counted(found.events, 'decision')} on {counted(found.cases, 'case')} and {reports}"
    return Outcome((f"{said}: each is as it was saved. Head {found.head}",), wrong)


def back_up_now(desk: SystemDesk) -> None:
    """Write a backup into the folder for them, in the background."""
    permitted(desk.viewer, Permission.KEEP_BACKUPS)
    desk.workbench.start("Backing up", _backed_up, desk.watch.forget, can_stop=False)


def _backed_up(progress: Progress) -> Outcome:
    progress("Copying every decision and case", None)
    now, home = datetime.now(UTC), wiring.home()
    target = backup_folder(home) / f"caseboard-{now:%Y%m%d-%H%M%S}.zip"
    manifest = back_up(decisions_at(home), home, target, now)
    leaves = "" if target.is_relative_to(home) else unencrypted_from_vault(home, target)
    beside = (remembered(target, home, manifest, now), leaves)
    return Outcome((f"{target.name} is whole: {', '.join(lines(manifest))}",), tuple(s for s in beside if s))

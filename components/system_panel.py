"""Draws the health of this installation: one sentence, then each check with what was found and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import system_desk, text, workbench_progress
from components.errors import shown_to_people
from models.case import NotAssessed
from models.health import Good, Group, Look, words
from models.review.telling import when

if TYPE_CHECKING:
    from components.system_desk import SystemDesk
    from components.system_watch import Watch
    from models.health import Answer, Check, Health

REFRESH = "0.5s"
WAIT_S = 1.5  # for the first look, before the page says that it is looking
LEFT = (Group.DECISIONS, Group.FOLDER)
ONLY_LOOKING = "Your role may look; whoever runs Caseboard verifies and backs up."
_MARKS = {
    Good: ":green[:material/check_circle: in order]",
    Look: ":orange[:material/error: **needs a look**]",
    NotAssessed: ":gray[:material/help: not assessed]",
}


def show(desk: SystemDesk) -> None:
    """The whole screen below its title."""
    desk.watch.refresh()
    desk.watch.wait(WAIT_S)
    if desk.watch.is_looking:
        _looking(desk.watch)
    if desk.watch.failed:
        st.error("Looking stopped because of a defect in Caseboard; what is below was seen before.")
    health = desk.watch.health
    if health is not None:
        _sentence(health)
    left, right = st.columns(2, gap="medium")
    with right:
        _actions(desk)
    if health is not None:
        for group, answers in health.grouped():
            with left if group in LEFT else right:
                _group(group, answers)


@st.fragment(run_every=REFRESH)
def _looking(watch: Watch) -> None:
    if not watch.is_looking:
        st.rerun()
    text.quiet("Looking …")


def _sentence(health: Health) -> None:
    mark = ":material/check_circle:" if health.in_order else ":material/error:"
    colour = "green" if health.in_order else "orange"
    st.header(f":{colour}[{mark}] {text.label(health.sentence, 300)}", anchor=False)
    text.quiet(f"Looked at {when(health.at.isoformat())}. Reload the page to look again.")


def _group(group: Group, answers: tuple[tuple[Check, Answer], ...]) -> None:
    st.header(group.value, anchor=False)
    for check, answer in answers:
        said, todo = words(answer)
        lines = [f"**{text.label(check.title)}** · {_MARKS[type(answer)]}", text.label(said, 600)]
        if todo:
            lines.append(f":material/arrow_forward: {text.label(todo, 600)}")
        st.markdown("  \n".join(lines))


def _actions(desk: SystemDesk) -> None:
    st.header("Verify and back up", anchor=False)
    if not desk.may_keep_backups:
        text.plain(ONLY_LOOKING)
        return
    busy = workbench_progress.show(desk.workbench, "system")
    if busy:
        return
    with st.container(horizontal=True), shown_to_people():
        if st.button("Verify now", key="system-verify", icon=":material/fact_check:"):
            system_desk.verify(desk)
            st.rerun()
        if st.button("Back up now", key="system-backup", icon=":material/save:"):
            system_desk.back_up_now(desk)
            st.rerun()
    text.quiet(
        "A backup goes into the folder that $CASEBOARD_BACKUPS names, else into backups in the data folder. It holds "
        "patients' data; with a public key in $CASEBOARD_BACKUP_TO only the owner of that key opens it. Going back to "
        "one: python cli.py restore FILE, with Caseboard stopped."
    )

"""Knowledge: what is known on this computer, how old it is, and installing, updating and removing it."""

import streamlit as st

from components import knowledge_actions, knowledge_commands, knowledge_table, text, wiring, workbench_progress
from components.access import Permission, require
from components.knowledge_shelf import is_writable, shelf
from models.errors import IntegrityError

viewer = require(Permission.VIEW_SYSTEM)
desk, today = knowledge_commands.desk_of(viewer), wiring.today()
may_change = viewer.may(Permission.MANAGE_KNOWLEDGE) and is_writable(desk.library)
st.title("Knowledge")

try:
    slots = shelf(desk.library)
except IntegrityError as damage:
    if not workbench_progress.show(desk.workbench) and may_change:
        knowledge_actions.mend(desk, damage.sentence)
    elif not may_change:
        st.error(text.label(damage.sentence, 400), icon=":material/broken_image:")
    st.stop()

left, right = st.columns([6, 4], gap="medium")
with left:
    st.header("In use")
    knowledge_table.in_use(slots, today, key="knowledge-in-use")
    knowledge_table.citations(slots)
    text.quiet(f"Installed releases lie in {desk.library.folder}.")
with right:
    st.header("Install, update, go back")
    busy = workbench_progress.show(desk.workbench)
    if not may_change:
        text.plain(knowledge_actions.only_looking(viewer.may(Permission.MANAGE_KNOWLEDGE)))
    elif not busy:
        installed = any(slot.installed or slot.kept for slot in slots)
        if not installed:
            knowledge_actions.invitation(slots)
        if chosen := knowledge_actions.choose(slots):
            knowledge_actions.facts(chosen, today)
            knowledge_actions.install(desk, chosen)
            knowledge_actions.history(desk, chosen)
        if installed:
            knowledge_actions.for_all(desk)

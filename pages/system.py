"""System: whether this installation is well, what needs a look, verifying and backing up."""

import streamlit as st

from components import deletion_due, system_desk, system_panel
from components.access import Permission, require

viewer = require(Permission.VIEW_SYSTEM)
st.title("System")
system_panel.show(system_desk.desk_of(viewer))
deletion_due.draw(viewer)

"""Report: what leaves about this case, as it will be printed; sign it, download it, open what was signed."""

import streamlit as st

from components import decisions, opened_cases
from components.access import Permission, require
from components.banner import banner
from components.copy_desk import CopyDesk
from components.copy_panel import copy_panel
from components.report_desk import report_desk
from components.report_panel import SIDE_CSS, downloads, ranked_rows_of, sign_panel, signed_versions, why_amended
from components.report_preview import preview
from models.review.commands import Status

viewer = require(Permission.VIEW_CASE)
workup = opened_cases.open_workup(viewer)
agreed = decisions.recorded_consent(viewer, workup.case.id, workup.case.patient.consent)
banner(workup, decisions.overrides(viewer, workup.case.id), agreed)
desk = report_desk(viewer, workup)
versions = desk.versions()

st.html(SIDE_CSS)
page, side = st.columns([13, 6], gap="medium")
with side, st.container(key="report_side"):
    content = desk.content(why_amended(desk))
    if desk.state.status is Status.SIGNED and versions and versions[0].report:
        content = versions[0].report.content
    sign_panel(desk, content)
    downloads(desk, content, versions, ranked_rows_of(workup))
    signed_versions(desk, versions)
with page:
    st.title("Report")
    printed, copy = st.tabs(("As it will be printed", "Copy without identity"), key="report-tab", on_change="rerun")
    with printed:
        if printed.open:
            preview(content, key="report-preview")
    with copy:
        if copy.open:
            copy_panel(CopyDesk(desk, content))

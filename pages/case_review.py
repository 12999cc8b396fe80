"""Case review: the ranked list, why, the reads and the record on one screen."""

from components import commands, decisions, opened_cases
from components.access import Permission, require
from components.banner import banner
from components.case_review import case_review
from components.look_ahead import look_ahead

viewer = require(Permission.VIEW_CASE)
workup = opened_cases.open_workup(viewer)
case = workup.case
agreed = decisions.recorded_consent(viewer, case.id, case.patient.consent)
status = decisions.review_state(viewer, case.id).status
banner(workup, decisions.overrides(viewer, case.id), agreed, status=status)
look_ahead(workup, opened_cases.reasons)
case_review(
    workup,
    opened_cases.reasons,
    opened_cases.what_if,
    lambda: decisions.recorded_consent(viewer, case.id, case.patient.consent),
    commands.desk_of(viewer, case.id),
)

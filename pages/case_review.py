"""Case review: the ranked list, why, the reads and the record on one screen."""

from components import commands, wiring
from components.access import Permission, require
from components.banner import banner
from components.case_review import case_review
from components.look_ahead import look_ahead

viewer = require(Permission.VIEW_CASE)
workup = wiring.open_workup(viewer)
banner(workup, wiring.overrides(viewer, workup.case.id))
look_ahead(workup, wiring.reasons)
case_review(workup, wiring.reasons, wiring.what_if, commands.desk_of(viewer, workup.case.id))

"""Board view: one patient at a time on a projector."""

from components import wiring
from components.access import Permission, require
from components.projector import projector

viewer = require(Permission.VIEW_CASE)
workup = wiring.open_workup(viewer)
projector(workup, wiring.reasons, tuple(case.id for case in wiring.summaries(viewer)))

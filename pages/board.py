"""Board view: one patient at a time on a projector."""

from components import commands, wiring
from components.access import Permission, require
from components.projector import projector

viewer = require(Permission.VIEW_CASE)
workup = wiring.open_workup(viewer)
patients = tuple(case.id for case in wiring.summaries(viewer))
state, readers = wiring.review_state(viewer, workup.case.id), commands.reader_of(viewer)[1]
projector(workup, wiring.reasons, patients, state, readers)

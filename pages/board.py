"""Board view: one patient at a time on a projector."""

from components import commands, decisions, opened_cases
from components.access import Permission, require
from components.projector import projector

viewer = require(Permission.VIEW_CASE)
workup = opened_cases.open_workup(viewer)
patients = tuple(case.id for case in opened_cases.summaries(viewer))
state, readers = decisions.review_state(viewer, workup.case.id), commands.reader_of(viewer)[1]
projector(workup, opened_cases.reasons, patients, state, readers)

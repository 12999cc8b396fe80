"""History: the chain of a case's decisions, verified, in words, and for export."""

from components import commands, decisions, deletion_desk, opened_cases, place
from components.access import Permission, require
from components.history import history
from components.way_out import Exit

viewer = require(Permission.VIEW_CASE)
case_id = place.case_id() or opened_cases.invite()
who, needed = commands.reader_of(viewer)
history(decisions.chain(viewer, case_id), Exit(viewer, case_id, stated=""), who=who, needed=needed)
deletion_desk.draw(viewer, case_id)

"""History: the chain of a case's decisions, verified, in words, and for export."""

from components import commands, place, wiring
from components.access import Permission, require
from components.history import history

viewer = require(Permission.VIEW_CASE)
case_id = place.case_id() or wiring.invite()
who, needed = commands.reader_of(viewer)
history(wiring.chain(viewer, case_id), case_id, who=who, needed=needed)

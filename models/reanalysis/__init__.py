"""What would a case say today? Work-ups are remembered, made again with newer knowledge, and compared."""

from models.reanalysis.changes import Changes, ReleaseChange, VariantChange, compare
from models.reanalysis.kept import Compared, Kept, compared, keep_snapshot, last_written, read_kept
from models.reanalysis.run import reanalyse, reanalyse_all, remember, worked_up_today
from models.reanalysis.snapshot import Held, Snapshot, snapshot_key, snapshot_of

__all__ = [
    "Changes",
    "Compared",
    "Held",
    "Kept",
    "ReleaseChange",
    "Snapshot",
    "VariantChange",
    "compare",
    "compared",
    "keep_snapshot",
    "last_written",
    "read_kept",
    "reanalyse",
    "reanalyse_all",
    "remember",
    "snapshot_key",
    "snapshot_of",
    "worked_up_today",
]

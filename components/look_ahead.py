"""What a move in the list asks for, worked out before the person moves.

Reasons, features and lit items of one variant take some 40 ms on a busy machine; a move looks them up. Whoever
waits for a screen at this moment comes first: with many people at work nothing is prepared that nobody asked for.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from components.acmg_panel import suggested
from components.candidate import Candidate, gather
from components.clinical_context import lit_items
from components.last_few import CASES_KEPT_OPEN, LastFew
from components.logs import log_defect
from components.standing_back import BREATH_S, stand_back
from models.evidence.record_match import Lit
from models.ranking import Explanation
from models.workup import Workup

ROWS_AHEAD = 50
FIRST_LOOK_S = 2.0  # the screen is drawn first

Explain: TypeAlias = Callable[[Workup, int], Explanation]


@dataclass(frozen=True)
class Prepared:
    """A variant with all that its panels say. lit: what of the record speaks for its gene."""

    candidate: Candidate
    reasons: Explanation
    lit: tuple[Lit, ...]


_known: LastFew[Workup, dict[int, Prepared]] = LastFew(CASES_KEPT_OPEN)
_turn = threading.Lock()  # one ranking is walked at a time
_walked: LastFew[Workup, threading.Thread] = LastFew(CASES_KEPT_OPEN)


def prepared(workup: Workup, row: int, reasons_of: Explain) -> Prepared:
    """What the panels say of `row`, which must be ranked; known at once when it was asked for before."""
    known = _known.of(workup, dict)
    if row not in known:
        candidate = gather(workup, row)
        known[row] = Prepared(candidate, reasons_of(workup, row), lit_items(candidate))
    return known[row]


def look_ahead(workup: Workup, reasons_of: Explain) -> None:
    """Prepare the top of the ranking in the background, once for each ranking."""

    def start() -> threading.Thread:
        thread = threading.Thread(target=_walk, args=(workup, reasons_of), name="look-ahead", daemon=True)
        thread.start()
        return thread

    _walked.of(workup, start)


def _walk(workup: Workup, reasons_of: Explain) -> None:
    time.sleep(FIRST_LOOK_S)
    with _turn:
        for row in workup.ranking.table["row"].to_numpy()[:ROWS_AHEAD]:
            stand_back()
            try:
                suggested(prepared(workup, int(row), reasons_of).candidate)
            except Exception as defect:  # noqa: BLE001 - the screen says it when a person asks for this variant
                log_defect(defect)
                return
            time.sleep(BREATH_S)  # between two variants, for whoever moves meanwhile

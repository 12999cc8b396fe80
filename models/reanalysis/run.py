"""One case worked up with today's knowledge, by the decisions about it, and set beside what people last read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from models.case import Case
from models.case.store import CaseStore, CaseSummary
from models.errors import CaseboardError, NeedsOverride
from models.knowledge import Knowledge
from models.ranking import CalibratedScorer
from models.reanalysis.kept import UNWRITABLE, WAITS, Compared, Kept, compared, keep_snapshot, readable
from models.reanalysis.snapshot import snapshot_key, snapshot_of
from models.review import DecisionLog, Event, changes_seen, current_phenotype, exchanged_parents, overridden_findings
from models.workup import Workup, rerank, work_up


def worked_up_today(
    case: Case, events: Sequence[Event], knowledge: Knowledge, scorer: CalibratedScorer, folder: Path | None = None
) -> Workup:
    """The ranked case as the screens show it. folder: where its annotated table is kept, None for nowhere.

    Raises NeedsOverride while a check waits for a named person.
    """
    exchange = exchanged_parents(events)
    delivered = case.with_parents_exchanged(exchange) if exchange else case
    base = work_up(delivered, knowledge, scorer, overridden_findings(events), folder)
    phenotype = current_phenotype(base.case.phenotype, events)
    return base if phenotype == base.case.phenotype else rerank(base, phenotype, scorer)


def reanalyse(
    store: CaseStore, case_id: str, events: Sequence[Event], knowledge: Knowledge, scorer: CalibratedScorer
) -> Compared:
    """Work one stored case up again and remember what it showed. events: every decision about it.

    Raises IntegrityError when the case or a release is damaged, OSError when the case's folder cannot be
    written.
    """
    folder, seen = store.folder(case_id), changes_seen(events)
    try:
        workup = worked_up_today(store.open(case_id), events, knowledge, scorer, folder)
    except NeedsOverride:
        return Compared(not_compared=WAITS)
    kept = remember(folder, workup, seen)
    return compared(kept, snapshot_key(workup.releases, workup.ranking.card.sha256), seen=seen, waits=False)


def reanalyse_all(
    store: CaseStore, log: DecisionLog, knowledge: Knowledge, scorer: CalibratedScorer
) -> Iterator[tuple[CaseSummary, Compared]]:
    """Every case that can be read, newest first, as each is done; one that cannot be compared says why."""
    for case in store.summaries():
        try:
            yield case, reanalyse(store, case.id, log.events(case.id), knowledge, scorer)
        except CaseboardError as problem:
            yield case, Compared(not_compared=problem.sentence)
        except OSError:
            yield case, Compared(not_compared=UNWRITABLE)


def remember(folder: Path, workup: Workup, seen: str) -> Kept:
    """Keep what `workup` showed in the case's folder. seen: key that somebody marked as read last, "" none.

    Raises OSError when it cannot be written.
    """
    before = readable(folder)
    alleles = {v.allele for s in (before.base, before.latest) if s for v in s.variants}
    return keep_snapshot(folder, snapshot_of(workup, alleles), seen=seen)

"""The report of one sample patient: its content as it was frozen once, and word for word what is drawn from it.

The frozen content is never written again: reports signed with it must stay readable. After a wanted change of words:

python -m tests.reporting.golden_report        # draws golden/dravet-trio.txt again; read the difference
"""

from dataclasses import replace
from pathlib import Path

from models.evidence.acmg.types import Class, Strength
from models.intake import files_of, read_case
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.reporting import ReportContent
from models.reporting.content import content_from
from models.reporting.document import words_of
from models.reporting.gather_variant import allele_of
from models.reporting.report import document_of
from models.review import DecisionLog
from models.review.commands import (
    Classify,
    Dismiss,
    JudgeCriterion,
    Ruling,
    SetConsent,
    Shortlist,
)
from models.review.commands import Consent as Agreed
from models.workup import Workup, work_up
from tests.reporting.report_builders import AT

ROOT = Path(__file__).resolve().parents[2]
FROZEN = Path(__file__).parent / "golden" / "dravet-trio.json"
GOLDEN = FROZEN.with_suffix(".txt")
CASE = "c-00000000000golden"


def worked_up(folder: Path, slug: str = "dravet-trio") -> Workup:
    case = replace(read_case(files_of(ROOT / "sample_data" / slug), folder), id=CASE)
    return work_up(case, load_knowledge(), load_scorer())


def decided(workup: Workup, folder: Path) -> DecisionLog:
    """The first of the list classified as pathogenic on its criteria, one changed, one rejected; the next set aside."""
    log = DecisionLog(folder / "decisions.db")
    first, second = (allele_of(workup.case, int(row)) for row in workup.ranking.table["row"][:2])
    for command in (
        SetConsent(0, frozenset({Agreed.DIAGNOSIS, Agreed.SHARING})),
        Shortlist(1, first, "explains the seizures"),
        Dismiss(2, second, "seen in a healthy uncle"),
        JudgeCriterion(3, first, "PVS1", Ruling.ACCEPTED, Strength.VERY_STRONG),
        JudgeCriterion(4, first, "PS2", Ruling.CHANGED, Strength.STRONG, "parents confirmed by genotype"),
        JudgeCriterion(5, first, "PM1", Ruling.REJECTED, None, "no hot spot"),
        Classify(6, first, Class.PATHOGENIC, "Dravet syndrome", "Loss of function, new in the child."),
    ):
        log.decide(CASE, command, who="Dr A. Berg", at=AT)
    return log


def frozen() -> ReportContent:
    return content_from(FROZEN.read_bytes())


if __name__ == "__main__":
    GOLDEN.write_text(words_of(document_of(frozen())), encoding="utf-8")

"""The report of one sample patient, word for word. After a wanted change of words or of shipped knowledge:

python -m tests.reporting.golden_report        # writes golden/dravet-trio.txt again; read the difference
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from models.evidence.acmg.types import Class, Strength
from models.intake import files_of, read_case
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.reporting import ReportContent, content_of
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
GOLDEN = Path(__file__).parent / "golden" / "dravet-trio.txt"
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


def content(folder: Path) -> ReportContent:
    workup = worked_up(folder)
    return content_of(workup, decided(workup, folder).state(CASE))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        GOLDEN.write_text(words_of(document_of(content(Path(scratch)))), encoding="utf-8")

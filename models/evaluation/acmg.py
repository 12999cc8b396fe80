"""The class of each variant of a table of expert classifications: from the experts' own criteria, or from what is
known of the variant.

From codes, only the criteria they named are read and combined. From data, only what names the variant (name, gene,
disease, coordinates) is read; the class and the criteria of the table never are.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from models.evaluation.acmg_table import Classified, Record, read_records, write_classes
from models.evidence.acmg.codes import expert_results, read_codes, write_codes
from models.evidence.acmg.combine import classify
from models.evidence.acmg.types import Suggestion

Progress = Callable[[str], None]
Judge = Callable[[Record], Suggestion]
FROM_CODES = ("uuid", "codes_met")
FROM_DATA = ("uuid", "variation", "gene")
ROWS_BETWEEN_WORDS = 1000


def evaluate_acmg(
    table: Path,
    out: Path,
    from_codes: bool = False,
    knowledge: Path | None = None,
    progress: Progress = lambda _: None,
) -> None:
    """Write uuid, class, points and criteria ("PVS1,PM2_Supporting"), tab-separated, a line for each row of `table`.

    from_codes: combine the experts' criteria (column codes_met). Else the criteria are judged from what ships and from
    the releases installed in the folder `knowledge` (None: only what ships, so that every machine answers alike).
    Raises InputError for a table that cannot be used or an `out` that cannot be written.
    """
    records = read_records(table, FROM_CODES if from_codes else FROM_DATA, progress)
    progress(f"{len(records):,} variants")
    if from_codes:
        classified = [class_from_codes(r, progress) for r in records]
    else:
        from models.evaluation.acmg_judge import judge_with

        classified = classes_from_data(records, judge_with(records, knowledge), progress)
    write_classes(out, classified)
    progress(f"written to {out.name}")


def class_from_codes(record: Record, say: Progress = lambda _: None) -> Classified:
    """The class of the experts' criteria by their panel's rules; words that are no criterion are named and left out."""
    codes, unread = read_codes(record.codes)
    if unread:
        say(f"note: line {record.line}: no criterion: {', '.join(unread)}; the class is from the rest.")
    results = expert_results(codes, record.panel)
    suggested, points, _ = classify(results, record.panel, record.gene)
    return Classified(record.uuid, suggested.value, points, write_codes(results))


def classes_from_data(records: Sequence[Record], judge: Judge, say: Progress = lambda _: None) -> list[Classified]:
    """The suggested class of every record, in their order."""
    found: list[Classified] = []
    for record in records:
        suggestion = judge(record)
        criteria = write_codes(suggestion.results)
        found.append(Classified(record.uuid, suggestion.suggested.value, suggestion.points, criteria))
        if len(found) % ROWS_BETWEEN_WORDS == 0:
            say(f"{len(found):,} of {len(records):,} variants")
    return found

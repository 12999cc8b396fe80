"""The class from the experts' own criteria against the class they gave, and why it differs where it does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.evaluation.acmg_table import Record
from models.evidence.acmg.codes import expert_results, read_codes
from models.evidence.acmg.combine import benign_by_table, by_points, classify, pathogenic_by_table, tally
from models.evidence.acmg.types import Class, CriterionResult, Strength

ORDER = [
    c.value for c in (Class.BENIGN, Class.LIKELY_BENIGN, Class.UNCERTAIN, Class.LIKELY_PATHOGENIC, Class.PATHOGENIC)
]


@dataclass(frozen=True)
class Compared:
    """One row. ours: by the panel's rules; general: as if the panel were unknown."""

    record: Record
    asserted: str
    retracted: bool
    year: str
    ours: str
    general: str
    points_only: str
    results: tuple[CriterionResult, ...]


def compared(records: Sequence[Record], labels: Sequence[tuple[str, str, str]]) -> list[Compared]:
    """labels: assertion, retracted and approval date of each record, read for the comparison alone."""
    found = []
    for record, (asserted, retracted, approved) in zip(records, labels, strict=True):
        results = expert_results(read_codes(record.codes)[0], record.panel)
        ours = classify(results, record.panel, record.gene)[0].value
        general, points, _ = classify(results)
        alone = Class.BENIGN if tally(results).stand_alone else by_points(points)
        found.append(
            Compared(record, asserted, retracted == "True", approved[:4], ours, general.value, alone.value, results)
        )
    return found


def why(row: Compared) -> str:
    """Which of the published ways leads to the experts' class, or what the record shows instead."""
    t = tally(row.results)
    if row.retracted:
        return "the record was retracted"
    if not row.results:
        return "the record names no criteria"
    if t.stand_alone:
        return "BA1 is met, which stands alone in every specification; the panel overrode it"
    if row.asserted == row.points_only:
        return "the panel went by points (Tavtigian 2020) where the table of Richards 2015 says something else"
    if row.asserted == _table(row.results):
        return "the panel went by the table of Richards 2015 alone, where the points say something else"
    if t.points_for and t.points_against and row.asserted == Class.UNCERTAIN.value:
        return "the panel leaves contradicting criteria uncertain"
    if row.asserted in _one_more(row.results):
        return "one supporting criterion more, for or against, would lead to the class"
    return "the criteria named do not lead to the class in either system"


def _table(results: Sequence[CriterionResult]) -> str:
    up, down = pathogenic_by_table(tally(results)), benign_by_table(tally(results))
    if up is not Class.UNCERTAIN and down is not Class.UNCERTAIN:
        return Class.UNCERTAIN.value
    return (down if up is Class.UNCERTAIN else up).value


def _one_more(results: Sequence[CriterionResult]) -> set[str]:
    """The classes with one more supporting criterion, pathogenic or benign."""
    more = (expert_results([(code, Strength.SUPPORTING)], "") for code in ("PP4", "BP5"))
    return {classify([*results, *one])[0].value for one in more}


def show_codes(rows: Sequence[Compared]) -> None:
    print("## The class from the experts' own criteria\n")
    for name, get in (
        ("by the panel's rules", lambda r: r.ours),
        ("by the general rules, the panel unknown", lambda r: r.general),
        ("by points alone (Tavtigian 2020), BA1 apart", lambda r: r.points_only),
    ):
        print(f"{name}: {_share(rows, get)}")
    print("\n| panel | variants | by its rules | general rules | points alone |\n|---|---|---|---|---|")
    for panel in sorted({r.record.panel for r in rows}):
        _line(panel, [r for r in rows if r.record.panel == panel])
    print("\n| approved in | variants | panel's rules | general rules | points alone |\n|---|---|---|---|---|")
    for year in sorted({r.year for r in rows}):
        _line(year, [r for r in rows if r.year == year])
    show_exceptions([r for r in rows if r.ours != r.asserted])


def _line(name: str, rows: Sequence[Compared]) -> None:
    cells = [_share(rows, get) for get in (lambda r: r.ours, lambda r: r.general, lambda r: r.points_only)]
    print(f"| {name} | {len(rows):,} | {' | '.join(cells)} |")


def _share(rows: Sequence[Compared], get: object) -> str:
    right = sum(get(r) == r.asserted for r in rows)  # type: ignore[operator]
    return f"{100 * right / len(rows):.1f} % ({right:,} of {len(rows):,})"


def show_exceptions(rows: Sequence[Compared]) -> None:
    print(f"\n### Where it differs: {len(rows)}\n\n| why | variants |\n|---|---|")
    for reason, n in Counter(map(why, rows)).most_common():
        print(f"| {reason} | {n} |")
    print("\n| panel | gene | criteria | experts | ours | why |\n|---|---|---|---|---|---|")
    for r in sorted(rows, key=lambda r: (why(r), r.record.panel)):
        cells = (r.record.panel, r.record.gene, r.record.codes, r.asserted, r.ours, why(r))
        print(f"| {' | '.join(cells)} |")

"""The class from data alone against the experts' class, and each criterion against the ones they named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.case import Verdict
from models.evaluation.acmg_table import Record
from models.evidence.acmg.codes import expert_results, read_codes
from models.evidence.acmg.combine import classify
from models.evidence.acmg.types import Class, CriterionResult, Strength, Suggestion

GROUPS = {
    Class.PATHOGENIC.value: "P/LP",
    Class.LIKELY_PATHOGENIC.value: "P/LP",
    Class.UNCERTAIN.value: "VUS",
    Class.LIKELY_BENIGN.value: "B/LB",
    Class.BENIGN.value: "B/LB",
}
NAMES = ("P/LP", "VUS", "B/LB")
# With full annotation on ClinGen's Evidence Repository: Eisenhart 2025, BIAS-2015 (its own and InterVar's figures).
PEERS = {"InterVar": (64, 76, 54), "BIAS-2015": (74, 73, 80)}


# Criteria that need no patient, family or paper.
OF_DATA = frozenset({
    "PVS1", "PS1", "PM1", "PM2", "PM4", "PM5", "PP2", "PP3", "BA1", "BS1", "BS2", "BP1", "BP3", "BP4", "BP7",
})  # fmt: skip


def show_reach(records: Sequence[Record], asserted: Sequence[str]) -> None:
    """How far data alone can lead: the class of the experts' own criteria, those that need a person left out."""
    print("\n## How far data alone can lead\n\nThe experts' own criteria, without those that need a person or a paper:")
    pairs = []
    for record, expert in zip(records, asserted, strict=True):
        results = expert_results(read_codes(record.codes)[0], record.panel)
        kept = [r for r in results if r.code in OF_DATA]
        pairs.append((expert, classify(kept, record.panel, record.gene)[0].value))
    _sensitivity(pairs, "the experts' criteria of data")


@dataclass
class Tally:
    """One criterion. both, ours, theirs: met; same: met by both at the same strength; theirs_assessed: rows that the
    experts met and we could assess."""

    both: int = 0
    same: int = 0
    ours: int = 0
    theirs: int = 0
    theirs_assessed: int = 0
    not_assessable: int = 0
    lacking: Counter[str] = field(default_factory=Counter)


def show_data(
    title: str, records: Sequence[Record], asserted: Sequence[str], suggestions: Sequence[Suggestion]
) -> None:
    print(f"\n## {title}\n")
    pairs = [(a, s.suggested.value) for a, s in zip(asserted, suggestions, strict=True)]
    _confusion(pairs)
    _sensitivity(pairs)
    _criteria(records, suggestions)


def _confusion(pairs: Sequence[tuple[str, str]]) -> None:
    classes = [c.value for c in Class]
    count = Counter(pairs)
    print(f"| experts \\ suggested | {' | '.join(classes)} |\n|---|{'---|' * len(classes)}")
    for a in classes:
        print(f"| {a} | {' | '.join(f'{count[a, s]:,}' for s in classes)} |")


def _sensitivity(pairs: Iterable[tuple[str, str]], who: str = "Caseboard, this block") -> None:
    grouped = Counter((GROUPS[a], GROUPS[s]) for a, s in pairs)
    total = {name: sum(grouped[name, other] for other in NAMES) or 1 for name in NAMES}
    print(f"\n| sensitivity, % | {' | '.join(NAMES)} |\n|---|---|---|---|")
    ours = (f"{100 * grouped[name, name] / total[name]:.1f}" for name in NAMES)
    print(f"| {who} | {' | '.join(ours)} |")
    for peer, (p, vus, b) in PEERS.items():
        print(f"| {peer}, full annotation (published) | {p} | {vus} | {b} |")
    for experts, suggested in (("B/LB", "P/LP"), ("P/LP", "B/LB")):
        wrong = grouped[experts, suggested]
        share = f"{100 * wrong / total[experts]:.2f} %"
        print(f"\nExperts {experts}, suggested {suggested}: {wrong} of {total[experts]:,} ({share})")


def _criteria(records: Sequence[Record], suggestions: Sequence[Suggestion]) -> None:
    found: dict[str, Tally] = defaultdict(Tally)
    named = Counter[str]()
    for record, suggestion in zip(records, suggestions, strict=True):
        experts = dict(read_codes(record.codes)[0])
        named.update(experts.keys())
        for result in suggestion.results:
            _add(found[result.code], experts.get(result.code), result)
    print(
        "\n| criterion | we met | experts met | precision | of these at the same strength | recall "
        "| recall where assessable | not assessable | for lack of |\n|---|---|---|---|---|---|---|---|---|"
    )
    for code, t in found.items():
        lack = ", ".join(f"{what} {n:,}" for what, n in t.lacking.most_common(2))
        cells = (
            f"{t.ours:,}", f"{t.theirs:,}", _percent(t.both, t.ours), _percent(t.same, t.both),
            _percent(t.both, t.theirs), _percent(t.both, t.theirs_assessed), f"{t.not_assessable:,}", lack,
        )  # fmt: skip
        print(f"| {code} | {' | '.join(cells)} |")
    never = ", ".join(f"{code} {n:,}" for code, n in sorted(named.items()) if code not in found)
    print(f"\nNamed by experts and not judged here (they need papers or people): {never or 'none'}")


def _add(t: Tally, experts: Strength | None, result: CriterionResult) -> None:
    met, assessed = result.verdict is Verdict.MET, result.verdict is not Verdict.NOT_ASSESSABLE
    named = experts is not None
    t.both += met and named
    t.same += met and result.strength is experts
    t.ours += met
    t.theirs += named
    t.theirs_assessed += named and assessed
    t.not_assessable += not assessed
    if not assessed:
        t.lacking[result.lacking or "not told"] += 1


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"

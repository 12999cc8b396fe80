"""What a learner committed to, beside what the experts and the model say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Allele, State, VariantTable
from models.intake.answer import ExpertAnswer
from models.ranking import Ranking
from models.review.events import Event, EventKind

NO_VARIANT = "No variant explains the patient"
UNCERTAIN = "Uncertain significance"
CLASSES = ("Pathogenic", "Likely pathogenic", UNCERTAIN, NO_VARIANT)
MOST_TO_READ = 400  # a learner's list stays one that can be read; every sample patient has fewer
_IMPACTS = ("HIGH", "MODERATE", "LOW", "MODIFIER")


def to_read(remaining: Iterable[int], evidence: pd.DataFrame, most: int = MOST_TO_READ) -> NDArray[np.intp]:
    """The variant rows a learner gets: all that remain in the funnel, or the `most` rarest of them, ascending.

    The model has no say. A variant not seen in the population, or whose frequency was not assessed, counts
    as rarest; equal ones by predicted impact, those not assessed after MODERATE; then by place in the file.
    evidence: EVIDENCE_COLUMNS, one row a variant row.
    """
    rows = np.sort(np.fromiter(remaining, dtype=np.intp))
    if len(rows) <= most:
        return rows
    found = evidence.loc[rows]
    known = found["frequency_state"].to_numpy() == State.FOUND
    fraction = np.where(known, found["frequency_fraction"].to_numpy(), 0.0)
    impact = found["impact"].astype(str).map({name: i for i, name in enumerate(_IMPACTS)}).fillna(1.5).to_numpy()
    order = np.lexsort((rows, impact, fraction))
    chosen: NDArray[np.intp] = np.sort(rows[order[:most]])
    return chosen


@dataclass(frozen=True)
class Commitment:
    """A learner's answer: candidates (none with the class NO_VARIANT), one class, and why."""

    alleles: tuple[str, ...]
    acmg_class: str
    reason: str

    def payload(self) -> Mapping[str, object]:
        """As the decision log keeps it."""
        return {"alleles": list(self.alleles), "class": self.acmg_class, "reason": self.reason}


@dataclass(frozen=True)
class Compared:
    """One variant in the comparison. row: -1 when it is not in the file; rank: None when not ranked."""

    name: str
    row: int
    rank: int | None
    by_learner: bool
    by_experts: bool


@dataclass(frozen=True)
class Comparison:
    """found, missed and beside count the learner's candidates against the experts' causal variants."""

    variants: tuple[Compared, ...]
    learner_class: str
    expert_class: str

    @property
    def found(self) -> int:
        return sum(v.by_learner and v.by_experts for v in self.variants)

    @property
    def missed(self) -> int:
        return sum(v.by_experts and not v.by_learner for v in self.variants)

    @property
    def beside(self) -> int:
        return sum(v.by_learner and not v.by_experts for v in self.variants)

    @property
    def agrees_on_class(self) -> bool:
        return self.learner_class == self.expert_class

    @property
    def is_uncertain(self) -> bool:
        """The experts' class does not let the variant explain the patient: it is a lead."""
        return self.expert_class == UNCERTAIN

    @property
    def noun(self) -> str:
        return "lead" if self.is_uncertain else "causal variant"


def same_learner(name: str) -> str:
    """A name or initials as they are compared: "A. Byron" and " a.  byron" are one learner."""
    return " ".join(name.split()).casefold()


def last_commitment(events: Iterable[Event], learner: str) -> Commitment | None:
    """What the learner of that name last answered about a case; None before, and without a name.

    Earlier answers, and those of others who use this computer, stay in the log.
    """
    wanted = same_learner(learner)
    said = [e.payload for e in events if e.kind is EventKind.LEARNER_COMMITTED and same_learner(e.who) == wanted]
    if not wanted or not said:
        return None
    last = said[-1]
    return Commitment(tuple(str(a) for a in last["alleles"]), str(last["class"]), str(last["reason"]))


def compare(commitment: Commitment, answer: ExpertAnswer, variants: VariantTable, ranking: Ranking) -> Comparison:
    """Set the learner's candidates beside the experts' and the model's order."""
    experts = {str(n.allele): f"{n.gene} {n.change}".strip() for n in answer.causal}
    names = dict.fromkeys((*experts, *commitment.alleles))
    rows = rows_of(names, variants)
    compared = tuple(
        Compared(
            experts.get(name) or name,
            rows.get(name, -1),
            ranking.rank_of(rows[name]) if name in rows else None,
            name in commitment.alleles,
            name in experts,
        )
        for name in names
    )
    return Comparison(compared, commitment.acmg_class, answer.acmg_class or NO_VARIANT)


def rows_of(names: Iterable[str], variants: VariantTable) -> dict[str, int]:
    """Row of each allele ("chr2-165992342-G-A") that the file holds."""
    frame, found = variants.frame, {}
    for name in names:
        one = Allele.parse(name, assembly=variants.facts.assembly)
        near = frame.index[(frame["pos_1based"] == one.pos_1based) & (frame["chrom"] == one.chrom)]
        same = [int(i) for i in near if (frame["ref"][i], frame["alt"][i]) == (one.ref, one.alt)]
        if same:
            found[name] = same[0]
    return found


def allele_of(row: int, variants: VariantTable) -> str:
    """The name of a row as `Commitment.alleles` holds it."""
    at = variants.frame.loc[row]
    return str(Allele(variants.facts.assembly, str(at["chrom"]), int(at["pos_1based"]), str(at["ref"]), str(at["alt"])))

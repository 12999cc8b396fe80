"""What a criterion is: a code, the question it asks, the guideline, and a judge of facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from models.case import Verdict
from models.evidence.acmg.codes import own_strength
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import CriterionResult, Strength

RICHARDS = "Richards 2015, PMID:25741868"
Judge: TypeAlias = Callable[[Facts, "Specification | None"], "Answer"]


@dataclass(frozen=True)
class Answer:
    """What a judge says: a verdict with its reason. source: "" is the criterion's own guideline."""

    verdict: Verdict
    reason: str
    strength: Strength | None = None
    source: str = ""
    lacking: str = ""

    def says(self, source: str) -> "Answer":
        """The same answer on another authority."""
        return replace(self, source=source)


def met(strength: Strength, reason: str, source: str = "") -> Answer:
    return Answer(Verdict.MET, reason, strength, source)


def not_met(reason: str, source: str = "") -> Answer:
    return Answer(Verdict.NOT_MET, reason, None, source)


def lacking(what: str, reason: str = "", source: str = "") -> Answer:
    """Not assessable. what: the thing that is missing, in a few words ("gnomAD", "the parents' genotypes")."""
    return Answer(Verdict.NOT_ASSESSABLE, reason or f"needs {what}", None, source, what)


def of_panel(panel: Specification | None, code: str) -> Answer:
    """The panel says that `code` is not for this gene. Raises ValueError without a panel."""
    if panel is None:
        raise ValueError(f"{code}: no panel to refer to")
    return not_met(f"the expert panel does not use {code} for {panel.gene}", panel.source)


@dataclass(frozen=True)
class Criterion:
    """code: "PVS1". title: what it asks, in a clinician's words. guideline: where it is defined."""

    code: str
    title: str
    guideline: str
    judge: Judge

    def __call__(self, facts: Facts, panel: Specification | None = None) -> CriterionResult:
        """What the criterion says of a variant; panel: the expert panel's rules for its gene, None without."""
        said = self.judge(facts, panel)
        strength = said.strength or own_strength(self.code)
        return CriterionResult(
            self.code, said.verdict, strength, said.reason, said.source or self.guideline, said.lacking
        )

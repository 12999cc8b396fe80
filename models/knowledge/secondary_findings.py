"""ACMG secondary findings: genes whose known pathogenic variants are reported whatever the question."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.library.installed import Library
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "secondary_findings",
    "ACMG SF list",
    "3.2",
    "2023-06-22",
    "facts of a published recommendation",
    "Miller et al. 2023, Genet Med 25:100866, PMID:37347242",
    "https://www.gimjournal.org/article/S1098-3600(23)00879-1/fulltext",
)


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """The list as a tab-separated table in our columns: gene (today's symbol, by `names`), disease, modes, report."""
    raw = pd.read_csv(path, sep="\t", dtype=str)
    return pd.DataFrame(
        {
            "gene": raw["Gene"].map(lambda g: names.get(g, g)),
            "disease": raw["Disease/Phentyope"],
            "modes": raw["Inheritance"],
            "report": raw["Variants to report"],
        }
    ).sort_values(["gene", "disease"], ignore_index=True)


def columns(_library: Library) -> pd.DataFrame:
    """secondary_finding (always True here) and secondary_finding_rule, what to report, by gene."""
    table = read_table("secondary_findings")
    rules = table.groupby("gene")["report"].agg(lambda found: "; ".join(sorted(set(found))))
    return pd.DataFrame({"secondary_finding": True, "secondary_finding_rule": rules})


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """What the list asks to report in the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "secondary_finding_rule"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="secondary_findings",
    question="Is a pathogenic variant in this gene reported as a secondary finding?",
    unit="rule of what to report, in the list's words",
    missing="False: the gene is not on the list",
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("BRCA2", Found("All P and LP", RELEASE.name)),
    missed=Example("SCN1A", Absent(RELEASE.name)),
)

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
    "3.3",
    "2025-06-01",  # published in June; a month alone counts as its first day
    "facts of a published recommendation",
    "Lee et al. 2025, Genet Med 27:101454, PMID:40568962",
    "https://doi.org/10.1016/j.gim.2025.101454",
)
# What v3.3 added to v3.2; every row of v3.2 stayed as it was (ClinGen's table of the list, CC0).
ADDED_IN_3_3 = (
    ("ABCD1", "X-linked adrenoleukodystrophy", "XL", "All hemi or homozygous P and LP or 2 het. P/LP variants"),
    ("CYP27A1", "Cerebrotendinous xanthomatosis", "AR", "P and LP (2 variants)"),
    ("PLN", "Dilated cardiomyopathy", "AD", "All P and LP"),
)
_COLUMNS = ("gene", "disease", "modes", "report")


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """ACMG SF v3.2 as a tab-separated table, brought to v3.3, in our columns: gene (today's symbol, by `names`),
    disease, modes, report (what to report, in the list's words)."""
    raw = pd.read_csv(path, sep="\t", dtype=str)
    before = pd.DataFrame(
        {
            "gene": raw["Gene"].map(lambda g: names.get(g, g)),
            "disease": raw["Disease/Phentyope"].str.replace("Dliated", "Dilated"),
            "modes": raw["Inheritance"],
            "report": raw["Variants to report"],
        }
    )
    added = pd.DataFrame(ADDED_IN_3_3, columns=list(_COLUMNS))
    return pd.concat([before, added]).sort_values(["gene", "disease"], ignore_index=True)


def columns(_library: Library) -> pd.DataFrame:
    """By gene: secondary_finding (always True here), secondary_finding_rule (what to report), secondary_finding_disease
    (what it is reported for)."""
    table = read_table("secondary_findings").groupby("gene")
    rules, diseases = (table[name].agg(lambda found: "; ".join(sorted(set(found)))) for name in ("report", "disease"))
    return pd.DataFrame(
        {"secondary_finding": True, "secondary_finding_rule": rules, "secondary_finding_disease": diseases}
    )


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

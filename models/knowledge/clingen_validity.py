"""ClinGen gene-disease validity: how well it is established that a gene causes a disease."""

from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.modes import joined_modes
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "clingen_validity",
    "ClinGen gene-disease validity",
    "2026-06-21",
    "2026-06-21",
    "CC0 1.0",
    "Strande et al. 2017, Am J Hum Genet 100:895, PMID:28552198; ClinGen, clinicalgenome.org",
    "https://search.clinicalgenome.org/kb/gene-validity",
)
# Best first. Strande et al. 2017, table 1 and figure 3.
CLASSES = (
    "Definitive",
    "Strong",
    "Moderate",
    "Limited",
    "Disputed",
    "Refuted",
    "No Known Disease Relationship",
)
ESTABLISHED = frozenset(CLASSES[:3])


def columns() -> pd.DataFrame:
    """validity (best class), validity_disease (its disease), modes_clingen, by gene."""
    table = read_table("clingen_validity")
    order = table["classification"].map({c: i for i, c in enumerate(CLASSES)})
    best = table.assign(order=order).sort_values(["order", "disease"], kind="stable").drop_duplicates("gene")
    found = best.set_index("gene")[["classification", "disease"]]
    established = table[table["classification"].isin(ESTABLISHED)]
    modes: dict[str, list[str]] = {}
    for gene, named in zip(established["gene"].tolist(), established["modes"].tolist(), strict=True):
        modes.setdefault(gene, []).append(named)
    joined = pd.Series({gene: joined_modes(named) for gene, named in modes.items()}, name="modes_clingen", dtype="str")
    return found.rename(columns={"classification": "validity", "disease": "validity_disease"}).join(joined)


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The best class of any disease of the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "validity"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="clingen_validity",
    question="How well is it established that this gene causes a disease, and which?",
    unit="class, from Definitive to No Known Disease Relationship",
    missing='"" : ClinGen has not classified the gene, which is not evidence against it',
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("SCN1A", Found("Definitive", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
)

"""Genomics England PanelApp: how disorders of a gene are inherited, on panels in diagnostic use."""

from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "panelapp",
    "Genomics England PanelApp, green genes",
    "2026-03",
    "2026-03-09",
    "free to use with attribution to Genomics England",
    "Martin et al. 2019, Nat Genet 51:1560, PMID:31676867",
    "https://panelapp.genomicsengland.co.uk",
)


def columns() -> pd.DataFrame:
    """modes_panelapp (";"-joined modes) by gene."""
    return read_table("panelapp").set_index("gene").rename(columns={"modes": "modes_panelapp"})


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The modes of inheritance this source names for the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "modes_panelapp"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="panelapp",
    question="How are the disorders of this gene inherited, by the panels in diagnostic use?",
    unit="modes of inheritance: AD AR XL XLD XLR MT",
    missing='"" : the gene is not green on any panel, which is not evidence against it',
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("CFTR", Found("AD;AR", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
)

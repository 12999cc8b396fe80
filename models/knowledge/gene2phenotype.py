"""Gene2Phenotype: how disorders of a gene are inherited, as curated at the EBI."""

from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "gene2phenotype",
    "Gene2Phenotype (DD, cancer, cardiac, eye, skin)",
    "files as of 2024-03-21",
    "2024-03-21",
    "free to use, cite Gene2Phenotype (EMBL-EBI)",
    "Thormann et al. 2019, Nat Commun 10:2373, PMID:31147538",
    "https://www.ebi.ac.uk/gene2phenotype",
)


def columns() -> pd.DataFrame:
    """modes_g2p (";"-joined modes) by gene."""
    return read_table("gene2phenotype").set_index("gene").rename(columns={"modes": "modes_g2p"})


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The modes of inheritance this source names for the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "modes_g2p"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="gene2phenotype",
    question="How are the disorders of this gene inherited, by Gene2Phenotype?",
    unit="modes of inheritance: AD AR XL XLD XLR MT",
    missing='"" : the gene is not confirmed or probable in these panels, which is not evidence against it',
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("MECP2", Found("XLD;XLR", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
)

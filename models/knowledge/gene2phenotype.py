"""Gene2Phenotype: how disorders of a gene are inherited, as curated at the EBI."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.library.installed import Library
from models.knowledge.modes import modes_by_gene
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


FILES = ("DDG2P", "CancerG2P", "CardiacG2P_curated_20210723", "EyeG2P", "SkinG2P")
_KEPT = {"confirmed", "probable", "both RD and IF"}
_MODES = {
    "monoallelic": "AD",
    "biallelic": "AR",
    "hemizygous": "XLR",
    "x-linked dominant": "XLD",
    "x-linked over-dominance": "XLD",
    "mitochondrial": "MT",
}


def from_official(files: Sequence[Path], names: Mapping[str, str]) -> pd.DataFrame:
    """The panels' csv files in our columns: gene (today's symbol, by `names`), modes."""
    raw = pd.concat([pd.read_csv(file, dtype=str) for file in files])
    kept = raw[raw["DDD category"].isin(_KEPT)]
    modes = [[_MODES[m] for m in str(text).split(",") if m in _MODES] for text in kept["allelic requirement"]]
    return modes_by_gene(kept["gene symbol"].map(lambda g: names.get(g, g)), modes)


def columns(_library: Library) -> pd.DataFrame:
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

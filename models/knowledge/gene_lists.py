"""Published lists of genes by how their disorders are inherited, older than most labelled variants.

The effect model learns from these and not from today's curated modes: a gene's place on today's lists
often rests on the very variants whose labels are learned.
"""

from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.library.installed import Library
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "gene_lists",
    "Gene lists by inheritance",
    "2019-01-22",
    "2019-01-22",
    "no licence stated; facts of two published lists",
    "Berg et al. 2013, Genet Med 15:36, PMID:22995991; Blekhman et al. 2008, Curr Biol 18:883, PMID:18571414",
    "https://github.com/macarthur-lab/gene_lists",
)
WORDS = {"listed_dominant": "dominant", "listed_recessive": "recessive", "listed_x_linked": "X-linked"}


def columns(_library: Library) -> pd.DataFrame:
    """listed_dominant, listed_recessive, listed_x_linked (float32, 1 or 0) by gene on any of the lists."""
    return read_table("gene_lists").set_index("gene")


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The lists that name a gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    named = [word for column, word in WORDS.items() if symbol in frame.index and frame.at[symbol, column] == 1.0]
    return Found(", ".join(named), RELEASE.name) if named else Absent(RELEASE.name)


SOURCE = Source(
    key="gene_lists",
    question="Was the gene on a published list of dominant, recessive or X-linked disease genes?",
    unit="1 on the list, 0 not on it",
    missing="0: not on the lists of 2008 and 2013, which says nothing about what was found since",
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("SCN1A", Found("dominant", RELEASE.name)),
    missed=Example("TTTY1", Absent(RELEASE.name)),
)

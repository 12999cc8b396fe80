"""ClinGen dosage sensitivity: whether losing one copy of a gene is known to cause disease."""

from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "clingen_dosage",
    "ClinGen dosage sensitivity",
    "2026-04-25",
    "2026-04-25",
    "CC0 1.0",
    "Riggs et al. 2012, Clin Genet 81:403, PMID:22097934; ClinGen, clinicalgenome.org",
    "https://search.clinicalgenome.org/kb/gene-dosage",
)
# Score -> meaning, as ClinGen's dosage curation process states it.
MEANING = {
    0: "no evidence",
    1: "little evidence",
    2: "some evidence",
    3: "sufficient evidence",
    30: "associated with autosomal recessive phenotype",
    40: "dosage sensitivity unlikely",
}
NOT_CURATED = -1


def columns() -> pd.DataFrame:
    """haploinsufficiency (int8, a key of MEANING) by gene."""
    return read_table("clingen_dosage").set_index("gene")


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """What ClinGen says about losing one copy, in words."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    score = int(frame.at[symbol, "haploinsufficiency"]) if symbol in frame.index else NOT_CURATED
    return Absent(RELEASE.name) if score == NOT_CURATED else Found(MEANING[score], RELEASE.name)


SOURCE = Source(
    key="clingen_dosage",
    question="Is losing one copy of this gene known to cause disease?",
    unit="score 0, 1, 2, 3, 30, 40 with ClinGen's meaning",
    missing="-1: not curated, which is different from score 0 (curated, no evidence)",
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("SCN1A", Found("sufficient evidence", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
)

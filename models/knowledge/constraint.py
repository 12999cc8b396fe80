"""gnomAD constraint: how badly a gene tolerates losing a copy, or changing an amino acid.

Always the release that ships. The ranking model learnt its weights from the numbers of 2.1.1, and 4.1
counts on another scale (730,000 exomes instead of 125,000, another upper bound for the same gene), so an
installed release must not reach the model under the same column names: constraint_display.py shows it
beside these.
"""

import math
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Found, Looked, NotAssessed
from models.knowledge.library.installed import Library
from models.knowledge.source import Example, Source, read_table
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "constraint",
    "gnomAD constraint",
    "2.1.1",
    "2019-03-06",
    "CC0 1.0",
    "Karczewski et al. 2020, Nature 581:434, PMID:32461654",
    "https://gnomad.broadinstitute.org/downloads#v2-constraint",
)


def columns(_library: Library) -> pd.DataFrame:
    """loeuf, pli, missense_z, missense_oe, cds_length_bases (float32) by gene; NaN: too few expected to say."""
    return read_table("constraint").set_index("gene")


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """LOEUF of a gene to two decimals."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    if symbol not in frame.index:
        return Absent(RELEASE.name)
    value = float(frame.at[symbol, "loeuf"])
    return NotAssessed("gnomAD 2.1.1 gives no estimate") if math.isnan(value) else Found(f"{value:.2f}", RELEASE.name)


SOURCE = Source(
    key="constraint",
    question="Does the population tolerate loss of function, or missense changes, in this gene?",
    unit="loeuf: ratio (upper bound of observed/expected); pli: probability; missense_z: z score; "
    "missense_oe: ratio observed/expected; cds_length_bases: of the transcript gnomAD judged",
    missing="NaN: gnomAD gives no estimate for the gene, which says nothing about its tolerance",
    release=lambda _: RELEASE,
    look_up=look_up,
    found=Example("SCN1A", Found("0.07", RELEASE.name)),
    missed=Example("MT-ND1", NotAssessed("gnomAD 2.1.1 gives no estimate")),
)

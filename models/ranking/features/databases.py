"""Clinical databases: what is known about the gene. (ClinVar, about the variant, is in `calibrated`.)"""

import numpy as np

from models.ranking.features.base import Column, Direction, Feature, Inputs, yes_no
from models.ranking.types import Group


def _disease_gene(inputs: Inputs) -> Column:
    return np.asarray(inputs.genes["has_disease"].fillna(0.0), dtype=np.float32)


DISEASE_GENE = Feature(
    name="disease_gene",
    group=Group.DATABASES,
    label="Known disease gene",
    how="1 when a Mendelian disease is annotated to the gene, 0 when none is, or no gene is here",
    low=0.0,
    high=1.0,
    missing="never: a gene nobody knows is not a known disease gene",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_disease_gene,
    words=yes_no("in a gene known to cause disease", "not in a known disease gene"),
)

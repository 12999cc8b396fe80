"""Modes of inheritance in the short words that geneticists write."""

from collections.abc import Iterable

import pandas as pd

# In the order they are shown. XLD and XLR are said where a source says them, else XL.
MODES = ("AD", "AR", "XL", "XLD", "XLR", "MT")


def joined_modes(parts: Iterable[str]) -> str:
    """All modes named in any of the ";"-joined parts, once each, in the order of MODES; "" = unknown."""
    named = {mode for part in parts for mode in part.split(";")}
    return ";".join(m for m in MODES if m in named)


def modes_by_gene(genes: Iterable[str], modes: Iterable[list[str]]) -> pd.DataFrame:
    """Columns gene, modes: all that are named for a gene, ";"-joined; a gene without any is left out."""
    known: dict[str, set[str]] = {}
    for gene, found in zip(genes, modes, strict=True):
        known.setdefault(gene, set()).update(found)
    rows = [(gene, ";".join(sorted(found))) for gene, found in sorted(known.items()) if found]
    return pd.DataFrame(rows, columns=["gene", "modes"])

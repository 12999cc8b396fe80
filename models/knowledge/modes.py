"""Modes of inheritance in the short words that geneticists write."""

from collections.abc import Iterable

# In the order they are shown. XLD and XLR are said where a source says them, else XL.
MODES = ("AD", "AR", "XL", "XLD", "XLR", "MT")


def joined_modes(parts: Iterable[str]) -> str:
    """All modes named in any of the ";"-joined parts, once each, in the order of MODES; "" = unknown."""
    named = {mode for part in parts for mode in part.split(";")}
    return ";".join(m for m in MODES if m in named)

"""Gene symbols change: older ones and today's."""

from functools import lru_cache
from types import MappingProxyType

from models.knowledge.source import read_table


@lru_cache(maxsize=1)
def previous_symbols() -> MappingProxyType[str, str]:
    """Older symbol -> today's, where exactly one gene of today ever had it and none has it now."""
    table = read_table("previous_symbols")
    return MappingProxyType(dict(zip(table["previous"], table["gene"], strict=True)))


def current_symbol(symbol: str) -> str:
    """Today's symbol of a gene given by an older one; the symbol itself when nothing is known."""
    return previous_symbols().get(symbol, symbol)

"""Text that leaves as a table cell, so that no spreadsheet takes it for a formula (SAFETY T10)."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def cell(value: object) -> str:
    """One cell: no tabs or line breaks, and a leading apostrophe where a formula would start."""
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _is_number(text) else text

"""Plain text from strangers: size and encoding."""

from pathlib import Path

from models.errors import TooLarge, UnreadableFile

# Letters, term lists and PED files stay below 1 MiB; a larger one is something else under their name.
MAX_TEXT_BYTES = 10 * 1024 * 1024


def read_text(path: Path, display_name: str, *, advice: str) -> str:
    """The whole text. `advice`: what to do when it is not UTF-8. Raises TooLarge or UnreadableFile."""
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise TooLarge(f"larger than {MAX_TEXT_BYTES // 2**20} MB; no note, term list or PED file is.", display_name)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile(f"not UTF-8 text; {advice}", display_name) from problem

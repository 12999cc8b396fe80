"""Shrink a BAI: leave out its linear index.

The linear index holds 8 bytes per 16 kb from the start of the chromosome, 300 kB of zeros for a few
reads far out. The format allows it to be empty; readers (htslib, igv.js) then use the bins alone.
"""

import struct
from pathlib import Path

MAGIC = b"BAI\x01"
CHUNK_BYTES = 16
INTERVAL_BYTES = 8


def drop_linear_index(path: Path) -> None:
    """Rewrite the BAI at `path` in place. Raises ValueError when it is no BAI."""
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{path.name} is no BAI")
    (references,) = struct.unpack_from("<i", data, 4)
    parts, at = [data[:8]], 8
    for _ in range(references):
        end = _end_of_bins(data, at)
        parts += [data[at:end], struct.pack("<i", 0)]
        (intervals,) = struct.unpack_from("<i", data, end)
        at = end + 4 + INTERVAL_BYTES * intervals
    path.write_bytes(b"".join([*parts, data[at:]]))


def _end_of_bins(data: bytes, at: int) -> int:
    (bins,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(bins):
        (chunks,) = struct.unpack_from("<i", data, at + 4)
        at += 8 + CHUNK_BYTES * chunks
    return at

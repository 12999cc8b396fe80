"""Text of a plain, gzip or bgzip file in chunks, with every cap watched while it flows."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

from models.errors import TooLarge, UnreadableFile
from models.intake.limits import LIMITS, Limits
from models.intake.sniff import Packing, is_complete_bgzf, packing_of

READ_BYTES = 1 << 20
STEP_BYTES = 4 << 20
_CUT_SHORT = "The file is cut short: its compressed end is missing. Copy or download it again."
_DAMAGED = "The compressed data are damaged; copy or download the file again."


def unpack(path: Path, limits: Limits = LIMITS) -> Iterator[bytes]:
    """Unpacked chunks of `path`.

    Raises TooLarge at the caps on delivered bytes, unpacked bytes and their ratio, and
    UnreadableFile when the packing is damaged or cut short.
    """
    size = path.stat().st_size
    if size > limits.upload_bytes:
        raise TooLarge(f"The file has {size:,} bytes; at most {limits.upload_bytes:,} are read.")
    with path.open("rb") as file:
        packing = packing_of(file.read(18))
        file.seek(0)
        if packing is Packing.BGZIP and not is_complete_bgzf(path):
            raise UnreadableFile(_CUT_SHORT)
        yield from _within(_STREAMS[packing](file), size, limits)


def _within(chunks: Iterator[bytes], size: int, limits: Limits) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limits.inflated_bytes:
            raise TooLarge(f"The file unpacks to more than {limits.inflated_bytes:,} bytes; split it by chromosome.")
        if total > limits.ratio_floor_bytes and total > size * limits.inflate_ratio:
            raise TooLarge(
                f"The file unpacks to more than {limits.inflate_ratio} times its size, which no real VCF does."
            )
        yield chunk


def _plain(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(READ_BYTES):
        yield chunk


def _gzip(file: BinaryIO) -> Iterator[bytes]:
    """One or more gzip members, as written by gzip, pigz or concatenation."""
    waiting, engine, started = b"", isal_zlib.decompressobj(wbits=31), False
    while True:
        waiting = waiting or file.read(READ_BYTES)
        if not waiting:
            break
        if not started and not waiting.strip(b"\0"):
            waiting = b""  # zero padding after the last member is allowed by gzip
            continue
        started = True
        try:
            chunk = engine.decompress(waiting, STEP_BYTES)
        except isal_zlib.error as error:  # type: ignore[misc]
            raise UnreadableFile(_DAMAGED) from error
        waiting = engine.unconsumed_tail
        if chunk:
            yield chunk
        if engine.eof:
            waiting, engine, started = engine.unused_data, isal_zlib.decompressobj(wbits=31), False
    if started:
        raise UnreadableFile(_CUT_SHORT)


def _bgzip(file: BinaryIO) -> Iterator[bytes]:
    """BGZF blocks (SAM specification, section 4.1), several to a chunk."""
    raw = b""
    while more := file.read(READ_BYTES):
        raw += more
        parts, used = _blocks(raw)
        raw = raw[used:]
        if parts:
            yield b"".join(parts)
    if raw:
        raise UnreadableFile(_CUT_SHORT)


def _blocks(raw: bytes) -> tuple[list[bytes], int]:
    parts: list[bytes] = []
    at = 0
    while at + 18 <= len(raw):
        if raw[at : at + 4] != b"\x1f\x8b\x08\x04" or raw[at + 12 : at + 16] != b"BC\x02\0":
            raise UnreadableFile(_DAMAGED)
        length = struct.unpack_from("<H", raw, at + 16)[0] + 1
        if at + length > len(raw):
            break
        parts.append(_block(raw[at + 18 : at + length - 8], raw[at + length - 8 : at + length]))
        at += length
    return parts, at


def _block(packed: bytes, trailer: bytes) -> bytes:
    try:
        text: bytes = isal_zlib.decompress(packed, -15, 65_536)
    except isal_zlib.error as error:  # type: ignore[misc]
        raise UnreadableFile(_DAMAGED) from error
    if len(trailer) < 8 or struct.unpack("<II", trailer) != (isal_zlib.crc32(text), len(text)):
        raise UnreadableFile(_DAMAGED)
    return text


_STREAMS = {Packing.PLAIN: _plain, Packing.GZIP: _gzip, Packing.BGZIP: _bgzip}

"""Text in large blocks of whole lines, unpacked by a second thread while the first one scans."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from models.errors import TooLarge, UnreadableFile
from models.intake.inflate import unpack
from models.intake.limits import Limits
from models.intake.sniff import UTF8_BOM, Content, sniff

BLOCK_BYTES = 8 << 20
_AHEAD = 4
_NOT_VCF = "This is {}, not a VCF or BCF; choose the variant file."


class TextBlocks:
    """VCF text of a file. Use as a context manager; read the header lines first, then `blocks`."""

    def __init__(self, chunks: Iterator[bytes], limits: Limits) -> None:
        self._limits = limits
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
        self._stop = threading.Event()
        self._rest = b""
        self.end_was_missing = False  # the last line had no newline; known once it was given
        self._thread = threading.Thread(target=self._unpack, args=(chunks,), daemon=True)
        self._thread.start()

    def __enter__(self) -> "TextBlocks":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()

    def _unpack(self, chunks: Iterator[bytes]) -> None:
        try:
            for chunk in chunks:
                if chunk and not self._put(chunk):  # an empty chunk would look like the end
                    return
            self._put(None)
        except BaseException as error:  # noqa: BLE001 (handed to the reading thread, which raises it)
            self._put(error)

    def _put(self, item: bytes | BaseException | None) -> bool:
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def _next(self) -> bytes:
        """The next chunk, b"" at the end."""
        item = self._queue.get()
        if item is None:
            self._queue.put(None)
            return b""
        if isinstance(item, BaseException):
            raise item
        return item

    def header_lines(self) -> Iterator[bytes]:
        """Lines up to and with the first that does not start with "##"; the rest waits for `blocks`."""
        used, total, text = 0, 0, self._next().removeprefix(UTF8_BOM)
        while True:
            end = text.find(b"\n", used)
            if end < 0:
                more = self._next()
                text = text[used:] + more
                used = 0
                if more and len(text) <= self._limits.header_bytes:
                    continue
                end, self.end_was_missing = len(text), True
            self._rest = text[end + 1 :]
            line = text[used:end]
            total += len(line) + 1
            if total > self._limits.header_bytes:
                raise TooLarge(f"The header is longer than {self._limits.header_bytes:,} bytes, which no real VCF has.")
            yield line
            used = end + 1
            if not line.startswith(b"##") or used > len(text):
                return

    def blocks(self) -> Iterator[tuple[Any, int]]:
        """(bytes, end): whole lines; the text up to `end` ends with a newline.

        Raises TooLarge when a line is longer than the cap.
        """
        room = np.empty(2 * BLOCK_BYTES, np.uint8)
        filled, chunk = 0, self._rest or self._next()
        self._rest = b""
        while True:
            while chunk and filled < BLOCK_BYTES:
                room = _fit(room, filled + len(chunk) + 1)
                room[filled : filled + len(chunk)] = np.frombuffer(chunk, np.uint8)
                filled, chunk = filled + len(chunk), self._next()
            if not chunk and not filled:
                return
            if not chunk and room[filled - 1] != 10:
                room[filled], filled = 10, filled + 1
                self.end_was_missing = True
            end = self._last_newline(room, filled)
            if end:
                yield room, end
                room[: filled - end] = room[end:filled].copy()
                filled -= end
            elif chunk:
                room = _fit(room, filled + len(chunk) + 1)
                room[filled : filled + len(chunk)] = np.frombuffer(chunk, np.uint8)
                filled, chunk = filled + len(chunk), self._next()

    def _last_newline(self, room: Any, filled: int) -> int:
        """Length up to and with the last newline, 0 when there is none yet."""
        end: int = room[:filled].tobytes().rfind(b"\n") + 1
        if filled - end > self._limits.line_bytes:
            raise TooLarge(f"A line is longer than {self._limits.line_bytes:,} bytes, which no real VCF has.")
        return end


def _fit(room: Any, wanted: int) -> Any:
    if wanted <= room.size:
        return room
    larger = np.empty(2 * wanted, np.uint8)
    larger[: room.size] = room
    return larger


def open_text(path: Path, limits: Limits) -> TextBlocks:
    """VCF text of a VCF or BCF, judged by content.

    Raises UnreadableFile when the file holds something else.
    """
    content, _ = sniff(path)
    if content is Content.BCF:
        from models.intake.bcf import bcf_text

        return TextBlocks(bcf_text(path, limits), limits)
    if content is Content.EMPTY:
        raise UnreadableFile("The file is empty; choose the variant file.")
    if content is not Content.VCF:
        name = (
            "a text that does not start with ##fileformat=VCF" if content is Content.TEXT else f"a {content.value} file"
        )
        raise UnreadableFile(_NOT_VCF.format(name), "line 1" if content is Content.TEXT else "")
    return TextBlocks(unpack(path, limits), limits)

"""Fetching what an offer names, in pieces if need be, and accepting it only when it is whole.

<folder>/<name>.part        what came so far
<folder>/<name>.part.json   where from, and which version of the file on the server (ETag or date)
<folder>/<name>             whole: the length, the published checksum, or its packing read to the end
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import requests

from models.errors import InputError, UnreadableFile
from models.knowledge.library.checksum import check_whole, has_sum, published_sum
from models.knowledge.library.disk import amount, free_bytes, full_disk, no_link, sentences
from models.knowledge.library.install import quiet
from models.knowledge.library.installed import Library, is_plain_name, slot_of
from models.knowledge.library.offer import Addressed, Offer, Progress
from models.knowledge.library.plain_get import Lost, Patience, body, get, host_of, mirrored

DOWNLOADS = "downloads"
_PATIENCE = Patience()
_LIST_BYTES = 16 << 20  # a list of checksums; the longest known (a whole Ensembl release) is below 1 MiB
# A body without a length ends by itself or here; no file of an offer without a size is near it.
_ENDLESS_BYTES = 20 * 10**9
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)")


def download_offer(
    library: Library, offer: Offer, *, mirror: str = "", progress: Progress = quiet, patience: Patience = _PATIENCE
) -> tuple[Path, ...]:
    """Every file of `offer`, whole, in its order; the caller is alone in `downloads_of` (`only_one`).

    Raises as `download`; InputError before it starts when the disk is too small for all of them.
    """
    folder = downloads_of(library, offer)
    with sentences(library.folder):
        needed = offer.size_bytes - downloaded_bytes(library, offer)
        if needed > free_bytes(folder):
            raise InputError(full_disk(folder, needed))
    return tuple(
        download(wanted, folder, mirror=mirror, progress=progress, patience=patience) for wanted in offer.fetch
    )


def marks_of(library: Library, offer: Offer) -> dict[str, str]:
    """Address -> the server's mark of each downloaded file of `offer`; without those the server gave no mark."""
    folder = downloads_of(library, offer)
    notes = (_read_note(_note_of(folder / f"{wanted.name}.part")) for wanted in offer.fetch)
    return {note.address: note.validator for note in notes if note and note.validator}


def downloaded_bytes(library: Library, offer: Offer) -> int:
    """How much of an offer was fetched and is not installed yet."""
    folder = downloads_of(library, offer)
    return sum(_size(folder / f"{wanted.name}{end}") for wanted in offer.fetch for end in ("", ".part"))


def is_unchanged(offer: Offer, fetched: Mapping[str, str], *, mirror: str = "", patience: Patience = _PATIENCE) -> bool:
    """Whether the server says that every file is still the one with the mark in `fetched`; no file is downloaded.

    False when any is not known, or the server does not say.
    """
    addresses = [mirrored(wanted.address, mirror) for wanted in offer.fetch]
    return bool(addresses) and all(_is_still(a, fetched.get(a, ""), patience) for a in addresses)


def _is_still(address: str, mark: str, patience: Patience) -> bool:
    if not mark:
        return False
    asked = {"If-None-Match" if mark.startswith('"') else "If-Modified-Since": mark}
    try:
        with get(address, asked, patience) as response:
            return response.status_code == 304
    except (Lost, InputError):
        return False  # the download that follows says what is wrong


def downloads_of(library: Library, offer: Offer) -> Path:
    """Where the files of an offer are kept until they are installed; each build its own, for the names are the same."""
    return library.folder / DOWNLOADS / slot_of(offer.source, offer.assembly)


def download(
    wanted: Addressed, folder: Path, *, mirror: str = "", progress: Progress = quiet, patience: Patience = _PATIENCE
) -> Path:
    """The file at `wanted`, whole, in `folder`; what an earlier try fetched of it is not fetched again.

    mirror: see `mirrored`. Raises InputError (server, connection, disk), UnreadableFile when what came is not
    what its owner published (it is deleted), Stopped through `progress` (it is kept).
    """
    address = mirrored(wanted.address, mirror)
    if not is_plain_name(wanted.name):
        raise InputError("The address does not end in the plain name of a file.")
    whole, part = folder / wanted.name, folder / f"{wanted.name}.part"
    with sentences(folder, wanted.size_bytes):
        folder.mkdir(parents=True, exist_ok=True)
        if whole.exists():  # asked for again with what is known of it: the server says whether it is still the same
            whole.replace(part)
        try:
            _fetch(address, part, wanted.size_bytes, progress, patience)
            note = _read_note(_note_of(part))
            if note is None or not note.is_accepted:
                _accept(wanted, part, mirror, progress, patience)
        except UnreadableFile:
            part.unlink(missing_ok=True)
            _note_of(part).unlink(missing_ok=True)
            raise
        if note:
            _write_note(part, replace(note, is_accepted=True))
        part.replace(whole)
        return whole


def _accept(wanted: Addressed, part: Path, mirror: str, progress: Progress, patience: Patience) -> None:
    progress(f"Checking {wanted.name}", None)
    if not wanted.checksum_address:
        check_whole(part, wanted.name)
        return
    listed = _small_text(mirrored(wanted.checksum_address, mirror), patience)
    if not has_sum(part, published_sum(listed, wanted.name)):
        raise UnreadableFile(
            "This is not the file its owner publishes (the checksum differs); it was deleted, download it again.",
            wanted.name,
        )


def _small_text(address: str, patience: Patience) -> str:
    """A short published text. Raises InputError when it cannot be had."""

    def read() -> str:
        content = b""
        with get(address, {}, patience) as response:
            for chunk in body(response):
                content += chunk
                if len(content) > _LIST_BYTES:
                    raise InputError(f"the list of checksums at {host_of(address)} is too long to be one.")
        return content.decode("utf-8", errors="replace")

    for attempt in range(patience.tries):
        try:
            return read()
        except Lost:
            patience.pause(patience.first_pause_s * 2**attempt)
    raise InputError(f"The published checksum could not be had from {host_of(address)}; try again later.")


def _fetch(address: str, part: Path, expected_bytes: int, progress: Progress, patience: Patience) -> None:
    """Bring `part` to its full length, going on after each lost connection until nothing new comes any more."""
    failures, best = 0, _size(part)
    while True:
        try:
            return _attempt(address, part, expected_bytes, progress, patience)
        except InputError as refused:
            raise type(refused)(refused.sentence, refused.where or part.stem) from refused
        except Lost as lost:
            failures = 1 if _size(part) > best else failures + 1
            best = max(best, _size(part))
            if failures >= patience.tries:
                raise InputError(
                    f"{lost.sentence}, {failures} times in a row; {amount(_size(part))} are kept, "
                    "and the same command goes on from there.",
                    part.stem,
                ) from lost
            progress(f"Downloading {part.stem}: {lost.sentence}, trying again", None)
            patience.pause(patience.first_pause_s * 2 ** (failures - 1))


@dataclass(frozen=True)
class _Note:
    """What the bytes of a part belong to.

    validator: a strong ETag, else the date; "" when the server gave neither. is_accepted: they are whole and were
    checked, which takes minutes for the largest and is not done again while the server says they are still the same.
    """

    address: str
    validator: str
    is_accepted: bool = False


def _attempt(address: str, part: Path, expected_bytes: int, progress: Progress, patience: Patience) -> None:
    """One connection. Raises Lost when it ends too early; what came is in `part`."""
    note = _read_note(_note_of(part))
    have = _size(part) if note and note.address == address and note.validator else 0
    asked = {"Range": f"bytes={have}-", "If-Range": note.validator} if have and note else {}
    with get(address, asked, patience) as response:
        start, total = _position(response, have)
        if start is None:
            _restart(part)
            raise Lost("the server went on with another file")
        if note and start and _validator(response.headers) not in ("", note.validator):
            _restart(part)
            raise Lost("the file on the server has changed")
        if response.status_code == 416:
            return
        if note and start:
            _write_note(part, replace(note, is_accepted=False))
        _check_room(part.parent, (total or 0) - start)
        limit = total or max(_ENDLESS_BYTES, 4 * expected_bytes)
        _write(response, part, start, (address, total, limit), progress)
    if total is not None and _size(part) != total:
        raise Lost("the connection was lost")


def _position(response: requests.Response, have: int) -> tuple[int | None, int | None]:
    """Where the body starts in the file, None when that does not fit what we have; length of the whole file or None."""
    told = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    total = int(told[3]) if told and told[3] != "*" else None
    if response.status_code == 416:
        return (have, total) if have and total == have else (None, None)
    if response.status_code == 206:
        fits = told is not None and told[1] is not None and int(told[1]) == have and have
        return (have, total) if fits else (None, None)
    if response.status_code == 304:
        return None, None
    length = response.headers.get("content-length", "")
    return 0, int(length) if length.isdecimal() and len(length) <= 18 else None


def _write(
    response: requests.Response, part: Path, start: int, plan: tuple[str, int | None, int], progress: Progress
) -> None:
    address, total, limit = plan
    with open(part, "r+b" if start else "wb", opener=no_link) as file:
        if not start:  # the old bytes are gone before the note of the new ones is there
            _write_note(part, _Note(address, _validator(response.headers)))
        done = file.seek(start)
        for chunk in body(response):
            done += len(chunk)
            if done > limit:
                raise UnreadableFile("the server sends more than it announced; it was deleted.", part.stem)
            file.write(chunk)
            share = done / total if total else None
            progress(f"Downloading {part.stem}: {amount(done)}" + (f" of {amount(total)}" if total else ""), share)


def _write_note(part: Path, note: _Note) -> None:
    _note_of(part).unlink(missing_ok=True)
    _note_of(part).write_text(json.dumps(asdict(note)), encoding="utf-8")


def _check_room(folder: Path, needed_bytes: int) -> None:
    if needed_bytes > free_bytes(folder):
        raise InputError(full_disk(folder, needed_bytes))


def _validator(headers: Mapping[str, str]) -> str:
    """What If-Range may hold (RFC 9110, section 13.1.5): a strong ETag, else the date of the last change."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def _note_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _read_note(note: Path) -> _Note | None:
    """None when there is none or it is damaged: then the file is fetched from its beginning."""
    try:
        return _Note(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _restart(part: Path) -> None:
    part.unlink(missing_ok=True)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0

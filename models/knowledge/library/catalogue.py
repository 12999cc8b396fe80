"""What can be installed, what is, and what a person must do first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from models.case import Assembly
from models.errors import InputError
from models.knowledge.library.disk import amount
from models.knowledge.library.download import downloaded_bytes
from models.knowledge.library.installed import RELEASES, Installed, Library, slot_of, version_of
from models.knowledge.library.offer import Offer
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.source import Source

_LONGEST_NAME = 200  # characters of a person's name


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue: a source, on one build where it has builds.

    offer: None when it only ships. answers: the release that answers questions, shipped or installed, None
    when the source is not assessed. installed: the installed release in use, None without one; it may be
    older than what ships, and then does not answer. kept: other installed releases, newest first. begun_bytes:
    fetched, but not installed yet.
    """

    source: "Source"
    offer: Offer | None
    answers: Release | None
    installed: Installed | None
    kept: tuple[Installed, ...]
    begun_bytes: int = 0


def entries(sources: Sequence["Source"], library: Library) -> tuple[Entry, ...]:
    """Every source and build there is to know of, in the order of `sources`. Raises IntegrityError."""
    there = library.installed()
    return tuple(_entry(source, offer, library, there) for source in sources for offer in (source.offers or (None,)))


def _entry(source: "Source", offer: Offer | None, library: Library, there: Sequence[Installed]) -> Entry:
    if offer is None:
        return Entry(source, None, source.release(library), None, ())
    installed = library.current(offer.source, offer.assembly)
    slot = slot_of(offer.source, offer.assembly)
    kept = [i for i in there if i.slot == slot and (installed is None or i.folder != installed.folder)]
    kept.sort(key=lambda i: (i.release.released_on, i.release.version), reverse=True)
    if offer.assembly is Assembly.UNKNOWN or len(source.offers) == 1:
        answers = source.release(library)  # which may ship
    else:
        answers = installed.release if installed else None
    return Entry(source, offer, answers, installed, tuple(kept), downloaded_bytes(library, offer))


def all_offers(sources: Iterable["Source"]) -> tuple[Offer, ...]:
    return tuple(offer for source in sources for offer in source.offers)


def offer_of(sources: Iterable["Source"], key: str, build: str = "") -> Offer:
    """The offer of the source `key` on `build`, which may be left out where there is only one.

    Raises InputError that names what there is.
    """
    every = all_offers(sources)
    offers = [o for o in every if o.source == key]
    if not offers:
        raise InputError(_unknown(key, sorted({o.source for o in every})))
    fitting = [o for o in offers if build in ("", o.assembly.value) or o.assembly is Assembly.UNKNOWN]
    if len(fitting) == 1:
        return fitting[0]
    builds = " or ".join(f"--build {o.assembly.value}" for o in offers)
    raise InputError(f"{key} is there for each genome build; say which: {builds}.")


def sources_named(sources: Iterable["Source"], key: str) -> tuple["Source", ...]:
    """The source that is listed as `key`. Raises InputError that names what there is."""
    named = {s.key: s for s in sources} | {o.source: s for s in sources for o in s.offers}
    if key not in named:
        raise InputError(_unknown(key, sorted(named)))
    return (named[key],)


def _unknown(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key, known, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return f"There is no source of that name. {meant}There are: {', '.join(known) or 'none'}."


def slot_of_installed(library: Library, key: str, build: str = "") -> str:
    """The slot of what is installed of `key`; the build may be left out where there is only one. Raises InputError."""
    places = {f.parent.relative_to(library.folder / RELEASES).as_posix() for f in library.folders()}
    slots = sorted(slot for slot in places if slot.split("/")[0] == key)
    fitting = [slot for slot in slots if build in ("", slot.split("/")[1])]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        there = ", ".join(sorted(places)) or "nothing"
        raise InputError(f"That is not installed; installed is: {there}.")
    raise InputError(
        f"{key} is installed for several builds; say which: --build {' or --build '.join(_builds(slots))}."
    )


def _builds(slots: Iterable[str]) -> list[str]:
    return [slot.split("/")[1] for slot in slots]


def only_version(library: Library, slot: str) -> str:
    """The installed version of `slot` when there is one only. Raises InputError naming several."""
    versions = [version_of(f) for f in library.folders() if f.parent == library.folder / RELEASES / slot]
    if len(versions) != 1:
        raise InputError(f"Several releases are installed; say which: --release {' or --release '.join(versions)}.")
    return versions[0]


def accepted(offer: Offer, by: str) -> str:
    """The name of the person who accepts the licence of `offer`, "" where nobody has to.

    Raises InputError with the licence, its address, the size and how to accept when a person has to and none did.
    """
    name = " ".join(by.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(f"The name of who accepts the licence must be text of at most {_LONGEST_NAME} characters.")
    if offer.licence.must_accept and not name:
        raise InputError(
            f"{offer.source} may be used under: {offer.licence.name}. Read it at {offer.licence.address} "
            f"({size_text(offer)}). To accept it in your name and go on, "
            'add to the same command: --accept-licence "YOUR NAME"'
        )
    return name if offer.licence.must_accept else ""


def size_text(offer: Offer) -> str:
    """What it takes to get it: "190 MB to download", or that a person provides the file."""
    if not offer.fetch:
        return "you provide the file"
    return f"{amount(offer.size_bytes)} to download" if offer.size_bytes else "size not known before the download"


def to_provide(offer: Offer) -> str:
    """How to provide the files of an offer that is not downloaded."""
    build = "" if offer.assembly is Assembly.UNKNOWN else f" --build {offer.assembly.value}"
    return f"{offer.by_hand.rstrip('. ')}. Then: cli.py knowledge install {offer.source}{build} --file PATH"

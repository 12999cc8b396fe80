"""What is known on this machine, source by source: what ships, what is installed, what could be."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.case import Assembly, NotAssessed
from models.errors import IntegrityError
from models.knowledge import SOURCES, Installed, Library, Release, Source
from models.knowledge.ageing import STALE_AFTER_DAYS, is_stale
from models.knowledge.in_use import is_older
from models.knowledge.library.disk import amount
from models.knowledge.library.installed import slot_of
from models.knowledge.library.offer import Offer

# What a source is called while nothing of it is installed, where its release's own name says more than that.
NAMES = {"reference": "Reference genome sequence"}
# What a site gains first comes first; what is not named here follows with the question it answers.
GAINS = {
    "reference": "Checks the build and reads what each change does to the protein; without it a bare VCF stays bare.",
    "clinvar": "What laboratories concluded about a variant.",
    "gnomad_exomes": "How common a variant is in people: takes thousands of candidates off the list.",
    "alphamissense": "A score for every possible missense change.",
    "hpo": "Newer terms, diseases and gene links than those that ship.",
    "clingen_validity": "Newer conclusions on which genes cause which disease.",
    "gencc": "The same question, answered by a dozen curating groups.",
    "clingen_dosage": "Newer conclusions on genes that do not bear the loss of one copy.",
    "gene2phenotype": "Newer modes of inheritance, curated at the EBI.",
    "spliceai": "How likely a change alters splicing.",
    "revel": "A second score for missense changes.",
    "cadd": "A score for every kind of change.",
    "gnomad_genomes": "The same outside the exons.",
    "panelapp": "Newer modes of inheritance, from panels you choose.",
    "mane": "Newer transcripts than those that ship.",
    "chain": "Carries files on GRCh37 to GRCh38, so that what is known there can be asked.",
    "constraint_display": "gnomAD 4.1 constraint beside the 2.1.1 that the ranking was trained on.",
}


@dataclass(frozen=True)
class Slot:
    """One source on one build.

    shipped: what ships with Caseboard of it. installed: the release the library switched to. kept: the other
    installed releases, newest first. offer: how it can be installed, None when it cannot. follows: key of the
    source it is installed with, "" for its own. problem: a sentence when what is installed is damaged.
    """

    source: Source
    assembly: Assembly
    shipped: Release | None
    installed: Installed | None
    kept: tuple[Installed, ...]
    offer: Offer | None
    follows: Release | None = None
    problem: str = ""

    @property
    def id(self) -> str:
        return slot_of(self.source.key, self.assembly)

    @property
    def is_left_alone(self) -> bool:
        """What is installed is older than what ships, and so not used."""
        return bool(self.installed and self.shipped and is_older(self.installed.release, self.shipped))

    @property
    def release(self) -> Release | None:
        """The one that answers, None when nothing does."""
        if self.installed and not self.is_left_alone:
            return self.installed.release
        return self.follows or self.shipped

    @property
    def is_installed(self) -> bool:
        """An installed release answers."""
        return self.release is not None and self.release is not self.shipped

    @property
    def comes_along(self) -> bool:
        """A release of another source brings this one with it."""
        return self.source.key == "hpo_annotations"

    @property
    def build(self) -> str:
        return "" if self.assembly is Assembly.UNKNOWN else self.assembly.value

    @property
    def bare_name(self) -> str:
        """As people know it."""
        known = self.release or self.shipped
        if known:
            return known.name
        answer, key = self.source.found.answer, self.source.key
        return NAMES.get(key, key if isinstance(answer, NotAssessed) else answer.source)

    @property
    def name(self) -> str:
        """As people know it, with its build."""
        name = self.bare_name
        return name if not self.build or self.build in name else f"{name} · {self.build}"

    @property
    def origin(self) -> str:
        """Where what answers comes from."""
        if self.release is None:
            return "not installed"
        return "installed here" if self.is_installed else "ships with Caseboard"

    @property
    def size(self) -> str:
        """What it takes on disk, or what a download would bring."""
        if self.installed:
            return amount(self.installed.size_bytes)
        if self.offer is None:
            return ""
        return amount(self.offer.size_bytes) if self.offer.fetch else "your file"

    def is_old(self, today: date) -> bool:
        """A year or more behind; never said of sources whose age says nothing."""
        return self.release is not None and is_stale(self.release, today)


def shelf(library: Library) -> tuple[Slot, ...]:
    """Every source on every build it can be had for, in SOURCES' order. Raises IntegrityError when the list
    of releases in use is damaged; a damaged release is told in its slot."""
    library.switched()
    every = library.installed()
    return tuple(slot for source in SOURCES for slot in _slots(source, library, every))


def _slots(source: Source, library: Library, every: tuple[Installed, ...]) -> Iterator[Slot]:
    shipped = source.release(Library(library.folder / "nothing-installed"))
    offers = {offer.assembly: offer for offer in source.offers}
    for assembly in offers or (Assembly.UNKNOWN,):
        mine = [i for i in every if i.slot == slot_of(source.key, assembly)]
        try:
            now, problem = library.current(source.key, assembly), ""
            follows = None if offers else _follows(source, library, shipped)
        except IntegrityError as damage:
            now, follows, problem = None, None, damage.sentence
        kept = sorted((i for i in mine if now is None or i.folder != now.folder), key=_age, reverse=True)
        yield Slot(source, assembly, shipped, now, tuple(kept), offers.get(assembly), follows, problem)


def _follows(source: Source, library: Library, shipped: Release | None) -> Release | None:
    """The installed release of a source that comes with another one (HPO's annotations with the HPO)."""
    release = source.release(library)
    return None if release == shipped else release


def _age(installed: Installed) -> str:
    return installed.release.released_on


def recommended(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """What can be installed and is not, what gains most first; for GRCh37 last, as fewer files need it."""
    order = {key: place for place, key in enumerate(GAINS)}
    open_ones = [s for s in slots if s.offer and not s.is_installed]
    return tuple(sorted(open_ones, key=lambda s: (s.build == "GRCh37", order.get(s.source.key, len(order)))))


def gain(slot: Slot) -> str:
    return GAINS.get(slot.source.key, slot.source.question)


def is_writable(library: Library) -> bool:
    """Whether this program may install here; a folder shared by a department usually says no."""
    there = next(p for p in (library.folder, *library.folder.absolute().parents) if p.is_dir())
    return os.access(there, os.W_OK | os.X_OK)


def files_at(typed: str) -> tuple[Path, ...]:
    """The files that a person names, one path a line; a folder stands for the files in it."""
    paths = [Path(line.strip().strip("\"'")).expanduser() for line in typed.splitlines() if line.strip()]
    return tuple(f for p in paths for f in (sorted(c for c in p.iterdir() if c.is_file()) if p.is_dir() else [p]))


def age_words(days: int) -> str:
    """ "12 days", "5 months", "3 years, old": months of 30.4 days, years of 365."""
    if days < 61:
        return f"{days} days"
    if days <= STALE_AFTER_DAYS:
        return f"{round(days / 30.4)} months"
    return f"{days / 365:.1f} years, old"


def age_of(slot: Slot, today: date) -> str:
    """The age of the release that answers, in words; "" without one."""
    if slot.release is None:
        return ""
    words = age_words(slot.release.age_days(today))
    return words if slot.is_old(today) else words.removesuffix(", old")

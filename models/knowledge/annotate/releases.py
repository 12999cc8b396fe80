"""Which releases a case is worked up with."""

from collections.abc import Iterable, Sequence

from models.case import Assembly
from models.knowledge.library.installed import Installed
from models.knowledge.types import Release

# Sources that are asked about each variant, of which every build has its own.
LOOKED_UP = ("gnomad_exomes", "gnomad_genomes", "clinvar", "alphamissense", "revel", "spliceai", "cadd")


def used_releases(in_use: Iterable[Release], assembly: Assembly) -> tuple[Release, ...]:
    """What a case of `assembly` is worked up with: knowledge without positions, and the tables of its build."""
    return tuple(r for r in in_use if r.assembly in {"", assembly.value})


def answering(installed: Sequence[Installed], assembly: Assembly) -> tuple[Installed, ...]:
    """The releases whose positions are those of `assembly`; none for an unknown assembly."""
    return tuple(i for i in installed if i.assembly is assembly and assembly is not Assembly.UNKNOWN)

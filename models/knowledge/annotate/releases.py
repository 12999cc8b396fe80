"""Which releases a case is worked up with."""

from collections.abc import Iterable, Sequence

from models.case import Assembly
from models.knowledge import chain
from models.knowledge.effects.reference import SOURCE_KEY
from models.knowledge.library.installed import Installed
from models.knowledge.types import Release

REFERENCE, CHAIN = SOURCE_KEY, chain.KEY
GNOMAD = ("gnomad_exomes", "gnomad_genomes")
# Sources that are asked about each variant, of which every build has its own.
LOOKED_UP = (*GNOMAD, "clinvar", "alphamissense", "revel", "spliceai", "cadd")


def used_releases(in_use: Iterable[Release], assembly: Assembly) -> tuple[Release, ...]:
    """What a case of `assembly` is worked up with: knowledge without positions, the tables of its build, and what
    is asked by lifted places."""
    known = tuple(in_use)
    lifted = sources_by_lift(((r.key, r.assembly) for r in known), assembly)
    return tuple(r for r in known if r.assembly in {"", assembly.value} or r.key in lifted)


def answering(installed: Sequence[Installed], assembly: Assembly) -> tuple[Installed, ...]:
    """The releases of `assembly` that fill a case's table; none for an unknown assembly."""
    if assembly is Assembly.UNKNOWN:
        return ()
    return tuple(i for i in installed if i.assembly is assembly and i.source in (*LOOKED_UP, REFERENCE))


def by_lift(installed: Sequence[Installed], assembly: Assembly) -> tuple[Installed, ...]:
    """The releases of GRCh38 that a case of `assembly` asks by lifted places, and the chain file; () for none."""
    lifted = sources_by_lift(((i.source, i.assembly.value) for i in installed), assembly)
    asked = tuple(i for i in installed if i.assembly is Assembly.GRCH38 and i.source in lifted)
    return (*asked, *(i for i in installed if i.source == CHAIN)) if asked else ()


def sources_by_lift(have: Iterable[tuple[str, str]], assembly: Assembly) -> frozenset[str]:
    """Where a chain file is installed, a case of GRCh37 asks those of GRCh38 that are not installed for GRCh37;
    gnomAD's exomes and genomes count as one, so that no frequency is of two builds. The reference of GRCh38 is
    among them: it tells which lifted alleles are what they seem. have: (source, build) of what is in use."""
    pairs = set(have)
    own = {source for source, build in pairs if build == Assembly.GRCH37.value}
    if assembly is not Assembly.GRCH37 or CHAIN not in own:
        return frozenset()
    closed = own | (set(GNOMAD) if own & set(GNOMAD) else set())
    asked = {s for s, build in pairs if build == Assembly.GRCH38.value and s in LOOKED_UP and s not in closed}
    reference = {REFERENCE} & {s for s, build in pairs if build == Assembly.GRCH38.value}
    return frozenset(asked | reference if asked else ())

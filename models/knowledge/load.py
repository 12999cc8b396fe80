"""All knowledge, loaded once per process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.case import Assembly
from models.knowledge.annotations import Annotations
from models.knowledge.cache import default_cache_dir
from models.knowledge.genes import GeneTable, load_genes
from models.knowledge.hpo import load_hpo
from models.knowledge.library.installed import Installed, Library
from models.knowledge.ontology import Ontology
from models.knowledge.transcripts import Transcripts, load_transcripts
from models.knowledge.types import Release


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What the world knows, immutable; share one per process.

    releases: those in use, in SOURCES' order; one a build for sources with positions. library: the
    installed releases; where it has none of a source, what ships is used, and a source that does not ship
    is not assessed. installed: the library's releases in use when this was loaded; a release installed
    later takes effect with the next loading, so that what a case is said to be worked up with is what it
    was worked up with.
    """

    hpo: Ontology
    annotations: Annotations
    genes: GeneTable
    transcripts: Transcripts
    releases: tuple[Release, ...]
    library: Library
    installed: tuple[Installed, ...] = ()


def load_knowledge(cache_dir: Path | None = None, library: Library | None = None) -> Knowledge:
    """What ships and what is installed in `library` (None: only what ships, as training needs), offline.

    The first call for a release compiles it into `cache_dir`.

    Raises IntegrityError when a release is not installed or damaged, OSError when `cache_dir`
    cannot be written.
    """
    place = cache_dir or default_cache_dir()
    library = library or Library(place / "nothing-installed")
    ontology, annotations = load_hpo(place, library)
    transcripts = load_transcripts(place, library)
    genes = load_genes(annotations, ontology, transcripts.chromosome_of, library)
    installed = library.in_use()
    return Knowledge(ontology, annotations, genes, transcripts, releases_in_use(library, installed), library, installed)


def releases_in_use(library: Library, installed: Sequence[Installed]) -> tuple[Release, ...]:
    """What answers just now, in SOURCES' order: one release a source, or one a build where it has positions."""
    from models.knowledge import SOURCES  # the shop window lists the sources, and imports this file

    found: list[Release] = []
    for source in SOURCES:
        builds = [i for i in installed if i.source == source.key and i.assembly is not Assembly.UNKNOWN]
        if builds:
            found.extend(replace(i.release, assembly=i.assembly.value) for i in builds)
        elif release := source.release(library):
            found.append(release)
    return tuple(found)

"""All knowledge, loaded once per process."""

from dataclasses import dataclass
from pathlib import Path

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

    releases: those in use, in SOURCES' order. library: the installed releases; where it has none of a
    source, what ships is used, and a source that does not ship is not assessed. installed: the library's
    releases in use when this was loaded; a release installed later takes effect with the next loading, so
    that what a case is said to be worked up with is what it was worked up with.
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
    from models.knowledge import SOURCES  # the shop window lists the sources, and imports this file

    place = cache_dir or default_cache_dir()
    library = library or Library(place / "nothing-installed")
    ontology, annotations = load_hpo(place)
    transcripts = load_transcripts(place)
    genes = load_genes(annotations, ontology, transcripts.chromosome_of)
    releases = tuple(release for source in SOURCES if (release := source.release(library)))
    return Knowledge(ontology, annotations, genes, transcripts, releases, library, library.in_use())

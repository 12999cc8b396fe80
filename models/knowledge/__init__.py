"""What does the world know? Terms, diseases, genes and transcripts, each with its source and release.

SOURCES lists every source, in the order they are shown; to add one, write a file and add it there.
"""

from models.knowledge import (
    alphamissense,
    cadd,
    chain,
    clingen_dosage,
    clingen_validity,
    clinvar,
    constraint,
    constraint_display,
    gencc,
    gene2phenotype,
    gene_lists,
    gene_models,
    gnomad,
    hpo_sources,
    panelapp,
    reference,
    revel,
    secondary_findings,
    spliceai,
    transcripts,
)
from models.knowledge.annotations import Annotations
from models.knowledge.genes import GeneTable
from models.knowledge.hpo_files import frozen_annotations
from models.knowledge.library import Installed, Library, library_folder
from models.knowledge.load import Knowledge, load_knowledge
from models.knowledge.notes import suggest_terms
from models.knowledge.notes_open import open_suggestions
from models.knowledge.ontology import Ontology
from models.knowledge.profiles import Profiles
from models.knowledge.resolve import resolve_phenotype
from models.knowledge.resolve_typed import TypedTerms, Unread, read_typed_terms
from models.knowledge.source import Source
from models.knowledge.transcripts import Region, Transcripts
from models.knowledge.types import Release, Suggestion, SuggestionKind, TermHit, TranscriptModel

SOURCES: tuple[Source, ...] = (
    hpo_sources.ONTOLOGY,
    hpo_sources.ANNOTATIONS,
    clingen_validity.SOURCE,
    clingen_dosage.SOURCE,
    gencc.SOURCE,
    panelapp.SOURCE,
    gene2phenotype.SOURCE,
    secondary_findings.SOURCE,
    constraint.SOURCE,
    constraint_display.SOURCE,
    gene_lists.SOURCE,
    transcripts.SOURCE,
    reference.SOURCE,
    chain.SOURCE,
    gene_models.SOURCE,
    clinvar.SOURCE,
    gnomad.EXOME_SOURCE,
    gnomad.GENOME_SOURCE,
    alphamissense.SOURCE,
    revel.SOURCE,
    spliceai.SOURCE,
    cadd.SOURCE,
)

__all__ = [
    "SOURCES",
    "Annotations",
    "GeneTable",
    "Installed",
    "Knowledge",
    "Library",
    "Ontology",
    "Profiles",
    "Region",
    "Release",
    "Source",
    "Suggestion",
    "SuggestionKind",
    "TermHit",
    "TranscriptModel",
    "Transcripts",
    "TypedTerms",
    "Unread",
    "frozen_annotations",
    "library_folder",
    "load_knowledge",
    "open_suggestions",
    "read_typed_terms",
    "resolve_phenotype",
    "suggest_terms",
]

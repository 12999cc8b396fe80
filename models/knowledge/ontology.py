"""The Human Phenotype Ontology in memory: names, definitions, family of terms, and old ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.knowledge.term_phrases import PhraseIndex
from models.knowledge.term_search import TermIndex
from models.knowledge.term_search_lay import with_lay_words
from models.knowledge.types import TermHit

# Roots of the ontology's sub-hierarchies (HPO documentation, "Subontologies").
PHENOTYPIC_ABNORMALITY = "HP:0000118"
MODE_OF_INHERITANCE = "HP:0000005"
# What terms outside the phenotypic abnormalities are, the narrower first.
OTHER_BRANCHES = {
    MODE_OF_INHERITANCE: "a mode of inheritance",
    "HP:0003674": "an onset",
    "HP:0012823": "a clinical modifier",
    "HP:0032443": "past medical history",
    "HP:0040279": "a frequency",
    "HP:0032223": "a blood group",
    "HP:0020228": "a finding in a biospecimen",
}


@dataclass(frozen=True, eq=False)
class Links:
    """A sparse list of lists: items of row i are indices[indptr[i]:indptr[i + 1]]."""

    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]

    def of(self, row: int) -> NDArray[np.int32]:
        return self.indices[self.indptr[row] : self.indptr[row + 1]]

    def transposed(self) -> "Links":
        rows = np.repeat(np.arange(len(self.indptr) - 1, dtype=np.int32), np.diff(self.indptr))
        counts = np.bincount(self.indices, minlength=len(self.indptr) - 1)
        indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return Links(indptr, rows[np.argsort(self.indices, kind="stable")])


@dataclass(frozen=True, eq=False)
class Ontology:
    """Current terms by position; ids given by others are looked up through `current_id`.

    ancestor_links hold each term itself. replaced: old id -> current id. retired: obsolete id ->
    (old name, ids to consider); these have no single replacement. usage: how many diseases are
    annotated with the term or a kind of it; it orders equally good answers of a search.
    """

    release: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    definitions: tuple[str, ...]
    synonym_lists: tuple[tuple[str, ...], ...]
    parent_links: Links
    ancestor_links: Links
    replaced: Mapping[str, str]
    retired: Mapping[str, tuple[str, tuple[str, ...]]]
    usage: NDArray[np.int32]

    @cached_property
    def positions(self) -> dict[str, int]:
        return {term_id: i for i, term_id in enumerate(self.ids)}

    @cached_property
    def _child_links(self) -> Links:
        return self.parent_links.transposed()

    @cached_property
    def _descendant_links(self) -> Links:
        return self.ancestor_links.transposed()

    @cached_property
    def is_abnormality(self) -> NDArray[np.bool_]:
        """By position: a phenotypic abnormality (not an onset, inheritance, frequency or modifier)."""
        return self.is_below(PHENOTYPIC_ABNORMALITY)

    @cached_property
    def _index(self) -> TermIndex:
        names = with_lay_words(self.labels, self.synonym_lists)
        return TermIndex.build(self.labels, names, self.is_abnormality, self.usage)

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The names of phenotypic abnormalities, to find them in running text."""
        return PhraseIndex.build(self.labels, self.synonym_lists, self.is_abnormality)

    def is_below(self, root: str) -> NDArray[np.bool_]:
        """By position: `root` itself or one of its descendants."""
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        if root in self.positions:
            mask[self._descendant_links.of(self.positions[root])] = True
        return mask

    def __contains__(self, term_id: object) -> bool:
        return term_id in self.positions

    def __len__(self) -> int:
        return len(self.ids)

    def current_id(self, term_id: str) -> str:
        """The current id `term_id` stands for today; "" when it is unknown or retired."""
        if term_id in self.positions:
            return term_id
        now = self.replaced.get(term_id, "")
        return now if now in self.positions else ""

    def position(self, term_id: str) -> int:
        """Position of the current term behind `term_id`; -1 when there is none."""
        return self.positions.get(self.current_id(term_id), -1)

    def label(self, term_id: str) -> str:
        """The name of the current term behind `term_id`; the id itself when there is none."""
        at = self.position(term_id)
        return self.labels[at] if at >= 0 else term_id

    def definition(self, term_id: str) -> str:
        """The definition, "" when the ontology gives none."""
        at = self.position(term_id)
        return self.definitions[at] if at >= 0 else ""

    def synonyms(self, term_id: str) -> tuple[str, ...]:
        at = self.position(term_id)
        return self.synonym_lists[at] if at >= 0 else ()

    def parents(self, term_id: str) -> tuple[str, ...]:
        return self._linked(self.parent_links, term_id)

    def children(self, term_id: str) -> tuple[str, ...]:
        return self._linked(self._child_links, term_id)

    def ancestors(self, term_id: str) -> tuple[str, ...]:
        """All ancestors of the term, without the term itself."""
        return tuple(t for t in self._linked(self.ancestor_links, term_id) if t != self.current_id(term_id))

    def descendants(self, term_id: str) -> tuple[str, ...]:
        """All descendants of the term, without the term itself."""
        return tuple(t for t in self._linked(self._descendant_links, term_id) if t != self.current_id(term_id))

    def is_phenotype(self, term_id: str) -> bool:
        """Whether the term is a phenotypic abnormality: what a patient shows."""
        at = self.position(term_id)
        return at >= 0 and bool(self.is_abnormality[at])

    def branch(self, term_id: str) -> str:
        """What a term is that is not a phenotypic abnormality ("an onset"); "" for a feature or no such branch."""
        lineage = {self.current_id(term_id), *self.ancestors(term_id)}
        return next((words for root, words in OTHER_BRANCHES.items() if root in lineage), "")

    def search(self, text: str, limit: int = 20) -> tuple[TermHit, ...]:
        """Phenotypic abnormalities whose id, name or synonym fits `text`, best first.

        The start of words is enough, and one slip of a finger in a longer word is forgiven.
        """
        wanted = text.strip()
        at = self.position(wanted.upper())
        if at >= 0:
            return (TermHit(self.ids[at], self.labels[at], wanted, is_synonym=False),)
        found = self._index.search(wanted, limit)
        return tuple(TermHit(self.ids[i], self.labels[i], name, is_synonym) for i, name, is_synonym in found)

    def _linked(self, links: Links, term_id: str) -> tuple[str, ...]:
        at = self.position(term_id)
        return tuple(self.ids[i] for i in links.of(at)) if at >= 0 else ()

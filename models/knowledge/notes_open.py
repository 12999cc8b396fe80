"""Which suggestions from the notes are still worth a person's decision."""

from collections.abc import Sequence

from models.case import Phenotype
from models.knowledge.ontology import Ontology
from models.knowledge.types import Suggestion, SuggestionKind


def open_suggestions(found: Sequence[Suggestion], phenotype: Phenotype, ontology: Ontology) -> tuple[Suggestion, ...]:
    """`found` without what is recorded, and without what a recorded or suggested term says more exactly.

    "Seizure" adds nothing to a recorded "Focal hemiclonic seizure", nor beside such a suggestion; "no
    focal seizure" nothing to an excluded "Seizure". A denial of what is recorded as present stays: it
    contradicts. What relatives have is left alone. One suggestion per term and kind, the first.
    """
    recorded = {t.id for t in phenotype.terms}
    left = [s for s in found if s.term_id not in recorded]
    present = [t.id for t in phenotype.observed] + [s.term_id for s in left if s.kind is SuggestionKind.PRESENT]
    implied = {
        SuggestionKind.PRESENT: {a for term in present for a in ontology.ancestors(term)},
        SuggestionKind.ABSENT: {d for term in phenotype.excluded for d in ontology.descendants(term.id)},
        SuggestionKind.FAMILY: set[str](),
    }
    first = {(s.term_id, s.kind): s for s in reversed(left)}
    return tuple(s for s in left if s.term_id not in implied[s.kind] and first[s.term_id, s.kind] is s)

"""What in the patient's record matters for one gene, and in which words it says so.

The record is read once per case into mentions of HPO terms; a gene lights up the mentions that its
diseases explain. Only words count: every lit item carries the sentence that says why it is lit.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from models.case import ClinicalRecord, LabValue, Medication
from models.evidence.gene_medicine import caution_for
from models.evidence.types import TermMatch
from models.knowledge.types import Suggestion, SuggestionKind

EXPLAINING = ("exact", "more specific", "more general")
SHORTEST_NAME = 4  # letters; shorter words ("ALT", "Na") are too ambiguous to be looked for in labels
ENDING = 2  # letters left off a test's name: ammonia is in hyperammonemia
RAISED = ("hyper", "elevated", "increased", "high ", "raised")
LOWERED = ("hypo", "decreased", "reduced", "low ")


_SAID_WHY = re.compile(r"\bworse|\bstopped\s*(?:because|due to|after|for|:)", re.IGNORECASE)
_RELATED = re.compile(r"\b(cousin|uncle|niece) of the (mother|father)\b|\bconsanguin", re.IGNORECASE)


class Section(str, Enum):
    """Which list of the record an item stands in."""

    PROBLEM = "problem"
    MEDICATION = "medication"
    LAB = "laboratory"
    RELATIVE = "relative"
    NOTE = "note"


@dataclass(frozen=True)
class Mention:
    """One HPO term that one item of the record speaks of. sentence: where it says so."""

    section: Section
    index: int
    term_id: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Lit:
    """One item of the record that matters for the gene. because: a sentence for the reviewer.

    quote: the words of the record it rests on; "" when the item is short enough to speak for itself.
    """

    section: Section
    index: int
    because: str
    quote: str = ""


def read_mentions(record: ClinicalRecord, suggest: Callable[[str], Sequence[Suggestion]]) -> tuple[Mention, ...]:
    """Every term mentioned as present; in family history a relative's condition counts as present."""
    return tuple(
        Mention(section, index, s.term_id, s.label, s.sentence)
        for section, index, text in _texts(record)
        for s in suggest(text)
        if s.kind is SuggestionKind.PRESENT
    )


def light_up(
    record: ClinicalRecord, mentions: Iterable[Mention], gene: str, relations: Mapping[str, TermMatch]
) -> tuple[Lit, ...]:
    """What to light for `gene`. relations: how each mentioned term, and each of the patient's, relates to it."""
    lit: dict[tuple[Section, int], Lit] = {}
    for mention in mentions:
        relation = relations.get(mention.term_id)
        if relation is not None and relation.kind in EXPLAINING:
            lit.setdefault((mention.section, mention.index), _by_term(mention, relation, gene))
    for index, lab in enumerate(record.labs):
        found = _by_lab(index, lab, gene, relations.values())
        if found:
            lit.setdefault((Section.LAB, index), found)
    for index, medication in enumerate(record.medications):
        if because := _of_medicine(medication, gene):
            lit[Section.MEDICATION, index] = Lit(Section.MEDICATION, index, because)
    for index, note in enumerate(record.notes):
        if gene and gene in note.text.replace(",", " ").replace(".", " ").split():
            lit.setdefault((Section.NOTE, index), Lit(Section.NOTE, index, f"Names {gene}."))
    return tuple(lit.values())


def says_parents_related(record: ClinicalRecord) -> bool:
    """Whether the family history says that the parents are related by blood ("first cousin of the father")."""
    parents = (r for r in record.relatives if r.relationship.lower() in {"mother", "father"})
    return any(_RELATED.search(words) for r in parents for words in (r.note, *r.conditions))


def _texts(record: ClinicalRecord) -> Iterable[tuple[Section, int, str]]:
    for i, problem in enumerate(record.problems):
        if not problem.is_refuted:
            yield Section.PROBLEM, i, problem.text
    for i, relative in enumerate(record.relatives):
        for condition in relative.conditions:
            yield Section.RELATIVE, i, condition
    for i, note in enumerate(record.notes):
        yield Section.NOTE, i, note.text


def _by_term(mention: Mention, relation: TermMatch, gene: str) -> Lit:
    feature = relation.gene_term_label or mention.label
    of = relation.disease_label or f"diseases of {gene}"
    said = "Matches" if mention.label == feature else f"{mention.label} matches"
    quote = mention.sentence if mention.section is Section.NOTE else ""
    return Lit(mention.section, mention.index, f"{said} {feature}, a feature of {of}.", quote)


def _of_medicine(medication: Medication, gene: str) -> str:
    """The record's own words on why it harmed or was stopped, then a known caution; never what it is given for."""
    said = f"The record says: {medication.reason.rstrip('.')}." if _SAID_WHY.search(medication.reason) else ""
    caution = caution_for(gene, medication.text)
    known = f"Known caution for {gene}: {caution.reason} ({caution.source})." if caution else ""
    return " ".join(part for part in (said, known) if part)


def _by_lab(index: int, lab: LabValue, gene: str, relations: Iterable[TermMatch]) -> Lit | None:
    """An out-of-range value whose name stands in a term of the gene, in the same direction."""
    name = lab.name.split()[0].strip(",;").lower() if lab.name.split() else ""
    directions = RAISED if lab.flag.startswith("H") else LOWERED if lab.flag.startswith("L") else ()
    if len(name) < SHORTEST_NAME or not directions:
        return None
    stem = name[: max(SHORTEST_NAME, len(name) - ENDING)]
    for relation in (r for r in relations if r.kind in EXPLAINING):
        label = relation.gene_term_label.lower()
        if stem in label and any(word in label for word in directions):
            way = "above" if directions is RAISED else "below"
            return Lit(Section.LAB, index, f"{lab.name} is {way} its range; {relation.gene_term_label} fits {gene}.")
    return None

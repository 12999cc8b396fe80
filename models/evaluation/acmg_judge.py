"""The suggested class of a named variant, from what ships and what is installed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from models.case import Assembly
from models.errors import InputError
from models.evaluation.acmg_alleles import predicted_proteins, with_coordinates
from models.evaluation.acmg_evidence import NOTHING, Known, installed_evidence
from models.evaluation.acmg_table import Record
from models.evidence.acmg import suggest
from models.evidence.acmg.from_record import Named, facts_of_record
from models.evidence.acmg.neighbours import neighbours_of
from models.evidence.acmg.repeats import repeat_at
from models.evidence.acmg.types import Suggestion
from models.knowledge import Knowledge, Library, load_knowledge
from models.knowledge.effects.reference import open_reference


class JudgeOfRecords:
    """known: what sources say of a record, by its line in the table; neighbours it does not tell are looked up in the
    installed ClinVar, never the variant itself."""

    def __init__(self, knowledge: Knowledge, known: Mapping[int, Known]) -> None:
        self.knowledge = knowledge
        self.known = known

    def __call__(self, record: Record) -> Suggestion:
        named = Named(record.variation, record.gene, record.allele, record.hgvs_g, record.disease)
        known = self.known.get(record.line, NOTHING)
        facts = facts_of_record(
            named, self.knowledge, known.frequency, known.predictors, known.neighbours, known.hgvs_p
        )
        if known.neighbours is None:
            model = self.knowledge.transcripts.model(facts.gene)
            facts = facts.beside(neighbours_of(facts, model, self.knowledge.installed))
        return suggest(replace(facts, in_repeat=repeat_at(facts.allele, self.knowledge.installed)))


def judge_with(records: Sequence[Record], folder: Path | None) -> JudgeOfRecords:
    """folder: of an installed library, None: only what ships. Raises InputError when there is no such folder."""
    if folder is not None and not folder.is_dir():
        raise InputError("no such folder of installed knowledge; see: cli.py knowledge list", folder.name)
    knowledge = load_knowledge(library=Library(folder) if folder else None)
    reference = open_reference(knowledge.library, Assembly.GRCH38)
    if reference is None:
        return JudgeOfRecords(knowledge, installed_evidence(records, knowledge.installed))
    placed = with_coordinates(records, reference)
    known = installed_evidence(placed, knowledge.installed, normalised=True)
    for line, name in predicted_proteins(placed, reference, knowledge.transcripts).items():
        known[line] = replace(known.get(line, NOTHING), hgvs_p=name)
    return JudgeOfRecords(knowledge, known)

"""One allele on several transcripts: what it does to each of a gene's, worst first."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.case import Allele
from models.intake.severity import RANK_OF
from models.knowledge.effects.coding_name import coding_name
from models.knowledge.effects.edit import edit_of
from models.knowledge.effects.edit_effect import edit_effect
from models.knowledge.effects.reference import Reference
from models.knowledge.effects.spliced import spliced
from models.knowledge.types import TranscriptModel


@dataclass(frozen=True)
class OnTranscript:
    """hgvs_c "": the change reaches beyond the transcript. hgvs_p "": the protein is not touched, or cannot be told."""

    transcript: str
    status: str
    consequence: str
    hgvs_c: str
    hgvs_p: str


def on_transcripts(
    allele: Allele, models: Iterable[TranscriptModel], reference: Reference
) -> tuple[OnTranscript, ...] | None:
    """Every one of `models` that the allele touches; None where the reference has other bases than its REF.

    Raises WrongBuild for a reference of another assembly; `models` must be of the allele's too.
    """
    reference.check(allele.assembly)
    last = allele.pos_1based + len(allele.ref) - 1
    if reference.bases(allele.chrom, allele.pos_1based, last) != allele.ref:
        return None
    edit = edit_of(allele.chrom, allele.pos_1based, allele.ref, allele.alt)
    found = []
    for model in models:
        effect = edit_effect(spliced(model), edit, reference) if model.chrom == allele.chrom else None
        if effect:
            name = coding_name(spliced(model), edit, reference)
            found.append(OnTranscript(model.refseq, model.mane_status, effect.consequence, name, effect.hgvs_p or ""))
    return tuple(sorted(found, key=lambda one: min(RANK_OF[term] for term in one.consequence.split("&"))))

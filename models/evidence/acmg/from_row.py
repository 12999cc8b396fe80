"""Facts of a ranked row of a case: what its file, the installed knowledge and the family say of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from models.case import Absent, Allele, Assembly, Case, Finding, Found, Kind, Looked, NotAssessed, State
from models.evidence.acmg.facts import Facts, Frequency, Predictors, ProteinChange, ProteinKind, as_written
from models.evidence.acmg.family_facts import family_facts
from models.evidence.acmg.from_record import (
    KnowledgeForAcmg,
    consequences_of,
    gene_facts,
    place_by_name,
    protein_by_place,
)
from models.evidence.acmg.place import Place, agreed, place_of
from models.evidence.acmg.protein_name import protein_change
from models.evidence.consequence import terms_of
from models.evidence.types import GenePhenotype, VariantEvidence
from models.knowledge.types import TranscriptModel

_RESOLVED = frozenset({Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS})
# The protein's change that a term tells where the file names none.
_KIND_OF_TERM = {
    "stop_gained": ProteinKind.NONSENSE,
    "frameshift_variant": ProteinKind.FRAMESHIFT,
    "start_lost": ProteinKind.START_LOSS,
    "stop_lost": ProteinKind.STOP_LOSS,
    "inframe_insertion": ProteinKind.IN_FRAME,
    "inframe_deletion": ProteinKind.IN_FRAME,
    "missense_variant": ProteinKind.MISSENSE,
    "synonymous_variant": ProteinKind.SYNONYMOUS,
}


def facts_of_row(
    row: int,
    case: Case,
    evidence: VariantEvidence,
    knowledge: KnowledgeForAcmg,
    *,
    disease: str = "",
    findings: Iterable[Finding] = (),
    match: GenePhenotype | None = None,
) -> Facts:
    """Everything known of a ranked row. disease: the gene's that fits best, "" none. findings: of the identity checks.

    match: how well the gene explains the patient's features. Neighbours in ClinVar are not looked up here.
    """
    variant: Mapping[str, Any] = case.variants.frame.loc[row].to_dict()
    found: Mapping[str, Any] = evidence.frame.loc[row].to_dict()
    gene = str(found["gene"])
    model = knowledge.transcripts.model(gene) if gene else None
    place = _place(variant, case.assembly, model)
    terms = _terms(variant)
    facts = Facts(
        gene,
        str(variant["transcript"]) if variant["transcript_state"] == State.FOUND else model.refseq if model else "",
        case.assembly,
        _allele(variant, case.assembly),
        disease,
        consequences=terms,
        hgvs_c=_looked(variant, "hgvs_c", "hgvs_c_state", str),
        protein=_protein(variant, terms, place),
        place=place,
        gene_facts=gene_facts(gene, knowledge.genes.frame),
        frequency=_frequency(variant, found),
        predictors=_predictors(variant),
        family=family_facts(row, case, found, findings, match),
    )
    return facts if isinstance(terms, Found) else replace(facts, consequences=consequences_of(facts))


def _allele(variant: Mapping[str, Any], assembly: Assembly) -> Allele | None:
    if Kind(str(variant["kind"])) not in _RESOLVED:
        return None
    return Allele(assembly, str(variant["chrom"]), int(variant["pos_1based"]), str(variant["ref"]), str(variant["alt"]))


def _looked(variant: Mapping[str, Any], column: str, state: str, make: Any) -> Looked[Any]:
    known = State(int(variant[state]))
    if known is State.FOUND:
        return Found(make(variant[column]), "the file or an installed release")
    return Absent() if known is State.ABSENT else NotAssessed(f"no source brought {column}")


def _place(variant: Mapping[str, Any], assembly: Assembly, model: TranscriptModel | None) -> Looked[Place]:
    """By position on GRCh38, and by the file's coding name where that is of MANE's transcript."""
    if model is None:
        return Absent("MANE")
    named = _named_place(variant, model)
    if assembly is not Assembly.GRCH38:
        return named or NotAssessed("exons are known on GRCh38 only, and the file names another transcript")
    if Kind(str(variant["kind"])) not in _RESOLVED:
        return NotAssessed("not a sequence-resolved variant")
    placed = place_of(model, int(variant["pos_1based"]), str(variant["ref"]), str(variant["alt"]))
    if placed is None:
        return Absent("MANE")
    return Found(agreed(placed, named.value), "MANE") if isinstance(named, Found) else Found(placed, "MANE")


def _named_place(variant: Mapping[str, Any], model: TranscriptModel) -> Looked[Place] | None:
    name, transcript = str(variant["hgvs_c"]), str(variant["transcript"]).partition(".")[0]
    if transcript not in {model.refseq.partition(".")[0], model.ensembl.partition(".")[0]}:
        return None
    return place_by_name(name, model) if name else None


def _terms(variant: Mapping[str, Any]) -> Looked[frozenset[str]]:
    """The consequence as delivered. A term that says nothing of the effect, or none, is not assessed."""
    if variant["consequence_state"] != State.FOUND:
        return NotAssessed("no source brought a consequence")
    return Found(frozenset(terms_of(str(variant["consequence"]))), "the file or an installed release")


def _protein(variant: Mapping[str, Any], terms: Looked[frozenset[str]], place: Looked[Place]) -> Looked[ProteinChange]:
    """As named; else what the consequence and the place tell."""
    if variant["hgvs_p_state"] == State.FOUND and variant["hgvs_p"]:
        change = protein_change(str(variant["hgvs_p"]))
        if change.kind is not ProteinKind.UNCLEAR:
            return Found(change, "the file or an installed release")
    kind = next((k for t, k in _KIND_OF_TERM.items() if isinstance(terms, Found) and t in terms.value), None)
    if kind is None:
        resolved = Kind(str(variant["kind"])) in _RESOLVED
        return protein_by_place(len(str(variant["alt"])) - len(str(variant["ref"])) if resolved else None, place)
    first, last = place.value.residues if isinstance(place, Found) and place.value.in_coding else (0, 0)
    return Found(ProteinChange("", kind, "", first, last), "the consequence")


def _frequency(variant: Mapping[str, Any], found: Mapping[str, Any]) -> Frequency:
    state, origin = State(int(found["frequency_state"])), str(found["frequency_origin"])
    highest: Looked[float] = NotAssessed("no source brought a frequency")
    if state is State.FOUND:
        highest = Found(as_written(float(found["frequency_fraction"])), "gnomAD")
    elif state is State.ABSENT:
        highest = Absent("gnomAD")
    group = origin.partition("(")[2].removesuffix(")") if origin.startswith("group maximum (") else ""
    return Frequency(
        highest,
        group,
        _looked(variant, "af_fraction", "af_state", as_written),
        _looked(variant, "allele_count", "allele_count_state", int),
        _looked(variant, "allele_number", "allele_count_state", int),
        _looked(variant, "homozygote_count", "homozygote_state", int),
    )


def _predictors(variant: Mapping[str, Any]) -> Predictors:
    return Predictors(
        _looked(variant, "revel_score", "revel_state", as_written),
        _looked(variant, "alphamissense_score", "alphamissense_state", as_written),
        _looked(variant, "cadd_phred", "cadd_state", as_written),
        _looked(variant, "spliceai_delta_max", "spliceai_state", as_written),
        _looked(variant, "phylop_score", "phylop_state", as_written),
    )

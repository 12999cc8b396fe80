"""Facts of a variant that is only named: HGVS text, coordinates on GRCh38 and the knowledge at hand.

For a table of classifications. The classes and criteria in such a table are what one wants to compare with, so
nothing here takes them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from models.case import Absent, Allele, Assembly, Found, Looked, NotAssessed
from models.evidence.acmg.coding_name import (
    Base,
    CodingChange,
    coding_change,
    coding_part,
    protein_part,
    transcript_of,
)
from models.evidence.acmg.facts import Facts, Frequency, GeneFacts, Neighbour, Predictors, as_written
from models.evidence.acmg.place import Coding, Place, Point, SpliceSite, agreed, coding_of, place_of
from models.evidence.acmg.protein_name import ProteinChange, ProteinKind, protein_change
from models.evidence.needs import GeneTable
from models.knowledge.types import TranscriptModel

_NOT_NAMED = NotAssessed("the amino acids are not named, and without the reference sequence they are not known")
_GENOMIC = re.compile(r"g\.(.+)$")
# "g.(?_34787801)_(35048958_?)del": at least what lies between is gone.
_UNCERTAIN_DELETION = re.compile(r"g\.\((?:\?|\d+)_(\d+)\)_\((\d+)_(?:\?|\d+)\)del$")


class Models(Protocol):
    """MANE transcripts by gene."""

    def model(self, gene: str) -> TranscriptModel | None: ...


class KnowledgeForAcmg(Protocol):
    """The part of models.knowledge.Knowledge that facts are made of."""

    @property
    def genes(self) -> GeneTable: ...

    @property
    def transcripts(self) -> Models: ...


@dataclass(frozen=True)
class Named:
    """What a table says of a variant. variation: its full name. hgvs_g: its name on GRCh38, "" none.

    allele: on GRCh38, None when the table has no coordinates. disease: as the table writes it.
    """

    variation: str
    gene: str
    allele: Allele | None = None
    hgvs_g: str = ""
    disease: str = ""


def facts_of_record(
    named: Named,
    knowledge: KnowledgeForAcmg,
    frequency: Frequency | None = None,
    predictors: Predictors | None = None,
    neighbours: Looked[tuple[Neighbour, ...]] | None = None,
    hgvs_p: str = "",
) -> Facts:
    """Everything known of `named`; what was not looked up stays not assessed.

    hgvs_p: the protein's name where it was predicted from the reference; else the one in `variation` is used.
    """
    gene = knowledge.genes.current(named.gene)
    model = knowledge.transcripts.model(gene)
    name = coding_part(named.variation)
    change = coding_change(name) or _genomic_change(named.hgvs_g)
    place = _place(named, model, name)
    net = change.net_bases if change else None
    protein = _protein(protein_part(named.variation) or hgvs_p, net, place)
    facts = Facts(
        gene,
        transcript_of(named.variation) or (model.refseq if model else ""),
        Assembly.GRCH38 if named.allele or named.hgvs_g else Assembly.UNKNOWN,
        named.allele,
        named.disease,
        hgvs_c=Found(name, "the variant's name") if name else NotAssessed("the variant has no coding name"),
        protein=protein,
        place=place,
        gene_facts=gene_facts(gene, knowledge.genes.frame),
    )
    extra: dict[str, Any] = {"frequency": frequency, "predictors": predictors, "neighbours": neighbours}
    facts = replace(facts, **{k: v for k, v in extra.items() if v is not None})
    return replace(facts, consequences=consequences_of(facts))


def gene_facts(gene: str, frame: Any) -> GeneFacts:
    """What the gene table says; a gene that is not in it was looked for, so its values are Absent."""
    if gene not in frame.index:
        absent = Absent("the gene table")
        return GeneFacts(absent, absent, absent, absent) if gene else GeneFacts()
    row: Mapping[str, Any] = frame.loc[gene]
    score = int(row["haploinsufficiency"])
    return GeneFacts(
        _number(row, "loeuf"),
        _number(row, "missense_z"),
        Found(score, "ClinGen dosage sensitivity") if score >= 0 else Absent("ClinGen dosage sensitivity"),
        _validity(row),
        frozenset(str(row["inheritance"]).split(";")) - {""},
    )


def _validity(row: Mapping[str, Any]) -> Looked[str]:
    """ClinGen's class, else GenCC's strongest."""
    for column, source in (("validity", "ClinGen validity"), ("gencc", "GenCC")):
        if str(row.get(column, "") or ""):
            return Found(str(row[column]), source)
    return Absent("ClinGen validity and GenCC")


def _number(row: Mapping[str, Any], column: str) -> Looked[float]:
    value = float(row[column])
    return Absent("gnomAD constraint") if np.isnan(value) else Found(as_written(value), "gnomAD constraint")


def _genomic_change(hgvs_g: str) -> CodingChange | None:
    found = _GENOMIC.search(hgvs_g)
    return coding_change(found[1]) if found else None


def _place(named: Named, model: TranscriptModel | None, name: str) -> Looked[Place]:
    """By coordinates, else by the genomic name, else by the coding name on MANE's own transcript."""
    if model is None:
        return Absent("MANE")
    written = transcript_of(named.variation).partition(".")[0]
    is_mane = written in {model.refseq.partition(".")[0], model.ensembl.partition(".")[0]}
    by_name = place_by_name(name, model) if is_mane and name else None
    span = _span(named)
    if span is None:
        why = NotAssessed("the name is of another transcript than MANE's, and there are no coordinates")
        return by_name or why
    place = place_of(model, *span)
    if place is None:
        return Absent("MANE")
    return Found(agreed(place, by_name.value) if isinstance(by_name, Found) else place, "MANE")


def _span(named: Named) -> tuple[int, str, str] | None:
    """(position, ref, alt) on GRCh38; the bases are N where only a genomic name tells where it is."""
    if named.allele and named.allele.assembly is Assembly.GRCH38:
        return named.allele.pos_1based, named.allele.ref, named.allele.alt
    if deleted := _UNCERTAIN_DELETION.search(named.hgvs_g):
        start, end = int(deleted[1]), int(deleted[2])
        return start, "N" * (end - start + 1), ""
    change = _genomic_change(named.hgvs_g)
    if change is None:
        return None
    start, end = change.first.number, change.last.number
    return (start, "N", "NN") if change.is_insertion else (start, "N" * (end - start + 1), "")


def place_by_name(name: str, model: TranscriptModel) -> Looked[Place]:
    """Where a coding name of MANE's own transcript lies; works on every assembly."""
    coding, change = coding_of(model), coding_change(name)
    if coding is None or change is None:
        return NotAssessed(f"the coding name {name or 'is missing and'} cannot be placed")
    first, last = _point(change.first, coding), _point(change.last, coding)
    if first is None or last is None:
        return NotAssessed(f"{name} is not a position of {model.refseq}")
    sites = tuple(dict.fromkeys(s for p in (first, last) for s in _site(p, coding)))
    return Found(Place(coding, first, last, sites), model.refseq)


def _point(base: Base, coding: Coding) -> Point | None:
    number = base.number + coding.cds_length_bases if base.is_behind_stop else base.number
    for exon, (low, high) in enumerate(coding.exons, start=1):
        if low <= number <= high:
            at_edge = base.offset == 0 or number == (high if base.offset > 0 else low)
            return Point(exon, number, base.offset) if at_edge else None
    return None


def _site(point: Point, coding: Coding) -> tuple[SpliceSite, ...]:
    is_donor = point.offset > 0
    ends_transcript = point.exon == (len(coding.exons) if is_donor else 1)
    return (SpliceSite(is_donor, point.exon),) if 0 < abs(point.offset) <= 2 and not ends_transcript else ()


def _protein(name: str, net: int | None, place: Looked[Place]) -> Looked[ProteinChange]:
    """As named, else by place."""
    return Found(protein_change(name), "the variant's name") if name else protein_by_place(net, place)


def protein_by_place(net_bases: int | None, place: Looked[Place]) -> Looked[ProteinChange]:
    """What length and place alone tell: frameshift, in-frame, start codon; Absent outside of coding sequence.

    net_bases: gained, negative for lost, None when not known.
    """
    if not isinstance(place, Found) or net_bases is None:
        return _NOT_NAMED
    if not place.value.in_coding or place.value.splice_sites:
        return Absent("MANE")
    first, last = place.value.residues
    if place.value.touches_start_codon:
        return Found(ProteinChange("", ProteinKind.START_LOSS, "Met", 1, 1), "MANE")
    if net_bases == 0:
        return _NOT_NAMED
    kind = ProteinKind.FRAMESHIFT if net_bases % 3 else ProteinKind.IN_FRAME
    return Found(ProteinChange("", kind, "", first, last), "MANE")


_TERMS = {
    ProteinKind.MISSENSE: "missense_variant",
    ProteinKind.NONSENSE: "stop_gained",
    ProteinKind.FRAMESHIFT: "frameshift_variant",
    ProteinKind.SYNONYMOUS: "synonymous_variant",
    ProteinKind.START_LOSS: "start_lost",
    ProteinKind.STOP_LOSS: "stop_lost",
}


def consequences_of(facts: Facts) -> Looked[frozenset[str]]:
    """The Sequence Ontology terms that place and protein tell, for a variant whose source named none."""
    terms: set[str] = set()
    if isinstance(facts.place, Found):
        place = facts.place.value
        terms |= {"splice_donor_variant" if s.is_donor else "splice_acceptor_variant" for s in place.splice_sites}
        if place.in_intron and not place.splice_sites:
            terms.add("intron_variant")
        if place.first.offset == 0 == place.last.offset:
            terms |= _untranslated(place)
    if isinstance(facts.protein, Found) and facts.protein.value.kind in _TERMS:
        terms.add(_TERMS[facts.protein.value.kind])
    elif isinstance(facts.protein, Found) and facts.protein.value.kind is ProteinKind.IN_FRAME:
        terms.add("protein_altering_variant")
    return Found(frozenset(terms), "MANE") if terms else _NOT_NAMED


def _untranslated(place: Place) -> set[str]:
    if place.last.cds < 1:
        return {"5_prime_UTR_variant"}
    return {"3_prime_UTR_variant"} if place.first.cds > place.coding.cds_length_bases else set()

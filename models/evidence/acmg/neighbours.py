"""ClinVar's other variants at the same residue or the same canonical splice site: what PS1 and PM5 compare with.

Every substitution of the codon (or of the site's two bases) but the variant itself is looked up in the installed
ClinVar; what it does to the residue comes from the installed reference. Only on GRCh38, where MANE's exons are known.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from models.case import Absent, Allele, Assembly, Found, Looked, NotAssessed, State
from models.evidence.acmg.facts import Facts, Neighbour
from models.evidence.acmg.place import Place
from models.evidence.acmg.protein_name import ProteinChange, ProteinKind
from models.evidence.acmg.protein_name import protein_change as parsed
from models.evidence.clinvar import clinvar_class
from models.knowledge.effects.place import codon_positions
from models.knowledge.effects.protein import Bases, protein_change
from models.knowledge.effects.reference import SOURCE_KEY, reference_of
from models.knowledge.library.installed import Installed
from models.knowledge.positions.alleles import Alleles, by_name
from models.knowledge.positions.join import Joined, look_up
from models.knowledge.types import TranscriptModel

CLINVAR = "clinvar"
_NOTHING = ProteinChange("", ProteinKind.UNCLEAR)


def neighbours_of(
    facts: Facts, model: TranscriptModel | None, installed: Sequence[Installed]
) -> Looked[tuple[Neighbour, ...]]:
    """Absent where the variant has no residue or site to share. Raises IntegrityError when a release is damaged."""
    here = {i.source: i for i in installed if i.assembly is Assembly.GRCH38}
    if facts.assembly is not Assembly.GRCH38:
        return NotAssessed("neighbours in ClinVar are looked up on GRCh38 only")
    if CLINVAR not in here or SOURCE_KEY not in here:
        return NotAssessed("ClinVar and the reference sequence are not both installed")
    if model is None or not isinstance(facts.place, Found):
        return Absent(here[CLINVAR].label)
    others = [a for a in _substitutions(facts.place.value, model, reference_of(here[SOURCE_KEY])) if a != facts.allele]
    if not others:
        return Absent(here[CLINVAR].label)
    joined = look_up(_columns(others), (here[CLINVAR],))[CLINVAR]
    at_site = bool(facts.place.value.splice_sites)
    return Found(
        tuple(_neighbours(others, joined, model, reference_of(here[SOURCE_KEY]), at_site)), here[CLINVAR].label
    )


def _substitutions(place: Place, model: TranscriptModel, reference: Bases) -> Iterator[Allele]:
    """Every change of one base of the codon touched, or of the canonical site."""
    for position in _site_positions(place, model) or _codon(place, model):
        ref = reference.bases(model.chrom, position, position)
        for alt in "ACGT" if ref in "ACGT" else "":
            if alt != ref:
                yield Allele(Assembly.GRCH38, model.chrom, position, ref, alt)


def _codon(place: Place, model: TranscriptModel) -> tuple[int, ...]:
    first, last = place.residues
    return codon_positions(model, first) if place.in_coding and first == last else ()


def _site_positions(place: Place, model: TranscriptModel) -> tuple[int, ...]:
    if not place.splice_sites:
        return ()
    site = place.splice_sites[0]
    forward = model.strand == "+"
    start, end = model.exons[site.exon - 1 if forward else len(model.exons) - site.exon]
    return (end + 1, end + 2) if site.is_donor is forward else (start - 2, start - 1)


def _columns(alleles: Sequence[Allele]) -> Alleles:
    contig = by_name(pd.Series([a.chrom for a in alleles], dtype="category"))
    return Alleles(
        Assembly.GRCH38,
        contig,
        np.array([a.pos_1based for a in alleles], np.int32),
        pa.array([a.ref for a in alleles], pa.large_string()),
        pa.array([a.alt for a in alleles], pa.large_string()),
        contig > 0,
    )


def _neighbours(
    alleles: Sequence[Allele], joined: Joined, model: TranscriptModel, reference: Bases, at_site: bool
) -> Iterator[Neighbour]:
    significance, stars = joined.columns["clinvar_significance"], joined.columns["clinvar_stars"]
    for i in np.flatnonzero(joined.state == State.FOUND).tolist():
        change = protein_change(model, alleles[i], reference)
        name = change.hgvs_p if change else str(alleles[i])
        known = 0 if np.isnan(stars[i]) else int(stars[i])
        protein = parsed(name) if change else _NOTHING
        yield Neighbour(name, protein, clinvar_class(significance[i].as_py() or ""), known, at_site)

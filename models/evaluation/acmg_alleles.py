"""What an installed reference genome adds to a table's names: coordinates of insertions and deletions, and the protein.

A table gives coordinates for substitutions only; the others it names on the genome ("NC_000012.12:g.102852851del").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.case import Allele, Assembly, State
from models.evaluation.acmg_evidence import alleles_of
from models.evaluation.acmg_table import LAST_POSITION, Record
from models.evidence.acmg.coding_name import protein_part
from models.knowledge.effects.normalise import normal_form
from models.knowledge.effects.predict import effects
from models.knowledge.effects.reference import Reference
from models.knowledge.transcripts import Transcripts

_NAME = re.compile(r"^NC_(\d{6})\.\d+:g\.(\d+)(?:_(\d+))?(delins|del|dup|ins)([ACGT]*)$")
_MITOCHONDRION, _X, _Y = 12920, 23, 24
# Longer deletions and duplications are copy-number changes: no table of small variants lists them.
MAX_SPAN_BASES = 10_000


def with_coordinates(records: Sequence[Record], reference: Reference) -> list[Record]:
    """The same records; those without an allele get the one their genomic name tells, in normal form."""
    return [r if r.allele else replace(r, allele=allele_of_name(r.hgvs_g, reference)) for r in records]


def allele_of_name(hgvs_g: str, reference: Reference) -> Allele | None:
    """The allele of a deletion, duplication, insertion or both on GRCh38; None when the name is none of these."""
    found = _NAME.match(hgvs_g)
    if not found:
        return None
    chrom, start, end = _chrom(int(found[1])), int(found[2]), int(found[3] or found[2])
    if not chrom or not 1 < start <= end <= LAST_POSITION or end - start > MAX_SPAN_BASES:
        return None
    pos, ref, alt = _spelled(found[4], (chrom, start, end), found[5], reference)
    if "N" in ref + alt or not alt:
        return None
    return Allele(Assembly.GRCH38, chrom, *normal_form(chrom, pos, ref, alt, reference))


def _spelled(what: str, span: tuple[str, int, int], bases: str, reference: Reference) -> tuple[int, str, str]:
    """(position, REF, ALT) as a VCF would write it, not yet in normal form."""
    chrom, start, end = span
    if what == "delins":
        return start, reference.bases(chrom, start, end), bases
    if what == "del":
        text = reference.bases(chrom, start - 1, end)
        return start - 1, text, text[0]
    if what == "dup":
        text = reference.bases(chrom, start, end)
        return end, text[-1], text[-1] + text
    anchor = reference.bases(chrom, start, start)
    return start, anchor, anchor + bases


def _chrom(number: int) -> str:
    if number == _MITOCHONDRION:
        return "MT"
    named = {_X: "X", _Y: "Y"}
    return named.get(number, str(number) if 1 <= number < _X else "")


def predicted_proteins(records: Sequence[Record], reference: Reference, transcripts: Transcripts) -> dict[int, str]:
    """By line of the table: the protein's name on MANE, for records whose own name lacks it."""
    asked = [r for r in records if r.allele is not None and not protein_part(r.variation)]
    if not asked:
        return {}
    told = effects(alleles_of([r.allele for r in asked if r.allele]), reference, transcripts)
    named = (told["hgvs_p_state"] == State.FOUND).to_numpy()
    genes, names = told["gene"].astype(str).to_numpy(), told["hgvs_p"].astype(str).to_numpy()
    return {r.line: str(names[i]) for i, r in enumerate(asked) if named[i] and genes[i] == r.gene}

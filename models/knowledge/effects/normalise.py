"""Every insertion and deletion at its leftmost place, in as few bases as possible: how alleles are compared.

The rule of `bcftools norm` and of vt normalize (Tan, Abecasis, Kang 2015, Bioinformatics 31:2202,
PMID:25701572); tests hold it to pysam's bundled `bcftools norm`. Substitutions are never touched, and
neither is a substitution of several bases: an MNV stays one allele. For joining only: what people see stays
as the file has it.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.knowledge.effects.edit import Edit, edit_of, moved
from models.knowledge.effects.reference import Agreement, Reference
from models.knowledge.positions.alleles import CONTIGS, Alleles


def normalised(alleles: Alleles, reference: Reference) -> Alleles:
    """The same alleles, row by row, normalised. Raises WrongBuild for another assembly.

    Rows that disagree with the reference, lie on unknown bases or are not spelled out stay as they are;
    `Reference.agreement` tells which.
    """
    reference.check(alleles.assembly)
    rows = np.flatnonzero(_may_change(alleles))
    if not len(rows):
        return alleles
    some = _of_rows(alleles, rows)
    agrees = reference.agreement(some) == Agreement.AGREES
    rows, some = rows[agrees], _of_rows(some, np.flatnonzero(agrees))
    columns = (some.contig.tolist(), some.pos_1based.tolist(), some.ref.to_pylist(), some.alt.to_pylist())
    forms = [normal_form(CONTIGS[code], at, ref, alt, reference) for code, at, ref, alt in zip(*columns, strict=True)]
    pos = alleles.pos_1based.copy()
    pos[rows] = [at for at, _, _ in forms]
    ref = _replaced(alleles.ref, rows, [ref for _, ref, _ in forms])
    alt = _replaced(alleles.alt, rows, [alt for _, _, alt in forms])
    return Alleles(alleles.assembly, alleles.contig, pos, ref, alt, alleles.is_sequence)


def _replaced(column: pa.LargeStringArray, rows: NDArray[np.int64], texts: list[str]) -> pa.LargeStringArray:
    """The column with other texts in `rows`."""
    mask = np.zeros(len(column), np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(column, pa.array(mask), pa.array(texts, pa.large_string()))


def normal_form(chrom: str, pos_1based: int, ref: str, alt: str, reference: Reference) -> tuple[int, str, str]:
    """(position, REF, ALT) of one allele whose REF agrees with the reference."""
    if ref == alt:
        return pos_1based, ref, alt
    edit = moved(edit_of(chrom, pos_1based, ref, alt), reference, -1, 1)
    return _anchored(edit, reference)


def _anchored(edit: Edit, reference: Reference) -> tuple[int, str, str]:
    """As a VCF writes it: an insertion or deletion with the base before it, at the very start with the one after."""
    if not edit.moves:
        return edit.start_1based, edit.deleted, edit.inserted
    if edit.start_1based > 1:
        anchor = reference.bases(edit.chrom, edit.start_1based - 1, edit.start_1based - 1)
        return edit.start_1based - 1, anchor + edit.deleted, anchor + edit.inserted
    after = reference.bases(edit.chrom, edit.end_1based + 1, edit.end_1based + 1)
    return 1, edit.deleted + after, edit.inserted + after


def _may_change(alleles: Alleles) -> NDArray[np.bool_]:
    """Rows not yet in normal form: their alleles end in the same base, or begin alike with a base to spare.

    An anchored insertion or deletion whose last bases differ cannot be moved to the left.
    """
    sizes = [pc.binary_length(column).to_numpy(zero_copy_only=False) for column in (alleles.ref, alleles.alt)]
    ends = [pc.utf8_slice_codeunits(column, -1) for column in (alleles.ref, alleles.alt)]
    starts = [pc.utf8_slice_codeunits(column, 0, 1) for column in (alleles.ref, alleles.alt)]
    same_end = pc.equal(*ends).to_numpy(zero_copy_only=False)
    same_start = pc.equal(*starts).to_numpy(zero_copy_only=False)
    shortest, longest = np.minimum(*sizes), np.maximum(*sizes)
    may: NDArray[np.bool_] = alleles.is_sequence & (longest > 1) & (same_end | same_start & (shortest > 1))
    return may


def _of_rows(alleles: Alleles, rows: NDArray[np.int64]) -> Alleles:
    ref, alt = (column.take(pa.array(rows)) for column in (alleles.ref, alleles.alt))
    return Alleles(
        alleles.assembly, alleles.contig[rows], alleles.pos_1based[rows], ref, alt, alleles.is_sequence[rows]
    )

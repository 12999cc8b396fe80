"""HGVS names of substitutions of one base, by the hundred thousand: as `coding_name` and `protein` write them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.knowledge.effects.genetic_code import BASES
from models.knowledge.effects.layout import NOT_CODING, Ints, Layout
from models.knowledge.effects.protein import ProteinChange
from models.knowledge.effects.protein_effect import UNKNOWN_EFFECT
from models.knowledge.effects.snv_effect import ACCEPTOR, CODING, DONOR, INCOMPLETE, TEXTS, SnvEffects
from models.knowledge.positions.alleles import CONTIGS

_LETTERS = np.array(list(BASES), dtype=object)
_MT = CONTIGS.index("MT")
_TERM_COUNT = len(TEXTS) // 2


def coding_names(
    layout: Layout, transcript: Ints, pos: Ints, bases: tuple[NDArray[np.uint8], NDArray[np.uint8]], found: SnvEffects
) -> NDArray[np.object_]:
    """ "c.2836C>T", "c.123+4A>G", "n.14A>G", "m.3243A>G". bases: REF and ALT, forward strand, as BASES numbers them."""
    first, last = layout.coding_first[transcript], layout.coding_last[transcript]
    is_mt, codes = layout.contig[transcript] == _MT, first != NOT_CODING
    anchor, into = found.places.anchor, np.where(is_mt, 0, found.places.into_intron)
    after = codes & (anchor > last) & ~is_mt
    number = np.select(
        [is_mt, ~codes, after, anchor >= first], [pos, anchor + 1, anchor - last, anchor - first + 1], anchor - first
    )
    forward = layout.forward[transcript] | is_mt
    ref, alt = (_LETTERS[np.where(forward, b, 3 - b)] for b in bases)
    kind = np.select([is_mt, codes], ["m.", "c."], "n.").astype(object)
    sign = np.where(into > 0, "+", "").astype(object)
    return _joined(kind, np.where(after, "*", ""), number, sign, pa.array(into, mask=into == 0), ref, ">", alt)


def _joined(*parts: object) -> NDArray[np.object_]:
    """The parts of each row as one text; None is nothing."""
    columns = [part if isinstance(part, str) else pc.fill_null(pa.array(part).cast(pa.string()), "") for part in parts]
    names = pc.binary_join_element_wise(*columns, "")
    joined: NDArray[np.object_] = names.to_numpy(zero_copy_only=False)
    return joined


def protein_names(layout: Layout, transcript: Ints, found: SnvEffects) -> NDArray[np.object_]:
    """ "p.Arg946Cys"; "" where it cannot be told; None where the protein is not touched.

    A lost stop is named without its new end ("extTer?"): that takes the sequence behind it (`protein_effect`).
    """
    names = np.full(len(transcript), None, dtype=object)
    term = found.text % _TERM_COUNT
    names[((term == DONOR) | (term == ACCEPTOR)) & (layout.coding_first[transcript] != NOT_CODING)] = UNKNOWN_EFFECT
    names[(term == CODING) | (term == INCOMPLETE)] = ""
    told = np.flatnonzero((found.aa_pos > 0) & (names != ""))
    parts = (found.old[told].tolist(), found.aa_pos[told].tolist(), found.new[told].tolist())
    names[told] = [ProteinChange(chr(old), at, chr(new)).hgvs_p for old, at, new in zip(*parts, strict=True)]
    return names

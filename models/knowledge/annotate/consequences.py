"""Gene, transcript, consequence and HGVS of the rows for which the file brought no consequence.

A laboratory's own annotation is kept where it gives one: it may know the transcript that the patient's tissue
uses. The six columns of a row come all from the file or all from here: a transcript of one with the HGVS name
of the other would be a name of nothing.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from models.case import ANNOTATION_COLUMNS, Assembly, State, VariantTable
from models.knowledge.annotate.draft import Draft
from models.knowledge.effects.predict import effects
from models.knowledge.effects.reference import Reference
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import Alleles
from models.knowledge.transcripts import Transcripts

_COLUMNS = ("gene", "transcript", "is_mane_select", "consequence", "hgvs_c", "hgvs_p")


def fill_consequences(
    draft: Draft,
    table: VariantTable,
    alleles: Alleles,
    reference: Reference,
    transcripts: Transcripts,
    origin: str,
    progress: Progress,
) -> None:
    """alleles: of the table, as the file spells them (names follow HGVS, which moves to the right). GRCh38 only:
    MANE is not defined on another assembly. origin: who answers, in words."""
    silent = np.flatnonzero(table.frame["consequence_state"].to_numpy() != State.FOUND)
    if table.facts.assembly is not Assembly.GRCH38 or not len(silent):
        return
    found = effects(_some(alleles, silent), reference, transcripts, progress)
    place = np.full(len(table), -1, np.int64)
    place[silent] = np.arange(len(silent))
    told = place >= 0
    told[silent] = found["consequence_state"].to_numpy() != State.NOT_ASSESSED
    for state_column, columns in _by_state():
        state = np.full(len(table), State.NOT_ASSESSED, np.int8)
        state[silent] = found[state_column].to_numpy()
        values = {name: _spread(found[name], place) for name in columns}
        draft.answer(state_column, told, state, values, origin, file_first=True)


def _by_state() -> Iterator[tuple[str, tuple[str, ...]]]:
    for state in dict.fromkeys(ANNOTATION_COLUMNS[name][1] for name in _COLUMNS):
        yield state, tuple(name for name in _COLUMNS if ANNOTATION_COLUMNS[name][1] == state)


def _some(alleles: Alleles, rows: NDArray[np.intp]) -> Alleles:
    at = pa.array(rows)
    return Alleles(
        alleles.assembly,
        alleles.contig[rows],
        alleles.pos_1based[rows],
        alleles.ref.take(at),
        alleles.alt.take(at),
        alleles.is_sequence[rows],
    )


def _spread(column: "pd.Series[bool] | pd.Series[str]", place: NDArray[np.int64]) -> pa.Array | NDArray[np.bool_]:
    """A column of some rows as one of all rows. place: where each row's value is, -1 for none."""
    if column.dtype == np.bool_:
        spread: NDArray[np.bool_] = np.append(column.to_numpy(), False)[place]
        return spread
    array = pa.array(column)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return whole.take(pa.array(place, mask=place < 0))

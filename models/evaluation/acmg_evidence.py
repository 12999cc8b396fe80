"""What installed releases say of the variants of a table: frequencies and predictors, each value with its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from models.case import Absent, Allele, Assembly, Found, Looked, NotAssessed, State
from models.evaluation.acmg_table import Record
from models.evidence.acmg.facts import Frequency, Neighbour, Predictors, as_written
from models.knowledge.annotate import answering
from models.knowledge.annotate.gnomad import COUNT, GROUP_MAX, GROUP_MAX_NAME, HOMOZYGOTES, NUMBER, OVERALL, combined
from models.knowledge.library.installed import Installed
from models.knowledge.positions.alleles import Alleles, by_name
from models.knowledge.positions.join import Joined, look_up

GNOMAD = ("gnomad_exomes", "gnomad_genomes")
# source -> (column of the release, field of Predictors)
PREDICTORS = {
    "revel": ("revel_score", "revel"),
    "alphamissense": ("alphamissense_score", "alphamissense"),
    "cadd": ("cadd_phred", "cadd_phred"),
    "spliceai": ("spliceai_delta_max", "spliceai_delta"),
}


@dataclass(frozen=True)
class Known:
    """What sources say of one variant beside its name; None: no such source was asked. hgvs_p: its protein's name, for
    a variant whose own name lacks it; "" not known."""

    frequency: Frequency | None = None
    predictors: Predictors | None = None
    neighbours: Looked[tuple[Neighbour, ...]] | None = None
    hgvs_p: str = ""


NOTHING = Known()


def installed_evidence(
    records: Sequence[Record], installed: Sequence[Installed], *, normalised: bool = False
) -> dict[int, Known]:
    """By line of the table, for the records with coordinates. Raises IntegrityError when a release is damaged.

    An insertion or deletion that is not listed stays not assessed unless it is `normalised`: without the reference
    sequence it may be listed under another spelling.
    """
    placed = [r for r in records if r.allele is not None]
    here = [i for i in answering(installed, Assembly.GRCH38) if i.source in {*GNOMAD, *PREDICTORS}]
    if not placed or not here:
        return {}
    alleles = [r.allele for r in placed if r.allele]
    joined = look_up(alleles_of(alleles), here)
    labels = {i.source: i.label for i in here}
    settled = np.array([normalised or len(a.ref) == len(a.alt) for a in alleles])
    frequencies = _frequencies(joined, labels, settled)
    predictors = _predictors(joined, labels)
    return {
        r.line: Known(frequencies[i] if frequencies else None, predictors[i] if predictors else None)
        for i, r in enumerate(placed)
    }


def alleles_of(alleles: Sequence[Allele]) -> Alleles:
    """Alleles of GRCh38 as columns."""
    contig = by_name(pd.Series([a.chrom for a in alleles], dtype="category"))
    return Alleles(
        Assembly.GRCH38,
        contig,
        np.array([a.pos_1based for a in alleles], np.int32),
        pa.array([a.ref for a in alleles], pa.large_string()),
        pa.array([a.alt for a in alleles], pa.large_string()),
        contig > 0,
    )


def _frequencies(
    joined: Mapping[str, Joined], labels: Mapping[str, str], settled: NDArray[np.bool_]
) -> list[Frequency]:
    asked = [s for s in GNOMAD if s in joined]
    if not asked:
        return []
    told = combined([joined[s] for s in asked])
    label = " and ".join(labels[s] for s in asked)
    values = {name: column for answer in told.answers.values() for name, column in answer.items()}
    names = values[GROUP_MAX_NAME].to_pylist()
    table = {name: values[name] for name in (OVERALL, COUNT, NUMBER, HOMOZYGOTES, GROUP_MAX)}
    states = np.where((told.state == State.ABSENT) & ~settled, State.NOT_ASSESSED, told.state)
    return [
        frequency_of({k: float(v[i]) for k, v in table.items()}, State(int(s)), label, names[i] or "")
        for i, s in enumerate(states)
    ]


def frequency_of(values: Mapping[str, float], state: State, label: str, group: str) -> Frequency:
    """values: by the column contract's names (af_fraction, af_group_max_fraction, counts); NaN: not told.

    Where no group's frequency is told, the overall one is the highest known.
    """
    highest, overall = values[GROUP_MAX], values[OVERALL]
    if state is State.FOUND and np.isnan(highest):
        highest, group = overall, ""
    return Frequency(
        looked(highest, state, label),
        group if state is State.FOUND else "",
        looked(overall, state, label),
        _count(values[COUNT], state, label),
        _count(values[NUMBER], state, label),
        _count(values[HOMOZYGOTES], state, label),
    )


def _predictors(joined: Mapping[str, Joined], labels: Mapping[str, str]) -> list[Predictors]:
    asked = [s for s in PREDICTORS if s in joined]
    rows = len(next(iter(joined.values())).state)
    found = []
    for i in range(rows if asked else 0):
        fields = {}
        for source in asked:
            column, name = PREDICTORS[source]
            one = joined[source]
            fields[name] = looked(float(one.columns[column][i]), State(int(one.state[i])), labels[source])
        found.append(Predictors(**fields))
    return found


def looked(value: float, state: State, label: str) -> Looked[float]:
    """One value of a column with its state."""
    if state is State.ABSENT:
        return Absent(label)
    if state is State.NOT_ASSESSED or np.isnan(value):
        return NotAssessed(f"{label} does not tell")
    return Found(as_written(value), label)


def _count(value: float, state: State, label: str) -> Looked[int]:
    one = looked(value, state, label)
    return Found(round(one.value), label) if isinstance(one, Found) else one


__all__ = ["NOTHING", "Known", "alleles_of", "frequency_of", "installed_evidence", "looked"]

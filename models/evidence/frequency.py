"""How common a variant is in the general population, and how to write that down.

The frequency used is the highest of gnomAD's non-bottlenecked ancestry groups when the file
brings it, else the overall one: a patient's own group predicts better than a European average.
"""

import re
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State
from models.evidence.columns import by_category, categorical
from models.evidence.regions import MITOCHONDRION

# ACMG/AMP BA1, stand-alone benign: "allele frequency is >5 %" (Richards 2015, Genet Med 17:405),
# kept by Ghosh 2018 (Hum Mutat 39:1525) as >0.05 in any continental population of a data set with at
# least 2,000 observed alleles. We let a variant leave from exactly 5 % on.
BA1_FRACTION = 0.05
BA1_MIN_ALLELES = 2000
BA1_SOURCE = "BA1: Richards 2015 with Ghosh 2018"

# Second hits of a recessive disease are looked for below this group maximum. slivar's published
# recessive filters use 0.01 (Pedersen 2021, npj Genom Med 6:60).
RECESSIVE_PARTNER_FRACTION = 0.01

# The pathogenic variants that are too common for BA1 (Ghosh 2018, table 2), on both assemblies:
# (gene, chrom, GRCh37 position, GRCh38 position, ref, alt).
BA1_EXCEPTIONS = (
    ("ACAD9", "3", 128598490, 128879647, "C", "CTAAG"),
    ("GJB2", "13", 20763612, 20189473, "C", "T"),
    ("HFE", "6", 26091179, 26090951, "C", "G"),
    ("HFE", "6", 26093141, 26092913, "G", "A"),
    ("MEFV", "16", 3299468, 3249468, "C", "T"),
    ("MEFV", "16", 3299586, 3249586, "G", "A"),
    ("PIBF1", "13", 73409497, 72835359, "G", "A"),
    ("ACADS", "12", 121175678, 120737875, "C", "T"),
    ("BTD", "3", 15686693, 15645186, "G", "C"),
)


# Fields of a frequency database of mitochondrial DNA, as FileFacts.brought names them: gnomAD's own
# "AF_hom" and "AF_het" (Laricchia 2022, Genome Res 32:569), alone or behind "gnomAD_mt_", "gnomADm_".
_RELEASE = re.compile(", release [^;]*")  # the name of an annotated file is no field
_MITOCHONDRIAL_FIELD = re.compile(r"gnomad_?mt?(?:dna)?_|gnomad_?chrm|\baf_(?:hom|het)\b", re.IGNORECASE)


def covers_mitochondrion(brought: Mapping[str, str]) -> bool:
    """The file brings a frequency that was looked up for mitochondrial DNA. brought: of FileFacts.

    gnomAD's exomes and genomes hold the nuclear chromosomes only; its mitochondrial release is another.
    """
    fields = (_RELEASE.sub("", brought.get(c, "")) for c in ("af_fraction", "af_group_max_fraction"))
    return any(_MITOCHONDRIAL_FIELD.search(of) for of in fields)


def frequency_columns(
    frame: pd.DataFrame, brought: Mapping[str, str]
) -> tuple[NDArray[np.float32], NDArray[np.int8], pd.Categorical]:
    """(fraction, State, origin in words) of each row of a variant frame. brought: of FileFacts.

    FOUND: the group maximum if found, else overall. ABSENT: looked up, nobody in the reference
    population carries it. NOT_ASSESSED: the file brings no frequency, or on mitochondrial DNA only that
    of nuclear databases, where nothing was looked up; the fraction is NaN for both.
    """
    group = frame["af_group_state"].to_numpy() == State.FOUND
    overall = (frame["af_state"].to_numpy() == State.FOUND) & ~group
    absent = (frame["af_group_state"].to_numpy() == State.ABSENT) | (frame["af_state"].to_numpy() == State.ABSENT)
    if not covers_mitochondrion(brought):
        absent &= by_category(frame["chrom"], lambda c: c != MITOCHONDRION, missing=True, dtype=np.bool_)
    fraction = np.full(len(frame), np.nan, dtype=np.float32)
    fraction[group] = frame["af_group_max_fraction"].to_numpy()[group]
    fraction[overall] = frame["af_fraction"].to_numpy()[overall]
    found = group | overall
    state = np.where(found, State.FOUND, np.where(absent, State.ABSENT, State.NOT_ASSESSED)).astype(np.int8)
    return fraction, state, _origin(frame["af_group_max_name"], group, overall)


def _origin(group_name: pd.Series, group: NDArray[np.bool_], overall: NDArray[np.bool_]) -> pd.Categorical:
    names = [f"group maximum ({c})" if str(c) else "group maximum" for c in group_name.cat.categories]
    table = list(dict.fromkeys(["", "overall", "group maximum", *names]))
    place = np.array([table.index(n) for n in names] + [table.index("group maximum")], dtype=np.int16)
    codes = np.where(group, place[group_name.cat.codes.to_numpy()], np.where(overall, 1, 0))
    return categorical(codes, table)


def is_common(
    frame: pd.DataFrame,
    fraction: NDArray[np.float32],
    state: NDArray[np.int8],
    alleles_at: Callable[[NDArray[np.intp]], pd.DataFrame],
) -> NDArray[np.bool_]:
    """BA1 of each row: found at 5 % or more, in at least 2,000 alleles where the file says how many.

    BA1's nine published exceptions are never common here. alleles_at: gives chrom, pos_1based, ref and
    alt of some rows; asked only for the few that are common.
    """
    counted = frame["allele_count_state"].to_numpy() == State.FOUND
    too_few = counted & (frame["allele_number"].to_numpy() < BA1_MIN_ALLELES)
    # float32 holds 0.05 as 0.0500000007: compare in the column's own precision so that 0.05 is "at".
    common: NDArray[np.bool_] = (state == State.FOUND) & (fraction >= np.float32(BA1_FRACTION)) & ~too_few
    if common.any():
        rows = np.flatnonzero(common)
        common[rows] = ~is_ba1_exception(alleles_at(rows))
    return common


def is_ba1_exception(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """One of BA1's published exceptions, by allele on either assembly."""
    position = frame["pos_1based"].to_numpy()
    at = np.isin(position, [p for e in BA1_EXCEPTIONS for p in e[2:4]])
    known = {(e[1], p, e[4], e[5]) for e in BA1_EXCEPTIONS for p in e[2:4]}
    for i in np.flatnonzero(at):
        row = frame.iloc[i]
        at[i] = (str(row["chrom"]), int(row["pos_1based"]), row["ref"], row["alt"]) in known
    return at


def fraction_text(fraction: float) -> str:
    """ "1.2e-05" for rare, "0.034" for the rest, as papers write it."""
    return f"{fraction:.1e}" if 0 < fraction < 0.001 else f"{fraction:.2g}"


def frequency_text(
    state: State,
    fraction: float = float("nan"),
    allele_count: float = float("nan"),
    allele_number: float = float("nan"),
    homozygotes: float = float("nan"),
    group: str = "",
) -> str:
    """As clinicians write it: "AF 1.2e-05 (3/251,000, 0 hom)", "absent from gnomAD", "not assessed".

    Counts that are NaN are left out, never written as 0. group: gnomAD label of the fraction, "" overall.
    """
    if state is State.NOT_ASSESSED:
        return "not assessed"
    if state is State.ABSENT:
        return "absent from gnomAD"
    counts = []
    if not np.isnan(allele_count) and not np.isnan(allele_number):
        counts.append(f"{allele_count:,.0f}/{allele_number:,.0f}")
    if not np.isnan(homozygotes):
        counts.append(f"{homozygotes:,.0f} hom")
    where = f" in {group}" if group else ""
    return f"AF {fraction_text(fraction)}{where}" + (f" ({', '.join(counts)})" if counts else "")

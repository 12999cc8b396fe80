"""Reading gnomAD's sites VCFs, of exomes or genomes, versions 2 to 4: how often an allele was seen, and in whom.

FILTER says whether a row may be used. PASS: as delivered. AC0 alone: they looked, and nobody carries it with
confidence, so its frequency is 0. Any other failed filter (random forest, VQSR, inbreeding ...): the row is
NOT_ASSESSED and keeps its reason, for an artefact seen in many is no sign that a variant is benign, and one
that was filtered out is no sign that it is rare.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import ANCESTRY_GROUPS, GROUP_MAX_GROUPS, Assembly, Kind
from models.intake.vcf_header import Header
from models.knowledge.positions.coverage import Coverage, of_intervals
from models.knowledge.positions.join import REASON, number, text
from models.knowledge.positions.key import NO_KEY
from models.knowledge.positions.rows import batch_of
from models.knowledge.positions.sites import FILTER, Sites, SitesFile

# Substitutions of several bases are delivered as single ones: such a variant's absence says nothing.
DESCRIBED = (Kind.SNV, Kind.INSERTION, Kind.DELETION)
_NEEDED = ("AC", "AN", "AF")
# What a field is called in v3 and v4, in v2.1 and in v2.0.
_HOMOZYGOTES = ("nhomalt", "Hom")
_GROUP_MAX = ("AF_grpmax", "AF_popmax", "AF_POPMAX")
_GROUP_MAX_NAME = ("grpmax", "popmax", "POPMAX")
_FILTERING_MAX = ("fafmax_faf95_max",)  # v4: highest filtering frequency (95 % lower bound) of the groups
_ALLELE_STATUS = ("AS_FilterStatus",)  # v2.0: the filters of each allele; FILTER is of the whole record
_GROUP_FIELDS = {group: (f"AF_{group}", f"AF_{group.upper()}") for group in ANCESTRY_GROUPS}
SCHEMA = pa.schema(
    [
        number("af_fraction"),
        number("allele_count"),
        number("allele_number"),
        number("homozygote_count"),
        number("af_group_max_fraction"),  # gnomAD's own grpmax where it delivers one
        text("af_group_max_name"),  # "" where no group carries it
        number("faf95_group_max_fraction"),
        *(number(f"af_{group}_fraction") for group in ANCESTRY_GROUPS),
        text(REASON),
    ]
)
_PASSED = frozenset({"PASS", ".", "", "AC0"})


def read(files: Sequence[Path], assembly: Assembly, looked: "Looked") -> Iterator[pa.RecordBatch]:
    """The rows of all files. looked: is told which sites there are."""
    optional = [*_HOMOZYGOTES, *_GROUP_MAX, *_GROUP_MAX_NAME, *_FILTERING_MAX, *_ALLELE_STATUS]
    optional += [name for names in _GROUP_FIELDS.values() for name in names]
    for path in files:
        with SitesFile(path, assembly, _NEEDED, optional) as file:
            for sites in file.alleles():
                looked.at(sites)
                yield batch_of(sites.keyed, _values(sites), SCHEMA)


def header_of(file: Path, assembly: Assembly) -> Header:
    """The header of one file, after it was checked."""
    with SitesFile(file, assembly, _NEEDED) as sites:
        return sites.header


class Looked:
    """Where they looked, told by the sites themselves: runs of sites at most `gap_bases` apart."""

    def __init__(self, gap_bases: int) -> None:
        self.contigs: set[int] = set()
        self._gap = gap_bases
        self._runs = of_intervals(np.empty(0, np.uint8), np.empty(0, np.int64), np.empty(0, np.int64), DESCRIBED)

    def at(self, sites: Sites) -> None:
        keyed, usable = sites.keyed, sites.keyed.key != NO_KEY
        self.contigs |= set(np.unique(sites.contig).tolist())
        start = keyed.pos_1based[usable]
        end = start + keyed.ref_length[usable] - 1
        self._runs = self._with(of_intervals(sites.contig[usable], start, end, DESCRIBED, self._gap))

    def runs(self) -> Coverage:
        return self._runs

    def _with(self, more: Coverage) -> Coverage:
        before = self._runs
        return of_intervals(
            np.concatenate([before.contig, more.contig]),
            np.concatenate([before.start_1based, more.start_1based]),
            np.concatenate([before.end_1based, more.end_1based]),
            DESCRIBED,
            self._gap,
        )


def _values(sites: Sites) -> dict[str, Any]:
    count, called = _numbers(sites, ("AC",)), _numbers(sites, ("AN",), per_allele=False)
    fraction = _numbers(sites, ("AF",))
    reason = _reason(sites, called)
    nobody = count == 0  # AF is "." where AC0 left no genotype
    values: dict[str, Any] = {
        "af_fraction": np.where(nobody, np.float32(0), fraction),
        "allele_count": count,
        "allele_number": called,
        "homozygote_count": _numbers(sites, _HOMOZYGOTES),
        "faf95_group_max_fraction": _numbers(sites, _FILTERING_MAX),
    }
    groups = {group: _numbers(sites, names) for group, names in _GROUP_FIELDS.items()}
    values |= {f"af_{group}_fraction": fractions for group, fractions in groups.items()}
    values["af_group_max_fraction"], values["af_group_max_name"] = _group_max(sites, groups)
    kept = reason.is_null()
    no_text, no_number = pa.scalar(""), pa.scalar(float("nan"), pa.float32())
    for name, value in values.items():
        values[name] = pc.if_else(kept, value, no_text if isinstance(value, pa.Array) else no_number)
    return {**values, REASON: reason}


def _numbers(sites: Sites, names: Sequence[str], *, per_allele: bool = True) -> NDArray[np.float32]:
    """The first of these fields that the file has; NaN where it has none of them."""
    name = next((n for n in names if n in sites.fields), None)
    if name is None:
        return np.full(len(sites), np.nan, np.float32)
    return sites.field(name, per_allele=per_allele).numbers()


def _reason(sites: Sites, called: NDArray[np.float32]) -> pa.StringArray:
    """Why a row is not assessed, null where it is."""
    filters = sites.column(FILTER).texts()
    status = next((n for n in _ALLELE_STATUS if n in sites.fields), None)
    if status:
        of_allele = pc.fill_null(sites.field(status, per_allele=True).texts(), "")
        filters = pc.binary_join_element_wise(filters, of_allele, ";")
    coded = filters.dictionary_encode()
    reasons = pa.array([_why(str(word)) for word in coded.dictionary], pa.string())
    uncalled = pa.array(~(called > 0))  # AN 0 or missing: nobody could be called there
    failed = reasons.take(coded.indices)
    return pc.if_else(pc.and_(uncalled, failed.is_null()), "gnomAD called nobody here", failed)


def _why(filters: str) -> str | None:
    failed = dict.fromkeys(f for f in filters.replace("|", ";").split(";") if f not in _PASSED)
    return f"failed gnomAD's filter {', '.join(failed)}" if failed else None


def _group_max(sites: Sites, groups: dict[str, NDArray[np.float32]]) -> tuple[NDArray[np.float32], pa.StringArray]:
    """The highest frequency of the groups that are not bottlenecked, and whose it is.

    gnomAD's own where it delivers one, for it also leaves out groups with too few people in a data set.
    """
    named = next((n for n in _GROUP_MAX_NAME if n in sites.fields), None)
    if named is None:
        return _computed_max(groups)
    name = pc.utf8_lower(pc.fill_null(sites.field(named, per_allele=True).texts(), ""))
    fraction = _numbers(sites, _GROUP_MAX)
    return np.where(np.isnan(fraction), np.float32(0), fraction), name


def _computed_max(groups: dict[str, NDArray[np.float32]]) -> tuple[NDArray[np.float32], pa.StringArray]:
    of_groups = np.stack([groups[g] for g in GROUP_MAX_GROUPS])
    known = ~np.isnan(of_groups).all(axis=0)
    place = np.argmax(np.nan_to_num(of_groups, nan=-1), axis=0)
    fraction = np.where(known, np.take_along_axis(of_groups, place[None], 0)[0], np.float32(np.nan))
    names = pa.array([*GROUP_MAX_GROUPS, ""]).take(pa.array(np.where(fraction > 0, place, len(GROUP_MAX_GROUPS))))
    return fraction, names

"""Read the two tables of `evaluate cases`: patients, and which patient goes into whose exome."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow

from models.case import Sex
from models.errors import InputError
from models.ranking.training.published import CausalVariant, PublishedCase, causal_variant

CASE_COLUMNS = ("case_id", "gene", "model", "hpo_observed", "hpo_excluded", "variants")
MANIFEST_COLUMNS = ("case_id", "background", "sample", "proband_sex", "trio_background", "truth")
MODELS = ("single_het", "homozygous", "two_het", "hemizygous")
_SEX = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}


@dataclass(frozen=True)
class Entry:
    """One line of the manifest. trio "" = no trio is named for this patient."""

    case: PublishedCase
    background: str
    sample: str
    sex: Sex
    trio: str


def read_table(path: Path, columns: Collection[str]) -> pd.DataFrame:
    """These columns of a Parquet file; raises InputError when it is not one or lacks a column."""
    try:
        table = pd.read_parquet(path)
    except FileNotFoundError as fault:
        raise InputError("no such file; check the name.", path.name) from fault
    except (OSError, ValueError, pyarrow.ArrowException) as fault:
        raise InputError("this is not a readable Parquet table; export it again.", path.name) from fault
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise InputError(f"the table lacks the column {', '.join(missing)}; add it or give another table.", path.name)
    return table


UNKNOWN_MODEL, NOT_DESCRIBED = "inheritance not understood", "answer not described in the cases table"


class _Unusable(Exception):
    """One line of the manifest cannot be run; the others can. args[0]: why, as an outcome."""


def read_entries(
    cases: Path, manifest: Path, release: str, current: dict[str, str], limit: int | None = None
) -> tuple[list[Entry], dict[str, str]]:
    """The first `limit` lines of the manifest whose patient is in the cases table, in the order of the manifest;
    those that cannot be run apart, as case id -> outcome.

    release: of the HPO annotations to rank with. current: older gene symbols -> today's. Raises InputError for a
    table that cannot be used.
    """
    patients = read_table(cases, CASE_COLUMNS)
    lines = read_table(manifest, MANIFEST_COLUMNS)
    for table, path in ((patients, cases), (lines, manifest)):
        if table["case_id"].duplicated().any():
            raise InputError("a case_id occurs more than once; keep one row for each case.", path.name)
    patients = patients.set_index("case_id", drop=False)
    lines = lines[lines["case_id"].isin(patients.index)]
    if lines.empty:
        raise InputError("no case of it is in the cases table; give tables that belong together.", manifest.name)
    lines = lines[:limit]
    told = patients.loc[lines["case_id"]].to_dict("records")
    entries: list[Entry] = []
    unusable: dict[str, str] = {}
    for patient, line in zip(told, lines.to_dict("records"), strict=True):
        try:
            case = _case(patient, str(line["truth"]), release, current, cases.name, manifest.name)
        except _Unusable as reason:
            unusable[str(patient["case_id"])] = str(reason)
            continue
        sex = _SEX.get(str(line["proband_sex"]).upper(), Sex.UNKNOWN)
        entries.append(Entry(case, _name(line["background"]), str(line["sample"]), sex, _name(line["trio_background"])))
    return entries, unusable


def _name(value: object) -> str:
    return value if isinstance(value, str) else ""


def _case(
    patient: dict[str, object], truth: str, release: str, current: dict[str, str], cases: str, manifest: str
) -> PublishedCase:
    name, model = str(patient["case_id"]), str(patient["model"])
    if model not in MODELS:
        raise _Unusable(UNKNOWN_MODEL)
    variants = _variants(str(patient["variants"]), f"{cases}, {name}")
    wanted = _truth(truth, f"{manifest}, {name}")
    matching = [v for v in variants if (v.chrom, v.pos_1based, v.ref, v.alt) in wanted]
    chosen = tuple({v.key: v for v in reversed(matching)}.values())[::-1]
    if len(chosen) != len(wanted):
        raise _Unusable(NOT_DESCRIBED)
    if model == "two_het" and len(matching) == 2 and len(chosen) == 1:  # the same change on both copies
        model, chosen = "homozygous", (replace(chosen[0], zygosity="homozygous"),)
    gene = _name(patient["gene"])
    return PublishedCase(
        name, current.get(gene, gene), model, _terms(patient["hpo_observed"]), _terms(patient["hpo_excluded"]),
        chosen, release, 0, False,
    )  # fmt: skip


def _terms(listed: object) -> tuple[str, ...]:
    return tuple(str(t) for t in listed) if isinstance(listed, Sequence) or hasattr(listed, "__iter__") else ()


def _variants(text: str, where: str) -> list[CausalVariant]:
    """Those of a patient's variants that have a place."""
    try:
        return [causal_variant(told) for told in json.loads(text) if told["chrom"]]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InputError(
            "variants must be a JSON list with chrom, pos, ref, alt and zygosity of each variant.", where
        ) from fault


def _truth(text: str, where: str) -> set[tuple[str, int, str, str]]:
    try:
        return {(str(c).removeprefix("chr"), int(p), str(r), str(a)) for c, p, r, a in json.loads(text)}
    except (ValueError, TypeError) as fault:
        raise InputError("truth must be a JSON list of [chrom, pos, ref, alt].", where) from fault

"""Builders of small cases for tests; they read like a sentence.

case = a_case(a_variant("chr2", 166_012_345, "C", "T", gene="SCN1A", consequence="missense_variant",
                        proband="0/1", mother="0/0", father="0/0"), terms=["HP:0001250"])
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from models.case import (
    ANNOTATION_COLUMNS,
    IDENTITY_COLUMNS,
    STATE_COLUMNS,
    Affected,
    Assembly,
    Case,
    FileFacts,
    Genotypes,
    Patient,
    Pedigree,
    Person,
    Phenotype,
    Sex,
    State,
    Term,
    VariantTable,
    canonical_chrom,
)

FAMILY = ("proband", "mother", "father")


def a_variant(chrom: str, pos: int, ref: str, alt: str, **facts: Any) -> dict[str, Any]:
    """One row. Genotypes as GT text under `proband`, `mother`, `father`; others are columns.

    An annotation given is FOUND; given as None it is ABSENT; not given it is NOT_ASSESSED.
    """
    return {"chrom": canonical_chrom(chrom), "pos_1based": pos, "ref": ref, "alt": alt, **facts}


def _kind(ref: str, alt: str) -> str:
    if alt.startswith("<"):
        return "symbolic"
    if len(ref) == len(alt):
        return "snv" if len(ref) == 1 else "mnv"
    return "insertion" if len(ref) < len(alt) else "deletion"


def _column(rows: Sequence[Mapping[str, Any]], name: str, dtype: str) -> pd.Series:
    empty: Any = np.nan if dtype.startswith("float") else False if dtype == "bool" else ""
    values = [row.get(name) if row.get(name) is not None else empty for row in rows]
    return pd.Series(values, dtype="category" if dtype == "category" else dtype)


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    default: dict[str, Any] = {"record_id": "", "qual_phred": 50.0, "filter": "PASS", "alt_index": 1}
    full = [
        {
            **default,
            "kind": _kind(r["ref"], r["alt"]),
            "end_1based": r["pos_1based"] + len(r["ref"]) - 1,
            "line_number": i + 10,
            **r,
        }
        for i, r in enumerate(rows)
    ]
    columns = {n: _column(full, n, d) for n, d in IDENTITY_COLUMNS.items()}
    columns |= {n: _column(full, n, d) for n, (d, _) in ANNOTATION_COLUMNS.items()}
    states = {s: np.full(len(full), State.NOT_ASSESSED, dtype=np.int8) for s in STATE_COLUMNS}
    for name, (_, state) in ANNOTATION_COLUMNS.items():
        for i, row in enumerate(full):
            if name in row:
                states[state][i] = State.ABSENT if row[name] is None else State.FOUND
    return pd.DataFrame(columns | states)


def _call(gt: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
    alleles = gt.replace("|", "/").split("/") if gt else []
    called = [a for a in alleles if a != "."]
    copies = sum(a == "1" for a in called)
    phased = "|" in gt
    on = [i + 1 for i, a in enumerate(alleles) if a == "1"]
    haplotype = (3 if len(on) == 2 else on[0]) if phased and on else 0
    depth = int(fields.get("depth_reads", 40))
    alt_reads = round(depth * copies / max(1, len(alleles)))
    return (
        copies if called else -1,
        len(called),
        len(alleles),
        haplotype,
        int(fields.get("phase_set", 0)),
        int(fields.get("gq_phred", 99)),
        depth,
        int(fields.get("alt_reads", alt_reads)),
        float(alt_reads / depth) if depth else np.nan,
    )


def a_table(
    *rows: dict[str, Any], samples: Sequence[str] = FAMILY, assembly: Assembly = Assembly.GRCH38
) -> VariantTable:
    """A variant table that keeps the column contract."""
    calls = [[_call(row.get(s, "./."), row) for s in samples] for row in rows]
    by_field = np.array(calls, dtype=float).reshape(len(rows), len(samples), 9)
    types = (np.int8, np.int8, np.int8, np.int8, np.int32, np.int16, np.int32, np.int32, np.float32)
    arrays = [by_field[:, :, i].astype(t) for i, t in enumerate(types)]
    clean = [{k: v for k, v in row.items() if k not in samples} for row in rows]
    brought = {n: "test" for n in ANNOTATION_COLUMNS if any(n in r for r in clean)}
    facts = FileFacts("test.vcf", "0" * 64, assembly, "test", tuple(samples), brought=brought, records=len(rows))
    return VariantTable(_frame(clean), Genotypes(*arrays), tuple(samples), facts)


def a_trio(sex: Sex = Sex.FEMALE, samples: Sequence[str] = FAMILY) -> Pedigree:
    has = {s: s if s in samples else "" for s in FAMILY}
    return Pedigree(
        "proband",
        (
            Person("proband", sex, Affected.AFFECTED, "father", "mother", has["proband"]),
            Person("mother", Sex.FEMALE, Affected.UNAFFECTED, sample=has["mother"]),
            Person("father", Sex.MALE, Affected.UNAFFECTED, sample=has["father"]),
        ),
    )


def a_single(sex: Sex = Sex.FEMALE) -> Pedigree:
    return Pedigree("proband", (Person("proband", sex, Affected.AFFECTED, sample="proband"),))


def a_case(
    *rows: dict[str, Any],
    terms: Sequence[str] = (),
    pedigree: Pedigree | None = None,
    sex: Sex = Sex.FEMALE,
    **more: Any,
) -> Case:
    """A trio unless `pedigree` says otherwise."""
    family = pedigree or a_trio(sex)
    samples = [p.sample for p in family.people if p.sample]
    phenotype = Phenotype(tuple(Term(t, t) for t in terms))
    return Case(
        "case-test", "0" * 64, Patient("TEST-001", sex), a_table(*rows, samples=samples), family, phenotype, **more
    )

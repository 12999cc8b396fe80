"""Put a published patient's causal variants into a real person's exome, as a case the product can rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
)
from models.ranking.training.backgrounds import Background
from models.ranking.training.published import CausalVariant, PublishedCase

# gnomAD v4 exomes: individuals a frequency rests on, for simulated homozygote counts.
PEOPLE_IN_GNOMAD = 730_000
# Share of harmless calls that are artefacts: a few of all, many of those nobody else has. Their variant reads
# are few, their genotype quality is low, and callers filter some of them.
ARTEFACT_FRACTION, ARTEFACT_UNSEEN_FRACTION, ARTEFACT_READS_FRACTION = 0.02, 0.25, 0.15
ARTEFACT_FILTERED_FRACTION, ARTEFACT_GQ_PHRED = 0.4, 25.0


@dataclass(frozen=True)
class Brought:
    """What the simulated file brings. False: not assessed for every row."""

    consequence: bool = True
    protein: bool = True
    frequency: bool = True
    homozygotes: bool = True
    genotype_quality: bool = True
    allele_reads: bool = True


BARE_FILE = Brought(False, False, False, False, False, False)


@dataclass(frozen=True, eq=False)
class Spiked:
    """case: ready to assess. causal_rows: rows of the causal variants."""

    case: Case
    causal_rows: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Rows:
    frame: pd.DataFrame
    copies: NDArray[np.int8]
    depth: NDArray[np.int32]


def spiked_copies(case: PublishedCase, sex: Sex, people: int, is_de_novo: bool) -> NDArray[np.int8]:
    """Copies of each causal variant in proband, father and mother (only the proband when people is 1)."""
    rows = []
    for place, variant in enumerate(case.variants):
        two = variant.zygosity == "homozygous" or (variant.zygosity == "hemizygous" and sex is not Sex.MALE)
        hemizygous = variant.zygosity == "hemizygous" and sex is Sex.MALE
        if two:
            parents = (1, 1)
        elif hemizygous:
            parents = (0, 1)
        elif len(case.variants) > 1:
            parents = (1, 0) if place % 2 == 0 else (0, 1)
        else:
            parents = (0, 0) if is_de_novo else (0, 1)
        rows.append((2 if two or hemizygous else 1, *parents)[:people])
    return np.array(rows, dtype=np.int8)


def _causal_rows(
    case: PublishedCase, variants: Sequence[CausalVariant], frequency: Sequence[float], like: pd.DataFrame
) -> pd.DataFrame:
    """Rows that look like the others: caller's fields are copied from `like`."""
    own = pd.DataFrame(
        {
            "chrom": [v.chrom for v in variants],
            "pos_1based": np.array([v.pos_1based for v in variants], dtype=np.int32),
            "ref": [v.ref for v in variants],
            "alt": [v.alt for v in variants],
            "gene": case.gene,
            "consequence": [v.consequence for v in variants],
            "hgvs_p": [v.hgvs_p for v in variants],
            "af_fraction": frequency,
        }
    )
    return own.assign(qual_phred=like["qual_phred"].to_numpy(), filter=like["filter"].to_numpy())


def _merge(
    case: PublishedCase,
    background: Background,
    frequency: Sequence[float],
    is_de_novo: bool,
    generator: np.random.Generator,
) -> _Rows:
    keys = set(background.frame["key"])
    taken = {v.key for v in case.variants} & keys
    kept = ~background.frame["key"].isin(taken).to_numpy() if taken else np.ones(len(background.frame), dtype=bool)
    like = generator.integers(0, len(background.frame), len(case.variants))
    own = _causal_rows(case, case.variants, frequency, background.frame.iloc[like])
    frame = pd.concat([own, background.frame.loc[kept, own.columns]], ignore_index=True)
    people = len(background.people)
    copies = np.vstack([spiked_copies(case, background.sex, people, is_de_novo), background.copies[kept]])
    depth = np.vstack([background.depth[like], background.depth[kept]])
    return _Rows(frame, copies, depth)


def _kinds(ref: pd.Series, alt: pd.Series) -> NDArray[np.object_]:
    before, after = ref.str.len().to_numpy(), alt.str.len().to_numpy()
    same = np.where(before == 1, "snv", "mnv")
    return np.where(before == after, same, np.where(before < after, "insertion", "deletion")).astype(object)


def table_frame(frame: pd.DataFrame, brought: Brought, generator: np.random.Generator) -> pd.DataFrame:
    rows = len(frame)
    lasts = frame["pos_1based"].to_numpy() + frame["ref"].str.len().to_numpy() - 1
    seen = frame["af_fraction"].to_numpy()
    given: dict[str, object] = {
        **{c: frame[c] for c in ("chrom", "pos_1based", "ref", "alt", "qual_phred", "filter")},
        "kind": _kinds(frame["ref"], frame["alt"]),
        "end_1based": lasts.astype(np.int32),
        "record_id": "",
        "line_number": np.arange(rows, dtype=np.int32),
        "alt_index": np.ones(rows, dtype=np.int8),
    }
    states = {s: np.full(rows, State.NOT_ASSESSED, dtype=np.int8) for s in STATE_COLUMNS}
    if brought.consequence:
        given |= {"gene": frame["gene"], "consequence": frame["consequence"]}
        states["gene_state"] = np.where(frame["gene"] == "", State.ABSENT, State.FOUND).astype(np.int8)
        states["consequence_state"][:] = State.FOUND
    if brought.consequence and brought.protein:
        given["hgvs_p"] = frame["hgvs_p"]
        states["hgvs_p_state"] = np.where(frame["hgvs_p"] == "", State.ABSENT, State.FOUND).astype(np.int8)
    if brought.frequency:
        given["af_fraction"] = given["af_group_max_fraction"] = np.where(seen > 0, seen, np.nan)
        states["af_state"] = states["af_group_state"] = np.where(seen > 0, State.FOUND, State.ABSENT).astype(np.int8)
    if brought.frequency and brought.homozygotes:
        given["homozygote_count"] = generator.poisson(np.nan_to_num(seen) ** 2 * PEOPLE_IN_GNOMAD)
        states["homozygote_state"] = states["af_state"]
    dtypes = {**IDENTITY_COLUMNS, **{n: d for n, (d, _) in ANNOTATION_COLUMNS.items()}}
    columns = {name: _typed(given.get(name), dtype, rows) for name, dtype in dtypes.items()}
    return pd.DataFrame(columns | states)


def _typed(values: object, dtype: str, rows: int) -> object:
    if values is None:
        empty: object = np.nan if dtype.startswith("float") else False if dtype == "bool" else ""
        if dtype == "category":
            return pd.Categorical.from_codes(np.zeros(rows, dtype=np.int8), categories=[""])
        return pd.Series(empty, index=range(rows), dtype=dtype)
    return pd.Series(np.asarray(values), dtype=dtype)


def _artefacts(frame: pd.DataFrame, causal: int, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Harmless calls that are not really there; the first `causal` rows always are."""
    unseen = frame["af_fraction"].to_numpy() == 0
    odds = np.where(unseen, ARTEFACT_UNSEEN_FRACTION, ARTEFACT_FRACTION)
    odds[:causal] = 0.0
    return np.asarray(generator.random(len(frame)) < odds)


def _filters(frame: pd.DataFrame, artefact: NDArray[np.bool_], generator: np.random.Generator) -> pd.DataFrame:
    filtered = artefact & (generator.random(len(frame)) < ARTEFACT_FILTERED_FRACTION)
    return frame.assign(filter=np.where(filtered, "LowQual", frame["filter"]))


def _genotypes(rows: _Rows, artefact: NDArray[np.bool_], brought: Brought, generator: np.random.Generator) -> Genotypes:
    shape = rows.copies.shape
    called = rows.copies >= 0
    depth = rows.depth
    share = np.clip(np.where(rows.copies > 0, rows.copies / 2.0, 0.003), 0.0, 0.997)
    share = np.where(artefact[:, np.newaxis] & (rows.copies == 1), ARTEFACT_READS_FRACTION, share)
    counted = generator.binomial(np.maximum(depth, 0), share).astype(np.int32)
    alt_reads = np.where((depth >= 0) & called, counted, -1) if brought.allele_reads else np.full(shape, -1)
    quality = np.clip(np.maximum(depth, 0) * 3 + generator.normal(0, 8, shape), 1, 99)
    quality = np.where(
        artefact[:, np.newaxis], np.minimum(quality, generator.uniform(3, ARTEFACT_GQ_PHRED, shape)), quality
    )
    gq = np.where(called, quality, -1) if brought.genotype_quality else np.full(shape, -1)
    return Genotypes(
        rows.copies,
        np.where(called, 2, 0).astype(np.int8),
        np.full(shape, 2, dtype=np.int8),
        np.zeros(shape, dtype=np.int8),
        np.zeros(shape, dtype=np.int32),
        gq.astype(np.int16),
        depth.astype(np.int32),
        alt_reads.astype(np.int32),
        np.full(shape, np.nan, dtype=np.float32),
    )


def _pedigree(background: Background, mother_affected: bool) -> Pedigree:
    names = background.people
    if len(names) == 1:
        return Pedigree(names[0], (Person(names[0], background.sex, Affected.AFFECTED, sample=names[0]),))
    child, father, mother = names
    state = Affected.AFFECTED if mother_affected else Affected.UNAFFECTED
    return Pedigree(
        child,
        (
            Person(child, background.sex, Affected.AFFECTED, father, mother, child),
            Person(father, Sex.MALE, Affected.UNAFFECTED, sample=father),
            Person(mother, Sex.FEMALE, state, sample=mother),
        ),
    )


def spike(
    case: PublishedCase,
    background: Background,
    frequency: Sequence[float],
    brought: Brought,
    generator: np.random.Generator,
    terms: Sequence[str] | None = None,
    is_de_novo: bool = True,
    mother_affected: bool = False,
) -> Spiked:
    """One case. frequency: of each causal variant, 0 = absent. terms: instead of the patient's own.

    The causal rows are first in the table; nothing else marks them.
    """
    rows = _merge(case, background, frequency, is_de_novo, generator)
    artefact = _artefacts(rows.frame, len(case.variants), generator)
    frame = table_frame(_filters(rows.frame, artefact, generator), brought, generator)
    facts = FileFacts("simulated.vcf", "0" * 64, Assembly.GRCH38, "simulated", background.people, records=len(frame))
    table = VariantTable(frame, _genotypes(rows, artefact, brought, generator), background.people, facts)
    observed = tuple(Term(t, t) for t in (case.terms if terms is None else terms))
    excluded = tuple(Term(t, t, excluded=True) for t in case.excluded)
    made = Case(
        case.case_id,
        "0" * 64,
        Patient(case.case_id, background.sex),
        table,
        _pedigree(background, mother_affected),
        Phenotype((*observed, *excluded)),
    )
    return Spiked(made, tuple(range(len(case.variants))))

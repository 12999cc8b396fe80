"""What a work-up showed, small enough to keep with the case for ever."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State, VariantTable
from models.evidence import Step, mitochondrial_name
from models.evidence.clinvar import CLASSES, clinvar_column
from models.knowledge import Release
from models.workup import Workup

TOP = 50  # candidates kept whatever ClinVar says of them
# Classes that are kept wherever the variant stands: a change to or from P or LP must have both its ends.
WATCHED_CLASSES = ("P", "LP", "VUS", "CONFLICTING")
NOT_STATED = -1
_NAMING = ("chrom", "pos_1based", "ref", "alt", "gene", "gene_state", "hgvs_c", "hgvs_c_state")
_CLINVAR = ("clinvar_significance", "clinvar_state", "clinvar_stars", "clinvar_stars_state")


@dataclass(frozen=True)
class Held:
    """One variant as a work-up showed it.

    allele: "chr2-166012345-G-A". change: "c.2836C>T", "" where it has no name. rank: None when it was
    not ranked. clinvar_class: of models.evidence.clinvar.CLASSES, "" unless FOUND. stars: NOT_STATED
    where none were told.
    """

    allele: str
    gene: str
    change: str
    rank: int | None
    clinvar_state: State
    clinvar_class: str = ""
    stars: int = NOT_STATED

    @property
    def name(self) -> str:
        """ "SCN1A c.2836C>T", as people call it."""
        return f"{self.gene} {self.change or self.allele}".strip()


@dataclass(frozen=True)
class Snapshot:
    """A work-up remembered. variants: the first TOP ranked, and every variant that the patient carries and
    ClinVar calls one of WATCHED_CLASSES. case_sha256, terms: what the person had given or corrected."""

    releases: tuple[Release, ...]
    model: str
    model_sha256: str
    case_sha256: str
    terms: tuple[str, ...]
    variants: tuple[Held, ...]

    @property
    def key(self) -> str:
        return snapshot_key(self.releases, self.model_sha256)


def snapshot_key(releases: Iterable[Release], model_sha256: str) -> str:
    """What tells two work-ups of one case apart: the releases and the model, whatever their order."""
    told = sorted((r.key, r.assembly, r.version) for r in releases)
    return hashlib.sha256(json.dumps([told, model_sha256]).encode()).hexdigest()[:32]


def snapshot_of(workup: Workup, also: Iterable[str] = ()) -> Snapshot:
    """What `workup` shows. also: alleles of an earlier snapshot, so that what became of each can be told."""
    table, card = workup.case.variants, workup.ranking.card
    classes = clinvar_column(table.frame["clinvar_significance"], table.frame["clinvar_state"].to_numpy())
    rows = np.union1d(_watched_rows(workup, classes), rows_of(also, table)).astype(np.intp)
    held = _held(workup, rows, classes[rows])
    terms = sorted(("-" if t.excluded else "") + t.id for t in workup.case.phenotype.terms)
    model = f"{card.name} {card.version}"
    return Snapshot(workup.releases, model, card.sha256, workup.case.sha256, tuple(terms), held)


def _watched_rows(workup: Workup, classes: pd.Categorical) -> NDArray[np.intp]:
    left_at = workup.evidence.left_at
    carried = (left_at != Step.NOT_CALLED) & (left_at != Step.NOT_CARRIED)
    watched = np.isin(classes.codes, [CLASSES.index(c) for c in WATCHED_CLASSES])
    top = workup.ranking.table["row"].to_numpy()[:TOP]
    return np.union1d(np.flatnonzero(carried & watched), top)


def rows_of(alleles: Iterable[str], table: VariantTable) -> NDArray[np.intp]:
    """The rows of alleles named as in `Held`, ascending; those that the table does not hold are left out."""
    asked = set(alleles)
    places = {int(a.split("-")[1]) for a in asked}
    near = np.flatnonzero(np.isin(table.frame["pos_1based"].to_numpy(), list(places)))
    names = _alleles(table.frame[["chrom", "pos_1based", "ref", "alt"]].iloc[near])
    return near[[name in asked for name in names]]


def _alleles(frame: pd.DataFrame) -> list[str]:
    return [
        f"chr{c}-{p}-{r}-{a}"
        for c, p, r, a in zip(frame["chrom"], frame["pos_1based"], frame["ref"], frame["alt"], strict=True)
    ]


def _held(workup: Workup, rows: NDArray[np.intp], classes: pd.Categorical) -> tuple[Held, ...]:
    frame = workup.case.variants.frame[[*_NAMING, *_CLINVAR]].iloc[rows]
    rank_of = dict(zip(workup.ranking.table["row"], workup.ranking.table["rank"], strict=True))
    gene_of = workup.evidence.frame["gene"]
    found: dict[str, Held] = {}
    for row, allele, facts, named in zip(rows, _alleles(frame), frame.to_dict("records"), classes, strict=True):
        gene = str(gene_of[row]) if row in gene_of.index else _said(facts, "gene")
        change = mitochondrial_name(facts) or _said(facts, "hgvs_c")
        rank = int(rank_of[row]) if row in rank_of else None
        stars = int(facts["clinvar_stars"]) if facts["clinvar_stars_state"] == State.FOUND else NOT_STATED
        one = Held(allele, gene, change, rank, State(facts["clinvar_state"]), str(named), stars)
        if allele not in found or _is_before(one, found[allele]):  # the same allele on two lines of the file
            found[allele] = one
    return tuple(found.values())


def _is_before(one: Held, other: Held) -> bool:
    return one.rank is not None and (other.rank is None or one.rank < other.rank)


def _said(facts: dict[str, object], column: str) -> str:
    return str(facts[column]) if facts[f"{column}_state"] == State.FOUND else ""

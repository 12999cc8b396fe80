"""Published patients with their causal variants, as one table a training run can spike from.

Data: `cases/cases.parquet` (phenopacket-store, BSD-3). A case is used only with a frozen HPO
annotation release that does not cite its own paper, so that the annotations were not written from it.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pandas as pd

from models.ranking.training.kept_out import KeptOut

# Column that says a release is free of the case's own paper -> the release.
LEAK_FREE_RELEASES = {"leakfree_2024_03": "2024-03", "leakfree_2023_04": "2023-04"}
MOST_CASES_PER_GENE = 6
FOLDS = 5
_FAMILY = re.compile(r"^[A-Z]+")
_INTRONIC = re.compile(r"c\.[-*]?\d+([+-])(\d+)")


@dataclass(frozen=True)
class CausalVariant:
    """chrom canonical; consequence a Sequence Ontology term; hgvs_p "" when the protein is not named."""

    chrom: str
    pos_1based: int
    ref: str
    alt: str
    consequence: str
    hgvs_p: str
    zygosity: str

    @property
    def key(self) -> str:
        return f"{self.chrom}-{self.pos_1based}-{self.ref}-{self.alt}"


@dataclass(frozen=True)
class PublishedCase:
    """One patient. fold: by gene family, so that no family is in two folds. release: of the annotations."""

    case_id: str
    gene: str
    model: str
    terms: tuple[str, ...]
    excluded: tuple[str, ...]
    variants: tuple[CausalVariant, ...]
    release: str
    fold: int
    is_core: bool


def family_of_gene(gene: str) -> str:
    """Letter stem of a symbol: SCN1A and SCN2A are one family."""
    stem = _FAMILY.match(gene)
    return stem[0] if stem else gene


def fold_of(family: str) -> int:
    return crc32(family.encode()) % FOLDS


def consequence_of(hgvs_c: str, hgvs_p: str, ref: str, alt: str) -> str:
    """Most severe Sequence Ontology term that the HGVS names imply; "" when they imply none."""
    intronic = _INTRONIC.search(hgvs_c)
    if intronic:
        return _splice_term(intronic[1], int(intronic[2]))
    protein = hgvs_p.partition(":")[2] or hgvs_p
    if protein and "?" not in protein:
        return _protein_term(protein)
    if "Met1" in protein or re.search(r"c\.[123][^\d]", hgvs_c):
        return "start_lost"
    if re.search(r"c\.-\d", hgvs_c):
        return "5_prime_UTR_variant"
    if re.search(r"c\.\*\d", hgvs_c):
        return "3_prime_UTR_variant"
    return _by_length(ref, alt)


def _splice_term(side: str, bases: int) -> str:
    if bases <= 2:
        return "splice_donor_variant" if side == "+" else "splice_acceptor_variant"
    return "splice_region_variant" if bases <= 8 else "intron_variant"


def _protein_term(protein: str) -> str:
    marks = {"fs": "frameshift_variant", "ext": "stop_lost", "=": "synonymous_variant", "Met1": "start_lost"}
    for mark, term in marks.items():
        if mark in protein and not re.search(r"Met1\d", protein):
            return term
    if re.search(r"\d(Ter|\*)", protein):
        return "stop_gained"
    if "dup" in protein or "ins" in protein:
        return "inframe_insertion"
    return "inframe_deletion" if "del" in protein else "missense_variant"


def _by_length(ref: str, alt: str) -> str:
    shift = len(alt) - len(ref)
    if shift == 0:
        return "missense_variant" if len(ref) == 1 else "protein_altering_variant"
    if shift % 3:
        return "frameshift_variant"
    return "inframe_insertion" if shift > 0 else "inframe_deletion"


def causal_variant(told: dict[str, str]) -> CausalVariant:
    """One variant as phenopacket-store tells it; KeyError or ValueError when a field is missing."""
    name_c, name_p = told.get("hgvs_c") or "", told.get("hgvs_p") or ""
    protein = name_p.partition(":")[2].replace("(", "").replace(")", "")
    return CausalVariant(
        told["chrom"].removeprefix("chr"),
        int(told["pos"]),
        told["ref"],
        told["alt"],
        consequence_of(name_c, name_p, told["ref"], told["alt"]),
        protein,
        told["zygosity"],
    )


def _case(row: pd.Series, current: dict[str, str]) -> PublishedCase:
    release = next(r for column, r in LEAK_FREE_RELEASES.items() if row[column])
    gene = current.get(row["gene"], row["gene"])
    return PublishedCase(
        str(row["case_id"]),
        gene,
        str(row["model"]),
        tuple(row["hpo_observed"]),
        tuple(row["hpo_excluded"]),
        tuple(causal_variant(v) for v in json.loads(row["variants"])),
        release,
        fold_of(family_of_gene(gene)),
        bool(row["core"]),
    )


def _is_kept_out(variants: str, kept_out: KeptOut) -> bool:
    keys = (causal_variant(told).key for told in json.loads(variants))
    return kept_out.carries(keys, "published_cases")


def published_cases(folder: Path, current: dict[str, str], kept_out: KeptOut) -> list[PublishedCase]:
    """Leak-free cases that can be spiked, at most MOST_CASES_PER_GENE a gene, core cases first.

    folder: the shared `cases` folder. current: older gene symbols -> today's. A patient with an allele that is
    kept out is not among them.
    """
    table = pd.read_parquet(folder / "cases.parquet")
    free = table[list(LEAK_FREE_RELEASES)].any(axis=1)
    table = table[table["spikeable"] & free & (table["n_obs"] > 0)]
    table = table[~table["variants"].map(lambda variants: _is_kept_out(variants, kept_out)).astype(bool)]
    table = table.sort_values(["core", "case_id"], ascending=[False, True], kind="stable")
    table = table[table.groupby("gene").cumcount() < MOST_CASES_PER_GENE]
    return [_case(row, current) for _, row in table.iterrows()]

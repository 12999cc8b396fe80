"""ClinGen dosage sensitivity: whether losing one copy of a gene is known to cause disease."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked
from models.errors import UnreadableFile
from models.knowledge.delivered import date_in_name, date_told, head_lines, only_file, read_delivered, table_builder
from models.knowledge.in_use import release_in_use, table_in_use
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer
from models.knowledge.source import Example, Source
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "clingen_dosage",
    "ClinGen dosage sensitivity",
    "2026-04-25",
    "2026-04-25",
    "CC0 1.0",
    "Riggs et al. 2012, Clin Genet 81:403, PMID:22097934; ClinGen, clinicalgenome.org",
    "https://search.clinicalgenome.org/kb/gene-dosage",
)
# Score -> meaning, as ClinGen's dosage curation process states it.
MEANING = {
    0: "no evidence",
    1: "little evidence",
    2: "some evidence",
    3: "sufficient evidence",
    30: "associated with autosomal recessive phenotype",
    40: "dosage sensitivity unlikely",
}
NOT_CURATED = -1
_HEAD_LINES = 5  # title, date, build and two addresses stand above the column names
_GENE, _SCORE = "#Gene Symbol", "Haploinsufficiency Score"


def from_bed(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """ClinGen's haploinsufficiency BED, from which the shipped table was made, in our columns."""
    columns = ["chrom", "start", "end", "gene", "score"]
    raw = read_delivered(path, columns, sep="\t", skiprows=1, names=columns)
    return _scores(raw["gene"], raw["score"], names)


def from_file(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """The gene curation list, or the BED of haploinsufficiency, in our columns."""
    return from_bed(path, names) if _is_bed(path) else from_official(path, names)


def _is_bed(path: Path) -> bool:
    """Raises UnreadableFile for ClinGen's other BED, which scores a third copy."""
    first = "".join(head_lines(path, 1))
    if first.startswith("track ") and "Haploinsufficiency" not in first:
        raise UnreadableFile("It does not hold haploinsufficiency scores.", path.name)
    return first.startswith("track ")


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """ClinGen's gene curation list in our columns: gene (today's symbol), haploinsufficiency.

    Genes "Not yet evaluated" are left out: they are not curated. Raises UnreadableFile for a score that
    MEANING does not know, with its line.
    """
    raw = read_delivered(path, (_GENE, _SCORE), sep="\t", skiprows=_HEAD_LINES)
    table = _scores(raw[_GENE], raw[_SCORE], names)
    unknown = set(table["haploinsufficiency"]) - set(MEANING)
    if unknown:
        line = _HEAD_LINES + 2 + int((pd.to_numeric(raw[_SCORE], errors="coerce") == min(unknown)).to_numpy().argmax())
        raise UnreadableFile(f"The score {min(unknown)} is not one of ClinGen's.", f"{path.name}, line {line}")
    return table


def _scores(genes: "pd.Series[str]", scores: "pd.Series[str]", names: Mapping[str, str]) -> pd.DataFrame:
    scored = pd.to_numeric(scores, errors="coerce")
    table = pd.DataFrame({"gene": genes.map(lambda g: names.get(g, g)), "haploinsufficiency": scored})
    table = table.dropna().drop_duplicates("gene").astype({"haploinsufficiency": "int8"})
    return table.sort_values("gene", ignore_index=True)


def release_of(files: Sequence[Path]) -> Release:
    """The day that stands on the second line, "#25 Apr,2026"; a BED has none, so its name must tell it."""
    path = only_file(files)
    day = date_in_name(path) if _is_bed(path) else date_told(path, r"^#(\d{1,2} \w{3},\d{4})", "%d %b,%Y")
    return replace(RELEASE, version=day, released_on=day)


OFFER = Offer(
    source=RELEASE.key,
    assembly=Assembly.UNKNOWN,
    licence=Licence(RELEASE.licence, "https://clinicalgenome.org/docs/terms-of-use/"),
    fetch=(Addressed("https://ftp.clinicalgenome.org/ClinGen_gene_curation_list_GRCh38.tsv", 300_000),),
    release_of=release_of,
    build=table_builder(RELEASE.key, lambda files: from_file(only_file(files), previous_symbols())),
)


def columns(library: Library) -> pd.DataFrame:
    """haploinsufficiency (int8, a key of MEANING) by gene."""
    return table_in_use(library, RELEASE).set_index("gene")


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """What ClinGen says about losing one copy, in words."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    score = int(frame.at[symbol, "haploinsufficiency"]) if symbol in frame.index else NOT_CURATED
    return Absent(RELEASE.name) if score == NOT_CURATED else Found(MEANING[score], RELEASE.name)


SOURCE = Source(
    key="clingen_dosage",
    question="Is losing one copy of this gene known to cause disease?",
    unit="score 0, 1, 2, 3, 30, 40 with ClinGen's meaning",
    missing="-1: not curated, which is different from score 0 (curated, no evidence)",
    release=partial(release_in_use, shipped=RELEASE),
    look_up=look_up,
    found=Example("SCN1A", Found("sufficient evidence", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
    offers=(OFFER,),
)

"""Gene2Phenotype: how disorders of a gene are inherited, as curated at the EBI."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked
from models.errors import UnreadableFile
from models.knowledge.delivered import only_file, read_delivered, table_builder
from models.knowledge.in_use import release_in_use, table_in_use
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer
from models.knowledge.modes import modes_by_gene
from models.knowledge.source import Example, Source
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "gene2phenotype",
    "Gene2Phenotype (DD, cancer, cardiac, eye, skin)",
    "files as of 2024-03-21",
    "2024-03-21",
    "free to use, cite Gene2Phenotype (EMBL-EBI)",
    "Thormann et al. 2019, Nat Commun 10:2373, PMID:31147538",
    "https://www.ebi.ac.uk/gene2phenotype",
)


FILES = ("DDG2P", "CancerG2P", "CardiacG2P_curated_20210723", "EyeG2P", "SkinG2P")
_KEPT = {"confirmed", "probable", "both RD and IF"}
_MODES = {
    "monoallelic": "AD",
    "biallelic": "AR",
    "hemizygous": "XLR",
    "x-linked dominant": "XLD",
    "x-linked over-dominance": "XLD",
    "mitochondrial": "MT",
}


def from_official(files: Sequence[Path], names: Mapping[str, str]) -> pd.DataFrame:
    """The panels' csv files in our columns: gene (today's symbol, by `names`), modes."""
    raw = pd.concat([pd.read_csv(file, dtype=str) for file in files])
    kept = raw[raw["DDD category"].isin(_KEPT)]
    modes = [[_MODES[m] for m in str(text).split(",") if m in _MODES] for text in kept["allelic requirement"]]
    return modes_by_gene(kept["gene symbol"].map(lambda g: names.get(g, g)), modes)


# Since 2024 one file holds every panel, with the GenCC's words for how sure a link is (moderate and better are
# what used to be confirmed and probable) and requirements that name the chromosome. On Y there is no mode of ours.
_SURE = {"definitive", "strong", "moderate"}
_REQUIREMENTS = {
    "monoallelic_autosomal": ["AD"],
    "monoallelic_PAR": ["AD"],
    "biallelic_autosomal": ["AR"],
    "biallelic_PAR": ["AR"],
    "monoallelic_X": ["XL"],
    "monoallelic_X_heterozygous": ["XLD"],
    "monoallelic_X_hemizygous": ["XLR"],
    "mitochondrial": ["MT"],
}
_GENE, _REQUIREMENT, _CONFIDENCE, _REVIEWED = "gene symbol", "allelic requirement", "confidence", "date of last review"


def from_all_panels(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """The file of all panels, as delivered since 2024, in the same columns."""
    raw = _all_panels(path)
    sure = raw[raw[_CONFIDENCE].isin(_SURE)]
    modes = [_REQUIREMENTS.get(str(requirement), []) for requirement in sure[_REQUIREMENT]]
    return modes_by_gene(sure[_GENE].map(lambda g: names.get(g, g)), modes)


def _all_panels(path: Path) -> pd.DataFrame:
    return read_delivered(path, (_GENE, _REQUIREMENT, _CONFIDENCE, _REVIEWED))


def release_of(files: Sequence[Path]) -> Release:
    """The day of the last review that the file tells of."""
    path = only_file(files)
    days = _all_panels(path)[_REVIEWED].dropna().str[:10]
    days = days[days.str.fullmatch(r"20\d{2}-\d{2}-\d{2}")]
    if days.empty:
        raise UnreadableFile("It does not say when its entries were reviewed; fetch it again.", path.name)
    day = str(days.max())
    return replace(RELEASE, name="Gene2Phenotype (all panels)", version=day, released_on=day)


OFFER = Offer(
    source=RELEASE.key,
    assembly=Assembly.UNKNOWN,
    licence=Licence(RELEASE.licence, "https://www.ebi.ac.uk/gene2phenotype/about/project"),
    fetch=(Addressed("https://www.ebi.ac.uk/gene2phenotype/api/panel/all/download", 3_000_000),),
    release_of=release_of,
    build=table_builder(RELEASE.key, lambda files: from_all_panels(only_file(files), previous_symbols())),
)


def columns(library: Library) -> pd.DataFrame:
    """modes_g2p (";"-joined modes) by gene."""
    return table_in_use(library, RELEASE).set_index("gene").rename(columns={"modes": "modes_g2p"})


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The modes of inheritance this source names for the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "modes_g2p"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="gene2phenotype",
    question="How are the disorders of this gene inherited, by Gene2Phenotype?",
    unit="modes of inheritance: AD AR XL XLD XLR MT",
    missing='"" : the gene is not confirmed or probable in these panels, which is not evidence against it',
    release=partial(release_in_use, shipped=RELEASE),
    look_up=look_up,
    found=Example("MECP2", Found("XLD;XLR", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
    offers=(OFFER,),
)

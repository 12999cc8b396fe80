"""ClinGen gene-disease validity: how well it is established that a gene causes a disease."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked, NotAssessed
from models.knowledge.delivered import date_told, only_file, read_delivered, table_builder
from models.knowledge.in_use import read_installed, release_in_use, table_file, table_in_use
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer
from models.knowledge.modes import joined_modes
from models.knowledge.source import Example, Source, read_table
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "clingen_validity",
    "ClinGen gene-disease validity",
    "2026-06-21",
    "2026-06-21",
    "CC0 1.0",
    "Strande et al. 2017, Am J Hum Genet 100:895, PMID:28552198; ClinGen, clinicalgenome.org",
    "https://search.clinicalgenome.org/kb/gene-validity",
)
# Best first. Strande et al. 2017, table 1 and figure 3.
CLASSES = (
    "Definitive",
    "Strong",
    "Moderate",
    "Limited",
    "Disputed",
    "Refuted",
    "No Known Disease Relationship",
)
ESTABLISHED = frozenset(CLASSES[:3])
MODES = {"AD": ["AD"], "AR": ["AR"], "XL": ["XL"], "SD": ["AD", "AR"], "MT": ["MT"]}
NOT_INSTALLED = "ClinGen validity is not installed"
_HEAD_LINES = 4  # title, date, address and a rule stand above the column names
_NEEDED = ("GENE SYMBOL", "DISEASE LABEL", "DISEASE ID (MONDO)", "MOI", "CLASSIFICATION")


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """ClinGen's csv in our columns: gene (today's symbol, by `names`), disease, mondo_id, modes, classification."""
    raw = read_delivered(path, _NEEDED, skiprows=_HEAD_LINES)
    raw = raw[~raw["GENE SYMBOL"].str.startswith("+")]
    return pd.DataFrame(
        {
            "gene": raw["GENE SYMBOL"].map(lambda g: names.get(g, g)),
            "disease": raw["DISEASE LABEL"],
            "mondo_id": raw["DISEASE ID (MONDO)"],
            "modes": [";".join(MODES.get(m, [])) for m in raw["MOI"]],
            "classification": raw["CLASSIFICATION"],
        }
    ).sort_values(["gene", "disease"], ignore_index=True)


def release_of(files: Sequence[Path]) -> Release:
    """The day that stands on the second line."""
    day = date_told(only_file(files), r"FILE CREATED: ([0-9-]{10})", "%Y-%m-%d")
    return replace(RELEASE, version=day, released_on=day)


OFFER = Offer(
    source=RELEASE.key,
    assembly=Assembly.UNKNOWN,
    licence=Licence(RELEASE.licence, "https://clinicalgenome.org/docs/terms-of-use/"),
    fetch=(Addressed("https://search.clinicalgenome.org/kb/gene-validity/download", 1_100_000),),
    release_of=release_of,
    build=table_builder(RELEASE.key, lambda files: from_official(only_file(files), previous_symbols())),
)


def columns(library: Library) -> pd.DataFrame:
    """validity (best class), validity_disease (its disease), modes_clingen, by gene."""
    table = table_in_use(library, RELEASE)
    order = table["classification"].map({c: i for i, c in enumerate(CLASSES)})
    best = table.assign(order=order).sort_values(["order", "disease"], kind="stable").drop_duplicates("gene")
    found = best.set_index("gene")[["classification", "disease"]]
    established = table[table["classification"].isin(ESTABLISHED)]
    modes: dict[str, list[str]] = {}
    for gene, named in zip(established["gene"].tolist(), established["modes"].tolist(), strict=True):
        modes.setdefault(gene, []).append(named)
    joined = pd.Series({gene: joined_modes(named) for gene, named in modes.items()}, name="modes_clingen", dtype="str")
    return found.rename(columns={"classification": "validity", "disease": "validity_disease"}).join(joined)


@dataclass(frozen=True)
class Curation:
    """One gene and disease as ClinGen classified them. modes: ";"-joined MODES, "" not said."""

    classification: str
    disease: str
    mondo_id: str
    modes: str


def curations(knowledge: "Knowledge", gene: str) -> Looked[tuple[Curation, ...]]:
    """Every disease that ClinGen classified for the gene, the best first, by the release this was loaded with."""
    table, said = _as_loaded(knowledge)
    if table is None:
        return NotAssessed(NOT_INSTALLED)
    rows = table[table["gene"] == knowledge.genes.current(gene)]
    order = {name: place for place, name in enumerate(CLASSES)}
    columns = ("classification", "disease", "mondo_id", "modes")
    found = [Curation(*(str(row[c]) for c in columns)) for row in rows[list(columns)].to_dict("records")]
    best_first = sorted(found, key=lambda c: (order.get(c.classification, len(CLASSES)), c.disease))
    return Found(tuple(best_first), said) if best_first else Absent(said)


def mondo_ids(knowledge: "Knowledge", disease: str) -> tuple[str, ...]:
    """The Mondo ids of a disease by its name as ClinGen writes it, whatever its capitals and hyphens; () for none."""
    table, _ = _as_loaded(knowledge)
    if table is None:
        return ()
    same = table["disease"].str.casefold().str.replace("-", " ") == disease.strip().casefold().replace("-", " ")
    return tuple(dict.fromkeys(str(mondo) for mondo in table.loc[same, "mondo_id"] if mondo))


def _as_loaded(knowledge: "Knowledge") -> tuple[pd.DataFrame | None, str]:
    """(the table, which release it is); (None, "") where the knowledge was loaded without one."""
    release = next((r for r in knowledge.releases if r.key == RELEASE.key), None)
    if release is None:
        return None, ""
    of_key = (i for i in knowledge.installed if i.source == RELEASE.key and i.release == release)
    installed = next(of_key, None)
    table = read_installed(installed, table_file(RELEASE.key)) if installed else read_table(RELEASE.key)
    return table, f"{release.name} {release.version}"


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The best class of any disease of the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "validity"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="clingen_validity",
    question="How well is it established that this gene causes a disease, and which?",
    unit="class, from Definitive to No Known Disease Relationship",
    missing='"" : ClinGen has not classified the gene, which is not evidence against it',
    release=partial(release_in_use, shipped=RELEASE),
    look_up=look_up,
    found=Example("SCN1A", Found("Definitive", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
    offers=(OFFER,),
)

"""Genomics England PanelApp: how disorders of a gene are inherited, on panels in diagnostic use."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from models.case import Absent, Assembly, Found, Looked
from models.errors import UnreadableFile
from models.knowledge.delivered import date_in_name, is_gzip, only_file, read_delivered, table_builder
from models.knowledge.in_use import release_in_use, table_in_use
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Licence, Offer
from models.knowledge.modes import modes_by_gene
from models.knowledge.source import Example, Source, read_table
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

RELEASE = Release(
    "panelapp",
    "Genomics England PanelApp, green genes",
    "2026-03",
    "2026-03-09",
    "free to use with attribution to Genomics England",
    "Martin et al. 2019, Nat Genet 51:1560, PMID:31676867",
    "https://panelapp.genomicsengland.co.uk",
)


GREEN = "3"  # PanelApp's confidence: enough evidence for diagnostic use
# How the API words a mode of inheritance -> ours. PanelApp's two X-linked wordings differ in what carriers
# may have, not in the mode, so both are XL; "Unknown" and "Other" say nothing.
_WORDINGS = {
    "MONOALLELIC": ["AD"],
    "BIALLELIC": ["AR"],
    "BOTH": ["AD", "AR"],
    "X-LINKED": ["XL"],
    "MITOCHONDRIAL": ["MT"],
}
_NEEDED = ("Gene", "mode_of_inheritance", "confidence_level")


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """All panels in one tab-separated table (a row a panel and gene) in our columns: gene, modes over all panels."""
    raw = read_delivered(path, _NEEDED, sep="\t")
    green = raw[(raw["confidence_level"] == GREEN) & raw["mode_of_inheritance"].notna()]
    genes = green["Gene"].map(lambda g: names.get(g, g))
    return modes_by_gene(genes, green["mode_of_inheritance"].str.split("/"))


def from_panels(panels: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> pd.DataFrame:
    """Panels as the API gives them, in the same columns; green genes only."""
    green = [(names.get(symbol, symbol), modes) for panel in panels for symbol, modes in _green(panel)]
    return modes_by_gene([gene for gene, _ in green], [modes for _, modes in green])


def _green(panel: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for entry in panel["genes"]:
        if str(entry["confidence_level"]) == GREEN:
            yield str(entry["entity_name"]), mode_of(str(entry["mode_of_inheritance"]))


def mode_of(wording: str) -> list[str]:
    """Our modes for the API's words, [] for words that name none."""
    start = wording.replace(",", " ").replace(":", " ").split(" ", 1)[0]
    return _WORDINGS.get(start, [])


def converted(files: Sequence[Path]) -> pd.DataFrame:
    """The delivered files in our columns.

    Single panels are laid over what ships: other panels may well name the same gene with another mode, so
    a panel adds modes and never takes one away. Only the table of all panels replaces what ships.
    """
    panels = read_panels(files)
    if not panels:
        return from_official(only_file(files), previous_symbols())
    both = pd.concat([read_table(RELEASE.key), from_panels(panels, previous_symbols())])
    return modes_by_gene(both["gene"].tolist(), both["modes"].str.split(";").tolist())


def release_of(files: Sequence[Path]) -> Release:
    """Panels tell the day of their version, and the newest counts; the table of all panels has it in its name."""
    panels = read_panels(files)
    if not panels:
        day = date_in_name(only_file(files))
        return replace(RELEASE, version=day, released_on=day)
    day = max(str(panel["version_created"])[:10] for panel in panels)
    return replace(RELEASE, version=f"{day}-panels-{len(panels)}", released_on=day)


def read_panels(files: Sequence[Path]) -> list[dict[str, Any]]:
    """The panels in JSON files of the API, [] when the files are not JSON.

    Raises UnreadableFile for JSON that is cut short or not a panel.
    """
    texts = {path: _text(path) for path in files}
    if not all(text.lstrip().startswith("{") for text in texts.values()):
        return []
    return [_panel(path, text) for path, text in texts.items()]


def _text(path: Path) -> str:
    try:
        content = gzip.decompress(path.read_bytes()) if is_gzip(path) else path.read_bytes()
        return content.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise UnreadableFile("It cannot be read to its end; fetch it again.", path.name) from problem


def _panel(path: Path, text: str) -> dict[str, Any]:
    try:
        panel: dict[str, Any] = json.loads(text)
        date_of = str(panel["version_created"])
        from_panels([panel], {})
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UnreadableFile("It is not a panel as PanelApp's address for panels gives it.", path.name) from problem
    if len(date_of) < len("2026-03-09"):
        raise UnreadableFile("The panel does not say when its version was made.", path.name)
    return panel


OFFER = Offer(
    source=RELEASE.key,
    assembly=Assembly.UNKNOWN,
    licence=Licence(RELEASE.licence, "https://panelapp.genomicsengland.co.uk/", must_accept=True),
    fetch=(),
    release_of=release_of,
    build=table_builder(RELEASE.key, converted),
    by_hand="Save panels from panelapp.genomicsengland.co.uk/api/v1/panels/<number>/ as JSON files, or bring one "
    "tab-separated table of all panels with the day in its name.",
)


def columns(library: Library) -> pd.DataFrame:
    """modes_panelapp (";"-joined modes) by gene."""
    return table_in_use(library, RELEASE).set_index("gene").rename(columns={"modes": "modes_panelapp"})


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The modes of inheritance this source names for the gene."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "modes_panelapp"]) if symbol in frame.index else ""
    return Found(value, RELEASE.name) if value else Absent(RELEASE.name)


SOURCE = Source(
    key="panelapp",
    question="How are the disorders of this gene inherited, by the panels in diagnostic use?",
    unit="modes of inheritance: AD AR XL XLD XLR MT",
    missing='"" : the gene is not green on any panel, which is not evidence against it',
    release=partial(release_in_use, shipped=RELEASE),
    look_up=look_up,
    found=Example("CFTR", Found("AD;AR", RELEASE.name)),
    missed=Example("OR4F5", Absent(RELEASE.name)),
    offers=(OFFER,),
)

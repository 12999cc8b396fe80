"""GenCC: what several curating groups say about a gene and a disease, in one set of words.

For display and for the gene validity that ACMG criteria ask for; never a feature of the ranking, whose
training saw ClinGen's classes only.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked, NotAssessed
from models.errors import UnreadableFile
from models.knowledge.delivered import head_lines, only_file, read_delivered, table_builder
from models.knowledge.in_use import read_installed, table_file
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer
from models.knowledge.source import Example, Source
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

KEY = "gencc"
NAME = "GenCC gene-disease validity"
LICENCE = "CC0 1.0"
CITATION = "DiStefano et al. 2022, Genet Med 24:1732, PMID:35507016; thegencc.org"
ADDRESS = "https://search.thegencc.org/download"
# Strongest first: DiStefano et al. 2022, table 2. "Supportive" is said by groups without finer classes.
CLASSES = (
    "Definitive",
    "Strong",
    "Moderate",
    "Supportive",
    "Limited",
    "Disputed Evidence",
    "Refuted Evidence",
    "Animal Model Only",
    "No Known Disease Relationship",
)
COLUMNS = ("gencc", "gencc_disease", "gencc_submitters")
# Free text in the export sometimes breaks a row. A few are left out; more, and the file is not what it was.
MOST_BROKEN_FRACTION = 0.01
_RUN = "submitted_run_date"
_NEEDED = ("gene_symbol", "disease_curie", "disease_title", "classification_title", "submitter_title", _RUN)
_NOT_INSTALLED = "GenCC is not installed"


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """The strongest classification of each gene and disease in GenCC's export of submissions.

    Columns: gene (today's symbol, by `names`), disease, mondo_id, classification, submitters (";"-joined,
    those who gave that classification).
    """
    raw = _submissions(path)
    gene = raw["gene_symbol"].map(lambda g: names.get(g, g))
    order = raw["classification_title"].map({c: i for i, c in enumerate(CLASSES)})
    raw = raw.assign(gene=gene, order=order).sort_values(["gene", "disease_curie", "order"], kind="stable")
    best = raw.groupby(["gene", "disease_curie"])["order"].transform("min")
    groups = raw[raw["order"] == best].groupby(["gene", "disease_curie"], as_index=False)
    table = groups.agg(
        disease=("disease_title", "first"),
        classification=("classification_title", "first"),
        submitters=("submitter_title", lambda named: ";".join(sorted(set(named)))),
    )
    return table.rename(columns={"disease_curie": "mondo_id"})[
        ["gene", "disease", "mondo_id", "classification", "submitters"]
    ]


def release_of(files: Sequence[Path]) -> Release:
    """The day of the last submission that the export holds."""
    day = str(_submissions(only_file(files))[_RUN].str[:10].max())
    return Release(KEY, NAME, day, day, LICENCE, CITATION, ADDRESS)


def _submissions(path: Path) -> pd.DataFrame:
    """The rows that say something. Raises UnreadableFile when too many do not."""
    _check_whole(path)
    broken: list[list[str]] = []
    separator = "\t" if "\t" in "".join(head_lines(path, 1)) else ","
    raw = read_delivered(path, _NEEDED, sep=separator, engine="python", on_bad_lines=broken.append)
    dated = raw[_RUN].str.match(r"20\d{2}-\d{2}-\d{2}").fillna(False).astype(bool)
    known = raw["classification_title"].isin(CLASSES) & raw[list(_NEEDED)].notna().all(axis=1) & dated
    lost = len(broken) + int((~known).sum())
    if lost > MOST_BROKEN_FRACTION * (len(raw) + len(broken)):
        raise UnreadableFile(f"{lost} of its {len(raw) + len(broken)} rows cannot be read; fetch it again.", path.name)
    return raw[known]


def _check_whole(path: Path) -> None:
    """pandas forgives an end inside a quoted text; we do not."""
    if path.read_bytes().count(b'"') % 2:
        raise UnreadableFile("It ends in the middle of a row; fetch it again.", path.name)


OFFER = Offer(
    source=KEY,
    assembly=Assembly.UNKNOWN,
    licence=Licence(LICENCE, "https://thegencc.org/terms"),
    fetch=(Addressed("https://search.thegencc.org/download/action/submissions-export-tsv", 26_000_000),),
    release_of=release_of,
    build=table_builder(KEY, lambda files: from_official(only_file(files), previous_symbols())),
)


def columns(library: Library) -> pd.DataFrame:
    """gencc (strongest class of any disease), gencc_disease, gencc_submitters, by gene; no rows when not installed."""
    installed = library.current(KEY)
    if installed is None:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in COLUMNS})
    table = read_installed(installed, table_file(KEY))
    order = table["classification"].map({c: i for i, c in enumerate(CLASSES)})
    best = table.assign(order=order).sort_values(["order", "disease"], kind="stable").drop_duplicates("gene")
    named = best.set_index("gene")[["classification", "disease", "submitters"]]
    return named.set_axis(COLUMNS, axis=1)


def release(library: Library) -> Release | None:
    installed = library.current(KEY)
    return None if installed is None else installed.release


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The strongest class of any disease of the gene."""
    if not any(r.key == KEY for r in knowledge.releases):
        return NotAssessed(_NOT_INSTALLED)
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = str(frame.at[symbol, "gencc"]) if symbol in frame.index else ""
    return Found(value, NAME) if value else Absent(NAME)


SOURCE = Source(
    key=KEY,
    question="What do the curating groups say about this gene and a disease, and which groups?",
    unit="class, from Definitive to No Known Disease Relationship",
    missing='"" : no group has submitted the gene, which is not evidence against it',
    release=release,
    look_up=look_up,
    found=Example("SCN1A", Found("Definitive", NAME)),
    missed=Example("OR4F5", NotAssessed(_NOT_INSTALLED)),
    offers=(OFFER,),
)

"""An installed gnomAD constraint release, shown beside the one the ranking uses; never a feature of it.

The files name neither release nor date. Which release it is follows from the columns and the file's name;
the days are those of gnomAD's announcements.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked, NotAssessed
from models.errors import UnreadableFile
from models.knowledge import constraint
from models.knowledge.delivered import only_file, read_delivered, table_builder
from models.knowledge.in_use import read_installed, table_file
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer
from models.knowledge.source import Example, Source
from models.knowledge.symbols import previous_symbols
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

KEY = "constraint_display"
NAME = "gnomAD constraint for display"
RELEASED_ON = {"2.1.1": "2019-03-06", "4.0": "2023-11-01", "4.1": "2024-04-19"}
CITATION = "Chen et al. 2024, Nature 625:92, PMID:38057664; Karczewski et al. 2020, PMID:32461654"
ADDRESS = "https://gnomad.broadinstitute.org/downloads#v4-constraint"
# our column -> that of 4.x (a row a transcript) and of 2.1.1 (a row a gene)
_OF_V4 = {"loeuf_shown": "lof.oe_ci.upper", "pli_shown": "lof.pLI", "missense_z_shown": "mis.z_score"}
_OF_V2 = {"loeuf_shown": "oe_lof_upper", "pli_shown": "pLI", "missense_z_shown": "mis_z"}
COLUMNS = tuple(_OF_V4)
_NOT_INSTALLED = "no constraint release is installed beside the shipped one"


def from_official(path: Path, names: Mapping[str, str]) -> pd.DataFrame:
    """gnomAD's constraint table in our columns: gene (today's symbol, by `names`) and COLUMNS.

    Of 4.x the MANE Select transcript of Ensembl stands for the gene, where there is none the canonical one.
    """
    raw = read_delivered(path, ("gene", "transcript"), sep="\t")
    wanted = _wanted(raw, path)
    if wanted is _OF_V4:
        raw = raw[raw["transcript"].str.startswith("ENST")]
        raw = raw[(raw["mane_select"] == "true") | (raw["canonical"] == "true")]
        raw = raw.sort_values("mane_select", ascending=False, kind="stable")  # "true" before "false"
    genes = raw["gene"].map(lambda g: names.get(g, g))
    numbers = {ours: pd.to_numeric(raw[theirs], errors="coerce").astype("float32") for ours, theirs in wanted.items()}
    table = pd.DataFrame({"gene": genes} | numbers).dropna(subset=list(COLUMNS), how="all")
    return table.drop_duplicates("gene").sort_values("gene", ignore_index=True)


def _wanted(raw: pd.DataFrame, path: Path) -> dict[str, str]:
    for wanted, others in ((_OF_V4, {"mane_select", "canonical"}), (_OF_V2, {"gene_id"})):
        if {*wanted.values(), *others} <= set(raw.columns):
            return wanted
    raise UnreadableFile("It is not gnomAD's constraint table of 2.1.1 or 4.x by gene or transcript.", path.name)


def release_of(files: Sequence[Path]) -> Release:
    """By the columns, and within 4.x by the file's name; raises UnreadableFile for a release not known here."""
    path = only_file(files)
    is_v4 = _wanted(read_delivered(path, ("gene",), sep="\t", nrows=1), path) is _OF_V4
    named = re.search(r"v(\d+\.\d+(?:\.\d+)?)", path.name)
    version = named[1] if named else ("4.1" if is_v4 else "2.1.1")
    if version not in RELEASED_ON or version.startswith("4") != is_v4:
        raise UnreadableFile(f"gnomAD constraint {version} is not known to this version of Caseboard.", path.name)
    licence = constraint.RELEASE.licence
    return Release(KEY, NAME, version, RELEASED_ON[version], licence, CITATION, ADDRESS)


OFFER = Offer(
    source=KEY,
    assembly=Assembly.UNKNOWN,
    licence=Licence(constraint.RELEASE.licence, "https://gnomad.broadinstitute.org/policies"),
    fetch=(
        Addressed(
            "https://storage.googleapis.com/gcp-public-data--gnomad/release/4.1/constraint/"
            "gnomad.v4.1.constraint_metrics.tsv",
            95_000_000,
        ),
    ),
    release_of=release_of,
    build=table_builder(KEY, lambda files: from_official(only_file(files), previous_symbols())),
)


def columns(library: Library) -> pd.DataFrame:
    """loeuf_shown, pli_shown, missense_z_shown (float32) by gene; without rows where nothing is installed."""
    installed = library.current(KEY)
    if installed is None:
        return pd.DataFrame({name: pd.Series(dtype="float32") for name in COLUMNS})
    return read_installed(installed, table_file(KEY)).set_index("gene")


def release(library: Library) -> Release | None:
    installed = library.current(KEY)
    return None if installed is None else replace(installed.release, key=KEY)


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """LOEUF of a gene to two decimals."""
    if not any(r.key == KEY for r in knowledge.releases):
        return NotAssessed(_NOT_INSTALLED)
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    value = float(frame.at[symbol, "loeuf_shown"]) if symbol in frame.index else math.nan
    return Absent(NAME) if math.isnan(value) else Found(f"{value:.2f}", NAME)


SOURCE = Source(
    key=KEY,
    question="What does a newer gnomAD say about this gene's tolerance, beside the one the ranking uses?",
    unit="loeuf_shown: ratio (upper bound of observed/expected); pli_shown: probability; missense_z_shown: z score",
    missing="NaN: the installed release gives no estimate for the gene; not assessed when none is installed",
    release=release,
    look_up=look_up,
    found=Example("AAGAB", Found("1.16", NAME)),
    missed=Example("AAGAB", NotAssessed(_NOT_INSTALLED)),
    offers=(OFFER,),
)

"""Installing a release of the HPO: the ontology and its annotations together, as the project publishes them."""

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.case import Assembly
from models.errors import UnreadableFile
from models.knowledge.annotations import build_annotations
from models.knowledge.delivered import head_lines, read_delivered
from models.knowledge.hpo_files import ANNOTATIONS_FILE, FILES, GENES_FILE, ONTOLOGY_FILE, read_gene_disease, read_hpoa
from models.knowledge.hpo_obo import make_ontology, parse_obo
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.types import Release

KEY = "hpo"
NAME = "Human Phenotype Ontology"
LICENCE = "HPO licence: attribution, no alteration of the content, the release shown"
CITATION = "Gargano et al. 2024, Nucleic Acids Res 52:D1333, PMID:37953324; hpo.jax.org"
ADDRESS = "https://hpo.jax.org/data/ontology"
# The three are attached to one release there, so that fetching them cannot mix two.
_LATEST = "https://github.com/obophenotype/human-phenotype-ontology/releases/latest/download"
# genes_to_phenotype.txt states no date. It is made from phenotype.hpoa, so each of its diseases is there;
# of 2025-01-16 none was missing. Our own choice, to forgive a stray row.
MOST_STRANGE_DISEASES_FRACTION = 0.01


def release_of(files: Sequence[Path]) -> Release:
    """The day in hp.obo's data-version. Raises UnreadableFile when phenotype.hpoa was made with another one."""
    ontology, annotations, _ = named(files)
    version = _told(ontology, r"^data-version:.*?([0-9]{4}-[0-9]{2}-[0-9]{2})$")
    made_with = _told(annotations, r"^#hpo-version:.*/releases/([0-9-]{10})", r"^#version: *([0-9-]{10})")
    if version != made_with:
        raise UnreadableFile(
            f"hp.obo is of {version}, and phenotype.hpoa was made with that of {made_with}; "
            "bring the files of one release.",
            annotations.name,
        )
    return Release(KEY, NAME, version, version, LICENCE, CITATION, ADDRESS)


def named(files: Sequence[Path]) -> tuple[Path, Path, Path]:
    """hp.obo, phenotype.hpoa and genes_to_phenotype.txt among the given files; raises UnreadableFile."""
    by_name = {path.name: path for path in files}
    lacking = [name for name in FILES if name not in by_name]
    if lacking:
        raise UnreadableFile(f"{lacking[0]} is missing; an HPO release is {', '.join(FILES)} together.")
    return by_name[ONTOLOGY_FILE], by_name[ANNOTATIONS_FILE], by_name[GENES_FILE]


def build(files: Sequence[Path], folder: Path, progress: Progress) -> None:
    """Keep the three files as they are, after reading them as they will be read when they are used."""
    ontology_file, annotations_file, genes_file = named(files)
    progress("Reading the ontology", 0.0)
    if "[Typedef]" not in "".join(_last_lines(ontology_file)):
        raise UnreadableFile("It ends before its last part; fetch it again.", ontology_file.name)
    ontology = make_ontology(parse_obo(ontology_file))
    progress("Reading the annotations", 0.3)
    _check_tables(annotations_file, genes_file)
    build_annotations(read_hpoa(annotations_file), read_gene_disease(genes_file), ontology, "")
    progress("Keeping the files", 0.9)
    for path in (ontology_file, annotations_file, genes_file):
        shutil.copyfile(path, folder / path.name)


def _check_tables(annotations: Path, genes: Path) -> None:
    """Both are whole tables, and the genes' table was made from the annotations beside it."""
    rows = read_delivered(annotations, ("database_id", "hpo_id", "frequency"), sep="\t", comment="#", quoting=3)
    pairs = read_delivered(genes, ("gene_symbol", "disease_id"), sep="\t", quoting=3)
    for path in (annotations, genes):
        if not _last_lines(path)[-1].endswith("\n"):
            raise UnreadableFile("It ends in the middle of a line; fetch it again.", path.name)
    asked, known = set(pairs["disease_id"]), set(rows["database_id"])
    if len(asked - known) > MOST_STRANGE_DISEASES_FRACTION * len(asked):
        raise UnreadableFile(
            f"{len(asked - known)} of its {len(asked)} diseases are not in phenotype.hpoa; "
            "bring the files of one release.",
            genes.name,
        )


def _last_lines(path: Path, tail_bytes: int = 4000) -> list[str]:
    """The end of a text file. Raises UnreadableFile for an empty one."""
    with path.open("rb") as content:
        content.seek(max(0, path.stat().st_size - tail_bytes))
        lines = content.read().decode("utf-8", errors="replace").splitlines(keepends=True)
    if not lines:
        raise UnreadableFile("It is empty; fetch it again.", path.name)
    return lines


def _told(path: Path, *patterns: str) -> str:
    """The day that the first of `patterns` finds in the head of a file. Raises UnreadableFile."""
    head = "\n".join(head_lines(path, 10))
    for pattern in patterns:
        if (told := re.search(pattern, head, re.MULTILINE)) is not None:
            try:
                return date.fromisoformat(told[1]).isoformat()
            except ValueError:
                continue
    raise UnreadableFile("Its head does not say which release it is, so it is not the file meant here.", path.name)


OFFER = Offer(
    source=KEY,
    assembly=Assembly.UNKNOWN,
    licence=Licence(LICENCE, "https://hpo.jax.org/license", must_accept=True),
    fetch=(
        Addressed(f"{_LATEST}/{ONTOLOGY_FILE}", 10_500_000),
        Addressed(f"{_LATEST}/{ANNOTATIONS_FILE}", 36_000_000),
        Addressed(f"{_LATEST}/{GENES_FILE}", 20_500_000),
    ),
    release_of=release_of,
    build=build,
)

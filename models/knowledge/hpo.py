"""The Human Phenotype Ontology and its annotations, compiled once per release and then read in a moment."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import feather

from models.errors import IntegrityError
from models.knowledge.annotations import Annotations, build_annotations
from models.knowledge.cache import compiled
from models.knowledge.hpo_files import (
    ANNOTATIONS_FILE,
    FILES,
    GENES_FILE,
    ONTOLOGY_FILE,
    annotation_release,
    data_folder,
    hpo_release,
    read_gene_disease,
    read_hpoa,
)
from models.knowledge.hpo_obo import make_ontology, parse_obo
from models.knowledge.hpo_sources import installed_hpo
from models.knowledge.library.installed import Installed, Library
from models.knowledge.ontology import Links, Ontology
from models.knowledge.profiles import Matrix, Profiles
from models.knowledge.source import TABLES
from models.on_disk import sha256_of

# Raise when what is written below changes shape or meaning; folders of another version are left alone.
FORMAT_VERSION = 4
_LINK_PARTS = ("indptr", "indices")
_MATRIX_PARTS = ("indptr", "columns", "fraction")
_ONTOLOGY_LINKS = ("parent_links", "ancestor_links")
_ANNOTATION_LINKS = ("gene_diseases", "negated", "inheritance")
_PROFILES = ("disease_profiles", "gene_profiles")


def load_hpo(cache_dir: Path, library: Library) -> tuple[Ontology, Annotations]:
    """The ontology and its annotations, as shipped or as installed in `library`.

    The first call for a release compiles it (seconds). Raises IntegrityError when its files are damaged.
    """
    installed = installed_hpo(library)
    folder = data_folder() if installed is None else installed.folder
    symbols = hashlib.sha256((TABLES / "previous_symbols.parquet").read_bytes()).hexdigest()[:8]
    name = (
        f"hpo-{hpo_release(folder)}-annotations-{annotation_release(folder)}-symbols-{symbols}-format-{FORMAT_VERSION}"
    )
    if installed is None:
        return compiled(cache_dir / name, lambda scratch: _compile(folder, scratch), _read)
    place = cache_dir / f"{name}-installed-{_digest(installed)}"
    return compiled(place, lambda scratch: _compile(_verified(installed), scratch), _read)


def _digest(installed: Installed) -> str:
    """Of the files' sums: a release installed again with other bytes is compiled again."""
    return hashlib.sha256("".join(installed.files[name] for name in FILES).encode()).hexdigest()[:16]


def _verified(installed: Installed) -> Path:
    """The folder of an installed release, after its files were compared with its description."""
    for name in FILES:
        if sha256_of(installed.file(name)) != installed.files[name]:
            raise IntegrityError(f"The installed release {installed.label} is damaged; install it again.")
    return installed.folder


def _compile(folder: Path, scratch: Path) -> None:
    ontology = make_ontology(parse_obo(folder / ONTOLOGY_FILE))
    rows, pairs = read_hpoa(folder / ANNOTATIONS_FILE), read_gene_disease(folder / GENES_FILE)
    notes = build_annotations(rows, pairs, ontology, annotation_release(folder))
    usage = np.diff(notes.disease_profiles.by_term.indptr).astype(np.int32)
    _write(replace(ontology, usage=usage), notes, scratch)


def _write(ontology: Ontology, notes: Annotations, place: Path) -> None:
    terms = {
        "id": ontology.ids,
        "label": ontology.labels,
        "definition": ontology.definitions,
        "synonyms": ["\n".join(s) for s in ontology.synonym_lists],
    }
    _write_texts(place / "terms.arrow", terms)
    _write_texts(place / "diseases.arrow", {"id": notes.disease_ids, "label": notes.disease_labels})
    _write_texts(place / "genes.arrow", {"symbol": notes.genes})
    for name, array in _arrays(ontology, notes).items():
        np.save(place / f"{name}.npy", array)
    facts = {
        "ontology": ontology.release,
        "annotations": notes.release,
        "replaced": dict(ontology.replaced),
        "retired": {k: [v[0], list(v[1])] for k, v in ontology.retired.items()},
    }
    (place / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


def _write_texts(path: Path, columns: "dict[str, Any]") -> None:
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    feather.write_feather(table, path, compression="lz4")


def _arrays(ontology: Ontology, notes: Annotations) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {"usage": ontology.usage}
    for owner, names in ((ontology, _ONTOLOGY_LINKS), (notes, _ANNOTATION_LINKS)):
        for name in names:
            arrays |= {f"{name}-{part}": getattr(getattr(owner, name), part) for part in _LINK_PARTS}
    for name in _PROFILES:
        profiles: Profiles = getattr(notes, name)
        arrays |= {f"{name}-seen": profiles.seen, f"{name}-examined": profiles.examined}
        for matrix in ("direct", "by_term"):
            arrays |= {f"{name}-{matrix}-{part}": getattr(getattr(profiles, matrix), part) for part in _MATRIX_PARTS}
    return arrays


def _read(place: Path) -> tuple[Ontology, Annotations]:
    facts = json.loads((place / "facts.json").read_text(encoding="utf-8"))
    terms = feather.read_table(place / "terms.arrow").to_pydict()
    ontology = Ontology(
        str(facts["ontology"]),
        tuple(terms["id"]),
        tuple(terms["label"]),
        tuple(terms["definition"]),
        tuple(tuple(s.split("\n")) if s else () for s in terms["synonyms"]),
        _link(place, "parent_links"),
        _link(place, "ancestor_links"),
        facts["replaced"],
        {k: (v[0], tuple(v[1])) for k, v in facts["retired"].items()},
        _array(place, "usage"),
    )
    return ontology, _read_annotations(place, str(facts["annotations"]))


def _read_annotations(place: Path, release: str) -> Annotations:
    diseases = feather.read_table(place / "diseases.arrow").to_pydict()
    genes = feather.read_table(place / "genes.arrow").to_pydict()
    return Annotations(
        release,
        tuple(diseases["id"]),
        tuple(diseases["label"]),
        tuple(genes["symbol"]),
        _link(place, "gene_diseases"),
        _read_profiles(place, "disease_profiles", len(diseases["id"])),
        _read_profiles(place, "gene_profiles", len(genes["symbol"])),
        _link(place, "negated"),
        _link(place, "inheritance"),
    )


def _read_profiles(place: Path, name: str, size: int) -> Profiles:
    direct, by_term = _read_matrix(place, f"{name}-direct"), _read_matrix(place, f"{name}-by_term")
    return Profiles(size, direct, _array(place, f"{name}-seen"), _array(place, f"{name}-examined"), by_term)


def _read_matrix(place: Path, name: str) -> Matrix:
    return Matrix(*(_array(place, f"{name}-{part}") for part in _MATRIX_PARTS))


def _link(place: Path, name: str) -> Links:
    return Links(*(_array(place, f"{name}-{part}") for part in _LINK_PARTS))


def _array(place: Path, name: str) -> NDArray[Any]:
    array: NDArray[Any] = np.load(place / f"{name}.npy", allow_pickle=False)
    return array

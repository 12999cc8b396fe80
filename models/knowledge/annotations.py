"""What the HPO annotations say: features of diseases with their frequency, and the genes of diseases."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.knowledge.frequency import parse_frequency
from models.knowledge.ontology import MODE_OF_INHERITANCE, Links, Ontology
from models.knowledge.profiles import Matrix, Profiles, build_profiles, row_sums

# One annotation a row; is_negated: the disease is said not to have the feature.
ROW_COLUMNS = ("disease_id", "disease_label", "term_id", "frequency", "is_negated")


@dataclass(frozen=True, eq=False)
class Annotations:
    """One release, by positions: diseases and genes in sorted order, terms as in the ontology.

    disease_profiles: the features of each disease. gene_profiles: of each gene, those of its diseases
    together; diseases that several genes share are left out unless the gene has no other. negated:
    disease -> features that at least one source says do not occur. inheritance: disease -> modes.
    gene_diseases: gene -> diseases.
    """

    release: str
    disease_ids: tuple[str, ...]
    disease_labels: tuple[str, ...]
    genes: tuple[str, ...]
    gene_diseases: Links
    disease_profiles: Profiles
    gene_profiles: Profiles
    negated: Links
    inheritance: Links

    @property
    def direct(self) -> Matrix:
        """Disease -> annotated features; fraction NaN when the frequency is not stated."""
        return self.disease_profiles.direct

    @cached_property
    def disease_position(self) -> dict[str, int]:
        return {d: i for i, d in enumerate(self.disease_ids)}

    @cached_property
    def gene_position(self) -> dict[str, int]:
        return {g: i for i, g in enumerate(self.genes)}

    @cached_property
    def disease_genes(self) -> Links:
        """Disease -> genes."""
        pairs = self.gene_diseases
        genes = np.repeat(np.arange(len(self.genes), dtype=np.int32), np.diff(pairs.indptr))
        return links_of(pairs.indices, genes, len(self.disease_ids))

    @cached_property
    def genes_by_disease(self) -> NDArray[np.object_]:
        """By disease: a tuple of gene symbols."""
        links, found = self.disease_genes, np.empty(len(self.disease_ids), dtype=object)
        for disease in range(len(found)):
            found[disease] = tuple(self.genes[g] for g in links.of(disease))
        return found

    @cached_property
    def background(self) -> NDArray[np.float32]:
        """By term: the mean over diseases of how often the term or one below it occurs.

        At least as if it occurred in half a disease, so that nothing is infinitely rare.
        """
        by_term = self.disease_profiles.by_term
        sums = np.maximum(row_sums(by_term.indptr, by_term.fraction), 0.5)
        return sums.astype(np.float32) / np.float32(max(1, len(self.disease_ids)))

    @cached_property
    def information(self) -> NDArray[np.float32]:
        """By term, in nats: minus the logarithm of its background. Meant for phenotypic abnormalities."""
        return -np.log(self.background)


def build_annotations(rows: pd.DataFrame, gene_disease: pd.DataFrame, ontology: Ontology, release: str) -> Annotations:
    """Annotations from plain tables.

    rows: ROW_COLUMNS; gene_disease: columns gene, disease_id. Old term ids are brought to the
    ontology's current ones; rows whose term is unknown to it are left out. Diseases without any
    annotated feature stay known, so that their genes are not silently lost.
    """
    disease_ids = tuple(sorted(set(rows["disease_id"]) | set(gene_disease["disease_id"])))
    genes = tuple(sorted(set(gene_disease["gene"])))
    positions = {d: i for i, d in enumerate(disease_ids)}
    names = _most_used_names(rows)
    gene_at = gene_disease["gene"].map({g: i for i, g in enumerate(genes)}).to_numpy(np.int32)
    gene_diseases = links_of(gene_at, gene_disease["disease_id"].map(positions).to_numpy(np.int32), len(genes))
    table = _positioned(rows, positions, ontology)
    is_feature = ontology.is_abnormality[table["term"].to_numpy()]
    never = table["is_negated"] | (table["fraction"] == 0)
    features, negated = table[is_feature & ~table["is_negated"]], table[is_feature & never]
    modes = table[ontology.is_below(MODE_OF_INHERITANCE)[table["term"].to_numpy()]]
    return Annotations(
        release,
        disease_ids,
        tuple(names.get(d, d) for d in disease_ids),
        genes,
        gene_diseases,
        build_profiles(features, len(disease_ids), ontology),
        build_profiles(_by_gene(features, gene_diseases), len(genes), ontology),
        links_of(negated["owner"].to_numpy(), negated["term"].to_numpy(), len(disease_ids)),
        links_of(modes["owner"].to_numpy(), modes["term"].to_numpy(), len(disease_ids)),
    )


def _most_used_names(rows: pd.DataFrame) -> dict[str, str]:
    """Names change over the years, and old rows keep old ones: the one most rows have, by disease."""
    counted = rows.groupby(["disease_id", "disease_label"]).size().sort_values(kind="stable").reset_index()
    last = counted.drop_duplicates("disease_id", keep="last")
    return dict(zip(last["disease_id"], last["disease_label"], strict=True))


def _positioned(rows: pd.DataFrame, positions: dict[str, int], ontology: Ontology) -> pd.DataFrame:
    terms = {t: ontology.position(t) for t in set(rows["term_id"])}
    read = {f: parse_frequency(f) for f in set(rows["frequency"])}
    table = pd.DataFrame(
        {
            "owner": rows["disease_id"].map(positions).to_numpy(np.int32),
            "term": rows["term_id"].map(terms).to_numpy(np.int32),
            "fraction": rows["frequency"].map({f: v.fraction for f, v in read.items()}).to_numpy(np.float32),
            "seen": rows["frequency"].map({f: v.seen for f, v in read.items()}).to_numpy(np.int32),
            "examined": rows["frequency"].map({f: v.examined for f, v in read.items()}).to_numpy(np.int32),
            "is_negated": rows["is_negated"].to_numpy(np.bool_),
        }
    )
    return table[table["term"] >= 0]


def _by_gene(features: pd.DataFrame, gene_diseases: Links) -> pd.DataFrame:
    """The rows again, owned by genes. A shared disease speaks for a gene only when it has no other."""
    pairs = pd.DataFrame(
        {
            "gene": np.repeat(np.arange(len(gene_diseases.indptr) - 1), np.diff(gene_diseases.indptr)),
            "owner": gene_diseases.indices,
        }
    )
    own = pairs["owner"].map(pairs["owner"].value_counts()).eq(1)
    has_own = pairs["gene"].isin(set(pairs.loc[own, "gene"]))
    speaking = pairs[own | ~has_own]
    return speaking.merge(features, on="owner").drop(columns="owner").rename(columns={"gene": "owner"})


def links_of(rows: NDArray[np.int32], columns: NDArray[np.int32], size: int) -> Links:
    """Distinct pairs as links from `size` rows."""
    pairs = np.unique(np.stack((rows, columns), axis=1).astype(np.int64), axis=0)
    indptr = np.concatenate(([0], np.cumsum(np.bincount(pairs[:, 0], minlength=size)))).astype(np.int32)
    return Links(indptr, pairs[:, 1].astype(np.int32))

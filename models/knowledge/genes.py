"""The gene table: one row a gene, what the sources say about it side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.knowledge import (
    clingen_dosage,
    clingen_validity,
    constraint,
    constraint_display,
    gencc,
    gene2phenotype,
    gene_lists,
    panelapp,
    secondary_findings,
)
from models.knowledge.annotations import Annotations
from models.knowledge.library.installed import Library
from models.knowledge.modes import joined_modes
from models.knowledge.ontology import Ontology
from models.knowledge.symbols import previous_symbols

# HPO modes of inheritance -> ours. Descendants (for example imprinted forms) count as their ancestor.
HPO_MODES = {
    "HP:0000006": "AD",
    "HP:0000007": "AR",
    "HP:0032113": "AD;AR",  # semidominant
    "HP:0001417": "XL",
    "HP:0001423": "XLD",
    "HP:0001419": "XLR",
    "HP:0001427": "MT",
}
MODE_ORIGINS = {
    "modes_clingen": "ClinGen",
    "modes_panelapp": "PanelApp",
    "modes_g2p": "Gene2Phenotype",
    "modes_hpo": "HPO",
}
_TEXT = (
    "validity",
    "validity_disease",
    "secondary_finding_rule",
    "secondary_finding_disease",
    *gencc.COLUMNS,
    *MODE_ORIGINS,
)
_PARTS = (
    constraint,
    constraint_display,
    gene_lists,
    clingen_validity,
    clingen_dosage,
    gencc,
    panelapp,
    gene2phenotype,
    secondary_findings,
)


@dataclass(frozen=True, eq=False)
class GeneTable:
    """frame: indexed by today's symbol. Text columns "" and NaN mean the source says nothing.

    Columns: loeuf, pli, missense_z, missense_oe, cds_length_bases (float32, NaN = no estimate);
    listed_dominant, listed_recessive, listed_x_linked (float32, 1 on a published list, else 0);
    inheritance (";"-joined MODES over all origins, "" unknown) with one modes_<origin> column each;
    validity (best ClinGen class), validity_disease; haploinsufficiency (ClinGen score, -1 not curated);
    secondary_finding (bool), secondary_finding_rule, secondary_finding_disease;
    has_disease (bool: HPO's gene-disease links, or ClinGen at Limited or better, or green on PanelApp, or
    Gene2Phenotype).
    For display only, never a feature of the ranking: gencc, gencc_disease, gencc_submitters (strongest
    GenCC classification) and loeuf_shown, pli_shown, missense_z_shown (an installed gnomAD constraint).
    """

    frame: pd.DataFrame
    previous: Mapping[str, str]

    def current(self, symbol: str) -> str:
        """Today's symbol of a gene given by an older one; the symbol itself when nothing is known."""
        return self.previous.get(symbol, symbol)


def load_genes(
    annotations: Annotations, ontology: Ontology, chromosome_of: Mapping[str, str], library: Library
) -> GeneTable:
    """Join all gene sources, each as shipped or as installed in `library`. `chromosome_of` (MANE): every gene
    in it is kept, even when no source says anything, and rules out modes that cannot be on its chromosome."""
    parts = [part.columns(library) for part in _PARTS]
    parts.append(pd.DataFrame({"modes_hpo": hpo_modes(annotations, ontology)}))
    symbols = set(chromosome_of).union(annotations.genes, *(p.index.tolist() for p in parts))
    every = pd.Index(sorted(symbols), name="gene")
    frame = pd.concat([p.reindex(every) for p in parts], axis=1)
    frame[list(_TEXT)] = frame[list(_TEXT)].fillna("").astype(str)
    frame["haploinsufficiency"] = frame["haploinsufficiency"].fillna(clingen_dosage.NOT_CURATED).astype(np.int8)
    frame[list(gene_lists.WORDS)] = frame[list(gene_lists.WORDS)].fillna(0.0).astype(np.float32)
    frame["secondary_finding"] = frame["secondary_finding"].eq(True)
    frame["inheritance"] = _combined(frame, [chromosome_of.get(gene, "") for gene in every.tolist()])
    frame["has_disease"] = _has_disease(frame, annotations)
    return GeneTable(frame, previous_symbols())


def _combined(frame: pd.DataFrame, chromosomes: list[str]) -> list[str]:
    rows = list(zip(chromosomes, *(frame[c].tolist() for c in MODE_ORIGINS), strict=True))
    combined = {row: possible_modes(joined_modes(row[1:]), row[0]) for row in set(rows)}
    return [combined[row] for row in rows]


def possible_modes(modes: str, chromosome: str) -> str:
    """`modes` without those that a gene on `chromosome` ("" = not known) cannot have.

    Sources name a mode per disorder, and some disorders have genes in several places. On X and Y,
    autosomal modes stay only when no X-linked one is named (pseudo-autosomal genes such as SHOX).
    """
    named = [m for m in modes.split(";") if m]
    linked = [m for m in named if m.startswith("XL")]
    if chromosome == "MT":
        named = [m for m in named if m == "MT"]
    elif chromosome in {"X", "Y"}:
        named = linked or [m for m in named if m != "MT"]
    elif chromosome:
        named = [m for m in named if m in {"AD", "AR"}]
    return ";".join(named)


def _has_disease(frame: pd.DataFrame, annotations: Annotations) -> "pd.Series[bool]":
    linked = frame.index.isin(annotations.genes)
    classified = frame["validity"].isin(clingen_validity.CLASSES[:4])
    return linked | classified | frame["modes_panelapp"].ne("") | frame["modes_g2p"].ne("")


def hpo_modes(annotations: Annotations, ontology: Ontology) -> dict[str, str]:
    """Gene -> modes of its OMIM diseases, as HPO annotates them.

    Orphanet's groups ("retinitis pigmentosa") join many genes and several modes, so they are not used.
    """
    term_modes = _modes_by_term(annotations, ontology)
    known: dict[str, set[str]] = {}
    for position, gene in enumerate(annotations.genes):
        for disease in annotations.gene_diseases.of(position):
            if annotations.disease_ids[disease].startswith("OMIM:"):
                found = (term_modes[t] for t in annotations.inheritance.of(disease) if t in term_modes)
                known.setdefault(gene, set()).update(found)
    return {gene: joined_modes(modes) for gene, modes in known.items() if modes}


def _modes_by_term(annotations: Annotations, ontology: Ontology) -> dict[int, str]:
    """The most specific of HPO_MODES that each annotated inheritance term is, or falls under."""
    found: dict[int, str] = {}
    for term in set(annotations.inheritance.indices.tolist()):
        lineage = (ontology.ids[term], *ontology.ancestors(ontology.ids[term]))
        named = [HPO_MODES[t] for t in lineage if t in HPO_MODES]
        specific = [m for m in named if m != "XL"] or named
        if specific:
            found[term] = joined_modes(specific)
    return found

"""What is known of the gene and the disease behind a reported variant, each fact with the release it is of."""

import math
import re
from typing import Any

from models.case import Absent, Found
from models.knowledge import Knowledge
from models.knowledge.clingen_validity import Curation, curations, mondo_ids

NO_GENE = "not assessed: the variant lies in no known gene"
NOT_CURATED = "absent: ClinGen has not curated this gene"
_WRITTEN = re.compile(r"\b(?:OMIM|MONDO|ORPHA):\d+\b")
_OTHER_TITLE = re.compile(r".*\((.+)\)$")  # "Epileptic encephalopathy, early infantile, 6 (Dravet syndrome)"
_MODES = {
    "AD": "autosomal dominant", "AR": "autosomal recessive", "XL": "X-linked", "XLD": "X-linked dominant",
    "XLR": "X-linked recessive", "MT": "mitochondrial",
}  # fmt: skip
# ClinGen dosage sensitivity, "Rating system" (Riggs 2012, PMID:22097934).
_HAPLOINSUFFICIENCY = {
    -1: "not curated", 0: "0: no evidence", 1: "1: little evidence", 2: "2: emerging evidence",
    3: "3: sufficient evidence", 30: "30: autosomal recessive", 40: "40: dosage sensitivity unlikely",
}  # fmt: skip


def condition_ids(knowledge: Knowledge, gene: str, condition: str) -> tuple[str, ...]:
    """The ids of a condition as a person wrote it: those in their words, then OMIM's and Orphanet's of a disease of
    that name in HPO's annotations, then Mondo's in ClinGen's. The gene's own diseases are also known by OMIM's second
    title and with their words in another order ("Encephalopathy, ethylmalonic"); more is not taken for the same."""
    wanted, notes = condition.strip().casefold(), knowledge.annotations
    everywhere = (
        d for d, label in zip(notes.disease_ids, notes.disease_labels, strict=True) if label.casefold() == wanted
    )
    at = notes.gene_position.get(knowledge.genes.current(gene), -1)
    own = notes.gene_diseases.of(at).tolist() if at >= 0 else []
    of_gene = (notes.disease_ids[d] for d in own if _words(condition) in _titles(notes.disease_labels[d]))
    named = sorted({*everywhere, *of_gene}, key=lambda found: (not found.startswith("OMIM:"), found))
    return tuple(dict.fromkeys((*_WRITTEN.findall(condition), *named, *mondo_ids(knowledge, condition))))


def _titles(label: str) -> tuple[list[str], ...]:
    second = _OTHER_TITLE.fullmatch(label)
    return (_words(label), _words(second[1])) if second else (_words(label),)


def _words(name: str) -> list[str]:
    """The words of a name, in no order."""
    return sorted(re.findall(r"[^\s,;()-]+", name.casefold()))


def validity_of(knowledge: Knowledge, gene: str) -> str:
    """ClinGen's gene-disease validity: each disease with class, Mondo id and mode, the best first, and which release;
    or why there is none."""
    if not gene:
        return NO_GENE
    found = curations(knowledge, gene)
    match found:
        case Found(curated, source):
            return f"{'; '.join(map(_told, curated))} [{source}]"
        case Absent(source):
            return f"{NOT_CURATED} [{source}]"
    return f"not assessed: {found.reason}"


def _told(one: Curation) -> str:
    modes = " or ".join(_MODES[m] for m in one.modes.split(";") if m in _MODES) or "inheritance not said"
    mondo = f" ({one.mondo_id})" if one.mondo_id else ""
    return f"{one.classification} for {one.disease}{mondo}, {modes}"


def gene_looked_up(knowledge: Knowledge, gene: str) -> tuple[tuple[str, str, str], ...]:
    """(name, value, source): what PVS1, PP2 and BP1 ask about the gene; () for none that is in the gene table."""
    frame, symbol = knowledge.genes.frame, knowledge.genes.current(gene)
    if symbol not in frame.index:
        return ()
    facts: dict[str, Any] = frame.loc[symbol].to_dict()
    constraint = ", ".join(f"{name} {_number(facts[c])}" for c, name in _CONSTRAINT)
    score = int(facts["haploinsufficiency"])
    inheritance = str(facts["inheritance"]).replace(";", ", ") or "none known"
    return (
        ("Gene constraint", constraint, _release(knowledge, "constraint")),
        ("Haploinsufficiency", _HAPLOINSUFFICIENCY.get(score, str(score)), _release(knowledge, "clingen_dosage")),
        ("Known inheritance of the gene", inheritance, "; ".join(_modes_by(knowledge, facts))),
    )


_CONSTRAINT = (("loeuf", "LOEUF"), ("pli", "pLI"), ("missense_z", "missense z"))
_MODES_BY = {
    "modes_clingen": "clingen_validity", "modes_panelapp": "panelapp", "modes_g2p": "gene2phenotype",
    "modes_hpo": "hpo_annotations",
}  # fmt: skip


def _number(value: float) -> str:
    return "no estimate" if math.isnan(value) else f"{value:.2f}"


def _modes_by(knowledge: Knowledge, facts: dict[str, Any]) -> list[str]:
    return [_release(knowledge, key) for column, key in _MODES_BY.items() if facts[column]]


def _release(knowledge: Knowledge, key: str) -> str:
    """ "gnomAD constraint 2.1.1"; "" where it is not among the releases in use."""
    return next((f"{r.name} {r.version}" for r in knowledge.releases if r.key == key), "")

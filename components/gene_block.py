"""What is known about the gene of the chosen variant, each fact by whom where more than one says it."""

import math
from collections.abc import Mapping
from typing import Any

from components import phrases
from components.candidate import Candidate
from models.knowledge import constraint_display, gencc
from models.knowledge.types import Release

# ours of the release the ranking uses, its twin of an installed release, how people call it
_CONSTRAINT = (
    ("loeuf", "loeuf_shown", "LOEUF"),
    ("pli", "pli_shown", "pLI"),
    ("missense_z", "missense_z_shown", "Missense z"),
)


# whose release each fact is of
_TOLD_BY = {
    "modes_clingen": "clingen_validity",
    "validity": "clingen_validity",
    "modes_panelapp": "panelapp",
    "modes_g2p": "gene2phenotype",
    "modes_hpo": "hpo_annotations",
    "loeuf": "constraint",
    "loeuf_shown": constraint_display.KEY,
    "gencc": gencc.KEY,
}


def gene_rows(candidate: Candidate) -> list[tuple[str, str]]:
    """Name and value of each line. Installed releases that the ranking does not use stand beside, with their name."""
    facts = candidate.gene_facts
    if not facts:
        return [("Gene", _without_facts(candidate))]
    installed = {r.key: r.version for r in candidate.workup.knowledge.releases}
    beside = installed.get(constraint_display.KEY, "")
    return [
        ("Known inheritance", str(facts["inheritance"]).replace(";", ", ") or "none known"),
        ("Gene–disease validity", str(facts["validity"]) or phrases.NOT_ASSESSED),
        *([("GenCC", gencc_words(facts))] if gencc.KEY in installed else []),
        *((name, _beside(facts, ours, shown, beside)) for ours, shown, name in _CONSTRAINT),
        *_source(candidate),
    ]


def _source(candidate: Candidate) -> list[tuple[str, str]]:
    """Every release that said something about the gene, with version and date."""
    facts, releases = candidate.gene_facts, {r.key: r for r in candidate.workup.knowledge.releases}
    keys = dict.fromkeys(key for column, key in _TOLD_BY.items() if _is_told(facts.get(column, "")))
    told = [releases[key] for key in keys if key in releases]
    return [("Source", "; ".join(_with_date(r) for r in told))] if told else []


def _is_told(value: Any) -> bool:
    return bool(value) if isinstance(value, str) else not math.isnan(value)


def _with_date(release: Release) -> str:
    dated = release.released_on in release.version
    return f"{release.name} {release.version}{'' if dated else f' of {release.released_on}'}"


def _without_facts(candidate: Candidate) -> str:
    if candidate.gene:
        return "not in the gene table"
    return "none at this position" if candidate.gene_was_sought else phrases.NOT_ASSESSED


def gencc_words(facts: Mapping[str, Any]) -> str:
    """ "Definitive for Dravet syndrome (ClinGen, Orphanet)", or that no group has submitted the gene."""
    if not facts["gencc"]:
        return "no submission"
    return f"{facts['gencc']} for {facts['gencc_disease']} ({str(facts['gencc_submitters']).replace(';', ', ')})"


def number(value: Any) -> str:
    return phrases.NOT_ASSESSED if math.isnan(value) else f"{float(value):.2f}"


def _beside(facts: Mapping[str, Any], ours: str, shown: str, version: str) -> str:
    """The number the ranking uses, and that of an installed release in brackets ("" when there is none)."""
    return f"{number(facts[ours])} ({number(facts[shown])} in gnomAD {version})" if version else number(facts[ours])

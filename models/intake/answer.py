"""The expert answer that comes with a sample patient. Ranking never sees it; the blind mode does, after
the learner has committed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.case import Allele, Assembly
from models.errors import UnreadableFile
from models.intake.json_file import read_json

ANSWER_FILE = "answer.json"


@dataclass(frozen=True)
class NamedAllele:
    """A variant of the answer. change: HGVS as published, "" when there is none."""

    allele: Allele
    gene: str
    change: str


@dataclass(frozen=True)
class ExpertAnswer:
    """What explains the patient, and who says so. causal empty: nothing in this file does.

    acmg_class: "" when no variant is causal. criteria_source says who assigned the criteria.
    """

    causal: tuple[NamedAllele, ...]
    incidental: tuple[NamedAllele, ...]
    mode: str
    disease: str
    acmg_class: str
    criteria: tuple[str, ...]
    criteria_source: str
    explanation: str
    trap: str
    teaching_points: tuple[str, ...]
    sources: tuple[str, ...]


def read_answer(folder: Path, assembly: Assembly) -> ExpertAnswer:
    """Read `folder`/answer.json. Raises UnreadableFile when it is missing or not as we write it."""
    path = folder / ANSWER_FILE
    if not path.is_file():
        raise UnreadableFile("This patient comes without an expert answer; choose another one.", ANSWER_FILE)
    said = read_json(path, display_name=ANSWER_FILE)
    if not isinstance(said, Mapping):
        raise UnreadableFile("This is not an expert answer; generate the sample patient again.", ANSWER_FILE)
    return ExpertAnswer(
        _alleles(said.get("causal"), assembly),
        _alleles(said.get("incidental"), assembly),
        _text(said, "mode"),
        str((said.get("disease") or {}).get("label", "")),
        _text(said, "acmg_class"),
        _texts(said, "criteria"),
        _text(said, "criteria_source"),
        _text(said, "explanation"),
        _text(said, "trap"),
        _texts(said, "teaching_points"),
        _texts(said, "sources"),
    )


def _alleles(entries: Any, assembly: Assembly) -> tuple[NamedAllele, ...]:
    return tuple(
        NamedAllele(
            Allele.parse(str(entry["variant"]), assembly=assembly),
            str(entry.get("gene", "")),
            str(entry.get("hgvs_p") or entry.get("hgvs_c") or ""),
        )
        for entry in entries or ()
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name) or "")


def _texts(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in said.get(name) or ())

"""The expert answer of a sample patient."""

import json
from pathlib import Path

import pytest

from models.case import Assembly
from models.errors import UnreadableFile
from models.intake.answer import read_answer

SAID = {
    "causal": [{"variant": "chr2-165992342-G-A", "gene": "SCN1A", "hgvs_p": "p.Arg1645Ter"}],
    "mode": "autosomal dominant, de novo",
    "disease": {"id": "OMIM:607208", "label": "Dravet syndrome"},
    "acmg_class": "Pathogenic",
    "criteria": ["PVS1", "PS2"],
    "explanation": "New in the child.",
}


def written(folder: Path, said: object) -> Path:
    (folder / "answer.json").write_text(json.dumps(said))
    return folder


def test_an_answer_names_its_variants_by_allele(tmp_path: Path) -> None:
    answer = read_answer(written(tmp_path, SAID), Assembly.GRCH38)
    assert str(answer.causal[0].allele) == "chr2-165992342-G-A"
    assert (answer.causal[0].change, answer.disease, answer.criteria) == (
        "p.Arg1645Ter",
        "Dravet syndrome",
        ("PVS1", "PS2"),
    )


def test_a_patient_without_an_answer_has_an_empty_causal_list(tmp_path: Path) -> None:
    assert read_answer(written(tmp_path, {"causal": [], "explanation": "Nothing."}), Assembly.GRCH38).causal == ()


def test_a_folder_without_an_answer_says_so_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="without an expert answer"):
        read_answer(tmp_path, Assembly.GRCH38)


def test_a_list_is_not_an_answer(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="not an expert answer"):
        read_answer(written(tmp_path, [1]), Assembly.GRCH38)

"""The proof on the sample patients: no allele of theirs was trained on (test_kept_out), and each answer is found."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.case import Case, Severity, State
from models.intake import files_of, read_case
from models.knowledge import Knowledge
from models.ranking import LightGbmScorer
from models.workup import Workup, inspect, work_up

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
SOLVED = sorted(
    path.parent.name for path in SAMPLES.glob("*/answer.json") if json.loads(path.read_text(encoding="utf-8"))["causal"]
)
TOP = 3


@pytest.fixture(scope="module", params=SOLVED)
def solved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, list[str]]:
    """A sample patient and her causal variants as the file names them."""
    folder = SAMPLES / request.param
    answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    case = read_case(files_of(folder), tmp_path_factory.mktemp("case"))
    return case, [told["variant"] for told in answer["causal"]]


def worked_up(case: Case, knowledge: Knowledge, scorer: LightGbmScorer) -> Workup:
    """Ranked as after a person's override: one sample family has its parents swapped on purpose."""
    _, findings = inspect(case, knowledge)
    return work_up(case, knowledge, scorer, {f.key for f in findings if f.severity is Severity.BLOCKING})


def without_clinvar(case: Case) -> Case:
    frame = case.variants.frame.copy()
    states = [name for name in frame.columns if name.startswith("clinvar") and name.endswith("_state")]
    assert states
    frame[states] = np.int8(State.NOT_ASSESSED)
    frame["clinvar_stars"] = np.float32(np.nan)
    return replace(case, variants=replace(case.variants, frame=frame))


def ranks(workup: Workup, variants: list[str]) -> list[int | None]:
    frame = workup.case.variants.frame
    names = ("chr" + frame["chrom"].astype(str) + "-" + frame["pos_1based"].astype(str)
             + "-" + frame["ref"].astype(str) + "-" + frame["alt"].astype(str))  # fmt: skip
    row_of = {name: int(row) for row, name in names.items()}
    return [workup.ranking.rank_of(row_of[variant]) for variant in variants]


@pytest.mark.parametrize("masked", [False, True], ids=["as delivered", "ClinVar masked"])
def test_every_causal_variant_of_a_sample_patient_is_in_the_top_three(
    solved: tuple[Case, list[str]], masked: bool, knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    case, variants = solved
    found = ranks(worked_up(without_clinvar(case) if masked else case, knowledge, scorer), variants)
    assert all(place is not None and place <= TOP for place in found), found

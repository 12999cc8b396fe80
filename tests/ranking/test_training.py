"""Training makes cases that keep the product's own contract, and the same bytes each time."""

import numpy as np
import pandas as pd
import pytest

from models.case import Sex, check_contract
from models.evidence.assess import assess_variants
from models.evidence.types import VerdictCode
from models.knowledge import Knowledge
from models.ranking.features import FEATURES
from models.ranking.scorer import learned_names
from models.ranking.training.backgrounds import TRAINING_FILES, TRIOS, Background, simulated_consequence
from models.ranking.training.published import CausalVariant, PublishedCase
from models.ranking.training.ranker_model import Rows, estimated_ranks, fit_ranker
from models.ranking.training.spiked import BARE_FILE, Brought, spike, spiked_copies


def a_background(sex: Sex = Sex.FEMALE) -> Background:
    """A trio with two inherited variants."""
    frame = pd.DataFrame(
        {
            "chrom": ["7", "17"],
            "pos_1based": np.array([117_560_000, 43_070_000], dtype=np.int32),
            "ref": ["A", "C"],
            "alt": ["G", "T"],
            "qual_phred": np.array([50, 60], dtype=np.float32),
            "filter": ["PASS", "PASS"],
            "gene": ["CFTR", "BRCA1"],
            "region": ["coding", "coding"],
            "consequence": ["missense_variant", "missense_variant"],
            "hgvs_p": ["p.Lys100Arg", "p.Ala2Val"],
            "af_fraction": [0.001, 0.0],
            "key": ["7-117560000-A-G", "17-43070000-C-T"],
        }
    )
    copies = np.array([[1, 1, 0], [1, 0, 1]], dtype=np.int8)
    return Background("made", ("CHILD", "FATHER", "MOTHER"), sex, frame, copies, np.full((2, 3), 40, dtype=np.int32))


def a_published_case(model: str = "single_het", *zygosities: str) -> PublishedCase:
    variants = tuple(
        CausalVariant("2", 166_010_000 + i, "C", "T", "stop_gained", "p.Arg10Ter", z)
        for i, z in enumerate(zygosities or ("heterozygous",))
    )
    return PublishedCase("case", "SCN1A", model, ("HP:0001250",), (), variants, "2024-03", 0, True)


@pytest.mark.parametrize("brought", [Brought(), BARE_FILE, Brought(frequency=False), Brought(protein=False)])
def test_a_spiked_case_keeps_the_contract_of_the_variant_table(brought: Brought) -> None:
    made = spike(a_published_case(), a_background(), [0.0], brought, np.random.default_rng(1))
    check_contract(made.case.variants)
    assert made.causal_rows == (0,)
    assert len(made.case.variants) == 3


def test_what_the_file_does_not_bring_is_not_assessed() -> None:
    frame = spike(a_published_case(), a_background(), [0.0], BARE_FILE, np.random.default_rng(1)).case.variants.frame
    assert (frame["af_state"] == 2).all()
    assert (frame["consequence_state"] == 2).all()
    assert (frame["gene"] == "").all()


def test_a_single_heterozygous_answer_is_new_in_the_child(knowledge: Knowledge) -> None:
    made = spike(a_published_case(), a_background(), [0.0], Brought(), np.random.default_rng(1))
    assert assess_variants(made.case, knowledge).frame.at[0, "de_novo"] == VerdictCode.MET


@pytest.mark.parametrize(
    ("model", "zygosities", "sex", "expected"),
    [
        ("single_het", ("heterozygous",), Sex.FEMALE, [[1, 0, 0]]),
        ("homozygous", ("homozygous",), Sex.FEMALE, [[2, 1, 1]]),
        ("hemizygous", ("hemizygous",), Sex.MALE, [[2, 0, 1]]),
        ("two_het", ("heterozygous", "heterozygous"), Sex.FEMALE, [[1, 1, 0], [1, 0, 1]]),
    ],
)
def test_families_carry_the_answer_as_the_mode_demands(
    model: str, zygosities: tuple[str, ...], sex: Sex, expected: list[list[int]]
) -> None:
    assert spiked_copies(a_published_case(model, *zygosities), sex, 3, True).tolist() == expected


def test_a_person_is_kept_for_measuring() -> None:
    assert {name for name, _, _ in TRIOS} - set(TRAINING_FILES)


def test_an_indel_in_coding_sequence_breaks_the_frame_unless_it_is_a_triplet() -> None:
    sites = pd.DataFrame({"ref": ["A", "A"], "alt": ["AT", "ATTT"]})
    drawn = simulated_consequence(sites, np.array(["coding"] * 2, dtype=object), np.random.default_rng(1))
    assert drawn.tolist() == ["frameshift_variant", "inframe_deletion"]


def some_rows(size: int = 4000) -> Rows:
    generator = np.random.default_rng(2)
    features = generator.random((size, len(learned_names()))).astype(np.float32)
    label = (features[:, 0] + generator.random(size) < 0.4).astype(np.int8)
    number = (np.arange(size) // 100).astype(np.int32)
    return Rows(features, label, np.ones(size), np.zeros(size, dtype=np.int8), number)


def test_training_twice_gives_the_same_bytes() -> None:
    assert fit_ranker(some_rows()).model_to_string() == fit_ranker(some_rows()).model_to_string()


def test_only_learned_features_reach_the_model() -> None:
    fixed = {f.name for f in FEATURES if f.fixed_log_odds is not None}
    assert fixed == {"predictor_points", "clinvar_points"}
    assert not fixed & set(fit_ranker(some_rows()).feature_name())


def test_a_sampled_competitor_counts_for_those_it_stands_for() -> None:
    rows = Rows(
        np.zeros((3, 1), dtype=np.float32),
        np.array([1, 0, 0], dtype=np.int8),
        np.array([1.0, 5.0, 7.0]),
        np.zeros(3, dtype=np.int8),
        np.zeros(3, dtype=np.int32),
    )
    assert estimated_ranks(rows, np.array([0.5, 0.9, 0.1])).tolist() == [6.0]
    assert estimated_ranks(rows, np.array([0.5, 0.5, 0.1])).tolist() == [3.5]

"""What every feature of the ranker must keep; a new member of FEATURES is red until it does."""

import re
from dataclasses import replace

import numpy as np
import pytest

from models.case import Case
from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.knowledge import Knowledge, load_knowledge
from models.ranking import FEATURES, Direction, Feature, Group, LightGbmScorer, load_scorer
from models.ranking.features import Inputs
from models.ranking.inputs import prepare
from tests.builders import a_case, a_single, a_variant
from tests.ranking.families import DRAVET_TERMS, harmless_variants, scn1a_de_novo

each_feature = pytest.mark.parametrize("feature", FEATURES, ids=lambda f: f.name)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def rich_case() -> Case:
    """Everything a file can bring, and a second hit."""
    more = {"clinvar_significance": "Pathogenic", "clinvar_stars": 2.0, "homozygote_count": 0.0}
    scores = {"revel_score": 0.9, "cadd_phred": 30.0, "alphamissense_score": 0.95, "spliceai_delta_max": 0.4}
    pair = {"gene": "PAH", "proband": "0/1", "consequence": "missense_variant", "hgvs_p": "p.Arg408Trp"}
    return a_case(
        scn1a_de_novo(**more),
        *(v | scores for v in harmless_variants()),
        a_variant("12", 102_840_000, "C", "T", mother="0/1", father="0/0", af_fraction=8e-4, **pair),
        a_variant("12", 102_850_000, "G", "A", mother="0/0", father="0/1", af_fraction=1e-4, **pair),
        a_variant("MT", 3243, "A", "G", proband="0/1", mother="0/1", father="0/0"),
        terms=DRAVET_TERMS,
    )


def bare_case() -> Case:
    """Positions and one genotype, nothing else: no reads, no quality, no filter, no annotation."""
    case = a_case(
        a_variant("2", 166_002_500, "C", "T", proband="0/1", filter="."),
        a_variant("1", 1_000, "C", "T", proband="./1", filter="."),
        pedigree=a_single(),
    )
    calls = case.variants.genotypes
    silent = replace(
        calls,
        gq_phred=np.full_like(calls.gq_phred, -1),
        depth_reads=np.full_like(calls.depth_reads, -1),
        alt_reads=np.full_like(calls.alt_reads, -1),
        vaf_fraction=np.full_like(calls.vaf_fraction, np.nan),
    )
    return replace(case, variants=replace(case.variants, genotypes=silent))


@pytest.fixture(scope="module")
def scorer() -> LightGbmScorer:
    return load_scorer()


@pytest.fixture(scope="module")
def rich(knowledge: Knowledge) -> Inputs:
    return inputs_of(rich_case(), knowledge)


@pytest.fixture(scope="module")
def bare(knowledge: Knowledge) -> Inputs:
    return inputs_of(bare_case(), knowledge)


def inputs_of(case: Case, knowledge: Knowledge) -> Inputs:
    phenotype = score_phenotype(case.phenotype, knowledge)
    return prepare(case, assess_variants(case, knowledge), phenotype, knowledge, load_scorer())


@each_feature
def test_values_stay_in_the_stated_range(feature: Feature, rich: Inputs) -> None:
    values = feature.column(rich)
    assert values.dtype == np.float32
    assert feature.low < feature.high
    known = values[~np.isnan(values)]
    assert len(known), "the rich case must show this feature at least once"
    assert ((known >= feature.low) & (known <= feature.high)).all()


@each_feature
def test_what_was_not_assessed_is_nan_and_never_nought(feature: Feature, bare: Inputs) -> None:
    values = feature.column(bare)
    if feature.missing.startswith("never"):
        assert not np.isnan(values).any()
    elif feature.name in KNOWN_WITHOUT_ANNOTATION:
        assert not np.isnan(values).all()
    else:
        assert np.isnan(values).all()


# Told by genotypes and position alone, so even a bare file has them.
KNOWN_WITHOUT_ANNOTATION = {
    "effect_class",
    "mode_dominant",
    "mode_homozygous_recessive",
    "mode_compound_heterozygous",
    "mode_x_linked",
    "mode_mitochondrial",
    "gene_mode_fit",
    "both_copies",
}


@each_feature
def test_names_are_keys_and_labels_are_words(feature: Feature) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", feature.name)
    assert feature.label[0].isupper()
    assert "_" not in feature.label
    assert len(feature.how) > 10
    assert feature.missing
    assert isinstance(feature.group, Group)


@each_feature
def test_every_value_can_be_said_in_words(feature: Feature) -> None:
    for value in (feature.low, (feature.low + feature.high) / 2, feature.high, float("nan")):
        if np.isnan(value) and feature.missing.startswith("never"):
            continue
        said = feature.words(value)
        assert said
        assert "_" not in said
        assert "nan" not in said.split()


@each_feature
def test_a_fixed_weight_speaks_in_the_direction_of_medicine(feature: Feature) -> None:
    assert isinstance(feature.direction, Direction)
    if feature.fixed_log_odds is not None:
        assert feature.fixed_log_odds * feature.direction > 0


def test_names_are_unique_and_every_group_is_served() -> None:
    assert len({f.name for f in FEATURES}) == len(FEATURES)
    assert {f.group for f in FEATURES} == set(Group)


def test_the_shipped_model_was_trained_for_exactly_these_features() -> None:
    assert load_scorer().card.feature_names == tuple(f.name for f in FEATURES)


@each_feature
def test_raising_a_value_moves_the_score_only_as_medicine_says(feature: Feature, scorer: LightGbmScorer) -> None:
    """Monotone over a grid, whatever the other values are."""
    if feature.direction is Direction.FREE:
        pytest.skip("either direction is possible")
    generator = np.random.default_rng(7)
    others = np.column_stack([generator.uniform(f.low, f.high, 40) for f in FEATURES]).astype(np.float32)
    others[generator.random(others.shape) < 0.3] = np.nan
    place = [f.name for f in FEATURES].index(feature.name)
    scores = []
    for value in np.linspace(feature.low, feature.high, 15, dtype=np.float32):
        others[:, place] = value
        scores.append(scorer.log_odds(others))
    steps = np.diff(np.array(scores), axis=0) * int(feature.direction)
    assert (steps >= -1e-9).all()

"""A table of variants in, one damage score a row out."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.errors import InputError
from models.evaluation.variant_score import FREQUENCY_POINTS, frequency_evidence, score_table
from models.evaluation.variant_table import known_columns, largest_frequency
from models.evaluation.variants import evaluate_variants
from models.knowledge import Knowledge, load_knowledge
from models.ranking import LightGbmScorer, load_scorer

Scores = Callable[..., list[float]]
# A missense change that every source says something about.
MISSENSE = {
    "key": "2-166002500-C-T", "chrom": "2", "pos": 166_002_500, "ref": "C", "alt": "T", "build": "GRCh38",
    "gene": "SCN1A", "len_diff": 0, "consequence": "missense", "aa_ref": "R", "aa_alt": "C", "loeuf": 0.07,
    "mis_z": 5.2, "oe_mis": 0.4, "gerp_rs": 5.0, "am_pathogenicity": 0.5, "revel": 0.5, "cadd_phred": 24.0,
    "af_exac": 1e-5, "gnomad_af": np.nan, "list_ad": 1.0, "list_ar": 0.0, "list_x": 0.0,
}  # fmt: skip
PROVENANCE = {
    "label": [0, 1], "tier": ["A", "D"], "src": ["s5", "cv20"], "sources": ["x", "y"], "conflict": [0.0, 1.0],
    "stars": [0.0, 4.0], "clinvar_id": [1.0, 9e6], "clinvar_eval_date": ["2001-01-01", "2024-01-01"],
    "first_seen_by": ["2016-05", "2023"], "trk_s5": [0, 1], "af_annotated": [0, 1], "family": ["SCN", "ZNF"],
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def scorer() -> LightGbmScorer:
    return load_scorer()


def rows(*changes: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([MISSENSE | change for change in changes])


@pytest.fixture
def scores(knowledge: Knowledge, scorer: LightGbmScorer) -> Scores:
    def of(*changes: dict[str, object], with_af: bool = False) -> list[float]:
        return [float(s) for s in score_table(rows(*changes), knowledge, scorer, with_af)]

    return of


def test_every_row_gets_one_score_in_its_order(tmp_path: Path) -> None:
    table = rows({}, {"key": "b", "consequence": "synonymous"}, {})
    table.to_parquet(tmp_path / "in.parquet")
    evaluate_variants(tmp_path / "in.parquet", tmp_path / "out.parquet", without_af=True)
    out = pd.read_parquet(tmp_path / "out.parquet")
    assert list(out.columns) == ["key", "score"]
    assert out["key"].tolist() == table["key"].tolist()
    assert out["score"].notna().all()
    assert out.at[0, "score"] == out.at[2, "score"] > out.at[1, "score"]


@pytest.mark.parametrize("name", PROVENANCE)
def test_who_says_what_about_a_variant_never_reaches_its_score(name: str, tmp_path: Path) -> None:
    assert name not in known_columns()
    table = rows({}, {}).assign(**{name: PROVENANCE[name]})
    table.to_parquet(tmp_path / "in.parquet")
    evaluate_variants(tmp_path / "in.parquet", tmp_path / "out.parquet", without_af=False)
    first, second = pd.read_parquet(tmp_path / "out.parquet")["score"]
    assert first == second


@pytest.mark.parametrize("empty", [False, True], ids=["absent", "empty"])
def test_a_table_of_consequences_alone_is_scored(empty: bool, knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    table = pd.DataFrame({"key": ["a", "b", "c"], "consequence": ["stop_gained", "missense", "synonymous"]})
    if empty:
        table = table.assign(**dict.fromkeys(known_columns() - {"key", "consequence"}, None))
    stop, missense, silent = score_table(table, knowledge, scorer)
    assert stop > missense > silent


def test_the_genes_own_columns_come_from_our_table_where_the_given_one_has_none(scores: Scores) -> None:
    bare = dict.fromkeys(("loeuf", "mis_z", "oe_mis", "list_ad", "list_ar", "list_x"))
    tolerant, intolerant = scores({**bare, "gene": "OR4F5"}, {**bare, "gene": "SCN1A"})
    assert intolerant > tolerant


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("am_pathogenicity", np.linspace(0, 1, 30)),
        ("revel", np.linspace(0, 1, 30)),
        ("spliceai", np.linspace(0, 1, 30)),
    ],
)
def test_a_higher_predictor_score_never_lowers_and_somewhere_raises(
    column: str, values: np.ndarray, scores: Scores
) -> None:
    steps = np.diff(scores(*({column: v} for v in values)))
    assert (steps >= 0).all() and (steps > 0).any()


def test_two_variants_on_one_published_step_are_still_told_apart(scores: Scores) -> None:
    lower, higher = scores({"revel": None, "am_pathogenicity": 0.92}, {"revel": None, "am_pathogenicity": 0.97})
    assert higher > lower


def test_cadd_speaks_only_where_no_leading_predictor_does(scores: Scores) -> None:
    low, high = scores({"cadd_phred": 1.0}, {"cadd_phred": 35.0})
    assert low == high
    alone = {"revel": None, "am_pathogenicity": None}
    low, high = scores({**alone, "cadd_phred": 1.0}, {**alone, "cadd_phred": 35.0})
    assert high > low


def test_a_tolerated_residue_does_not_excuse_a_stop(scores: Scores) -> None:
    stop = {"consequence": "stop_gained", "aa_ref": None, "aa_alt": None}
    worst, mildest = scores({**stop, "revel": 1.0}, {**stop, "revel": 0.0})
    assert worst == mildest


def test_a_deep_intronic_change_is_judged_by_its_predicted_splicing(scores: Scores) -> None:
    intron = {"consequence": "intron", "aa_ref": None, "aa_alt": None}
    silent, unknown, spliced = scores(*({**intron, "spliceai": v} for v in (0.0, None, 0.9)))
    assert silent < unknown < spliced


def test_the_last_base_of_an_exon_matters_more_than_one_inside(scores: Scores) -> None:
    """CFTR exon 11 begins at chr7:117,587,739; its neighbour ends at 117,559,655 (a donor, plus strand)."""
    silent = {"consequence": "synonymous", "aa_ref": None, "aa_alt": None, "chrom": "7", "gene": "CFTR"}
    inside, last = scores({**silent, "pos": 117_559_630}, {**silent, "pos": 117_559_655})
    assert last > inside


def test_a_commoner_allele_never_scores_higher(scores: Scores) -> None:
    told = scores(*({"af_exac": f} for f in (0.0, 1e-6, 1e-4, 1e-3, 0.02, 0.3)), with_af=True)
    assert told == sorted(told, reverse=True)
    assert told[0] > told[-1]


def test_without_frequencies_they_are_not_looked_at(scores: Scores) -> None:
    rare, common = scores({"af_exac": 0.0}, {"af_exac": 0.3})
    assert rare == common


def test_a_frequency_nobody_looked_up_is_neither_rare_nor_common() -> None:
    assert np.isnan(largest_frequency(rows({"af_exac": None}))).all()
    assert np.isnan(frequency_evidence(np.array([np.nan], dtype=np.float32))).all()


def test_the_commonest_group_decides() -> None:
    assert largest_frequency(rows({"gnomad_af_afr": 0.02}))[0] == pytest.approx(0.02)


@pytest.mark.parametrize(("exponent", "points"), FREQUENCY_POINTS)
def test_frequency_points_are_exact_at_their_steps(exponent: float, points: float) -> None:
    assert frequency_evidence(np.array([10.0**exponent], dtype=np.float32))[0] == pytest.approx(points, abs=1e-3)


def test_a_consequence_we_do_not_know_is_worked_out_from_the_place(scores: Scores) -> None:
    """chr7:117,559,630 lies in the coding part of CFTR's exon 11."""
    unknown = {"consequence": "other", "aa_ref": None, "aa_alt": None, "chrom": "7", "pos": 117_559_630}
    shift, outside = scores({**unknown, "alt": "CT", "len_diff": 1}, {**unknown, "pos": 60_000_000})
    assert shift > outside


def test_a_position_on_another_build_is_not_looked_up(scores: Scores) -> None:
    silent = {"consequence": "synonymous", "aa_ref": None, "aa_alt": None, "chrom": "7", "build": "GRCh37"}
    inside, last = scores({**silent, "pos": 117_559_630}, {**silent, "pos": 117_559_655})
    assert last == inside


def test_what_is_not_a_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_text("key,consequence\n")
    with pytest.raises(InputError, match=r"in\.parquet"):
        evaluate_variants(tmp_path / "in.parquet", tmp_path / "out.parquet", without_af=False)


def test_a_table_without_consequences_is_refused_by_the_columns_name(tmp_path: Path) -> None:
    rows({}).drop(columns="consequence").to_parquet(tmp_path / "in.parquet")
    with pytest.raises(InputError, match="consequence"):
        evaluate_variants(tmp_path / "in.parquet", tmp_path / "out.parquet", without_af=False)

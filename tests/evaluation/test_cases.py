"""Published patients spiked into exomes, on tables nobody has seen before."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models.case import Sex
from models.errors import InputError
from models.evaluation.cases import CaseRun, evaluate_cases
from models.evaluation.people import TRIO, sex_by_x, shipped_facts
from models.evaluation.placement import place_of_answer
from models.evidence.types import VerdictCode
from models.ranking import FEATURES, LightGbmScorer
from models.ranking.manifest import case_mark
from models.ranking.training.backgrounds import Background

DRAVET = ["HP:0001250", "HP:0002373", "HP:0001263", "HP:0002133", "HP:0001251"]
STOP = {"chrom": "chr2", "pos": 166_010_000, "ref": "C", "alt": "T", "zygosity": "heterozygous",
        "hgvs_c": "NM_001165963.4:c.3700C>T", "hgvs_p": "NP_001159435.1:p.(Arg1234Ter)"}  # fmt: skip
SILENT = {**STOP, "pos": 166_010_010, "hgvs_c": "NM_001165963.4:c.3710+400C>T", "hgvs_p": None}
PHE_1 = {"chrom": "chr12", "pos": 102_840_507, "ref": "G", "alt": "A", "zygosity": "heterozygous",
         "hgvs_c": "NM_000277.3:c.1222C>T", "hgvs_p": "NP_000268.1:p.(Arg408Trp)"}  # fmt: skip
PHE_2 = {**PHE_1, "pos": 102_843_650, "hgvs_c": "NM_000277.3:c.1066-3C>T", "hgvs_p": "NP_000268.1:p.?"}
PLACES = ((1, 11_790_681), (3, 38_550_000), (5, 112_780_000), (7, 117_560_000), (9, 132_900_000), (17, 43_070_000))


def a_patient(name: str, gene: str, model: str, terms: list[str], *variants: dict[str, Any]) -> dict[str, Any]:
    return {"case_id": name, "gene": gene, "model": model, "hpo_observed": terms, "hpo_excluded": [],
            "variants": json.dumps(variants)}  # fmt: skip


def a_line(name: str, *variants: dict[str, Any], **more: Any) -> dict[str, Any]:
    truth = json.dumps([[v["chrom"], v["pos"], v["ref"], v["alt"]] for v in variants])
    return {"case_id": name, "background": "one", "sample": "MOTHER", "proband_sex": "FEMALE",
            "trio_background": "one", "truth": truth, **more}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> CaseRun:
    """Three patients, a family of a few inherited variants, and one line of the manifest that nobody knows."""
    pku = ["HP:0004923", "HP:0001249", "HP:0001250"]
    patients = [
        a_patient("dravet", "SCN1A", "single_het", DRAVET, STOP),
        a_patient("silent", "SCN1A", "single_het", DRAVET, SILENT),
        a_patient("pku", "PAH", "two_het", pku, PHE_1, PHE_2),
        a_patient("unlisted", "SCN1A", "single_het", DRAVET, STOP),
    ]
    lines = [a_line("pku", PHE_1, PHE_2, trio_background=None), a_line("dravet", STOP), a_line("silent", SILENT),
             a_line("nobody", STOP)]  # fmt: skip
    pd.DataFrame(patients).to_parquet(tmp_path / "cases.parquet")
    pd.DataFrame(lines).to_parquet(tmp_path / "manifest.parquet")
    head = "\t".join(("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *TRIO))
    calls = [f"chr{c}\t{p + i}\t.\tA\tG\t50\tPASS\t.\tGT:DP\t0/1:30\t0/1:30\t0/1:30"
             for c, p in PLACES for i in range(40)]  # fmt: skip
    with gzip.open(tmp_path / "one.hg38.vcf.gz", "wt") as file:
        file.write("\n".join((head, *calls)) + "\n")
    return CaseRun(tmp_path / "cases.parquet", tmp_path / "manifest.parquet", tmp_path, tmp_path / "out.parquet")


def ranks(run: CaseRun, **more: Any) -> tuple[pd.DataFrame, list[str]]:
    said: list[str] = []
    evaluate_cases(CaseRun(**{**vars(run), **more}), said.append)
    return pd.read_parquet(run.out).set_index("case_id"), said


def test_every_case_of_both_tables_gets_one_row_and_what_left_the_funnel_stands_past_the_end(run: CaseRun) -> None:
    table, said = ranks(run)
    assert table.index.tolist() == ["pku", "dravet", "silent"]
    assert table.at["dravet", "rank"] == 1
    assert table.at["pku", "rank"] <= 2
    assert table.at["pku", "rank_of_last_hit"] == table.at["pku", "rank"] + 1
    assert table.at["silent", "rank"] == table.at["silent", "n_ranked"] + 1
    assert table.at["silent", "outcome"] == "answer left the funnel"
    assert pd.isna(table.at["silent", "rank_of_last_hit"])
    assert (table["n_ranked"] > 0).all()
    assert any("HPO annotations 20" in line for line in said)
    assert any("left the funnel in 1" in line for line in said)
    again, _ = ranks(run)
    assert again.equals(table)


def test_a_patient_without_a_named_trio_is_listed_as_not_run(run: CaseRun) -> None:
    table, said = ranks(run, trio=True)
    assert table.at["pku", "outcome"] == "no trio named"
    assert pd.isna(table.at["pku", "n_ranked"])
    assert table.at["dravet", "rank"] == 1
    assert any("1 not run" in line for line in said)


@pytest.mark.parametrize(
    ("table", "column", "value", "outcome"),
    [
        ("cases", "model", "digenic", "inheritance not understood"),
        ("manifest", "truth", '[["chr1", 5, "A", "G"]]', "answer not described in the cases table"),
    ],
)
def test_one_patient_who_cannot_be_run_does_not_stop_the_others(
    run: CaseRun, table: str, column: str, value: str, outcome: str
) -> None:
    path: Path = getattr(run, table)
    frame = pd.read_parquet(path)
    frame.loc[frame["case_id"] == "pku", column] = value
    frame.to_parquet(path)
    found, said = ranks(run)
    assert found.at["pku", "outcome"] == outcome
    assert pd.isna(found.at["pku", "rank"])
    assert found.at["dravet", "rank"] == 1
    assert any(f"1 not run: {outcome}" in line for line in said)


def test_two_hits_that_are_the_same_change_are_one_homozygous_answer(run: CaseRun) -> None:
    twice = a_patient("pku", "PAH", "two_het", ["HP:0004923", "HP:0001249", "HP:0001250"], PHE_1, PHE_1)
    pd.DataFrame([twice]).to_parquet(run.cases)
    pd.DataFrame([a_line("pku", PHE_1, PHE_1)]).to_parquet(run.manifest)
    found, _ = ranks(run)
    assert found.at["pku", "outcome"] == "ranked"
    assert found.at["pku", "rank"] == found.at["pku", "rank_of_last_hit"]


@pytest.mark.parametrize(
    ("ablate", "unknown", "known"),
    [
        (None, set(), {"phenotype_behind_best", "effect_class", "frequency_log10"}),
        ("phenotype", {"phenotype_behind_best", "phenotype_explained_fraction"}, {"effect_class", "frequency_log10"}),
        ("variant", {"effect_class", "damage_log_odds", "frequency_log10", "mode_de_novo"}, {"phenotype_behind_best"}),
    ],
)
def test_what_is_taken_away_does_not_reach_the_model(
    run: CaseRun, monkeypatch: pytest.MonkeyPatch, ablate: str | None, unknown: set[str], known: set[str]
) -> None:
    seen: list[np.ndarray] = []
    usual = LightGbmScorer.log_odds
    monkeypatch.setattr(LightGbmScorer, "log_odds", lambda self, x: (seen.append(x), usual(self, x))[1])
    ranks(run, ablate=ablate, limit=2, trio=True)
    told = np.isfinite(np.vstack(seen)).any(axis=0)
    names = {f.name for f, is_told in zip(FEATURES, told, strict=True) if is_told}
    assert known <= names
    assert not unknown & names
    assert "clinvar_points" not in names


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("cases", "variants", "not json", "must be a JSON list"),
        ("manifest", "truth", "[[1]]", "must be a JSON list of"),
        ("manifest", "sample", "UNCLE", "has no sample UNCLE"),
        ("manifest", "background", "two", "no such background exome"),
        ("manifest", "case_id", "dravet", "more than once"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(
    run: CaseRun, table: str, column: str, value: str, told: str
) -> None:
    path: Path = getattr(run, table)
    pd.read_parquet(path).assign(**{column: value}).to_parquet(path)
    with pytest.raises(InputError, match=told):
        evaluate_cases(run)


def test_missing_columns_tables_and_folders_are_named(run: CaseRun, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="both --annotations and --gene-disease"):
        evaluate_cases(CaseRun(**{**vars(run), "annotations": run.cases}))
    with pytest.raises(InputError, match="make it first"):
        evaluate_cases(CaseRun(**{**vars(run), "out": tmp_path / "nowhere" / "out.parquet"}))
    with pytest.raises(InputError, match="no such folder; give the folder of the background"):
        evaluate_cases(CaseRun(**{**vars(run), "backgrounds": tmp_path / "nowhere"}))
    (tmp_path / "one.hg38.vcf.gz").write_bytes(b"not gzip")
    with pytest.raises(InputError, match="not a gzipped VCF"):
        evaluate_cases(run)
    pd.read_parquet(run.cases).drop(columns="model").to_parquet(run.cases)
    with pytest.raises(InputError, match="lacks the column model"):
        evaluate_cases(run)


def pairs_of(partners: list[int]) -> pd.DataFrame:
    rows = len(partners)
    return pd.DataFrame(
        {
            "gene": ["PAH"] * rows,
            "partner_row": np.array(partners, dtype=np.int32),
            "compound_heterozygous": np.full(rows, VerdictCode.MET, dtype=np.int8),
            "gene_mode_fit": np.full(rows, VerdictCode.MET, dtype=np.int8),
        }
    )


def test_a_pair_stands_where_its_better_hit_stands_when_both_are_in_the_list() -> None:
    scores = np.array([1.0, 3.0, 2.9, 4.0])
    causal = np.array([True, True, False, False])
    place = place_of_answer(causal, 2, scores, pairs_of([1, 0, -1, -1]), seed=1)
    assert (place.first, place.last) == (2, 3)


def test_half_a_pair_is_no_answer() -> None:
    place = place_of_answer(np.array([True, False]), 2, np.array([1.0, 0.0]), pairs_of([-1, -1]), seed=1)
    assert place.first is None
    assert place.rank == np.inf


def test_equal_scores_do_not_favour_the_answer() -> None:
    causal = np.array([True, *[False] * 99])
    places = [place_of_answer(causal, 1, np.zeros(100), pairs_of([-1] * 100), seed).rank for seed in range(60)]
    assert 35 < np.mean(places) < 66


@pytest.mark.parametrize(("heterozygous", "sex"), [(0.6, Sex.FEMALE), (0.05, Sex.MALE)])
def test_the_childs_sex_is_read_from_x(heterozygous: float, sex: Sex) -> None:
    generator = np.random.default_rng(1)
    chrom = np.repeat(["1", "X"], 500)
    share = np.where(chrom == "X", heterozygous, 0.6)
    copies = np.where(generator.random(1000) < share, 1, 2).astype(np.int8)[:, np.newaxis]
    frame = pd.DataFrame({"chrom": chrom, "pos_1based": np.arange(50_000_000, 50_001_000, dtype=np.int32)})
    person = Background("one", ("CHILD",), Sex.UNKNOWN, frame, copies, np.full((1000, 1), 30, dtype=np.int32))
    assert sex_by_x(person) is sex


def test_harmless_changes_are_drawn_as_labelled_ones_occur() -> None:
    facts = shipped_facts()
    assert facts.variants.empty
    assert set(pd.Series(facts.tolerated).str.fullmatch(r"p\.[A-Z][a-z]{2}1[A-Z][a-z]{2}")) == {True}


def test_patients_the_model_was_trained_on_are_counted_aloud(run: CaseRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LightGbmScorer, "was_trained_on", lambda _, case_id: case_id == "dravet")
    assert any(line.startswith("1 of these cases") and "flatter" in line for line in ranks(run, limit=2)[1])
    monkeypatch.setattr(LightGbmScorer, "was_trained_on", lambda _, case_id: False)
    assert not any("flatter" in line for line in ranks(run, limit=2)[1])


def test_a_model_knows_the_patients_its_manifest_marks() -> None:
    nothing: Any = None
    scorer = LightGbmScorer(nothing, nothing, {"training_cases": f"{case_mark('seen')} {case_mark('other')}"})
    assert scorer.was_trained_on("seen")
    assert not scorer.was_trained_on("never seen")

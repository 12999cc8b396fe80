"""`evaluate phenotype` on small tables that anybody could bring."""

import numpy as np
import pandas as pd
import pytest

import cli
from models.errors import InputError
from models.evaluation import phenotype
from models.evaluation.phenotype import NO_DISEASE, NO_GENE, RANKED, evaluate_phenotype
from models.evidence.phenotype import score_all
from models.evidence.phenotype_batch import GeneScorer
from tests.knowledge.real import knowledge

SEIZURE, LENS, FINGERS, AORTA, KIDNEY = "HP:0001250", "HP:0001083", "HP:0001166", "HP:0002616", "HP:0000107"
OLD_SEIZURE = "HP:0002391"  # merged into another term of seizure
ANNOTATED = (
    ("OMIM:1", LENS, "8/10", "PMID:1"),
    ("OMIM:1", FINGERS, "HP:0040281", "PMID:1"),
    ("OMIM:1", AORTA, None, "OMIM:1"),
    ("OMIM:2", SEIZURE, "100%", "PMID:2"),
    ("OMIM:3", KIDNEY, "5/6", "PMID:3"),
    ("OMIM:3", "HP:9999999", "5/6", "PMID:3"),
)
INPUTS = ("cases.parquet", "hpoa_2019-01.parquet", "links.parquet")
# ADCK3 is an older symbol of COQ8A
LINKS = (("FBN1", "OMIM:1"), ("ADCK3", "OMIM:2"), ("PKD1", "OMIM:3"), ("PKD2", "OMIM:4"), (None, "OMIM:3"))
CASES = (
    ("lens and fingers", "FBN1", [LENS, FINGERS]),
    ("older symbol", "ADCK3", [SEIZURE]),
    ("today's symbol", "COQ8A", [SEIZURE]),
    ("no terms", "FBN1", []),
    ("cell missing", "PKD1", None),
    ("only an unknown term", "FBN1", ["HP:9999998"]),
    ("gene outside", "TTN", [AORTA]),
    ("no gene", None, [AORTA]),
    ("wrong organ", "FBN1", [KIDNEY]),
)


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    monkeypatch.setattr(phenotype, "load_knowledge", knowledge)


@pytest.fixture
def tables(tmp_path):
    pd.DataFrame(CASES, columns=["case_id", "gene", "hpo_observed"]).to_parquet(tmp_path / "cases.parquet")
    annotated = pd.DataFrame(ANNOTATED, columns=["database_id", "hpo_id", "frequency", "reference"])
    annotated.to_parquet(tmp_path / "hpoa_2019-01.parquet")
    pd.DataFrame(LINKS, columns=["gene", "disease_id"]).to_parquet(tmp_path / "links.parquet")
    return tmp_path


def evaluate(folder, progress=lambda _: None, out="ranks.parquet"):
    evaluate_phenotype(*(folder / name for name in (*INPUTS, out)), progress)
    return pd.read_parquet(folder / out).set_index("case_id", drop=False)


def changed(folder, name, **columns):
    pd.read_parquet(folder / name).assign(**columns).to_parquet(folder / name)


def test_every_case_has_one_row_in_the_given_order_with_a_finite_rank(tables):
    result = evaluate(tables)
    assert result["case_id"].tolist() == [name for name, _, _ in CASES]
    assert np.isfinite(result["rank"]).all() and (result["n_genes_ranked"] == 4).all()


def test_the_gene_whose_disease_fits_is_first(tables):
    assert evaluate(tables).loc["lens and fingers", ["rank", "outcome"]].tolist() == [1, RANKED]


def test_a_gene_is_found_by_its_older_and_by_todays_symbol(tables):
    result = evaluate(tables)
    assert result.loc["older symbol", "rank"] == result.loc["today's symbol", "rank"] == 1


@pytest.mark.parametrize("case", ["no terms", "cell missing", "only an unknown term"])
def test_without_a_usable_term_all_genes_share_the_middle_place(tables, case):
    assert evaluate(tables).loc[case, ["rank", "n_terms_used"]].tolist() == [2.5, 0]


def test_a_causal_gene_that_cannot_be_ranked_comes_after_the_last_and_says_why(tables):
    result = evaluate(tables)
    assert result.loc["gene outside", ["rank", "outcome"]].tolist() == [5, NO_DISEASE]
    assert result.loc["no gene", ["rank", "outcome"]].tolist() == [5, NO_GENE]


def test_features_of_another_disease_put_the_causal_gene_behind_it(tables):
    assert evaluate(tables).loc["wrong organ", "rank"] > 1


def test_a_replaced_term_scores_as_todays_and_is_named(tables):
    changed(tables, "cases.parquet", hpo_observed=[[OLD_SEIZURE, SEIZURE]] * len(CASES))
    said = []
    assert evaluate(tables, said.append).loc["older symbol", "rank"] == 1
    assert any(OLD_SEIZURE in line and "is now" in line and line.startswith("9 cases") for line in said)


def test_terms_that_cannot_be_used_are_named_and_counted(tables):
    said = []
    evaluate(tables, said.append)
    assert any(line.startswith("1 case: HP:9999998 is not in HPO") for line in said)
    assert any(line.startswith("1 annotations") and "HP:9999999" in line for line in said)


def test_a_feature_said_not_to_occur_does_not_count_for_the_disease(tables):
    changed(tables, "hpoa_2019-01.parquet", qualifier=["NOT", "NOT", "NOT", "", "", ""])
    assert evaluate(tables).loc["lens and fingers", "rank"] > 1


def test_cases_whose_paper_the_annotations_cite_are_counted(tables):
    changed(tables, "cases.parquet", pmid=["PMID:1", "PMID:2", *(["PMID:99"] * 7)])
    said = []
    evaluate(tables, said.append)
    assert any("the paper of 2 of these cases" in line for line in said)


def test_the_same_tables_give_the_same_bytes(tables):
    evaluate(tables)
    evaluate(tables, out="again.parquet")
    assert (tables / "ranks.parquet").read_bytes() == (tables / "again.parquet").read_bytes()


def test_a_table_without_cases_gives_a_table_without_rows(tables):
    pd.read_parquet(tables / "cases.parquet").head(0).to_parquet(tables / "cases.parquet")
    assert len(evaluate(tables)) == 0


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("cases.parquet", "case_id"),
        ("cases.parquet", "gene"),
        ("cases.parquet", "hpo_observed"),
        ("hpoa_2019-01.parquet", "hpo_id"),
        ("hpoa_2019-01.parquet", "frequency"),
        ("links.parquet", "disease_id"),
    ],
)
def test_a_missing_column_is_named_with_its_table(tables, name, column):
    pd.read_parquet(tables / name).drop(columns=column).to_parquet(tables / name)
    with pytest.raises(InputError, match=rf"{name}.*{column}"):
        evaluate(tables)


def test_terms_that_are_not_a_list_are_refused_with_the_case(tables):
    changed(tables, "cases.parquet", hpo_observed=[LENS] * len(CASES))
    with pytest.raises(InputError, match=r"case 1.*list of HPO ids"):
        evaluate(tables)


@pytest.mark.parametrize("ids", [["a"] * len(CASES), [None, *"bcdefghi"]])
def test_cases_that_cannot_be_told_apart_are_refused(tables, ids):
    changed(tables, "cases.parquet", case_id=ids)
    with pytest.raises(InputError, match="case_id"):
        evaluate(tables)


def test_links_without_a_gene_and_a_missing_folder_are_refused(tables):
    pd.read_parquet(tables / "links.parquet").head(0).to_parquet(tables / "links.parquet")
    with pytest.raises(InputError, match=r"links.parquet.*no gene"):
        evaluate(tables)
    with pytest.raises(InputError, match="folder"):
        evaluate(tables, out="nowhere/ranks.parquet")


def test_the_command_writes_the_table_and_talks_on_the_error_stream(tables, capsys):
    names = zip(("cases", "annotations", "gene-disease", "out"), (*INPUTS, "ranks.parquet"), strict=True)
    words = [word for option, name in names for word in (f"--{option}", str(tables / name))]
    assert cli.main(["evaluate", "phenotype", *words]) == 0
    said = capsys.readouterr()
    assert said.out == "" and "7 ranked" in said.err
    assert len(pd.read_parquet(tables / "ranks.parquet")) == len(CASES)


@pytest.mark.parametrize("ids", [(SEIZURE,), (LENS, FINGERS, AORTA), (SEIZURE, KIDNEY, LENS, "HP:0001249")])
def test_scores_for_many_patients_are_those_of_the_screen(ids):
    hpo, notes = knowledge().hpo, knowledge().annotations
    terms = np.array(sorted(hpo.position(i) for i in ids), dtype=np.int32)
    score = GeneScorer(hpo, notes)
    assert np.array_equal(score(terms), score_all(terms, hpo, notes).genes)
    assert np.array_equal(score(terms), score(terms))

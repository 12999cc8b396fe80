"""The rows that travel to the browser, for the reviewer and for the learner."""

import json
from dataclasses import replace

import pytest

from components.ranked_list import NOBODY_ASKED, ListView, _verdict, blind_view, list_view, ranking_version
from models.case import Assembly
from models.ranking import Confidence, Outcome, Unlike
from models.review.consent import Allowed, Answer, NotAllowed
from tests.builders_workup import TERMS, a_workup


def row(view: ListView, gene: str) -> dict:
    return next(r for r in view.rows if r["gene"] == gene)


def preset(view: ListView, name: str) -> dict:
    return next(p for p in view.presets if p["name"] == name)


def test_rows_stand_in_the_order_of_the_ranking() -> None:
    assert [r["rank"] for r in list_view(a_workup()).rows] == list(range(1, 10))


def test_a_row_says_what_a_clinician_reads_first() -> None:
    scn1a = row(list_view(a_workup()), "SCN1A")
    assert scn1a["change"] == "p.Arg946Cys"
    assert (scn1a["effect"], scn1a["zygosity"], scn1a["mode"], scn1a["clinvar"]) == ("missense", "het", "de novo", "P")


def test_absent_from_gnomad_and_never_looked_up_are_different_words() -> None:
    view = list_view(a_workup())
    assert row(view, "SCN1A")["frequency"] == "not in gnomAD"
    assert row(view, "MT-TL1")["frequency"] == "AF not assessed"
    assert row(view, "BRCA1")["frequency"] == "AF 4.6e-06"


def test_the_two_hits_of_a_compound_heterozygote_name_each_other() -> None:
    first, second = (r for r in list_view(a_workup()).rows if r["gene"] == "GBA1")
    assert (first["partner"], second["partner"]) == (second["rank"], first["rank"])
    assert first["phase"] == "in trans"


AGREED = Allowed("Agreed to secondary findings.")
DECLINED = NotAllowed("The person does not agree to secondary findings.")


def test_every_preset_counts_the_whole_ranking() -> None:
    counts = {p["name"]: p["count"] for p in list_view(a_workup(), secondary=AGREED).presets}
    assert counts == {
        "All": 9, "De novo": 1, "Recessive": 3, "Dominant": 3, "X-linked": 1, "Mitochondrial": 1, "ClinVar P/LP": 2,
        "Secondary findings": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "short"),
    [(NOBODY_ASKED, "no consent recorded"), (DECLINED, "declined")],
    ids=["not recorded", "declined"],
)
def test_secondary_findings_nobody_agreed_to_are_not_looked_for_and_the_list_says_why(
    answer: Answer, short: str
) -> None:
    view = list_view(a_workup(), secondary=answer)
    told = preset(view, "Secondary findings")
    assert (told["count"], told["at"], told["told"]) == (0, [], f"not looked for: {short}")
    assert told["why"] == f"Not looked for. {answer.sentence}"


def test_a_variant_in_a_listed_gene_stays_in_the_list_whatever_was_agreed() -> None:
    views = [list_view(a_workup(), secondary=answer) for answer in (NOBODY_ASKED, DECLINED, AGREED)]
    assert views[0].rows == views[1].rows == views[2].rows
    assert "BRCA1" in {r["gene"] for r in views[0].rows}
    assert len({view.version for view in views}) == 3


def test_a_preset_reaches_variants_below_the_top_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.ranked_list.TOP_ROWS", 1)
    view = list_view(a_workup())
    assert [view.rows[i]["gene"] for i in preset(view, "Mitochondrial")["at"]] == ["MT-TL1"]


def test_a_variant_outside_any_gene_says_so() -> None:
    nowhere = row(list_view(a_workup()), "no gene")
    assert nowhere["effect"] == "effect not assessed"


def test_where_nobody_could_name_a_gene_the_row_does_not_say_that_there_is_none() -> None:
    workup = a_workup()
    facts = replace(workup.case.variants.facts, assembly=Assembly.GRCH37)
    on_37 = replace(workup, case=replace(workup.case, variants=replace(workup.case.variants, facts=facts)))
    assert row(list_view(on_37), "gene unknown")["effect"] == "effect not assessed"


def test_without_terms_no_row_claims_a_phenotype_match() -> None:
    assert {r["features"] for r in list_view(a_workup(terms=())).rows} == {""}


def test_other_terms_make_another_version_of_the_list() -> None:
    assert ranking_version(a_workup()) != ranking_version(a_workup(terms=TERMS[:2]))
    assert ranking_version(a_workup()) == ranking_version(a_workup())


def test_the_learner_reads_in_genomic_order() -> None:
    assert [r["gene"] for r in blind_view(a_workup()).rows][:4] == [
        "GBA1",
        "GBA1",
        "SCN1A",
        "<img src=x onerror=alert(1)>",
    ]
    assert [r["gene"] for r in blind_view(a_workup()).rows][-2:] == ["MECP2", "MT-TL1"]


def test_nothing_that_tells_the_answer_travels_to_the_learner() -> None:
    view = blind_view(a_workup())
    assert {name for r in view.rows for name in r} <= {
        "row", "gene", "change", "effect", "zygosity", "mode", "frequency", "features", "locus",
    }  # fmt: skip
    assert {p["name"] for p in view.presets}.isdisjoint({"ClinVar P/LP", "Secondary findings"})
    assert "athogenic" not in json.dumps([view.rows, view.presets])


def test_a_learners_list_has_all_that_the_funnel_left_whatever_the_model_thinks_of_it() -> None:
    workup = a_workup()
    turned = replace(workup, ranking=replace(workup.ranking, table=workup.ranking.table[::-1].reset_index(drop=True)))
    shown, other = blind_view(workup), blind_view(turned)
    assert [r["row"] for r in shown.rows] == [r["row"] for r in other.rows]
    assert {r["row"] for r in shown.rows} == set(workup.ranking.table["row"])
    assert shown.presets == other.presets


def test_the_list_says_when_no_candidate_convinces_and_why_to_read_it_with_care() -> None:
    told = Confidence(Outcome.NONE_CONVINCING, 0.12, 0.4, (Unlike.FEW_TERMS,))
    said = _verdict(told)
    assert said["short"] == "No convincing candidate (12 %, 1 reservation)"
    assert "in 12 % of such cases" in said["sentence"]
    assert said["care"] == ["Fewer than three features of the patient are known."]


def test_a_list_that_cannot_be_judged_gives_no_percentage() -> None:
    said = _verdict(Confidence(Outcome.NOT_JUDGED, None, None, (Unlike.NONCODING,)))
    assert said["short"] == "Not judged as a whole"
    assert "%" not in said["sentence"]

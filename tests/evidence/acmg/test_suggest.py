"""From facts to a suggested class with every criterion told."""

from models.case import Found, Verdict
from models.evidence.acmg import CRITERIA, suggest
from models.evidence.acmg.types import Class
from tests.evidence.acmg.build import UNKNOWN_EFFECT, a_change, a_missense, in_family, scored, seen


def test_every_criterion_is_told_in_its_order():
    assert [r.code for r in suggest(a_missense()).results] == [c.code for c in CRITERIA]


def test_of_a_variant_of_which_nothing_is_known_nothing_is_suggested():
    said = suggest(UNKNOWN_EFFECT)
    assert (said.suggested, said.points) == (Class.UNCERTAIN, 0)


def test_a_new_stop_that_nobody_in_the_population_has_is_pathogenic():
    new = in_family(de_novo=Verdict.MET, parentage=Verdict.MET, phenotype_fits=True)
    said = suggest(a_change("p.Gln20Ter", frequency=seen(None), family=new))
    assert said.suggested is Class.PATHOGENIC and said.points == 11
    assert {r.code for r in said.results if r.verdict is Verdict.MET} == {"PVS1", "PM2", "PS2"}


def test_a_common_silent_variant_is_benign():
    said = suggest(a_change("p.Arg100=", frequency=seen(0.2), predictors=scored(spliceai_delta=0.0)))
    assert said.suggested is Class.BENIGN


def test_a_stop_of_unknown_frequency_is_not_taken_for_rare():
    said = suggest(a_change("p.Gln20Ter"))
    assert "PM2" in {r.code for r in said.results if r.verdict is Verdict.NOT_ASSESSABLE}


def test_the_panel_of_the_gene_is_asked():
    said = suggest(a_missense(gene="PAH", frequency=seen(None)))
    assert any("Phenylketonuria" in r.source for r in said.results)
    assert isinstance(a_missense().protein, Found)

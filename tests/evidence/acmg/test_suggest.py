"""From facts to a suggested class with every criterion told."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Found, Verdict
from models.evidence.acmg import CRITERIA, suggest
from models.evidence.acmg.specifications import specified_genes
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


PREDICTED = st.fixed_dictionaries({"revel": st.floats(0, 1), "spliceai_delta": st.floats(0, 1)})
GENES = st.sampled_from(("TOY", *specified_genes()))
CHANGES = st.sampled_from(("p.Arg100His", "p.Arg100=", "p.Gln20Ter", "p.Gln190Ter", "p.Arg100fs"))
AGAINST_EACH_OTHER = (("PP3", "BP4"), ("PM2", "BA1"), ("PM2", "BS1"), ("BA1", "BS1"), ("PVS1", "PP3"), ("PS2", "PM6"))


@settings(max_examples=150, deadline=None)
@given(GENES, CHANGES, PREDICTED, st.one_of(st.none(), st.floats(0, 1)))
def test_what_contradicts_or_repeats_each_other_is_never_met_together(gene, change, predicted, fraction):
    facts = a_change(change, gene=gene, predictors=scored(**predicted), frequency=seen(fraction))
    said = suggest(facts)
    met = {r.code for r in said.results if r.verdict is Verdict.MET}
    assert not [pair for pair in AGAINST_EACH_OTHER if set(pair) <= met]
    assert said.points == sum(r.points for r in said.results)


@settings(max_examples=60, deadline=None)
@given(GENES, CHANGES, st.floats(0, 1), st.floats(0, 1))
def test_a_more_damaging_score_never_speaks_for_benign(gene, change, one, other):
    low, high = sorted((one, other))

    def points(score):
        said = suggest(a_change(change, gene=gene, predictors=scored(revel=score, spliceai_delta=0.0)))
        return sum(r.points for r in said.results if r.code in ("PP3", "BP4"))

    assert points(low) <= points(high)

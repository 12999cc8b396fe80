"""The words beside a group suit the mode of inheritance that is met; the numbers stay as they are."""

import numpy as np
import pytest

from models.knowledge import Knowledge
from models.ranking import FEATURES, Feature, Group, GroupContribution, LightGbmScorer, Voice, explain
from models.ranking.features.inheritance import (
    BOTH_COPIES,
    COMPOUND,
    DE_NOVO,
    DOMINANT,
    GENE_FIT,
    HOMOZYGOUS,
    MITOCHONDRIAL,
    PARENTS,
    PARTNER_PHASE,
    WEAKER_CLASS,
    WEAKER_DAMAGE,
    X_LINKED,
)
from models.ranking.sentence import explanation_sentence
from models.ranking.types import QUIET_LOG_ODDS, WORTH_SAYING_LOG_ODDS, FeatureContribution
from models.ranking.voices import voices
from tests.ranking.families import dravet_case, ranked

NAN = float("nan")
NO_PARTNER = {PARTNER_PHASE: NAN, WEAKER_CLASS: NAN, WEAKER_DAMAGE: NAN}
NO_MODE = dict.fromkeys((DE_NOVO, DOMINANT, HOMOZYGOUS, COMPOUND, X_LINKED, MITOCHONDRIAL), 0.0)
HETEROZYGOUS = {**NO_MODE, **NO_PARTNER, BOTH_COPIES: 0.0, PARENTS: 2.0}
NEW_DOMINANT = {**HETEROZYGOUS, DE_NOVO: 1.0, DOMINANT: 1.0, GENE_FIT: 1.0}
ONE_HIT_RECESSIVE = {**HETEROZYGOUS, GENE_FIT: 0.0}
PAIR = {**NO_MODE, COMPOUND: 1.0, PARTNER_PHASE: 2.0, WEAKER_CLASS: 5.0, WEAKER_DAMAGE: 1.0, BOTH_COPIES: 0.0,
        GENE_FIT: 1.0, PARENTS: 2.0}  # fmt: skip
SECOND_HIT = (COMPOUND, PARTNER_PHASE, WEAKER_CLASS, WEAKER_DAMAGE)


def inheritance(values: dict[Feature, float], numbers: dict[Feature, float]) -> GroupContribution:
    """The inheritance group of a variant with these values and contributions."""
    voice = voices(np.array([values.get(f, NAN) for f in FEATURES], dtype=np.float32))
    parts = tuple(
        FeatureContribution(f.name, f.label, f.words(values[f]), n, voice[f.name]) for f, n in numbers.items()
    )
    return GroupContribution(Group.INHERITANCE, sum(numbers.values()), parts)


def said(group: GroupContribution) -> str:
    return explanation_sentence("SCN1A", "", 1, 10, (group,))


@pytest.mark.parametrize("missing", SECOND_HIT)
def test_no_second_hit_is_no_reason_against_a_new_variant_of_a_dominant_gene(missing: Feature) -> None:
    group = inheritance(NEW_DOMINANT, {missing: -0.5, DE_NOVO: 0.1})
    assert said(group) == "SCN1A is number 1 of 10."
    assert group.telling is not None and group.telling.value_text == "new in the child"
    assert group.log_odds == pytest.approx(-0.4)


def test_no_second_hit_is_no_reason_for_it_either() -> None:
    group = inheritance(NEW_DOMINANT, {PARTNER_PHASE: 0.6, DE_NOVO: 0.1})
    assert said(group) == "SCN1A is number 1 of 10; for it: new in the child."


def test_no_second_hit_speaks_against_one_hit_in_a_recessive_gene() -> None:
    group = inheritance(ONE_HIT_RECESSIVE, {COMPOUND: -0.5, GENE_FIT: -0.1})
    assert said(group) == "SCN1A is number 1 of 10; against it: no second hit in the gene."


def test_a_mode_that_does_not_suit_the_gene_excuses_nothing() -> None:
    """A single genotype agrees with dominance, but the gene's disease is recessive."""
    group = inheritance({**ONE_HIT_RECESSIVE, DOMINANT: 1.0}, {COMPOUND: -0.5, GENE_FIT: -0.1})
    assert said(group).endswith("against it: no second hit in the gene.")


def test_the_second_hit_speaks_for_a_compound_heterozygote() -> None:
    group = inheritance(PAIR, {PARTNER_PHASE: 0.6, DE_NOVO: -0.1, BOTH_COPIES: -0.1})
    assert said(group).endswith("for it: second hit in trans.")
    against = inheritance(PAIR, {WEAKER_CLASS: -0.3, DE_NOVO: -0.4})
    assert said(against).endswith("against it: the weaker of both hits: changes the protein.")


def test_the_most_negative_reason_that_applies_is_told() -> None:
    group = inheritance({**HETEROZYGOUS, GENE_FIT: NAN}, {COMPOUND: -0.2, DE_NOVO: -0.3, PARENTS: -0.9, GENE_FIT: -1.0})
    assert said(group).endswith("against it: not new in the child.")


def test_not_being_mitochondrial_is_never_a_reason() -> None:
    assert said(inheritance(ONE_HIT_RECESSIVE, {MITOCHONDRIAL: -0.9})) == "SCN1A is number 1 of 10."


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        (WORTH_SAYING_LOG_ODDS - 0.01, "fits the gene's known inheritance"),
        (WORTH_SAYING_LOG_ODDS, "new in the child"),
        (WORTH_SAYING_LOG_ODDS + 0.01, "new in the child"),
    ],
)
def test_the_mode_that_is_met_is_named_before_its_fit_when_it_weighs_enough(weight: float, told: str) -> None:
    assert said(inheritance(NEW_DOMINANT, {GENE_FIT: 2.5, DE_NOVO: weight})).endswith(f"for it: {told}.")


@pytest.mark.parametrize(
    ("weight", "telling"),
    [(QUIET_LOG_ODDS - 0.001, False), (QUIET_LOG_ODDS, True), (QUIET_LOG_ODDS + 0.001, True)],
)
def test_a_part_shown_as_nought_is_not_quoted(weight: float, telling: bool) -> None:
    assert (inheritance(ONE_HIT_RECESSIVE, {GENE_FIT: weight}).telling is not None) is telling


def test_what_was_not_assessed_stands_beside_the_number_but_is_no_reason() -> None:
    group = inheritance({**HETEROZYGOUS, GENE_FIT: NAN}, {GENE_FIT: -0.9})
    assert group.telling is not None and group.telling.value_text == "not assessed"
    assert said(group) == "SCN1A is number 1 of 10."


def test_a_new_variant_is_told_as_new_and_nothing_is_held_against_its_single_hit(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    case = dravet_case()
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    told = explain(ranking, 0, case, evidence, phenotype, scorer)
    group = next(g for g in told.groups if g.group is Group.INHERITANCE)
    assert group.telling is not None and group.telling.value_text == "new in the child"
    assert "second hit" not in told.sentence
    quiet = {f.name for f in group.features if f.voice is Voice.SILENT}
    assert {f.name for f in SECOND_HIT} <= quiet
    assert len(group.features) == sum(f.group is Group.INHERITANCE for f in FEATURES)

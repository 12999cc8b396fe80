"""Consequences: order, impact, several terms at once, and other annotators' names."""

import numpy as np
import pandas as pd
import pytest

from models.case import State
from models.evidence.consequence import (
    CONSEQUENCE_ORDER,
    has_no_predicted_effect,
    impact,
    plain_words,
    severity_column,
    severity_rank,
    terms_of,
)
from models.intake import severity


def test_the_most_severe_of_several_terms_counts():
    assert severity_rank("splice_region_variant&intron_variant") == severity_rank("splice_region_variant")
    assert severity_rank("intron_variant&stop_gained") < severity_rank("missense_variant")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stop_gained", "HIGH"),
        ("missense_variant", "MODERATE"),
        ("synonymous_variant", "LOW"),
        ("intron_variant", "MODIFIER"),
        ("frameshift_variant&splice_region_variant", "HIGH"),
        ("", ""),
        ("words nobody uses", ""),
    ],
)
def test_impact_follows_ensembl(text, expected):
    assert impact(text) == expected


def test_a_consequence_nobody_knows_is_not_assessed_and_never_without_effect():
    assert severity_rank("words nobody uses") == -1
    assert not has_no_predicted_effect("words nobody uses")
    assert not has_no_predicted_effect("")


@pytest.mark.parametrize(
    ("delivered", "means"),
    [
        ("missense", "missense_variant"),
        ("*stop_gained", "stop_gained"),
        ("disruptive_inframe_deletion", "inframe_deletion"),
        ("NON_SYNONYMOUS_CODING", "missense_variant"),
        ("3_prime_utr", "3_prime_UTR_variant"),
    ],
)
def test_other_annotators_names_mean_the_same_term(delivered, means):
    assert terms_of(delivered) == (means,)


def test_a_pointer_of_bcftools_to_another_line_is_no_consequence():
    assert terms_of("@788407") == ()
    assert severity_rank("@788407") == -1


@pytest.mark.parametrize(
    "kept",
    [
        "missense_variant",
        "splice_region_variant&intron_variant",
        "splice_polypyrimidine_tract_variant&intron_variant",
        "non_coding_transcript_exon_variant",
        "coding_sequence_variant",
        "mature_miRNA_variant",
    ],
)
def test_splice_region_and_noncoding_genes_keep_a_variant_in(kept):
    assert not has_no_predicted_effect(kept)


@pytest.mark.parametrize("silent", ["synonymous_variant", "intron_variant", "5_prime_UTR_variant", "intergenic_region"])
def test_intron_utr_intergenic_and_synonymous_have_no_predicted_effect(silent):
    assert has_no_predicted_effect(silent)


def test_a_row_without_annotation_is_not_assessed_even_when_text_was_left_in_the_column():
    column = pd.Series(["stop_gained", "stop_gained", "missense_variant"], dtype="category")
    states = np.array([State.FOUND, State.NOT_ASSESSED, State.ABSENT], dtype=np.int8)
    assert severity_column(column, states).tolist() == [3, -1, -1]


def test_every_term_the_intake_orders_is_known_here_in_the_same_order():
    assert {name: severity_rank(name) for name in severity.SEVERITY} == severity.SEVERITY
    assert [severity.SEVERITY[term] for term in CONSEQUENCE_ORDER] == list(range(len(CONSEQUENCE_ORDER)))


def test_words_for_people_drop_the_machine_spelling():
    assert plain_words("splice_region_variant&intron_variant") == "splice region, intron"

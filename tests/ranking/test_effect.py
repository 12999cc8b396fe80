"""Kinds of change, residues, and what HGVS names imply."""

import numpy as np
import pandas as pd
import pytest

from models.evidence.residues import BLOSUM62, RESIDUES, grantham_distance
from models.ranking.damage import BLOCKS, DAMAGE_COLUMNS, GENE_COLUMNS, ChangeFacts, damage_matrix
from models.ranking.features.effect_class import EffectClass, class_of_consequence, effect_class
from models.ranking.residues import residue_changes
from models.ranking.training.published import consequence_of, family_of_gene
from tests.builders import a_table, a_variant
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("stop_gained", EffectClass.LOSS_OF_FUNCTION),
        ("splice_region_variant&intron_variant", EffectClass.SPLICE_REGION),
        ("missense_variant&splice_region_variant", EffectClass.PROTEIN_CHANGE),
        ("synonymous_variant", EffectClass.SYNONYMOUS),
        ("3_prime_UTR_variant", EffectClass.NONCODING),
        ("upstream_gene_variant", EffectClass.OUTSIDE),
        ("a_term_of_the_future", EffectClass.OUTSIDE),
    ],
)
def test_the_most_severe_term_decides(terms: str, expected: EffectClass) -> None:
    assert class_of_consequence(terms) == expected


def test_no_term_is_not_the_same_as_no_effect() -> None:
    assert np.isnan(class_of_consequence(""))


def test_without_annotation_an_indel_that_breaks_the_frame_counts_as_loss_of_function() -> None:
    table = a_table(
        a_variant("2", 100, "C", "CT"), a_variant("2", 200, "C", "CTTT"), a_variant("2", 300, "C", "T")
    )  # fmt: skip
    found = effect_class(table.frame, np.array(["coding"] * 3, dtype=object))
    assert found.tolist() == [EffectClass.LOSS_OF_FUNCTION, EffectClass.PROTEIN_CHANGE, EffectClass.CODING_UNKNOWN]


def test_a_mitochondrial_rna_change_is_a_change_of_the_product() -> None:
    table = a_table(a_variant("MT", 3243, "A", "G", consequence="non_coding_transcript_exon_variant"))
    assert effect_class(table.frame, np.array([""], dtype=object)).tolist() == [EffectClass.CODING_UNKNOWN]


@pytest.mark.parametrize(("pair", "distance"), [("LI", 5), ("CW", 215), ("RK", 26), ("DE", 45)])
def test_grantham_distances_are_those_of_the_paper(pair: str, distance: int) -> None:
    before, after = (np.array([RESIDUES.index(r)]) for r in pair)
    assert grantham_distance(before, after)[0] == pytest.approx(distance, abs=1.0)


def test_blosum_is_symmetric_and_likes_identity_most() -> None:
    np.testing.assert_array_equal(BLOSUM62, BLOSUM62.T)
    assert (np.diag(BLOSUM62) >= 4).all()


@pytest.mark.shared
def test_blosum_agrees_with_the_labelled_table() -> None:
    table = pd.read_parquet(
        shared("pathogenicity/train.parquet"), columns=["aa_ref", "aa_alt", "blosum62"]
    ).dropna().drop_duplicates()  # fmt: skip
    known = table[table["aa_ref"].isin(list(RESIDUES)) & table["aa_alt"].isin(list(RESIDUES))]
    ours = [
        BLOSUM62[RESIDUES.index(a), RESIDUES.index(b)] for a, b in zip(known["aa_ref"], known["aa_alt"], strict=True)
    ]
    np.testing.assert_array_equal(ours, known["blosum62"].to_numpy())


@pytest.mark.parametrize("name", ["p.Arg408Trp", "p.(Arg408Trp)", "p.R408W"])
def test_substitutions_are_read_however_they_are_written(name: str) -> None:
    changes = residue_changes(pd.Series([name], dtype="str"), np.array([True]))
    assert changes["blosum62"].tolist() == [-3]
    assert changes["from_arginine"].tolist() == [1]


@pytest.mark.parametrize("name", ["", "p.Arg408Ter", "p.Arg408fs", "p.Arg408="])
def test_what_is_not_a_substitution_has_no_residue_columns(name: str) -> None:
    changes = residue_changes(pd.Series([name], dtype="str"), np.array([True]))
    assert all(np.isnan(values).all() for values in changes.values())


def test_the_effect_model_sees_no_frequency_database_or_score() -> None:
    forbidden = ("af", "frequency", "clinvar", "cadd", "revel", "alphamissense", "spliceai", "stars", "pos")
    assert not [c for c in DAMAGE_COLUMNS if any(word in c.split("_") for word in forbidden)]


def test_what_is_known_of_a_change_lands_in_its_columns() -> None:
    one = np.array([2.0], dtype=np.float32)
    genes = pd.DataFrame({name: [0.2] for name in GENE_COLUMNS})
    facts = ChangeFacts(
        pd.Series(["missense_variant"]), np.array([0]), pd.Series(["p.Arg408Trp"]), one, one - 1, genes, one + 1
    )
    told = dict(zip(DAMAGE_COLUMNS, damage_matrix(facts)[0].tolist(), strict=True))
    assert (told["into_intron_bases"], told["is_donor_side"], told["gerp_score"]) == (2, 1, 3)
    assert told["effect_class"] == EffectClass.PROTEIN_CHANGE
    assert told["blosum62"] == -3


def test_every_block_that_is_hidden_in_training_is_one_of_the_columns() -> None:
    named = [name for block in BLOCKS for name in block]
    assert len(named) == len(set(named))
    assert set(named) < set(DAMAGE_COLUMNS)


@pytest.mark.parametrize(
    ("hgvs_c", "hgvs_p", "ref", "alt", "expected"),
    [
        ("NM_003482.3:c.11833C>T", "NP_003473.3:p.(Gln3945Ter)", "G", "A", "stop_gained"),
        ("NM_1.1:c.6004del", "NP_620305.3:p.(Arg2002GlnfsTer5)", "AC", "A", "frameshift_variant"),
        ("NM_1.1:c.137C>T", "NP_056993.2:p.(Arg137Trp)", "C", "T", "missense_variant"),
        ("NM_1.1:c.1110+1G>A", "NP_1.1:p.?", "G", "A", "splice_donor_variant"),
        ("NM_1.1:c.1111-2A>G", "", "A", "G", "splice_acceptor_variant"),
        ("NM_1.1:c.1110+3G>A", "NP_1.1:p.?", "G", "A", "splice_region_variant"),
        ("NM_1.1:c.1110+300G>A", "NP_1.1:p.?", "G", "A", "intron_variant"),
        ("NM_1.1:c.2T>C", "NP_1.1:p.(Met1?)", "T", "C", "start_lost"),
        ("NM_1.1:c.-12C>T", "NP_1.1:p.?", "C", "T", "5_prime_UTR_variant"),
        ("NM_1.1:c.2T>C", "", "T", "C", "start_lost"),
        ("NM_1.1:c.6624_6626del", "NP_1.1:p.(Asn2208del)", "CAAT", "C", "inframe_deletion"),
        ("NM_1.1:c.996G>A", "NP_689916.2:p.(Gln332=)", "G", "A", "synonymous_variant"),
        ("NM_1.1:c.787del", "", "CA", "C", "frameshift_variant"),
    ],
)
def test_hgvs_names_imply_the_consequence(hgvs_c: str, hgvs_p: str, ref: str, alt: str, expected: str) -> None:
    assert consequence_of(hgvs_c, hgvs_p, ref, alt) == expected


def test_paralogues_fall_into_one_family() -> None:
    assert family_of_gene("SCN1A") == family_of_gene("SCN2A") == "SCN"

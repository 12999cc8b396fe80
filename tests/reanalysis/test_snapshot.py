"""A work-up is remembered in little: its first candidates, and every carried variant that ClinVar has an eye on."""

from dataclasses import replace

import numpy as np
import pytest

from models.case import State
from models.evidence import Step
from models.knowledge import Release
from models.reanalysis import snapshot_key, snapshot_of
from models.reanalysis.snapshot import TOP, rows_of
from tests.builders_workup import a_workup


@pytest.fixture
def workup():
    """A trio girl: SCN1A is P with two stars, BRCA1 P with three, and nothing else is in ClinVar."""
    return a_workup()


def of(snapshot, gene):
    return [v for v in snapshot.variants if v.gene == gene]


def test_a_candidate_is_remembered_by_name_rank_and_class(workup):
    (one,) = of(snapshot_of(workup), "SCN1A")
    assert one.allele == "chr2-166012345-G-A"
    assert one.name == "SCN1A c.2836C>T"
    assert (one.clinvar_class, one.stars, one.clinvar_state) == ("P", 2, State.FOUND)
    assert one.rank == workup.ranking.rank_of(0)


def test_what_was_not_looked_up_has_no_class_and_no_stars(workup):
    (one,) = of(snapshot_of(workup), "CFTR")
    assert (one.clinvar_class, one.stars, one.clinvar_state) == ("", -1, State.NOT_ASSESSED)


def test_a_mitochondrial_change_has_its_own_name(workup):
    (one,) = of(snapshot_of(workup), "MT-TL1")
    assert one.name == "MT-TL1 m.3243A>G"


def without_ranking(workup, *, left_at):
    """The same case with nobody ranked; every row left at `left_at`."""
    ranking = replace(workup.ranking, table=workup.ranking.table.iloc[:0])
    left = np.full(len(workup.case.variants), left_at, np.int8)
    return replace(workup, ranking=ranking, evidence=replace(workup.evidence, left_at=left))


@pytest.mark.parametrize("step", [Step.COMMON, Step.LOW_QUALITY, Step.NO_PREDICTED_EFFECT])
def test_a_pathogenic_variant_that_the_patient_carries_is_remembered_though_it_left_the_list(workup, step):
    held = snapshot_of(without_ranking(workup, left_at=step)).variants
    assert {v.gene for v in held} == {"SCN1A", "BRCA1"}
    assert {v.rank for v in held} == {None}


@pytest.mark.parametrize("step", [Step.NOT_CARRIED, Step.NOT_CALLED])
def test_a_pathogenic_variant_that_the_patient_does_not_carry_is_not_remembered(workup, step):
    assert snapshot_of(without_ranking(workup, left_at=step)).variants == ()


def test_what_an_earlier_snapshot_held_is_held_again_to_tell_what_became_of_it(workup):
    gone = without_ranking(workup, left_at=Step.NOT_CARRIED)
    held = snapshot_of(gone, also=["chr7-117559590-A-T", "chr9-9-A-G"]).variants
    assert [v.allele for v in held] == ["chr7-117559590-A-T"]


def test_the_same_place_with_another_allele_is_another_variant(workup):
    table = workup.case.variants
    assert list(rows_of(["chr2-166012345-G-A"], table)) == [0]
    assert list(rows_of(["chr2-166012345-G-C", "chr3-166012345-G-A"], table)) == []


@pytest.mark.parametrize(("count", "kept"), [(TOP - 1, TOP - 1), (TOP, TOP), (TOP + 1, TOP)])
def test_the_first_candidates_are_remembered_and_no_more(workup, count, kept):
    frame = workup.case.variants.frame
    rows = frame.iloc[[6] * count].reset_index(drop=True)
    rows["pos_1based"] = np.arange(1, count + 1, dtype=np.int32)
    evidence = workup.evidence.frame.iloc[[6] * count].reset_index(drop=True)
    table = workup.ranking.table.iloc[[0] * count].reset_index(drop=True)
    table = table.assign(row=np.arange(count), rank=np.arange(1, count + 1))
    variants = replace(workup.case.variants, frame=rows)
    many = replace(
        workup,
        case=replace(workup.case, variants=variants),
        evidence=replace(workup.evidence, frame=evidence, left_at=np.zeros(count, np.int8)),
        ranking=replace(workup.ranking, table=table),
    )
    assert len(snapshot_of(many).variants) == kept


def test_features_and_releases_and_model_are_part_of_it(workup):
    release = Release("clinvar", "ClinVar", "2026-11-10", "2026-11-10", "-", "-", "-", "GRCh38")
    snapshot = snapshot_of(replace(workup, releases=(release,)))
    assert "HP:0001250" in snapshot.terms and "-HP:0000252" in snapshot.terms
    assert snapshot.key == snapshot_key((release,), workup.ranking.card.sha256)
    assert snapshot.key != snapshot_key((replace(release, version="2026-12-08"),), workup.ranking.card.sha256)
    assert snapshot.key != snapshot_key((replace(release, assembly="GRCh37"),), workup.ranking.card.sha256)
    assert snapshot.key != snapshot_key((release,), "another model")

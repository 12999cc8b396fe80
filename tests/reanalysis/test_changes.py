"""What a newer release changed about a case is told for each variant, and nothing else is."""

from dataclasses import replace

import pytest

from models.case import State
from models.knowledge import Release
from models.reanalysis import Held, Snapshot, compare
from models.reanalysis.changes import FIRST, MOVED_PLACES, Kind
from models.reanalysis.snapshot import NOT_STATED, TOP


def release(version, name="ClinVar", key="clinvar", assembly="GRCh38"):
    return Release(key, name, version, version, "-", "-", "-", assembly)


OLD, NEW = release("2026-11-10"), release("2026-12-08")


def held(allele="chr2-1-A-G", rank=5, said="", stars=NOT_STATED, state=None):
    told = State.FOUND if said else State.ABSENT
    return Held(allele, "SCN1A", "c.1A>G", rank, told if state is None else state, said, stars)


def snapshot(*variants, releases=(OLD,), **more):
    facts = {"model": "ranker 1", "model_sha256": "m", "case_sha256": "c", "terms": ("HP:1",), **more}
    return Snapshot(tuple(releases), variants=tuple(variants), **facts)


def changed(was, now):
    before = snapshot(*([was] if was else []))
    after = snapshot(*([now] if now else []), releases=(NEW,))
    return compare(before, after).variants


def test_a_variant_newly_pathogenic_is_told_first_with_its_stars_and_its_rank():
    (one,) = changed(held(rank=14, said="VUS", stars=1), held(rank=2, said="LP", stars=2))
    assert one.kinds == (Kind.NEW_PATHOGENIC, Kind.NEW_IN_FIRST)
    assert one.is_pressing
    assert one.sentence == (
        "SCN1A c.1A>G: ClinVar uncertain significance (1 star) → likely pathogenic (2 stars); rank 14 → 2"
    )


def test_a_variant_that_nothing_was_known_of_and_is_now_pathogenic_is_told():
    (one,) = changed(None, held(rank=None, said="P", stars=1))
    assert one.kinds == (Kind.NEW_PATHOGENIC,)
    assert one.sentence == "SCN1A c.1A>G: ClinVar benign, likely benign or no record → pathogenic (1 star)"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (held(said="CONFLICTING", stars=1), "conflicting classifications (1 star)"),
        (held(), "no record"),
        (held(state=State.NOT_ASSESSED), "not assessed"),
        (held(said="B", stars=3), "benign (3 stars)"),
        (None, "benign, likely benign or no record"),
    ],
)
def test_a_variant_no_longer_pathogenic_is_pressing_whatever_became_of_it(now, words):
    (one,) = changed(held(said="LP", stars=2, rank=None), replace(now, rank=None) if now else None)
    assert one.kinds == (Kind.NO_LONGER_PATHOGENIC,)
    assert one.sentence.endswith(f"ClinVar likely pathogenic (2 stars) → {words}")


@pytest.mark.parametrize("now", [("P", 2), ("LP", 3), ("LP", 1)])
def test_another_class_or_other_stars_of_a_pathogenic_variant_are_told_wherever_it_stands(now):
    (one,) = changed(held(said="LP", stars=2, rank=None), held(said=now[0], stars=now[1], rank=None))
    assert one.kinds == (Kind.CLASS_CHANGED,) and not one.is_pressing


@pytest.mark.parametrize(("rank", "told"), [(TOP - 1, 1), (TOP, 1), (TOP + 1, 0)])
def test_another_class_of_any_other_variant_is_told_while_it_is_among_the_candidates(rank, told):
    assert len(changed(held(said="VUS", rank=rank), held(said="LB", rank=rank))) == told


def test_a_first_clinvar_that_has_no_record_is_no_change():
    assert changed(held(state=State.NOT_ASSESSED), held(state=State.ABSENT)) == ()


@pytest.mark.parametrize(("places", "told"), [(MOVED_PLACES - 1, 0), (MOVED_PLACES, 1), (MOVED_PLACES + 1, 1)])
@pytest.mark.parametrize("way", [1, -1])
def test_a_candidate_of_the_first_ten_that_moved_far_is_told(places, told, way):
    assert len(changed(held(rank=5), held(rank=5 + way * places))) == told


@pytest.mark.parametrize(("rank", "kinds"), [(FIRST - 1, ()), (FIRST, ()), (FIRST + 1, (Kind.MOVED,))])
def test_a_candidate_that_leaves_the_first_ten_is_told_however_little_it_moved(rank, kinds):
    told = changed(held(rank=9), held(rank=rank))
    assert [k for one in told for k in one.kinds] == list(kinds)


@pytest.mark.parametrize(("rank", "told"), [(FIRST - 1, 1), (FIRST, 1), (FIRST + 1, 0)])
def test_a_candidate_new_among_the_first_ten_is_told(rank, told):
    one = changed(held(rank=12), held(rank=rank))
    assert len(one) == told


def test_a_candidate_from_nowhere_is_told_without_a_number_that_nobody_knows():
    (one,) = changed(None, held(rank=1))
    assert one.sentence == f"SCN1A c.1A>G: rank below {TOP} or not ranked → 1"


def test_a_candidate_no_longer_ranked_is_told():
    (one,) = changed(held(rank=1), held(rank=None))
    assert one.sentence == "SCN1A c.1A>G: rank 1 → no longer ranked"


def test_a_move_below_the_first_ten_is_not_told():
    assert changed(held(rank=20), held(rank=40)) == ()


def test_the_most_pressing_comes_first_and_the_rest_is_counted():
    before = snapshot(held("chr1-1-A-G", 3), held("chr1-2-A-G", 30, "VUS"), held("chr1-3-A-G", 40, "P"))
    after = snapshot(
        held("chr1-1-A-G", 9), held("chr1-2-A-G", 30, "LP"), held("chr1-3-A-G", 40, "VUS"), releases=(NEW,)
    )
    changes = compare(before, after)
    assert [v.allele for v in changes.variants] == ["chr1-2-A-G", "chr1-3-A-G", "chr1-1-A-G"]
    assert changes.line.endswith("likely pathogenic; rank 30 as before; and 2 further")
    assert changes.cause == "ClinVar 2026-11-10 → 2026-12-08"


def test_what_is_new_and_what_was_removed_is_named():
    first = compare(snapshot(releases=()), snapshot(releases=(OLD,)))
    last = compare(snapshot(releases=(OLD,)), snapshot(releases=()))
    assert (first.cause, last.cause) == ("ClinVar 2026-11-10 (new)", "ClinVar 2026-11-10 (removed)")
    assert first.line == "no change in what the list says"


def test_a_new_model_is_said_and_not_called_knowledge():
    changes = compare(snapshot(held(rank=1)), snapshot(held(rank=9), model="ranker 2", model_sha256="n"))
    assert changes.cause == "ranking model ranker 1 → ranker 2 (not new knowledge)"
    assert changes.releases == ()


@pytest.mark.parametrize("edit", [{"terms": ("HP:2",)}, {"case_sha256": "d"}])
def test_features_or_files_that_people_edited_meanwhile_are_said(edit):
    changes = compare(snapshot(), snapshot(releases=(NEW,), **edit))
    assert changes.cause == "ClinVar 2026-11-10 → 2026-12-08; features or files edited since"


def test_two_builds_of_one_source_are_two_releases():
    other = release("2026-11-03", assembly="GRCh37")
    assert compare(snapshot(releases=(OLD,)), snapshot(releases=(OLD, other))).cause == "ClinVar 2026-11-03 (new)"

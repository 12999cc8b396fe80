"""Our answer is that of a naive dictionary, for whatever is asked of whatever table."""

import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models.knowledge.positions.build as build
from models.case import Assembly, Kind, State
from models.errors import IntegrityError, WrongBuild
from models.knowledge.positions.coverage import of_intervals, whole_contigs
from models.knowledge.positions.join import look_up
from models.knowledge.positions.key import keys_of
from tests.knowledge.positions.tables import alleles, installed, table

COVERED = {"1", "2", "X"}
bases = st.text("ACGT", min_size=1, max_size=3) | st.text("ACGTN", min_size=8, max_size=30)
variants = st.tuples(
    st.sampled_from(["1", "2", "X", "MT", "22", "GL000220.1"]), st.integers(1, 6), bases, bases | st.just("<DEL>")
)


def trimmed(variant):
    chrom, pos, ref, alt = variant
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return chrom, pos, ref, alt


def collisions():
    """Two pairs of insertions at one position whose hashed keys are the same."""
    rng = np.random.default_rng(7)
    texts = ["A" + "".join(rng.choice(list("ACGT"), 14)) for _ in range(120_000)]
    keys = keys_of(alleles([("1", 3, "A", t) for t in texts])).key
    order = np.argsort(keys)
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    return [(texts[order[i]], texts[order[i + 1]]) for i in same if texts[order[i]] != texts[order[i + 1]]]


COLLIDING = collisions()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(variants, st.integers(0, 9)), max_size=40),
    st.lists(variants, max_size=40),
    st.sampled_from([Assembly.GRCH37, Assembly.GRCH38]),
    st.sampled_from([1, 3, 1000]),
)
def test_the_join_answers_as_a_naive_dictionary_does(rows, more, assembly, group_rows):
    known = {}
    listed = [(v, s) for v, s in rows if v[3] != "<DEL>" and v[0] != "GL000220.1"]
    for variant, score in listed:
        known[trimmed(variant)] = max(score, known.get(trimmed(variant), -1))
    asked = [v for v, _ in rows] + more
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "GROUP_ROWS", group_rows)
        patch.setattr(build, "RUN_ROWS", 5)
        batches = [[(v, s, f"{trimmed(v)}") for v, s in listed[i : i + 3]] for i in range(0, len(listed), 3)]
        release = table(Path(folder), batches, assembly=assembly)
        joined = look_up(alleles(asked, assembly), [release])["toy"]
    for i, variant in enumerate(asked):
        alike = trimmed(variant)
        if alike in known:
            assert joined.state[i] == State.FOUND
            assert joined.columns["score"][i] == known[alike]
            assert joined.columns["text"][i].as_py() == str(alike)
        else:
            can_be = variant[0] in COVERED and variant[3] != "<DEL>"
            assert joined.state[i] == (State.ABSENT if can_be else State.NOT_ASSESSED)
            assert np.isnan(joined.columns["score"][i])
            assert joined.columns["text"][i].as_py() is None


def test_the_collisions_are_real():
    assert len(COLLIDING) >= 2
    for one, other in COLLIDING:
        keys = keys_of(alleles([("1", 3, "A", one), ("1", 3, "A", other)])).key
        assert one != other and keys[0] == keys[1]


@pytest.mark.parametrize("group_rows", [1, 2, 1000])
def test_alleles_whose_keys_are_equal_by_chance_are_never_taken_for_each_other(tmp_path, monkeypatch, group_rows):
    monkeypatch.setattr(build, "GROUP_ROWS", group_rows)
    (one, other), (lone, stranger) = COLLIDING[:2]
    rows = [(("1", 3, "A", one), 1, "one"), (("1", 3, "A", other), 2, "other"), (("1", 3, "A", lone), 3, "lone")]
    for order in (rows, rows[::-1]):
        folder = tmp_path / f"{order[0][2]}"
        joined = look_up(alleles([("1", 3, "A", t) for t in (stranger, one, other, lone)]), [table(folder, [order])])
        assert joined["toy"].columns["text"].to_pylist() == [None, "one", "other", "lone"]
        assert joined["toy"].state.tolist() == [State.ABSENT, State.FOUND, State.FOUND, State.FOUND]


def test_several_sources_answer_in_one_pass(tmp_path):
    one = table(tmp_path / "one", [[(("1", 5, "A", "G"), 1, "a")]], source="one")
    two = table(tmp_path / "two", [[(("1", 6, "A", "G"), 2, "b")]], source="two")
    joined = look_up(alleles([("1", 5, "A", "G"), ("1", 6, "A", "G")]), [one, two])
    assert list(joined) == ["one", "two"]
    assert joined["one"].state.tolist() == [State.FOUND, State.ABSENT]
    assert joined["two"].state.tolist() == [State.ABSENT, State.FOUND]


def test_an_hg19_table_never_answers_an_hg38_case(tmp_path):
    release = table(tmp_path, [[(("1", 5, "A", "G"), 1, "a")]], assembly=Assembly.GRCH37)
    with pytest.raises(WrongBuild, match="GRCh37 and the variants on GRCh38"):
        look_up(alleles([("1", 5, "A", "G")], Assembly.GRCH38), [release])


def test_a_case_whose_build_nobody_knows_is_not_looked_up(tmp_path):
    release = table(tmp_path, [[]], assembly=Assembly.UNKNOWN)
    with pytest.raises(WrongBuild):
        look_up(alleles([("1", 5, "A", "G")], Assembly.UNKNOWN), [release])


def test_an_empty_table_and_an_empty_case_have_answers(tmp_path):
    release = table(tmp_path, [[]])
    assert look_up(alleles([("1", 5, "A", "G")]), [release])["toy"].state.tolist() == [State.ABSENT]
    assert look_up(alleles([]), [release])["toy"].state.tolist() == []


def test_a_variant_is_absent_only_inside_the_regions_that_were_looked_at(tmp_path):
    regions = of_intervals(np.array([1], np.uint8), np.array([100]), np.array([200]), (Kind.SNV, Kind.DELETION))
    release = table(tmp_path, [[]], coverage=regions)
    asked = [
        ("1", 99, "A", "G"),
        ("1", 100, "A", "G"),
        ("1", 200, "A", "G"),
        ("1", 201, "A", "G"),
        ("2", 150, "A", "G"),
    ]
    no, absent = State.NOT_ASSESSED, State.ABSENT
    assert look_up(alleles(asked), [release])["toy"].state.tolist() == [no, absent, absent, no, no]
    deletions = [("1", 198, "ACG", "A"), ("1", 199, "ACG", "A")]
    assert look_up(alleles(deletions), [release])["toy"].state.tolist() == [absent, no]


def test_a_kind_that_a_source_does_not_describe_is_not_assessed(tmp_path):
    release = table(tmp_path, [[(("1", 9, "A", "AT"), 1, "listed")]], coverage=whole_contigs([1], (Kind.SNV,)))
    asked = [("1", 5, "A", "G"), ("1", 5, "AC", "GT"), ("1", 5, "A", "AT"), ("1", 9, "A", "AT")]
    expected = [State.ABSENT, State.NOT_ASSESSED, State.NOT_ASSESSED, State.FOUND]
    assert look_up(alleles(asked), [release])["toy"].state.tolist() == expected


def test_every_pair_of_short_alleles_has_its_own_key():
    words = ["A", "C", "G", "T", "AC", "CA", "ACG", "AAAA", "AAAAA"]
    asked = [("1", 5, a, b) for a in words for b in words if a != b and trimmed(("1", 5, a, b)) == ("1", 5, a, b)]
    keys = keys_of(alleles(asked)).key
    assert all(a != b for a, b in combinations(keys.tolist(), 2))


def test_a_damaged_table_is_told_as_damage(tmp_path):
    table(tmp_path, [[(("1", 5, "A", "G"), 1, "a")]])
    file = tmp_path / "variants.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(IntegrityError, match="Toy 1 is damaged"):
        look_up(alleles([("1", 5, "A", "G")]), [installed(tmp_path)])

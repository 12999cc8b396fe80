"""Where a source looked: intervals become sorted and disjoint, and say of every base what they said before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Kind
from models.errors import IntegrityError
from models.knowledge.positions.coverage import of_intervals, read_coverage, whole_contigs, write_coverage
from models.knowledge.positions.key import keys_of
from tests.knowledge.positions.tables import alleles

intervals = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 40), st.integers(0, 8)), max_size=15)


def merged(rows, gap=0):
    contig, start, more = (
        (np.array(c, np.int64) for c in zip(*rows, strict=True)) if rows else (np.empty(0, np.int64),) * 3
    )
    return of_intervals(contig.astype(np.uint8), start, start + more, (Kind.SNV,), gap)


@given(intervals)
def test_a_base_is_covered_after_merging_if_it_was_before(rows):
    coverage = merged(rows)
    asked = [(str(c), p, "A", "G") for c in (1, 2, 3) for p in range(1, 52)]
    expected = [any(c == str(i) and s <= p <= s + m for i, s, m in rows) for c, p, _, _ in asked]
    assert coverage.holds(keys_of(alleles(asked))).tolist() == expected


@given(intervals, st.integers(0, 5))
def test_merged_intervals_are_sorted_and_further_apart_than_the_gap(rows, gap):
    of = merged(rows, gap)
    same = of.contig[1:] == of.contig[:-1]
    assert (of.contig[1:] >= of.contig[:-1]).all()
    assert (of.start_1based[1:][same] > of.end_1based[:-1][same] + gap + 1).all()


@pytest.mark.parametrize(("between", "runs"), [(2, 1), (3, 1), (4, 2)])
def test_a_gap_of_exactly_so_many_bases_is_bridged_and_one_more_is_not(between, runs):
    assert len(merged([(1, 10, 0), (1, 11 + between, 0)], gap=3).contig) == runs


def test_a_coverage_is_read_as_it_was_written(tmp_path):
    write_coverage(whole_contigs([25, 1, 1, 0], (Kind.SNV, Kind.DELETION)), tmp_path)
    read = read_coverage(tmp_path / "coverage.parquet")
    assert read.contig.tolist() == [1, 25] and read.kinds == (Kind.SNV, Kind.DELETION)


def test_a_damaged_coverage_is_told_as_damage(tmp_path):
    (tmp_path / "coverage.parquet").write_bytes(b"PAR1")
    with pytest.raises(IntegrityError, match="damaged"):
        read_coverage(tmp_path / "coverage.parquet")

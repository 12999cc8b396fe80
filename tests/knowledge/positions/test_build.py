"""A position table is sorted and has each allele once, whatever came in, or it is not there at all."""

import errno

import numpy as np
import pyarrow.parquet as pq
import pytest

import models.knowledge.positions.build as build
from models.errors import Stopped
from models.knowledge.positions.build import TableWriter, highest
from tests.knowledge.positions.tables import SCHEMA, batch


def written(folder, batches):
    with TableWriter(folder, SCHEMA, highest("score")) as writer:
        for rows in batches:
            writer.add(batch(rows))
    assert writer.rows == pq.read_metadata(folder / "variants.parquet").num_rows
    return pq.read_table(folder / "variants.parquet").to_pylist()


def many(count, seed=1):
    rng = np.random.default_rng(seed)
    places = zip(rng.choice(["1", "2", "10", "X"], count), rng.integers(1, 400, count), strict=True)
    return [((str(c), int(p), "A", "CGT"[i % 3]), i % 7, f"{c}:{p}") for i, (c, p) in enumerate(places)]


@pytest.mark.parametrize("run_rows", [10, 100, 10_000])
def test_rows_in_any_order_become_a_table_in_order(tmp_path, monkeypatch, run_rows):
    monkeypatch.setattr(build, "RUN_ROWS", run_rows)
    rows = many(2000)
    table = written(tmp_path, [rows[i : i + 37] for i in range(0, len(rows), 37)])
    keys = [row["key"] for row in table]
    assert keys == sorted(set(keys))
    best = {}
    for variant, score, _ in rows:
        best[variant] = max(score, best.get(variant, -1))
    assert len(table) == len(best) and sorted(r["score"] for r in table) == sorted(best.values())
    assert [f.name for f in tmp_path.iterdir()] == ["variants.parquet"]


def test_rows_in_order_are_written_once_and_never_merged(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "RUN_ROWS", 10)
    monkeypatch.setattr(build, "_merged", None)
    rows = sorted(many(200), key=lambda r: (("1", "2", "10", "X").index(r[0][0]), r[0][1], r[0][3]))
    assert len(written(tmp_path, [rows[i : i + 7] for i in range(0, len(rows), 7)])) == len({r[0] for r in rows})


def test_alleles_of_nearby_places_may_come_in_any_order_without_a_merge(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "RUN_ROWS", 64)
    monkeypatch.setattr(build, "_merged", None)
    rows = [(("1", 10 + i // 3, "A", "TGC"[i % 3]), i % 7, "") for i in range(1000)]
    keys = [row["key"] for row in written(tmp_path, [rows[i : i + 10] for i in range(0, 1000, 10)])]
    assert keys == sorted(keys) and len(keys) == 1000


def test_the_same_allele_on_both_sides_of_a_border_is_one_row(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "RUN_ROWS", 1)
    monkeypatch.setattr(build, "GROUP_ROWS", 1)
    variant = ("1", 5, "A", "G")
    (row,) = written(tmp_path, [[(variant, score, f"{score}")] for score in (1, 3, 2)])
    assert (row["score"], row["text"]) == (3, "3")


def test_somebody_who_stops_it_leaves_nothing_that_looks_finished(tmp_path):
    with pytest.raises(Stopped), TableWriter(tmp_path, SCHEMA, highest("score")) as writer:
        writer.add(batch(many(10)))
        raise Stopped("stopped")
    assert not (tmp_path / "variants.parquet").exists()


def test_a_full_disk_is_told_as_one(tmp_path, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OSError, match="No space left"), TableWriter(tmp_path, SCHEMA, highest("score")) as writer:
        writer.add(batch(many(10)))
    assert not (tmp_path / "variants.parquet").exists()

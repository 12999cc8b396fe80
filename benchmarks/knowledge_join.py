"""A 5-million-variant genome against a frequency table of 70 million rows: ours, and a bare DuckDB join.

    python -m benchmarks.knowledge_join [--table 70000000] [--case 5000000] [--runs 3] [--cache FOLDER]

The table has gnomAD's columns, is made up, and goes away again unless --cache keeps it. Ours is the whole
look-up: keys of the alleles, join, coverage, states, columns in the case's order. The bare join has the keys
already, joins the same Parquet on them, and hands every column over as Arrow, in any order. Each run is a
process of its own, paired; its peak memory counts everything, the case included.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.knowledge_tables import Listed, case, release, table
from models.case import Assembly, State
from models.knowledge.gnomad_sites import SCHEMA
from models.knowledge.positions.alleles import Alleles
from models.knowledge.positions.coverage import COVERAGE_FILE
from models.knowledge.positions.join import look_up
from models.knowledge.positions.key import keys_of

ASKED_RATIO, ASKED_MB = 3.0, 1500
SOURCE = "gnomad_genomes"


def keep_case(alleles: Alleles, file: Path) -> None:
    columns = {"contig": alleles.contig, "pos": alleles.pos_1based, "ref": alleles.ref, "alt": alleles.alt}
    pq.write_table(pa.table({**columns, "key": keys_of(alleles).key}), file)


def read_case(file: Path) -> Alleles:
    kept = pq.read_table(file, columns=["contig", "pos", "ref", "alt"])
    contig, pos, ref, alt = (kept[name].combine_chunks() for name in kept.column_names)
    texts = ref.cast(pa.large_string()), alt.cast(pa.large_string())
    return Alleles(Assembly.GRCH38, contig.to_numpy(), pos.to_numpy(), *texts, np.ones(len(contig), np.bool_))


def ours(place: Path) -> tuple[float, int]:
    """(seconds, alleles listed)."""
    alleles = read_case(place / "case.parquet")
    started = time.perf_counter()
    joined = look_up(alleles, [release(place / "table", SOURCE)])[SOURCE]
    seconds = time.perf_counter() - started
    return seconds, int((joined.state == State.FOUND).sum() + len(joined.reason) - joined.reason.null_count)


def bare(place: Path) -> tuple[float, int]:
    keys = pq.read_table(place / "case.parquet", columns=["key"])
    with duckdb.connect() as engine:
        engine.register("asked", keys)
        query = "SELECT t.* FROM read_parquet(?) t JOIN asked ON t.key = asked.key"
        started = time.perf_counter()
        joined = engine.sql(query, params=[str(place / "table" / "variants.parquet")]).to_arrow_table()
        return time.perf_counter() - started, joined.num_rows


def peak_mb() -> float:
    """Of this process alone (getrusage counts the parent's before the start as well)."""
    said = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(re.search(r"VmHWM:\s+(\d+) kB", said)[1]) / 1024


def in_a_process(way: str, place: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.knowledge_join", "--way", way, "--place", str(place)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def report(place: Path, runs: int) -> None:
    in_a_process("ours", place)  # the kernels are compiled once on a machine
    pairs = [(in_a_process("bare", place), in_a_process("ours", place)) for _ in range(runs)]
    rows = pq.read_metadata(place / "table" / "variants.parquet").num_rows
    asked = pq.read_metadata(place / "case.parquet").num_rows
    size = (place / "table" / "variants.parquet").stat().st_size
    print(f"{asked:,} alleles against {rows:,} rows ({size / 1e9:.1f} GB); medians of {runs} paired runs")
    for name, column in zip(("bare DuckDB join", "ours"), zip(*pairs, strict=True), strict=True):
        seconds, peak = (statistics.median(r[key] for r in column) for key in ("seconds", "peak_mb"))
        print(f"{name:18} {seconds:6.1f} s   peak {peak:6,.0f} MB   {column[0]['rows']:,.0f} alleles listed")
    ratio = statistics.median(b["seconds"] / a["seconds"] for a, b in pairs)
    print(f"ours / bare {ratio:.2f} (asked: at most {ASKED_RATIO:.0f}); memory asked: below {ASKED_MB:,} MB")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--table", type=int, default=70_000_000)
    asked.add_argument("--case", type=int, default=5_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--cache", type=Path)
    asked.add_argument("--way", choices=("ours", "bare"), help=argparse.SUPPRESS)
    asked.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.way:
        seconds, rows = {"ours": ours, "bare": bare}[given.way](given.place)
        print(json.dumps({"seconds": seconds, "rows": rows, "peak_mb": peak_mb()}))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        place = given.cache or Path(scratch)
        listed = Listed(given.table, coding=False)
        if not (place / "table" / COVERAGE_FILE).exists():
            table(place / "table", SOURCE, listed, SCHEMA)
        if not (place / "case.parquet").exists():
            keep_case(case(given.case, listed, share_listed=0.9), place / "case.parquet")
        report(place, given.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())

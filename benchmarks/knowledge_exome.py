"""An exome of 100,000 variants against five installed sources in one look-up.

    python -m benchmarks.knowledge_exome [--scale 1.0] [--runs 3] [--cache FOLDER]

The tables have the columns of the sources and about their sizes, are made up, and go away again unless
--cache keeps them; half of the alleles are drawn from gnomAD's exomes and half from its genomes, so that no
part of either can be left unread. Counted is the whole look-up, from the alleles to columns in the case's order, in a
process that has looked something up before; the first look-up of a process is told beside it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from benchmarks.knowledge_join import peak_mb
from benchmarks.knowledge_tables import Listed, case, release, table, together
from models.case import State
from models.knowledge import alphamissense, clinvar, gnomad_sites, revel
from models.knowledge.positions.coverage import COVERAGE_FILE
from models.knowledge.positions.join import look_up

ASKED_SECONDS = 5.0
# source -> (rows, in genes only, substitutions only, columns): rows as released, but for gnomAD's exomes, where
# v2.1.1 has 17 million and v4.1 183 million.
SOURCES: dict[str, tuple[int, bool, bool, pa.Schema]] = {
    "clinvar": (2_500_000, True, False, clinvar.SCHEMA),
    "gnomad_exomes": (40_000_000, True, False, gnomad_sites.SCHEMA),
    "gnomad_genomes": (70_000_000, False, False, gnomad_sites.SCHEMA),
    "alphamissense": (71_000_000, True, True, alphamissense.SCHEMA),
    "revel": (82_000_000, True, True, revel.SCHEMA),
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scale", type=float, default=1.0, help="share of the full sizes of the tables")
    asked.add_argument("--case", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--cache", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = given.cache or Path(scratch)
        listed = {name: Listed(round(s[0] * given.scale), s[1], s[2]) for name, s in SOURCES.items()}
        for name, of in listed.items():
            if not (place / name / COVERAGE_FILE).exists():
                table(place / name, name, of, SOURCES[name][3])
        halves = (case(given.case // 2, listed[name], share_listed=0.9) for name in ("gnomad_exomes", "gnomad_genomes"))
        alleles = together(*halves)
        releases = [release(place / name, name) for name in SOURCES]
        seconds, cpu_seconds = [], []
        for _ in range(given.runs + 1):
            started, busy = time.perf_counter(), time.process_time()
            joined = look_up(alleles, releases)
            seconds.append(time.perf_counter() - started)
            cpu_seconds.append(time.process_time() - busy)
        for name, of in joined.items():
            found = int((of.state == State.FOUND).sum())
            print(f"{name:16} {listed[name].rows:12,} rows   {found:8,} of {len(alleles):,} alleles found")
    median = statistics.median(seconds[1:])
    print(f"five sources {median:.1f} s (median of {given.runs}; asked: below {ASKED_SECONDS:.0f} s)")
    print(f"of the processors {statistics.median(cpu_seconds[1:]):.1f} s, all cores together")
    print(
        f"the first time in a process {seconds[0]:.1f} s; peak of the process, the making included, {peak_mb():,.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

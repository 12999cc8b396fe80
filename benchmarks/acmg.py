"""ACMG/AMP classes against ClinGen's expert panels: from their own criteria, and from data alone.

    python -m benchmarks.acmg [--data ../shared/data] [--limit N]

The experts' class and criteria are read here, to compare; `models.evaluation.acmg` never reads them when it judges
from data. No threshold was chosen on these rows: each is a published guideline's or a panel's.
"""

import argparse
from pathlib import Path

import pandas as pd

from benchmarks.acmg_annotation import training_tables_evidence
from benchmarks.acmg_codes import compared, show_codes
from benchmarks.acmg_data import show_data, show_reach
from models.evaluation.acmg_judge import JudgeOfRecords
from models.evaluation.acmg_table import read_records
from models.knowledge import load_knowledge

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TABLE = "gene/acmg/clingen_erepo.tsv.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="only the first so many variants of part (b)")
    arguments = parser.parse_args()
    path = arguments.data / TABLE
    records = read_records(path, ("uuid", "codes_met", "variation", "gene"), print)
    labels = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    rows = [tuple(map(str, r)) for r in labels[["assertion", "retracted", "approval_date"]].itertuples(index=False)]
    show_codes(compared(records, [(a, b, c) for a, b, c in rows]))

    show_reach(records, [r[0] for r in rows])
    records, asserted = records[: arguments.limit], [r[0] for r in rows[: arguments.limit]]
    knowledge = load_knowledge()
    alone = JudgeOfRecords(knowledge, {})
    show_data("From data alone, with what ships", records, asserted, [alone(r) for r in records])
    known = training_tables_evidence(records, arguments.data)
    annotated = JudgeOfRecords(knowledge, known)
    show_data("From data alone, with the annotation we have", records, asserted, [annotated(r) for r in records])
    some = [i for i, r in enumerate(records) if r.line in known and known[r.line].frequency is not None]
    show_data(
        "The same, only the variants whose frequency we have",
        [records[i] for i in some],
        [asserted[i] for i in some],
        [annotated(records[i]) for i in some],
    )


if __name__ == "__main__":
    main()

"""How long ranking takes on a bare exome: first time, after a change of terms, and one explanation.

    python -m benchmarks.ranking_speed [--rows 100000]

The bare exome is made of random places in MANE genes, so that genes, regions and pairs are as crowded
as in a real one. Best of three; on a busy machine the CPU time tells more than the wall.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from models.case import Assembly, Case, FileFacts, Genotypes, Patient, Phenotype, Sex, Term, VariantTable
from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.knowledge import Knowledge, load_knowledge
from models.ranking import explain, load_scorer, rank, rerank
from models.ranking.training.spiked import BARE_FILE, table_frame
from tests.builders import a_single

TERMS = ("HP:0001250", "HP:0001263", "HP:0002133", "HP:0001252", "HP:0000252")


def bare_exome(rows: int, knowledge: Knowledge) -> Case:
    """One person, genotypes only."""
    generator = np.random.default_rng(1)
    genes = knowledge.transcripts.table
    at = generator.integers(0, len(genes), rows)
    inside = generator.random(rows)
    start, size = genes["start_1based"].to_numpy()[at], 20_000
    frame = pd.DataFrame(
        {
            "chrom": genes["chrom"].to_numpy()[at],
            "pos_1based": (start + inside * size).astype(np.int32),
            "ref": "A",
            "alt": generator.choice(["G", "AT"], rows, p=[0.93, 0.07]),
            "gene": "",
            "consequence": "",
            "hgvs_p": "",
            "af_fraction": 0.0,
            "qual_phred": np.float32(50),
            "filter": "PASS",
        }
    ).sort_values(["chrom", "pos_1based"], kind="stable", ignore_index=True)
    copies = generator.choice([1, 2], (rows, 1), p=[0.6, 0.4]).astype(np.int8)
    whole = {name: np.full((rows, 1), -1, dtype=kind) for name, kind in (("gq", np.int16), ("depth", np.int32))}
    zero = np.zeros((rows, 1), dtype=np.int8)
    calls = Genotypes(
        copies, zero + 2, zero + 2, zero, zero.astype(np.int32), whole["gq"], whole["depth"], whole["depth"],
        np.full((rows, 1), np.nan, dtype=np.float32),
    )  # fmt: skip
    facts = FileFacts("bare.vcf", "0" * 64, Assembly.GRCH38, "made for this benchmark", ("proband",), records=rows)
    table = VariantTable(table_frame(frame, BARE_FILE, generator), calls, ("proband",), facts)
    phenotype = Phenotype(tuple(Term(t, t) for t in TERMS))
    return Case("bare", "0" * 64, Patient("BARE", Sex.FEMALE), table, a_single(), phenotype)


def best_of_three(task: Callable[[], object]) -> tuple[float, float]:
    """(wall, CPU) seconds of the quickest of three runs."""
    times = []
    for _ in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        task()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    rows = options.parse_args().rows
    knowledge, scorer = load_knowledge(), load_scorer()
    case = bare_exome(rows, knowledge)
    evidence = assess_variants(case, knowledge)
    phenotype = score_phenotype(case.phenotype, knowledge)
    first = rank(case, evidence, phenotype, knowledge, scorer)
    row = int(first.table["row"].iloc[0])
    explain(first, row, case, evidence, phenotype, scorer)
    print(f"| {len(first.table):,} ranked variants | wall s | CPU s |\n|---|---|---|")
    tasks: dict[str, Callable[[], object]] = {
        "assess": lambda: assess_variants(case, knowledge),
        "score the terms": lambda: score_phenotype(case.phenotype, knowledge),
        "rank": lambda: rank(case, evidence, phenotype, knowledge, scorer),
        "rank again with other terms": lambda: rerank(first, evidence, phenotype, scorer),
        "explain one variant": lambda: explain(first, row, case, evidence, phenotype, scorer),
    }
    for name, task in tasks.items():
        wall, cpu = best_of_three(task)
        print(f"| {name} | {wall:.3f} | {cpu:.3f} |")


if __name__ == "__main__":
    main()

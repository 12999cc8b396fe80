"""How fast a whole case becomes a ranked list, as ratios to `bcftools view -Ou` on the same file.

    python benchmarks/case_speed.py --cache ~/.cache/caseboard-bench [--runs 5]

The file is the annotated 100,000-variant exome trio of intake_speed.py, with a PED file and twelve HPO
terms. Runs are paired: bcftools, then ours. "File to ranked list" is everything a person waits for after
giving the files: peek, read, keep, check, assess, rank. "Opened again" is a stored case from disk to its
ranked list. Knowledge and model are loaded once before, as in the running application.
"""

import argparse
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.intake_speed import bcftools, made, timed
from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, keep_a_child_ready, read_case, warm_up
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.workup import inspect, rerank, work_up

FAMILY = ["CHILD", "MOTHER", "FATHER"]
PED = "F CHILD FATHER MOTHER 2 2\nF FATHER 0 0 1 1\nF MOTHER 0 0 2 1\n"
TERMS = "HP:0001250 HP:0002373 HP:0001263 HP:0002376 HP:0001251 HP:0002133 HP:0000729 HP:0001252 HP:0002353 HP:0000750"
BARS = {
    "file to ranked list": "5 x",
    "opened again": "0.5 s",
    "ranked again (terms)": "0.3 s",
    "assess and rank": "2 s",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    vcf = made(arguments.cache, "exome", 100_000, FAMILY, rich=True)
    knowledge, scorer = load_knowledge(), load_scorer()
    warm_up()
    keep_a_child_ready()
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        ped = Path(folder) / "family.ped"
        ped.write_text(PED)
        files = (GivenFile(vcf, "exome.vcf.gz"), GivenFile(ped, "family.ped"))
        store = CaseStore(Path(folder))
        # Made-up genotypes break Mendel's rules: the checks run in every timed round and are overridden.
        case = read_case(files, store.new_draft(), CaseOptions(terms=TERMS))
        codes = frozenset(f.key for f in inspect(case, knowledge)[1])
        for _ in range(arguments.runs):
            rounds.append(one_round(vcf, files, store, codes, knowledge, scorer))
    _print({name: [r[name] for r in rounds] for name in rounds[0]})


def one_round(vcf, files, store, codes, knowledge, scorer) -> dict[str, float]:
    """Seconds of each step, bcftools first."""
    draft = store.new_draft()
    made_here = []

    def whole() -> None:
        case = read_case(files, draft, CaseOptions(terms=TERMS))
        made_here.append(work_up(case, knowledge, scorer, codes))

    seconds = {"bcftools view -Ou": timed(lambda: bcftools(vcf)), "file to ranked list": timed(whole)}
    workup = made_here[0]
    summary = store.keep(draft, workup.case, datetime.now(UTC))
    fewer = workup.case.phenotype.without("HP:0001250")
    return seconds | {
        "opened again": timed(lambda: work_up(store.open(summary.id), knowledge, scorer, codes)),
        "assess and rank": timed(lambda: work_up(workup.case, knowledge, scorer, codes)),
        "ranked again (terms)": timed(lambda: rerank(workup, fewer, scorer)),
    }


def _print(seconds: dict[str, list[float]]) -> None:
    base = statistics.median(seconds["bcftools view -Ou"])
    print(f"{'':24}{'median s':>10}{'ratio':>8}  bar")
    for name, values in seconds.items():
        ratios = [v / b for v, b in zip(values, seconds["bcftools view -Ou"], strict=True)]
        print(f"{name:24}{statistics.median(values):>10.2f}{statistics.median(ratios):>8.2f}  {BARS.get(name, '')}")
    print(f"bcftools itself: {base:.2f} s")


if __name__ == "__main__":
    main()

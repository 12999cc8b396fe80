"""`cli.py train|benchmark|evaluate`: the ranking made and measured."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from components.terminal import EXIT_DONE

SAMPLE_ALLELES = Path(__file__).resolve().parents[2] / "sample_data" / "facts" / "published_alleles.tsv"


def train(arguments: argparse.Namespace) -> int:
    from models.ranking.training import read_alleles, train

    samples = read_alleles(SAMPLE_ALLELES)
    train(
        arguments.data,
        arguments.out,
        progress=lambda text: print(text, file=sys.stderr, flush=True),
        kept_out=samples,
    )
    return EXIT_DONE


def benchmark(arguments: argparse.Namespace) -> int:
    from benchmarks.suite import measure

    measure(arguments.data, arguments.only, say=lambda text: print(text, file=sys.stderr, flush=True))
    return EXIT_DONE


def evaluate(arguments: argparse.Namespace) -> int:
    asked = {k: v for k, v in vars(arguments).items() if k not in {"what", "run", "rest"}}
    if arguments.what == "phenotype":
        from models.evaluation.phenotype import evaluate_phenotype as evaluate
    elif arguments.what == "variants":
        from models.evaluation.variants import evaluate_variants as evaluate
    elif arguments.what == "acmg":
        from models.evaluation.acmg import evaluate_acmg as evaluate
    else:
        from models.evaluation.cases import CaseRun, evaluate_cases

        def evaluate(progress: Callable[[str], None], **asked: Any) -> None:
            evaluate_cases(CaseRun(**asked), progress)

    evaluate(**asked, progress=lambda text: print(text, file=sys.stderr, flush=True))
    return EXIT_DONE

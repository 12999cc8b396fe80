"""`cli.py train|benchmark|evaluate`: the ranking made and measured."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

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
    _measure(arguments.what)(**asked, progress=lambda text: print(text, file=sys.stderr, flush=True))
    return EXIT_DONE


def _measure(what: str) -> Callable[..., None]:
    """What measures one kind of table; only that is imported."""
    if what == "phenotype":
        from models.evaluation.phenotype import evaluate_phenotype

        return evaluate_phenotype
    if what == "variants":
        from models.evaluation.variants import evaluate_variants

        return evaluate_variants
    if what == "acmg":
        from models.evaluation.acmg import evaluate_acmg

        return evaluate_acmg
    from models.evaluation.cases import CaseRun, evaluate_cases

    return lambda progress, **asked: evaluate_cases(CaseRun(**asked), progress)

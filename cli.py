"""Caseboard in the terminal. Exit 0: done. Exit 2: the input cannot be used (one sentence says why).

Exit 1 is a defect of Caseboard itself. `start` and `test` need nothing but Python: they make their
own virtual environment first. Everything else runs inside it (`.venv/bin/python cli.py ...`).
"""

import importlib
import sys
from collections.abc import Sequence

from components.terminal import EXIT_BAD_INPUT
from components.terminal.words import parser

BEFORE_ANYTHING_IS_INSTALLED = ("serving:start", "serving:test")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = parser()
    arguments, rest = words.parse_known_args(argv)
    if rest and arguments.run != "serving:test":
        words.error(f"not understood: {' '.join(rest)}")
    arguments.rest = rest
    module, _, function = arguments.run.partition(":")
    run = getattr(importlib.import_module(f"components.terminal.{module}"), function)
    if arguments.run in BEFORE_ANYTHING_IS_INSTALLED:
        return int(run(arguments))
    from models.errors import CaseboardError, NeedsOverride
    from models.vault import home_folder, keep_temporary_files_in

    keep_temporary_files_in(home_folder())
    try:
        return int(run(arguments))
    except NeedsOverride:
        print("Ranking waits for these checks; to go on in spite of one: --override CODE", file=sys.stderr)
        return EXIT_BAD_INPUT
    except CaseboardError as problem:
        print(str(problem), file=sys.stderr)
        return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())

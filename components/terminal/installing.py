"""`cli.py knowledge`: reference knowledge, installed from the terminal."""

import argparse
import sys
from datetime import UTC, datetime

from components.terminal import EXIT_BAD_INPUT, EXIT_DONE


def knowledge(arguments: argparse.Namespace) -> int:
    from models.knowledge import SOURCES, Library, library_folder
    from models.knowledge.library.commands import Desk, run

    desk = Desk(Library(library_folder()), SOURCES, datetime.now(UTC), sys.stdout, sys.stderr)
    return EXIT_DONE if run(arguments, desk) else EXIT_BAD_INPUT

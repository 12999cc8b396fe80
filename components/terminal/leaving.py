"""`cli.py export|retention|delete`: cases that go, as a copy or for good."""

import argparse
from contextlib import closing
from datetime import UTC, datetime

from components.terminal import EXIT_DONE


def export(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.knowledge import Library, library_folder, load_knowledge
    from models.privacy.from_store import Wish, take_out_stored
    from models.ranking import load_scorer
    from models.review import DecisionLog, decisions_at

    known, scorer = load_knowledge(library=Library(library_folder())), load_scorer()
    wish = Wish(arguments.case_id, arguments.out, arguments.name, datetime.now(UTC), arguments.days_only)
    with closing(DecisionLog(decisions_at(home()))) as log:
        package = take_out_stored(CaseStore(home()), log, known, scorer, wish)
    print(f"{arguments.out.name}: sha256 {package.sha256}")
    print(f"{package.left_out} free texts are left out: to let one go, read it on the Report page.")
    return EXIT_DONE


def retention(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.review import DecisionLog, decisions_at
    from models.review.deletion_told import retention_lines

    with closing(DecisionLog(decisions_at(home()))) as log:
        print(*retention_lines(log, CaseStore(home()), datetime.now(UTC)), sep="\n")
    return EXIT_DONE


def delete(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.review import DecisionLog, decisions_at
    from models.review.deletion_terminal import Asking, carry_out

    asking = Asking(arguments.case_id, arguments.name, arguments.reason, arguments.note, arguments.ask, arguments.yes)
    with closing(DecisionLog(decisions_at(home()))) as log:
        print(carry_out(log, home(), asking, datetime.now(UTC), input))
    return EXIT_DONE

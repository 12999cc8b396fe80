"""`cli.py rank|check|reanalyse`: cases in the terminal."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from components.terminal import EXIT_DONE

if TYPE_CHECKING:
    from models.case import Finding
    from models.intake import CaseOptions, GivenFile


def rank(arguments: argparse.Namespace) -> int:
    from models.intake import read_case
    from models.knowledge import Library, library_folder, load_knowledge
    from models.ranking import load_scorer
    from models.reporting import ranking_as_json, ranking_as_tsv
    from models.workup import inspect, work_up

    with tempfile.TemporaryDirectory(prefix="caseboard-") as folder:
        case = read_case(_given(arguments), Path(folder), _options(arguments))
        knowledge = load_knowledge(library=Library(library_folder()))
        case, findings = inspect(case, knowledge)
        workup = work_up(case, knowledge, load_scorer(), _told(findings, arguments.override))
        print(workup.confidence.sentence, file=sys.stderr)
        write = ranking_as_json if arguments.format == "json" else ranking_as_tsv
        sys.stdout.write(write(workup, arguments.top))
    return EXIT_DONE


def check(arguments: argparse.Namespace) -> int:
    from models.errors import InputError
    from models.intake import check_vcf

    if not arguments.file.is_file():
        raise InputError("no such file.", arguments.file.name)
    for finding in check_vcf(arguments.file):
        print(f"{finding.severity.value}: {finding.where}: {finding.sentence}", file=sys.stderr)
    print(f"{arguments.file.name}: acceptable")
    return EXIT_DONE


def reanalyse(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.knowledge import Library, library_folder, load_knowledge
    from models.ranking import load_scorer
    from models.reanalysis import reanalyse_all
    from models.reporting import changed_as_json, changed_as_text
    from models.review import DecisionLog, decisions_at

    store, log = CaseStore(home()), DecisionLog(decisions_at(home()))
    found = []
    for case, compared in reanalyse_all(store, log, load_knowledge(library=Library(library_folder())), load_scorer()):
        print(f"{case.patient.pseudonym}: done", file=sys.stderr, flush=True)
        found.append((case, compared))
    sys.stdout.write((changed_as_json if arguments.json else changed_as_text)(found))
    return EXIT_DONE


def _given(arguments: argparse.Namespace) -> "tuple[GivenFile, ...]":
    """The folder's files, or the VCF, with what was named beside it. Raises InputError for a name without a file."""
    from models.errors import InputError
    from models.intake import GivenFile, files_of

    case: Path = arguments.case
    if not case.is_dir() and not case.is_file():
        raise InputError("no such file or folder; give a case folder or a VCF.", case.name)
    beside = [path for path in (arguments.ped, arguments.fhir, _terms_file(arguments.hpo)) if path]
    for path in beside:
        if not path.is_file():
            raise InputError("no such file; check the name.", path.name)
    found = files_of(case) if case.is_dir() else (GivenFile(case, case.name),)
    return (*found, *(GivenFile(path, path.name) for path in beside))


def _terms_file(hpo: str | None) -> Path | None:
    """The file that `--hpo` names, None when it holds the ids themselves."""
    try:
        return Path(hpo) if hpo and Path(hpo).is_file() else None
    except OSError:  # a long list of ids is too long for a file name
        return None


def _options(arguments: argparse.Namespace) -> "CaseOptions":
    from models.case import Assembly, Sex
    from models.intake import CaseOptions

    return CaseOptions(
        proband=arguments.sample or "",
        sex=Sex(arguments.sex),
        terms="" if _terms_file(arguments.hpo) else arguments.hpo or "",
        assembly=Assembly(arguments.assembly),
    )


def _told(findings: "tuple[Finding, ...]", codes: Sequence[str]) -> frozenset[str]:
    """Say every finding on stderr; the keys of those that wait and whose code was given with --override."""
    from models.workup import blocking

    waiting = blocking(findings, frozenset())
    passed = frozenset(f.key for f in waiting if f.code in codes)
    for finding in findings:
        where = f"{finding.where}: " if finding.where else ""
        how = "overridden" if finding.key in passed else finding.severity.value
        print(f"{how} [{finding.code}]: {where}{finding.sentence}", file=sys.stderr)
    for code in dict.fromkeys(codes):
        if all(code != f.code for f in waiting):
            print(f"note: no check [{code}] waits here; --override {code} changed nothing.", file=sys.stderr)
    return passed

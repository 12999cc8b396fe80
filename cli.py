"""Caseboard in the terminal. Exit 0: done. Exit 2: the input cannot be used (one sentence says why).

Exit 1 is a defect of Caseboard itself. `start` and `test` need nothing but Python: they make their
own virtual environment first. Everything else runs inside it (`.venv/bin/python cli.py ...`).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.case import Finding
    from models.intake import CaseOptions, GivenFile
    from models.review.sealed import Keys, Seal

HERE = Path(__file__).resolve().parent
EXIT_DONE = 0
EXIT_BAD_INPUT = 2
REASONS = ("retention-ended", "consent-withdrawn", "patient-asked", "entered-in-error", "other")


def _environment(*more: str) -> str:
    """The Python of our virtual environment, made first if need be."""
    command = [sys.executable, HERE / ".setup" / "environment.py", *more]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode:
        sys.exit(made.returncode)
    return made.stdout.strip()


def _start(arguments: argparse.Namespace) -> int:
    python = _environment()
    if arguments.vault:  # in our place: Ctrl+C must reach it, and leave it the time to close the vault
        words = [python, str(HERE / "cli.py"), "vault", "start", *_passed_on(arguments)]
        os.execv(python, words)  # noqa: S606  our own interpreter and program, no shell
    return subprocess.run(_serving(python, arguments.port), cwd=HERE, check=False).returncode


def _passed_on(arguments: argparse.Namespace) -> list[str]:
    """The words of `start --vault` for `vault start`."""
    words = [f"--port={arguments.port}", f"--passphrase-command={arguments.passphrase_command}"]
    return words if arguments.passphrase_fd is None else [*words, f"--passphrase-fd={arguments.passphrase_fd}"]


def _vault(arguments: argparse.Namespace) -> int:
    from models.knowledge import library_folder
    from models.review import decisions_at
    from models.review.restore import nobody_has_it_open
    from models.vault import home_folder, vault_of
    from models.vault.commands import Desk, run

    home, kept = home_folder(), decisions_at(home_folder())
    desk = Desk(
        vault_of(home),
        outside="knowledge" if library_folder() == home / "knowledge" else "",
        settle=lambda: nobody_has_it_open(kept) if isinstance(kept, Path) else None,
        elsewhere=isinstance(kept, str),
        serve=lambda environment: subprocess.Popen(_serving(sys.executable, arguments.port), cwd=HERE, env=environment),
        ask=input if sys.stdin.isatty() else None,
        out=sys.stdout,
    )
    return run(arguments, desk)


def _serving(python: str, port: int) -> list[str]:
    print(f"caseboard: starting on http://127.0.0.1:{port} (stop with Ctrl+C)", flush=True)
    return [python, "-m", "streamlit", "run", str(HERE / "app.py"), f"--server.port={port}"]


def _test(arguments: argparse.Namespace) -> int:
    python = _environment("--tests")
    run = [python, "-m", "pytest", "-n", "auto", "--dist", "loadscope", *arguments.rest]
    return subprocess.run(run, cwd=HERE, check=False, env={**os.environ, "PYTHONPATH": str(HERE)}).returncode


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


def _rank(arguments: argparse.Namespace) -> int:
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


def _reanalyse(arguments: argparse.Namespace) -> int:
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


def _check(arguments: argparse.Namespace) -> int:
    from models.errors import InputError
    from models.intake import check_vcf

    if not arguments.file.is_file():
        raise InputError("no such file.", arguments.file.name)
    for finding in check_vcf(arguments.file):
        print(f"{finding.severity.value}: {finding.where}: {finding.sentence}", file=sys.stderr)
    print(f"{arguments.file.name}: acceptable")
    return EXIT_DONE


def _train(arguments: argparse.Namespace) -> int:
    from models.ranking.training import read_alleles, train

    samples = read_alleles(HERE / "sample_data" / "facts" / "published_alleles.tsv")
    train(
        arguments.data,
        arguments.out,
        progress=lambda text: print(text, file=sys.stderr, flush=True),
        kept_out=samples,
    )
    return EXIT_DONE


def _benchmark(arguments: argparse.Namespace) -> int:
    from benchmarks.suite import measure

    measure(arguments.data, arguments.only, say=lambda text: print(text, file=sys.stderr, flush=True))
    return EXIT_DONE


def _evaluate(arguments: argparse.Namespace) -> int:
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


def _knowledge(arguments: argparse.Namespace) -> int:
    from models.knowledge import SOURCES, Library, library_folder
    from models.knowledge.library.commands import Desk, run

    desk = Desk(Library(library_folder()), SOURCES, datetime.now(UTC), sys.stdout, sys.stderr)
    return EXIT_DONE if run(arguments, desk) else EXIT_BAD_INPUT


def _knowledge_parser(knowledge: argparse.ArgumentParser) -> None:
    verbs = knowledge.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help="every source: what is in use, how old, what can be installed, licence")
    install = verbs.add_parser("install", help="download a source, or take it from files, and use it")
    update = verbs.add_parser("update", help="ask for newer releases of one source, or of all that are installed")
    remove = verbs.add_parser("remove", help="remove one installed release")
    use = verbs.add_parser("use", help="use another installed release: go back, or forward again")
    verify = verbs.add_parser("verify", help="compare every installed file with what was installed")
    for parser in (listed, update):
        parser.add_argument("source", metavar="SOURCE", nargs="?", default="", help="all of them without it")
    listed.add_argument("--addresses", action="store_true", help="only the addresses that a download asks")
    for parser in (install, remove, use):
        parser.add_argument("source", metavar="SOURCE", help="as `knowledge list` names it")
    for parser in (install, update, remove, use):
        parser.add_argument("--build", choices=("GRCh38", "GRCh37"), default="", help="the genome build")
    for parser in (install, update):
        parser.add_argument("--mirror", default="", metavar="URL", help="a server with the same paths as the owners'")
    install.add_argument("--file", type=Path, nargs="+", default=[], metavar="PATH", help="files you already have")
    install.add_argument("--accept-licence", default="", metavar="NAME", help="who accepts the licence")
    remove.add_argument("--release", default="", metavar="V", help="its version; not needed when there is one only")
    remove.add_argument("--in-use", action="store_true", help="also when it is the one in use")
    use.add_argument("--release", required=True, metavar="V", help="its version")
    verify.add_argument("--repair", action="store_true", help="write the list of releases in use again")
    knowledge.set_defaults(run=_knowledge)


def _backup(arguments: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from models.case.store import home
    from models.health import remembered
    from models.review import decisions_at
    from models.review.backup import back_up, lines
    from models.review.sealed import unencrypted_from_vault

    manifest = back_up(decisions_at(home()), home(), arguments.file, datetime.now(UTC), _seal(arguments))
    print(f"{arguments.file.name}: whole", *lines(manifest), sep="\n")
    _say_if(remembered(arguments.file, home(), manifest, datetime.now(UTC)))
    _say_if(unencrypted_from_vault(home(), arguments.file))
    return EXIT_DONE


def _seal(arguments: argparse.Namespace) -> "Seal | None":
    """How the backup is to be encrypted; None where nobody asked for it."""
    from models.review.sealed import Seal
    from models.vault import passphrase

    if arguments.to:
        return Seal(to=tuple(arguments.to))
    if not arguments.encrypt:
        return None
    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    return Seal(passphrase.new(asked, "A passphrase for this backup: "))


def _keys(arguments: argparse.Namespace) -> "Keys":
    """What may open an encrypted backup; nobody is asked before it is needed."""
    from models.review.sealed import Keys
    from models.vault import passphrase

    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    return Keys(lambda: passphrase.current(asked, "The passphrase: "), arguments.key)


def _backup_key(arguments: argparse.Namespace) -> int:
    from models.vault import passphrase
    from models.vault.age_file import write_key

    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    public = write_key(arguments.file, passphrase.new(asked, "A passphrase for this key: "))
    print(f"Keep {arguments.file.name} apart from the backups, and its passphrase in a safe. Its public half:")
    print(public)
    return EXIT_DONE


def _say_if(sentence: str) -> None:
    """What did not work beside the work itself."""
    if sentence:
        print(sentence, file=sys.stderr)


def _restore(arguments: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from models.case.store import home
    from models.review import DecisionLog, decisions_at
    from models.review.backup import lines
    from models.review.carried import told
    from models.review.restore import restore

    manifest, before = restore(arguments.file, home(), decisions_at(home()), datetime.now(UTC), _keys(arguments))
    print("Restored to the state of the backup.", *lines(manifest), sep="\n")
    with closing(DecisionLog(decisions_at(home()))) as log:
        _say_if(told(log, manifest))
    if before:
        print(f"What was here before is kept in {before.name}.")
    return EXIT_DONE


def _retention(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.review import DecisionLog, decisions_at
    from models.review.deletion_told import retention_lines

    with closing(DecisionLog(decisions_at(home()))) as log:
        print(*retention_lines(log, CaseStore(home()), datetime.now(UTC)), sep="\n")
    return EXIT_DONE


def _export(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.knowledge import Library, library_folder, load_knowledge
    from models.privacy.from_store import Wish, take_out_stored
    from models.ranking import load_scorer
    from models.review import DecisionLog, decisions_at

    store, log = CaseStore(home()), DecisionLog(decisions_at(home()))
    known, scorer = load_knowledge(library=Library(library_folder())), load_scorer()
    wish = Wish(arguments.case_id, arguments.out, arguments.name, datetime.now(UTC), arguments.days_only)
    package = take_out_stored(store, log, known, scorer, wish)
    print(f"{arguments.out.name}: sha256 {package.sha256}")
    print(f"{package.left_out} free texts are left out: to let one go, read it on the Report page.")
    return EXIT_DONE


def _delete(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.review import DecisionLog, decisions_at
    from models.review.deletion_desk import Asking, carry_out

    asking = Asking(arguments.case_id, arguments.name, arguments.reason, arguments.note, arguments.ask, arguments.yes)
    with closing(DecisionLog(decisions_at(home()))) as log:
        print(carry_out(log, home(), asking, datetime.now(UTC), input))
    return EXIT_DONE


def _verify(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.errors import IntegrityError
    from models.health import keep, verify_all
    from models.review import DecisionLog, decisions_at
    from models.review.backup import head_in_sealed

    log = DecisionLog(decisions_at(home()))
    verified = verify_all(log, CaseStore(home()), datetime.now(UTC))
    _say_if(keep(home(), verified))
    then = head_in_sealed(arguments.since, _keys(arguments), home()) if arguments.since and not verified.wrong else None
    gone = log.first_not_following(then) if then else None
    if wrong := verified.wrong or ((gone.sentence,) if gone else ()):
        raise IntegrityError("\n".join(wrong))
    print(f"{verified.events:,} decisions on {verified.cases:,} cases: each is as it was saved")
    print(f"{verified.reports:,} signed reports: every byte is as it was signed\nhead {verified.head}")
    return EXIT_DONE


def _health(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.health import CHECKS, as_json, as_lines, judged, measure
    from models.knowledge import Library, library_folder
    from models.review import DecisionLog, decisions_at

    facts = measure(home(), lambda: DecisionLog(decisions_at(home())), Library(library_folder()), datetime.now(UTC))
    health = judged(CHECKS, facts)
    sys.stdout.write(as_json(health) if arguments.json else "\n".join((*as_lines(health), "")))
    return EXIT_DONE if health.in_order else EXIT_BAD_INPUT


def _evaluate_parser(evaluate: argparse.ArgumentParser) -> None:
    tables = evaluate.add_subparsers(dest="what", required=True, metavar="WHAT")

    phenotype = tables.add_parser("phenotype", help="rank of each patient's causal gene by phenotype alone")
    phenotype.add_argument(
        "--cases", type=Path, required=True, help="patients with HPO terms and causal gene (Parquet)"
    )
    phenotype.add_argument("--annotations", type=Path, required=True, help="an HPO annotation release (Parquet)")
    phenotype.add_argument("--gene-disease", type=Path, required=True, help="which gene goes with which disease")

    variants = tables.add_parser("variants", help="a damage score for each variant of a table")
    variants.add_argument("--table", type=Path, required=True, help="variants; any feature column may be absent")
    variants.add_argument("--without-af", action="store_true", help="judge without population frequencies")

    acmg = tables.add_parser("acmg", help="an ACMG/AMP class for each variant of a table of expert classifications")
    acmg.add_argument(
        "--table", type=Path, required=True, help="columns as in ClinGen's Evidence Repository, TSV, gzip"
    )
    acmg.add_argument("--from-codes", action="store_true", help="combine the experts' own criteria (codes_met)")
    acmg.add_argument("--knowledge", type=Path, metavar="FOLDER", help="also the releases installed here")

    cases = tables.add_parser("cases", help="rank of each patient's causal variant, spiked into a real exome")
    cases.add_argument("--cases", type=Path, required=True, help="patients with terms and causal variants (Parquet)")
    cases.add_argument("--manifest", type=Path, required=True, help="which patient goes into which background")
    cases.add_argument("--backgrounds", type=Path, required=True, help="the folder of background VCFs")
    cases.add_argument("--trio", action="store_true", help="with both parents")
    cases.add_argument("--ablate", choices=("phenotype", "variant"), help="rank without this part")
    cases.add_argument("--annotations", type=Path, help="a frozen HPO annotation release (Parquet), else the shipped")
    cases.add_argument("--gene-disease", type=Path, help="which gene goes with which disease, with --annotations")
    cases.add_argument("--bare", action="store_true", help="the file brings no annotation at all")
    cases.add_argument("--limit", type=int, help="only the first so many cases")
    for table in (phenotype, variants, cases):
        table.add_argument("--out", type=Path, required=True, help="the Parquet file to write")
    acmg.add_argument("--out", type=Path, required=True, help="the TSV file to write: uuid, class, points, criteria")


def _opening(parser: argparse.ArgumentParser) -> None:
    from models.vault.options import add_options

    parser.add_argument("--key", type=Path, metavar="FILE", help="the secret half of the key a backup is encrypted to")
    add_options(parser)


def _keeping(commands: Any) -> None:
    """What keeps the data: vault, backup, restore, verify, health."""
    from models.vault.options import add_options, add_verbs

    vault = commands.add_parser("vault", help="keep the data of this installation encrypted on the disk")
    add_verbs(vault)
    vault.set_defaults(run=_vault)

    backup = commands.add_parser("backup", help="every decision and case in one file, also while Caseboard runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file; it holds patients' data")
    backup.add_argument("--encrypt", action="store_true", help="so that only a passphrase opens it")
    backup.add_argument("--to", action="append", default=[], metavar="age1...", help="so that only this key opens it")
    add_options(backup)
    backup.set_defaults(run=_backup)

    backup_key = commands.add_parser(
        "backup-key", help="a key for backups: whoever makes them needs its public half only"
    )
    backup_key.add_argument("file", type=Path, metavar="FILE", help="a new file for the secret half, locked")
    add_options(backup_key)
    backup_key.set_defaults(run=_backup_key)

    restore = commands.add_parser("restore", help="go back to a backup; what is here now is kept beside it")
    restore.add_argument("file", type=Path, metavar="FILE")
    _opening(restore)
    restore.set_defaults(run=_restore)

    export = commands.add_parser("export", help="take a copy of a stored case out, without what identifies the patient")
    export.add_argument("case_id", metavar="CASE_ID", help="as `retention` lists it")
    export.add_argument("--deidentified", action="store_true", required=True, help="by Safe Harbor's 18 identifiers")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="a new file")
    export.add_argument("--name", required=True, help="who takes it out; kept in the chain of the case")
    export.add_argument("--days-only", action="store_true", help="no moved dates, only days since the first entry")
    export.set_defaults(run=_export)

    retention = commands.add_parser("retention", help="until when each case is kept, and what was deleted")
    retention.set_defaults(run=_retention)

    delete = commands.add_parser("delete", help="delete a case for good; a certificate stays")
    delete.add_argument("case_id", metavar="CASE_ID", help="as `retention` lists it")
    delete.add_argument("--name", required=True, help="who deletes it")
    delete.add_argument("--reason", required=True, choices=REASONS)
    delete.add_argument("--note", default="", metavar="TEXT", help="why, in words that do not name the patient")
    delete.add_argument("--ask", action="store_true", help="ask for it, as the first of two people")
    delete.add_argument("--yes", action="store_true", help="without typing the case id again")
    delete.set_defaults(run=_delete)

    verify = commands.add_parser(
        "verify", help="walk the chain of every case and compare every signed report: exit 0, or 2 with what is bad"
    )
    verify.add_argument("--since", type=Path, metavar="FILE", help="also that nothing of this backup is gone")
    _opening(verify)
    verify.set_defaults(run=_verify)

    health = commands.add_parser("health", help="look at this installation: exit 0, or 2 when something needs a look")
    health.add_argument("--json", action="store_true", help="for whoever watches many machines")
    health.set_defaults(run=_health)


def _parser() -> argparse.ArgumentParser:
    from models.vault.options import add_options

    parser = argparse.ArgumentParser(prog="cli.py", description="Caseboard: work up genomic cases on this machine.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    start = commands.add_parser("start", help="open the dashboard on the sample patients")
    start.add_argument("--port", type=int, default=8501)
    start.add_argument("--vault", action="store_true", help="open the encrypted vault first, and close it at the end")
    add_options(start)
    start.set_defaults(run=_start)

    test = commands.add_parser("test", help="run every test; further words go to pytest")
    test.set_defaults(run=_test)

    rank = commands.add_parser("rank", help="rank the variants of a case, the same list as on the screen")
    rank.add_argument("case", type=Path, metavar="CASE", help="a case folder, or a VCF")
    rank.add_argument("--top", type=int, default=20, help="how many variants (default 20)")
    rank.add_argument("--format", choices=("tsv", "json"), default="tsv")
    rank.add_argument(
        "--hpo", help="a file of HPO ids, a phenopacket, or ids separated by commas; --hpo=-HP:... excludes"
    )
    rank.add_argument("--ped", type=Path, help="the family as a PED file")
    rank.add_argument("--fhir", type=Path, help="the record as a FHIR R4 bundle")
    rank.add_argument("--sample", help="the patient's sample when the VCF has several")
    rank.add_argument("--sex", choices=("female", "male", "unknown"), default="unknown")
    rank.add_argument("--assembly", choices=("GRCh37", "GRCh38", "unknown"), default="unknown")
    rank.add_argument("--override", action="append", default=[], metavar="CODE", help="go on in spite of this check")
    rank.set_defaults(run=_rank)

    reanalyse = commands.add_parser(
        "reanalyse", help="rank the stored cases again with what is installed now, and say what changed"
    )
    reanalyse.add_argument("--json", action="store_true", help="for other programs")
    reanalyse.set_defaults(run=_reanalyse)

    check = commands.add_parser("check", help="say whether a VCF is acceptable: exit 0, or 2 with the line")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)

    train = commands.add_parser("train", help="make the ranking model again from a data folder")
    train.add_argument("--data", type=Path, required=True, help="a folder with cases/ and pathogenicity/")
    train.add_argument("--out", type=Path, required=True, help="where the model and its manifest go")
    train.set_defaults(run=_train)

    benchmark = commands.add_parser("benchmark", help="measure the ranking again and write its card")
    benchmark.add_argument("--data", type=Path, required=True, help="a folder with cases/ and pathogenicity/")
    benchmark.add_argument("--only", metavar="NAME", help="one table: phenotype, variants or ranking")
    benchmark.set_defaults(run=_benchmark)

    knowledge = commands.add_parser("knowledge", help="install reference knowledge, update it, go back, check it")
    _knowledge_parser(knowledge)

    _keeping(commands)

    evaluate = commands.add_parser("evaluate", help="measure the ranking on tables of your own")
    _evaluate_parser(evaluate)
    evaluate.set_defaults(run=_evaluate)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    arguments, arguments.rest = parser.parse_known_args(argv)
    if arguments.rest and arguments.run is not _test:
        parser.error(f"not understood: {' '.join(arguments.rest)}")
    if arguments.run in (_start, _test):
        return int(arguments.run(arguments))
    from models.errors import CaseboardError, NeedsOverride
    from models.vault import home_folder, keep_temporary_files_in

    keep_temporary_files_in(home_folder())
    try:
        return int(arguments.run(arguments))
    except NeedsOverride:
        print("Ranking waits for these checks; to go on in spite of one: --override CODE", file=sys.stderr)
        return EXIT_BAD_INPUT
    except CaseboardError as problem:
        print(str(problem), file=sys.stderr)
        return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())

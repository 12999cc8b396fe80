"""The words of every command, and which function answers it ("module:function" of this folder).

Needs nothing but Python: it is read before anything is installed.
"""

import argparse
from pathlib import Path
from typing import Any

DELETION_REASONS = ("retention-ended", "consent-withdrawn", "patient-asked", "entered-in-error", "other")
VAULT_VERBS = {
    "create": "make an encrypted vault and move the data into it",
    "open": "open the vault",
    "close": "close it; refused while Caseboard runs",
    "status": "whether there is one, whether it is open, and what encrypts the disk",
    "change-passphrase": "the same key, another passphrase",
    "remove-plain": "delete the unencrypted copy that was moved in",
    "start": "open it, start Caseboard, and close it at the end; the same as `start --vault`",
}


def parser() -> argparse.ArgumentParser:
    """Of `cli.py`; the result has `run`, which function to call."""
    made = argparse.ArgumentParser(prog="cli.py", description="Caseboard: work up genomic cases on this machine.")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for add in (_serving, _ranking, _measuring, _installing, _keeping, _looking, _leaving):
        add(commands)
    return made


def _serving(commands: Any) -> None:
    start = commands.add_parser("start", help="open the dashboard on the sample patients")
    start.add_argument("--port", type=int, default=8501)
    start.add_argument("--vault", action="store_true", help="open the encrypted vault first, and close it at the end")
    _passphrase(start)
    start.set_defaults(run="serving:start")

    test = commands.add_parser("test", help="run every test; further words go to pytest")
    test.set_defaults(run="serving:test")


def _ranking(commands: Any) -> None:
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
    rank.set_defaults(run="ranking:rank")

    reanalyse = commands.add_parser(
        "reanalyse", help="rank the stored cases again with what is installed now, and say what changed"
    )
    reanalyse.add_argument("--json", action="store_true", help="for other programs")
    reanalyse.set_defaults(run="ranking:reanalyse")

    check = commands.add_parser("check", help="say whether a VCF is acceptable: exit 0, or 2 with the line")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run="ranking:check")


def _measuring(commands: Any) -> None:
    train = commands.add_parser("train", help="make the ranking model again from a data folder")
    train.add_argument("--data", type=Path, required=True, help="a folder with cases/ and pathogenicity/")
    train.add_argument("--out", type=Path, required=True, help="where the model and its manifest go")
    train.set_defaults(run="measuring:train")

    benchmark = commands.add_parser("benchmark", help="measure the ranking again and write its card")
    benchmark.add_argument("--data", type=Path, required=True, help="a folder with cases/ and pathogenicity/")
    benchmark.add_argument("--only", metavar="NAME", help="one table: phenotype, variants or ranking")
    benchmark.set_defaults(run="measuring:benchmark")

    evaluate = commands.add_parser("evaluate", help="measure the ranking on tables of your own")
    _evaluating(evaluate)
    evaluate.set_defaults(run="measuring:evaluate")


def _evaluating(evaluate: argparse.ArgumentParser) -> None:
    tables = evaluate.add_subparsers(dest="what", required=True, metavar="WHAT")
    for add in (_of_phenotypes, _of_variants, _of_classes, _of_cases):
        add(tables)


def _of_phenotypes(tables: Any) -> None:
    phenotype = tables.add_parser("phenotype", help="rank of each patient's causal gene by phenotype alone")
    phenotype.add_argument(
        "--cases", type=Path, required=True, help="patients with HPO terms and causal gene (Parquet)"
    )
    phenotype.add_argument("--annotations", type=Path, required=True, help="an HPO annotation release (Parquet)")
    phenotype.add_argument("--gene-disease", type=Path, required=True, help="which gene goes with which disease")
    _into_parquet(phenotype)


def _of_variants(tables: Any) -> None:
    variants = tables.add_parser("variants", help="a damage score for each variant of a table")
    variants.add_argument("--table", type=Path, required=True, help="variants; any feature column may be absent")
    variants.add_argument("--without-af", action="store_true", help="judge without population frequencies")
    _into_parquet(variants)


def _of_classes(tables: Any) -> None:
    acmg = tables.add_parser("acmg", help="an ACMG/AMP class for each variant of a table of expert classifications")
    acmg.add_argument(
        "--table", type=Path, required=True, help="columns as in ClinGen's Evidence Repository, TSV, gzip"
    )
    acmg.add_argument("--from-codes", action="store_true", help="combine the experts' own criteria (codes_met)")
    acmg.add_argument("--knowledge", type=Path, metavar="FOLDER", help="also the releases installed here")
    acmg.add_argument("--out", type=Path, required=True, help="the TSV file to write: uuid, class, points, criteria")


def _of_cases(tables: Any) -> None:
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
    _into_parquet(cases)


def _into_parquet(table: argparse.ArgumentParser) -> None:
    table.add_argument("--out", type=Path, required=True, help="the Parquet file to write")


def _installing(commands: Any) -> None:
    knowledge = commands.add_parser("knowledge", help="install reference knowledge, update it, go back, check it")
    knowledge.set_defaults(run="installing:knowledge")
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


def _keeping(commands: Any) -> None:
    vault = commands.add_parser("vault", help="keep the data of this installation encrypted on the disk")
    _verbs_of_vault(vault)
    vault.set_defaults(run="keeping:vault")

    backup = commands.add_parser("backup", help="every decision and case in one file, also while Caseboard runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file; it holds patients' data")
    backup.add_argument("--encrypt", action="store_true", help="so that only a passphrase opens it")
    backup.add_argument("--to", action="append", default=[], metavar="age1...", help="so that only this key opens it")
    _passphrase(backup)
    backup.set_defaults(run="keeping:backup")

    backup_key = commands.add_parser(
        "backup-key", help="a key for backups: whoever makes them needs its public half only"
    )
    backup_key.add_argument("file", type=Path, metavar="FILE", help="a new file for the secret half, locked")
    _passphrase(backup_key)
    backup_key.set_defaults(run="keeping:backup_key")

    restore = commands.add_parser("restore", help="go back to a backup; what is here now is kept beside it")
    restore.add_argument("file", type=Path, metavar="FILE")
    _opening(restore)
    restore.set_defaults(run="keeping:restore")


def _leaving(commands: Any) -> None:
    export = commands.add_parser("export", help="take a copy of a stored case out, without what identifies the patient")
    export.add_argument("case_id", metavar="CASE_ID", help="as `retention` lists it")
    export.add_argument("--deidentified", action="store_true", required=True, help="by Safe Harbor's 18 identifiers")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="a new file")
    export.add_argument("--name", required=True, help="who takes it out; kept in the chain of the case")
    export.add_argument("--days-only", action="store_true", help="no moved dates, only days since the first entry")
    export.set_defaults(run="leaving:export")

    retention = commands.add_parser("retention", help="until when each case is kept, and what was deleted")
    retention.set_defaults(run="leaving:retention")

    delete = commands.add_parser("delete", help="delete a case for good; a certificate stays")
    delete.add_argument("case_id", metavar="CASE_ID", help="as `retention` lists it")
    delete.add_argument("--name", required=True, help="who deletes it")
    delete.add_argument("--reason", required=True, choices=DELETION_REASONS)
    delete.add_argument("--note", default="", metavar="TEXT", help="why, in words that do not name the patient")
    delete.add_argument("--ask", action="store_true", help="ask for it, as the first of two people")
    delete.add_argument("--yes", action="store_true", help="without typing the case id again")
    delete.set_defaults(run="leaving:delete")


def _looking(commands: Any) -> None:
    verify = commands.add_parser(
        "verify", help="walk the chain of every case and compare every signed report: exit 0, or 2 with what is bad"
    )
    verify.add_argument("--since", type=Path, metavar="FILE", help="also that nothing of this backup is gone")
    _opening(verify)
    verify.set_defaults(run="keeping:verify")

    health = commands.add_parser("health", help="look at this installation: exit 0, or 2 when something needs a look")
    health.add_argument("--json", action="store_true", help="for whoever watches many machines")
    health.set_defaults(run="keeping:health")


def _opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, metavar="FILE", help="the secret half of the key a backup is encrypted to")
    _passphrase(parser)


def _passphrase(parser: argparse.ArgumentParser) -> None:
    """Where a passphrase comes from, for whoever is not at a terminal."""
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read it from this open descriptor, one a line")
    parser.add_argument(
        "--passphrase-command", default="", metavar="COMMAND", help="what prints it, for example of a keyring"
    )


def _verbs_of_vault(vault: argparse.ArgumentParser) -> None:
    verbs = vault.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, words in VAULT_VERBS.items():
        one = verbs.add_parser(verb, help=words)
        _passphrase(one)
        if verb == "start":
            one.add_argument("--port", type=int, default=8501)

"""The words of `cli.py vault` and of every command that asks for a passphrase. Needs nothing but Python."""

import argparse

WORDS = {
    "create": "make an encrypted vault and move the data into it",
    "open": "open the vault",
    "close": "close it; refused while Caseboard runs",
    "status": "whether there is one, whether it is open, and what encrypts the disk",
    "change-passphrase": "the same key, another passphrase",
    "remove-plain": "delete the unencrypted copy that was moved in",
    "start": "open it, start Caseboard, and close it at the end; the same as `start --vault`",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where a passphrase comes from, for whoever is not at a terminal."""
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read it from this open descriptor, one a line")
    parser.add_argument(
        "--passphrase-command", default="", metavar="COMMAND", help="what prints it, for example of a keyring"
    )


def add_verbs(parser: argparse.ArgumentParser) -> None:
    """One parser for each verb."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, words in WORDS.items():
        one = verbs.add_parser(verb, help=words)
        add_options(one)
        if verb == "start":
            one.add_argument("--port", type=int, default=8501)

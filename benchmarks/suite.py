"""Every table of the model card, measured one after the other; each keeps what it printed.

    python cli.py benchmark --data DATA [--only phenotype|variants|ranking]

A table takes minutes; the card says for each which model it measured.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from models.errors import InputError
from models.ranking import SHIPPED
from models.ranking.card import CARD, MEASURED, Measured, card_text, read_measured
from models.ranking.manifest import RANKER_NAME, read_manifest

ROOT = Path(__file__).resolve().parents[1]
# name -> (title of the section, module)
TABLES = {
    "phenotype": ("The gene from the patient's features alone", "benchmarks.phenotype"),
    "variants": ("The damage of a change alone", "benchmarks.variants"),
    "ranking": ("Published patients in real exomes", "benchmarks.ranking"),
}


def measure(data: Path, only: str | None, say: Callable[[str], None]) -> None:
    """Run the tables (or one), keep their print-outs beside the model and write the card.

    Raises InputError for a folder or a name that is not there, or when a table could not be measured.
    """
    if not data.is_dir():
        raise InputError("no such folder; name the one with cases/ and pathogenicity/.", data.name)
    if only and only not in TABLES:
        raise InputError(f"no such table; choose {', '.join(TABLES)}.", only)
    model = str(read_manifest(SHIPPED)["files"][RANKER_NAME])
    for place, name in enumerate(TABLES):
        if only in (None, name):
            say(f"measuring {name} …")
            (MEASURED / f"{place + 1}_{name}.txt").write_text(_table(name, data, model).text(), encoding="utf-8")
    CARD.write_text(card_text(read_manifest(SHIPPED), read_measured()), encoding="utf-8")


def _table(name: str, data: Path, model: str) -> Measured:
    title, module = TABLES[name]
    done = subprocess.run(
        [sys.executable, "-m", module, "--data", str(data.resolve())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError("this table could not be measured; what it said stands above.", module)
    return Measured(title, f"python -m {module} --data DATA", model, done.stdout)

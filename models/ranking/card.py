"""The model card: what the shipped model is, what it learned from, and how it was measured.

`card.md` is made from the manifest and from what the benchmarks printed (`measured/*.txt`), word for
word; nothing in it is written by hand. `python cli.py benchmark` measures and writes it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import IntegrityError
from models.ranking.features import FEATURES, Direction
from models.ranking.manifest import RANKER_NAME
from models.ranking.types import Group

HERE = Path(__file__).parent
MEASURED = HERE / "measured"
CARD = HERE / "card.md"
# What the ranking does not do, in the words of the screen and of the card.
LIMITS = (
    "The score orders variants; it is not a probability of disease and not an ACMG class.",
    "What neither the file nor an installed release brings (frequencies, predictions, ClinVar) is not assessed.",
    "Symbolic, breakend and other alleles without sequence are listed, not scored.",
    "Copy-number, repeat-expansion, deep-intronic and mosaic causes may not be in the file at all: "
    "an empty ranking does not rule out a genetic cause.",
    "Frequencies and annotations describe some ancestry groups better than others; a variant may look rare "
    "only because few people of that group were studied.",
)
_DIRECTIONS = {
    Direction.HIGHER_RANKS_HIGHER: "higher never ranks lower",
    Direction.HIGHER_RANKS_LOWER: "higher never ranks higher",
}


@dataclass(frozen=True)
class Measured:
    """What one benchmark printed. model_sha256: the ranker it measured, as named in its manifest."""

    title: str
    command: str
    model_sha256: str
    printed: str

    @property
    def is_markdown(self) -> bool:
        """Whether it was printed as Markdown tables; else columns are set with spaces."""
        return "|---" in self.printed

    def text(self) -> str:
        """The file's content."""
        return f"{self.title}\n{self.command}\nmodel {self.model_sha256}\n\n{self.printed.rstrip()}\n"


def read_measured(folder: Path = MEASURED) -> tuple[Measured, ...]:
    """Every benchmark's print-out, by file name. Raises IntegrityError when one was changed in its first lines."""
    return tuple(_read(path) for path in sorted(folder.glob("*.txt")))


def _read(path: Path) -> Measured:
    lines = path.read_text(encoding="utf-8").split("\n", 4)
    if len(lines) < 5 or not lines[2].startswith("model ") or lines[3]:
        raise IntegrityError("This measurement is damaged; run 'python cli.py benchmark' again.", path.name)
    return Measured(lines[0], lines[1], lines[2].removeprefix("model "), lines[4])


def card_text(manifest: Mapping[str, Any], measured: tuple[Measured, ...]) -> str:
    """The whole card as Markdown."""
    parts = [
        f"# {manifest['name']}, version {manifest['version']}",
        "Made by `python cli.py benchmark`; do not edit. A LightGBM model that orders the variants of one case by "
        "“is this the one (or one of the pair) that explains this patient”. For research and education; not a "
        "medical device.",
        _data(manifest),
        _features(manifest),
        "## What it cannot see\n\n" + "\n".join(f"- {limit}" for limit in LIMITS),
        *(_section(one, str(manifest["files"][RANKER_NAME])) for one in measured),
        _again(manifest),
    ]
    return "\n\n".join(parts) + "\n"


def _data(manifest: Mapping[str, Any]) -> str:
    rows = [
        f"| {one['file']} | {one['what']} | {one['licence']} | `{str(one['sha256'])[:16]}` |"
        for one in manifest["training_data"]
    ]
    head = ["| file | what | licence | sha256 |", "|---|---|---|---|"]
    left_out = ", ".join(
        f"{count} {name.replace('_', ' ')}" for name, count in manifest["kept_out"]["left_out"].items()
    )
    return "\n".join(
        [
            "## What it learned from",
            "",
            f"{manifest['trained_on']}.",
            "",
            *head,
            *rows,
            "",
            f"Kept out, because the sample patients carry them: {left_out}. No third-party score with non-commercial "
            "terms was trained on; where a file brings one, it adds a fixed, published weight.",
        ]
    )


def _features(manifest: Mapping[str, Any]) -> str:
    lines = ["## What it asks of a variant", "", "| group | what | direction | learned |", "|---|---|---|---|"]
    asked = [f for f in FEATURES if f.name in manifest["features"]]
    for group in Group:
        for f in (f for f in asked if f.group is group):
            learned = "yes" if f.fixed_log_odds is None else f"fixed: {f.fixed_log_odds:.3f} log-odds a point"
            lines.append(f"| {group.value} | {f.label}: {f.how} | {_DIRECTIONS.get(f.direction, 'free')} | {learned} |")
    return "\n".join(lines)


def _section(one: Measured, model_sha256: str) -> str:
    parts = [f"## {one.title}", f"`{one.command}`"]
    if one.model_sha256 != model_sha256:
        parts.append(f"Measured with an earlier model (`{one.model_sha256[:16]}`).")
    told = one.printed.strip("\n")
    return "\n\n".join([*parts, told if one.is_markdown else f"```text\n{told}\n```"])


def _again(manifest: Mapping[str, Any]) -> str:
    files = "\n".join(f"| {name} | `{sha}` |" for name, sha in sorted(manifest["files"].items()))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(manifest["versions"].items()))
    return (
        "## Make it again\n\n`python cli.py train --data DATA --out FOLDER`, then `python cli.py benchmark "
        "--data DATA`. "
        f"Seed {manifest['seed']}; {versions}. To get the same bytes, {manifest['repeat']}"
        f"\n\n| file | sha256 |\n|---|---|\n{files}"
    )

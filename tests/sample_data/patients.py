"""The committed sample patients, as the tests read them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pysam

from sample_data.patients import PATIENTS
from sample_data.recipe.model import Recipe

ROOT = Path(__file__).resolve().parents[2] / "sample_data"


@dataclass(frozen=True)
class Row:
    """A VCF record. calls: sample -> allele numbers (None = not called). counts: sample -> reads per allele."""

    chrom: str
    pos: int
    ref: str
    alts: tuple[str, ...]
    filter: str
    calls: dict[str, tuple[int | None, ...]]
    counts: dict[str, tuple[int, ...]]
    gq: dict[str, int]
    info: dict[str, str]

    @property
    def plain(self) -> bool:
        """Only sequence-resolved alleles."""
        return not any(a.startswith(("<", "*")) for a in self.alts)


@dataclass(frozen=True)
class Folder:
    """One patient's folder with its recipe."""

    recipe: Recipe

    @property
    def path(self) -> Path:
        return ROOT / self.recipe.slug

    def json(self, name: str) -> Any:
        return json.loads((self.path / name).read_text())

    @cached_property
    def header(self) -> str:
        with pysam.BGZFile(str(self.path / "variants.vcf.gz")) as stream:
            return "\n".join(line.decode() for line in stream if line.startswith(b"#"))

    @cached_property
    def samples(self) -> list[str]:
        return self.header.splitlines()[-1].split("\t")[9:]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        with pysam.BGZFile(str(self.path / "variants.vcf.gz")) as stream:
            for raw in stream:
                line = raw.decode()
                if not line.startswith("#"):
                    yield _row(line.split("\t"), self.samples)

    def sample(self, role: str) -> str:
        """The sample of the person who truly has `role`."""
        return next(m.sample for m in self.recipe.members if m.role == role)

    def has(self, *roles: str) -> bool:
        return set(roles) <= {m.role for m in self.recipe.members}

    @cached_property
    def slices(self) -> dict[tuple[str, int, int], str]:
        """(contig, start, end) -> bases of reference.fa."""
        found: dict[tuple[str, int, int], str] = {}
        for block in (self.path / "reference.fa").read_text().split(">")[1:]:
            name, *lines = block.split("\n")
            contig, span = name.split(" ")[0].split(":")
            start, end = map(int, span.split("-"))
            found[(contig, start, end)] = "".join(lines)
        return found

    def reference(self, contig: str, start: int, end: int) -> str | None:
        """Bases start..end where a slice covers them."""
        for (name, first, last), bases in self.slices.items():
            if name == contig and first <= start and end <= last:
                return bases[start - first : end - first + 1]
        return None


def _row(fields: list[str], samples: list[str]) -> Row:
    keys = fields[8].split(":")
    columns = {s: dict(zip(keys, c.split(":"), strict=False)) for s, c in zip(samples, fields[9:], strict=True)}
    info = dict(part.partition("=")[::2] for part in fields[7].split(";"))
    return Row(
        fields[0],
        int(fields[1]),
        fields[3],
        tuple(fields[4].split(",")),
        fields[6],
        {s: _alleles(c["GT"]) for s, c in columns.items()},
        {s: tuple(int(n) for n in c["AD"].split(",")) for s, c in columns.items()},
        {s: int(c["GQ"]) if c["GQ"].isdigit() else -1 for s, c in columns.items()},
        info,
    )


def _alleles(genotype: str) -> tuple[int | None, ...]:
    return tuple(None if a == "." else int(a) for a in genotype.replace("|", "/").split("/"))


FOLDERS = tuple(Folder(recipe) for recipe in PATIENTS)
BY_SLUG = {folder.recipe.slug: folder for folder in FOLDERS}

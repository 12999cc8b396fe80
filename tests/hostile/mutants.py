"""Small real-like VCFs, seeded mutations of them, and the judgement of a batch (runs in the child)."""

# ruff: noqa: E501 (VCF text reads better in one line)
import random
from pathlib import Path
from typing import Any

from models.errors import CaseboardError
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_bytes

MUTANTS, BATCH = 10_000, 1_000  # starting a child costs as much as 200 mutants
_BITS = [
    b"\n",
    b"\t",
    b"\r",
    b"\0",
    b",",
    b";",
    b"|",
    b"=",
    b"#",
    b".",
    b"-1",
    b"\xff",
    b"<",
    b"[",
    b"0/1",
    b"99999999999999999999",
    b"%00",
    b"*",
]


def seed_files() -> list[bytes]:
    """A trio with VEP, a gVCF, structural variants: what the mutations start from."""
    csq = CSQ.format("Allele|Consequence|SYMBOL|Feature|MANE_SELECT|gnomADe_AF|HGVSc")
    formats = [
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">',
    ]
    entry = "missense_variant|SCN1A|ENST1.2|NM_1.1|0.001|ENST1.2:c.1A>{0}"
    trio = [
        a_record(f"chr{c}", p, "A", "G,AT", f"DP=30;CSQ=G|{entry},T|{entry}", "GT:AD:DP:GQ 0/1:9,9,0:18:99 0/0:9,0,0:9:20 1|2:0,9,9:18:50")
        for c in (1, 2, "X") for p in (100, 200, 300)
    ]  # fmt: skip
    blocks = [
        a_record("chr1", p, "A", "<NON_REF>", f"END={p + 99}", "GT:DP:GQ:PL 0/0:30:90:0,90,900")
        for p in range(1, 900, 100)
    ]
    structural = [
        a_record("1", 10, "N", "<DEL>", "SVTYPE=DEL;END=500;SVLEN=-490", "GT:PR:SR 0/1:9,9:1,1"),
        a_record("1", 20, "A", "A[2:30[", "SVTYPE=BND", "GT:PR:SR 0/1:9,9:1,1"),
        a_record("2", 30, "A", "*,<DUP:TANDEM>", "SVLEN=.,50", "GT:PR:SR 1/2:9,9:1,1"),
    ]
    return [
        a_vcf(*trio, samples=["C", "M", "F"], meta=[csq, *formats]).encode(),
        a_vcf(*blocks, samples=["S"], meta=formats).encode(),
        a_vcf(*structural, samples=["S"]).encode(),
    ]


def mutated(seed: int) -> bytes:
    """One mutant: one to five bytes flipped, cut, doubled or replaced."""
    rng = random.Random(seed)
    text = bytearray(rng.choice(seed_files()))
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(text))
        kind = rng.randrange(5)
        if kind == 0:
            text[at] = rng.randrange(256)
        elif kind == 1:
            del text[at : at + rng.randrange(1, 30)]
        elif kind == 2:
            text[at:at] = rng.choice(_BITS) * rng.choice([1, 1, 2, 50])
        elif kind == 3:
            text[at:at] = text[max(0, at - rng.randrange(1, 200)) : at]
        else:
            text[at : at + 1] = rng.choice(_BITS)
    return bytes(text)


def expected_rows(content: bytes) -> int:
    """ALT alleles on the lines below the header that are neither blank nor begin with "#"."""
    body = content[content.index(b"\n", content.index(b"#CHROM")) + 1 :]
    lines = [line for line in body.split(b"\n") if line.strip(b"\r") and not line.startswith((b"#", b"\r"))]
    return sum(line.split(b"\t")[4].count(b",") + 1 for line in lines)


def judge_batch(first: int, folder: str, count: int = BATCH) -> dict[str, Any]:
    """Read `count` mutants; count what was refused and read, name what lost a row."""
    outcome: dict[str, Any] = {"refused": 0, "read": 0, "crashed": 0, "lost": []}
    for seed in range(first, first + count):
        content = mutated(seed)
        try:
            table, _ = read_bytes(Path(folder), content)
        except CaseboardError as error:
            outcome["refused"] += "\n" not in str(error)
            continue
        outcome["read"] += 1
        if len(table) != expected_rows(content):
            outcome["lost"].append(seed)
    return outcome

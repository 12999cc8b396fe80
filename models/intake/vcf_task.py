"""What the child does with a VCF: peek, read, check. Arguments and answers are JSON values."""

from pathlib import Path
from typing import Any

from models.intake.assembly import recognise_assembly
from models.intake.limits import Limits
from models.intake.text_blocks import open_text
from models.intake.vcf_header import header_of

Json = dict[str, Any]


def peek(path: str, limits: Json) -> Json:
    """Samples, assembly and contigs of the header."""
    with open_text(Path(path), Limits(**limits)) as text:
        header = header_of(text)
    guess = recognise_assembly(header)
    return {
        "samples": header.samples,
        "assembly": guess.assembly.value,
        "reason": guess.reason,
        "contigs": list(header.contigs),
    }


def read(path: str, asked: Json, limits: Json, out: str) -> list[Json]:
    """Read the file at `path` into a table file at `out`; the findings."""
    text = open_text(Path(path), Limits(**limits))  # unpacking begins while the compiled scan is being loaded
    from models.intake.vcf_read import read_to_file

    return read_to_file(Path(path), Limits(**limits), Path(out), text=text, **asked)


def check(path: str, asked: Json, limits: Json) -> list[Json]:
    """Judge the file at `path` strictly; what is odd but allowed."""
    from models.intake.check import check_file

    return check_file(Path(path), asked["display_name"], Limits(**limits))

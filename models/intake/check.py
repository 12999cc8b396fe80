"""Judge a VCF strictly by its version of the specification.

Two questions, two answers. *Checking* asks whether a file keeps the rules of the version it names, so
that any other program will take it too; the first broken rule is the answer. *Reading*
(models.intake.vcf_read) asks whether the content is unambiguous; it goes on, with findings, past what
does not change any variant or genotype: definitions in another order, other Types than the reserved
ones, unsorted records, repeated variants, blank lines, Windows line ends, a missing last newline.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.errors import CaseboardError
from models.intake.check_header import CheckedHeader, check_columns, check_fileformat, check_meta, refuse
from models.intake.check_order import Order
from models.intake.check_records import check_record
from models.intake.check_tables import V43, V44
from models.intake.limits import Limits
from models.intake.scan_setup import set_up
from models.intake.text_blocks import TextBlocks, open_text
from models.intake.vcf_header import header_of
from models.intake.vcf_read import scan_all


def check_file(path: Path, display_name: str, limits: Limits) -> list[dict[str, Any]]:
    """What is odd but allowed. Raises UnreadableFile, naming file and line, or TooLarge."""
    try:
        with open_text(path, limits) as text:
            judge(text)
    except CaseboardError as error:
        where = f"{display_name}, {error.where}" if error.where else display_name
        also = " (reading it goes on all the same)." if _reads(path, limits) else "."
        raise type(error)(error.sentence.removesuffix(".") + also, where) from error
    return []


def _reads(path: Path, limits: Limits) -> bool:
    """Whether the tolerant reader takes the file."""
    try:
        with open_text(path, limits) as text:
            header = header_of(text)
            chosen = header.samples[: limits.chosen_samples]
            scan_all(text, header, set_up(header, chosen, limits), len(chosen), limits)
    except CaseboardError:
        return False
    return True


def judge(text: TextBlocks) -> None:
    """Check header and records in file order; raise at the first broken rule."""
    header, line = _check_head(text)
    order = Order(header)
    for record in _lines(text):
        line += 1
        if not record:
            raise refuse("The line is blank; remove it.", line)
        if record.startswith("#"):
            raise refuse("A header line stands among the records; two files may have been joined.", line)
        columns = record.split("\t")
        check_record(columns, line, header)
        order.take(columns, line)
    if text.end_was_missing and V43 <= header.version <= V44:
        raise refuse("The last line has no line end; the file may be cut short.", line)


def _check_head(text: TextBlocks) -> tuple[CheckedHeader, int]:
    header, line, closed = CheckedHeader((4, 2)), 0, False
    for line, raw in enumerate(text.header_lines(), 1):
        content = raw.decode("utf-8", "replace").removesuffix("\r")
        if line == 1:
            header.version = check_fileformat(content)
        elif content.startswith("##"):
            check_meta(content, line, header)
        else:
            check_columns(content, line, header)
            closed = True
    if not closed:
        raise refuse("There is no #CHROM line; the file is not a complete VCF.", line)
    return header, line


def _lines(text: TextBlocks) -> Iterator[str]:
    """Record lines without their ends."""
    for block, end in text.blocks():
        for raw in block[:end].tobytes().split(b"\n")[:-1]:
            yield raw.decode("utf-8", "replace").removesuffix("\r")

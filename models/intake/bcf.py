"""A BCF as VCF text, through cyvcf2, for the same scanner."""

from collections.abc import Iterator
from pathlib import Path

from models.errors import TooLarge, UnreadableFile
from models.intake.limits import Limits

_CHUNK_RECORDS = 2_000


def bcf_text(path: Path, limits: Limits) -> Iterator[bytes]:
    """The header and records of a BCF as VCF text. Runs in the child only: htslib may crash on damage."""
    from cyvcf2 import VCF

    if path.stat().st_size > limits.upload_bytes:
        raise TooLarge(f"The file has more than {limits.upload_bytes:,} bytes.")
    with path.open("rb") as file:
        try:
            reader = VCF(file.fileno())  # a descriptor, never a name: nothing can be taken for an address
            yield str(reader.raw_header).encode()
            yield from _records(reader)
        except OSError as error:
            raise UnreadableFile("The BCF is damaged or cut short; copy or export it again.") from error


def _records(reader: object) -> Iterator[bytes]:
    lines: list[str] = []
    for record in reader:  # type: ignore[attr-defined]
        lines.append(str(record))
        if len(lines) == _CHUNK_RECORDS:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode()

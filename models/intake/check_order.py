"""Rules between records: chromosomes in one piece, positions in order, no variant twice."""

from models.intake.check_header import CheckedHeader, refuse
from models.intake.check_tables import V45

_LONGEST_SHIFT = 1_000_000  # records this far behind cannot describe the same small variant


class Order:
    """What has been seen of the records so far."""

    def __init__(self, header: CheckedHeader) -> None:
        self._sorted = header.version < V45
        self._chrom, self._pos, self._done = "", 0, set[str]()
        self._seen: dict[tuple[int, str, str], int] = {}

    def take(self, columns: list[str], line: int) -> None:
        """The next record. Raises when it is out of order or repeats a variant."""
        chrom = columns[0].strip("<>")
        if chrom != self._chrom:
            if chrom in self._done:
                raise refuse("The records of a chromosome are not together; sort the file.", line)
            self._done.add(chrom)
            self._chrom, self._pos = chrom, 0
            self._seen.clear()
        pos = int(columns[1])
        if self._sorted and pos < self._pos:
            raise refuse("The records are not in order of position; sort the file.", line)
        self._pos = max(pos, self._pos)
        for alt in set(columns[4].split(",")):
            self._once(pos, columns[3].upper(), alt, line)

    def _once(self, pos: int, ref: str, alt: str, line: int) -> None:
        """Refuse a small variant that stood in an earlier record, in whatever notation."""
        if not alt.isalpha():
            return
        key = shortest(pos, ref, alt.upper())
        first = self._seen.setdefault(key, line)
        if first != line:
            raise refuse(f"The same variant already stands in line {first}; remove one of them.", line)
        if len(self._seen) > _LONGEST_SHIFT:
            self._seen = {k: v for k, v in self._seen.items() if k[0] > self._pos - _LONGEST_SHIFT}


def shortest(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Position and alleles without shared bases."""
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt

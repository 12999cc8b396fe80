"""Compile the scan before anybody waits for it: at install, or while the application starts."""

import tempfile
from pathlib import Path

from models.intake.vcf import read_variants

_SMALLEST = (
    "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n1\t1\t.\tA\tG\t.\t.\t.\tGT\t0/1\n"
)


def warm_up() -> None:
    """Read one record in a child, which compiles the scan and keeps it on disk for every later child.

    The first time on a machine takes as long as compiling does (15 seconds of one core); later, one second.
    """
    with tempfile.TemporaryDirectory(prefix="caseboard-") as folder:
        path = Path(folder) / "smallest"
        path.write_text(_SMALLEST)
        read_variants(path, display_name="", work_dir=Path(folder))


if __name__ == "__main__":
    warm_up()

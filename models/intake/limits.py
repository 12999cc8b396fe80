"""How much one file may ask of the machine: every cap with its unit and its reason.

The caps are far above what a clinical genome needs and far below what would hurt a workstation.
"""

from dataclasses import dataclass

MIB = 1024 * 1024
GIB = 1024 * MIB


@dataclass(frozen=True)
class Limits:
    """Caps on one file. A value exactly at a cap passes; one more is refused with TooLarge.

    upload_bytes: bytes as delivered; a 30x gVCF of a trio, bgzipped, is below 8 GiB.
    inflated_bytes: bytes after decompression; a 5-million-variant genome with 80 VEP subfields is
        about 20 GiB of text.
    inflate_ratio: inflated by delivered bytes, judged once more than `ratio_floor_bytes` came out;
        real annotated VCFs inflate 8 to 40 times, a bomb about 1,000 times.
    ratio_floor_bytes: below this a ratio says nothing, and the text fits in memory anyway.
    line_bytes: one line of text; the longest real line we have met is 2 MiB (structural variants
        over hundreds of genes). One 400 MB line is the known bomb.
    header_bytes: all lines before the first record; the longest real header is below 1 MiB.
    records: lines after the header; a whole-genome gVCF has about 50 million.
    alleles: ALT alleles of one record; real joint calls stay below a hundred.
    samples: sample columns in the file.
    chosen_samples: samples read; a large pedigree, not a cohort.
    cpu_seconds, wall_seconds: time of the child that reads; 5 million annotated variants take
        about a minute.
    memory_bytes: address space of the child (RLIMIT_AS), which counts mapped libraries too.
    output_bytes: the largest file the child may write (RLIMIT_FSIZE).
    open_files: descriptors of the child (RLIMIT_NOFILE).
    """

    upload_bytes: int = 8 * GIB
    inflated_bytes: int = 64 * GIB
    inflate_ratio: int = 200
    ratio_floor_bytes: int = 64 * MIB
    line_bytes: int = 32 * MIB
    header_bytes: int = 64 * MIB
    records: int = 60_000_000
    alleles: int = 1_000
    samples: int = 10_000
    chosen_samples: int = 100
    cpu_seconds: int = 1_200
    wall_seconds: float = 1_800.0
    memory_bytes: int = 10 * GIB
    output_bytes: int = 16 * GIB
    open_files: int = 64


LIMITS = Limits()

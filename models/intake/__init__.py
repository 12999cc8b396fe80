"""How it got in: which files are these, and what do they say? Every foreign file is read here and nowhere else."""

from models.intake.child import keep_a_child_ready, run_in_child
from models.intake.folder import READER_VERSION, read_case
from models.intake.given import CaseOptions, GivenFile, files_of
from models.intake.limits import LIMITS, Limits
from models.intake.recognise import FileKind, recognise
from models.intake.sniff import Content, Packing, sniff
from models.intake.stopping import Stop, stoppable
from models.intake.vcf import VcfPeek, check_vcf, peek_vcf, read_variants
from models.intake.warm import warm_up

__all__ = [
    "LIMITS",
    "READER_VERSION",
    "CaseOptions",
    "Content",
    "FileKind",
    "GivenFile",
    "Limits",
    "Packing",
    "Stop",
    "VcfPeek",
    "check_vcf",
    "files_of",
    "keep_a_child_ready",
    "peek_vcf",
    "read_case",
    "read_variants",
    "recognise",
    "run_in_child",
    "sniff",
    "stoppable",
    "warm_up",
]

"""The sentences of reading: why it stopped, and what it noticed and went on from."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.case import Assembly, Finding, Severity
from models.intake.assembly import AssemblyGuess
from models.intake.scan_plan import (
    ALLELE_OUT_OF_RANGE,
    BAD_COLUMNS,
    BAD_GENOTYPE,
    BAD_POS,
    BAD_QUAL,
    BAD_REF,
    BLANK_LINE,
    CARRIAGE_RETURN,
    EMPTY_ALLELE,
    EMPTY_ALT,
    EMPTY_CHROM,
    EMPTY_REF,
    FEW_COLUMNS,
    LONG_LINE,
    MISPLACED_HEADER,
    NO_CALLS,
    NO_ENTRY,
    ODD_ALT,
    TOO_MANY_ALLELES,
    TOO_MANY_ENTRIES,
    TOO_MANY_FIELDS,
)
from models.intake.vcf_header import Header

STOPS: dict[int, str] = {
    FEW_COLUMNS: "The record has fewer than eight columns separated by tabs; the file may be cut or edited by hand.",
    BAD_COLUMNS: "The record has another number of columns than the #CHROM line; export the file again.",
    BAD_POS: "The position (POS) is not a whole number; export the file again.",
    EMPTY_CHROM: "The chromosome (CHROM) is empty; export the file again.",
    EMPTY_REF: "The reference allele (REF) is empty; export the file again.",
    EMPTY_ALT: "The alternative allele (ALT) is empty; export the file again.",
    EMPTY_ALLELE: "The ALT column holds an empty allele between commas; export the file again.",
    BAD_REF: "The reference allele (REF) holds something other than bases; export the file again.",
    TOO_MANY_ALLELES: "The record has more ALT alleles than are read at once; split the record.",
    ALLELE_OUT_OF_RANGE: "A genotype names an allele that the record does not have; export the file again.",
    BAD_GENOTYPE: "A genotype (GT) cannot be read; export the file again.",
    TOO_MANY_FIELDS: "A sample has more fields than FORMAT names; export the file again.",
    LONG_LINE: "The line is longer than any real VCF has; it is not read.",
}
_NOTES: dict[int, tuple[str, Severity, str]] = {
    BLANK_LINE: (
        "blank-line", Severity.WARNING, "{n} blank {lines} passed over among the records; no variant was lost.",
    ),
    MISPLACED_HEADER: (
        "misplaced-header", Severity.WARNING,
        "{n} header {lines} passed over among the records; files may have been joined by hand.",
    ),
    CARRIAGE_RETURN: (
        "windows-line-ends", Severity.NOTE, "The file has Windows line ends ({n} {lines}); read as usual.",
    ),
    TOO_MANY_ENTRIES: (
        "long-annotation", Severity.WARNING,
        "{n} {lines} with more transcript annotations than are compared; the first 16,384 were.",
    ),
    NO_ENTRY: (
        "line-not-annotated", Severity.WARNING,
        "{n} {lines} without the annotation that the header declares; consequence, frequency and whatever else it "
        "brings are not assessed there, never absent.",
    ),
    NO_CALLS: ("no-calls", Severity.WARNING, "{n} {lines} without sample columns; their genotypes are missing."),
    ODD_ALT: (
        "odd-allele", Severity.WARNING, "{n} ALT {alleles} that no rule of VCF allows; listed as symbolic, not ranked.",
    ),
    BAD_QUAL: (
        "odd-quality", Severity.WARNING, "{n} {lines} with a quality (QUAL) that is no number; taken as missing.",
    ),
}  # fmt: skip


def about_notes(notes: Any, display_name: str) -> list[Finding]:
    """Findings of the scan, each with how often and the first line."""
    found = []
    for what, (code, severity, sentence) in _NOTES.items():
        times, line = int(notes[what, 0]), int(notes[what, 1])
        if times:
            one = times == 1
            verb = {BLANK_LINE: (" was", " were"), MISPLACED_HEADER: (" was", " were")}.get(what, ("", ""))
            lines = f"line{verb[0]}" if one else f"lines{verb[1]}"
            text = sentence.format(n=f"{times:,}", lines=lines, alleles="allele" if one else "alleles")
            found.append(Finding(code, severity, text, f"{display_name}, line {line}"))
    return found


def about_header(header: Header, display_name: str) -> list[Finding]:
    """Findings about the header that do not stop reading."""
    found = []
    if header.version is None:
        sentence = "The first line does not say which VCF version this is; read as VCF 4.2."
        found.append(Finding("no-version", Severity.NOTE, sentence, f"{display_name}, line 1"))
    by_genotype = [field.id for field in header.infos.values() if field.number == "G"]
    if by_genotype:
        sentence = (
            f"INFO {', '.join(by_genotype[:3])} is declared with Number=G, which only samples can have; read as a list."
        )
        found.append(
            Finding(
                "info-number-g",
                Severity.NOTE,
                sentence,
                f"{display_name}, line {header.infos[by_genotype[0]].line_number}",
            )
        )
    return found


def about_unread(unread: Mapping[str, tuple[int, int]], brought: Mapping[str, str], display_name: str) -> list[Finding]:
    """One finding for each column with values that stand in the file and cannot be read. unread: rows, first line."""
    found = []
    for column, (times, line) in unread.items():
        values = "1 value" if times == 1 else f"{times:,} values"
        sentence = (
            f"{values} for {column.replace('_', ' ')} ({brought.get(column, 'INFO')}) cannot be read; "
            "taken as not assessed, never as absent."
        )
        found.append(Finding("value-not-read", Severity.WARNING, sentence, f"{display_name}, line {line}"))
    return found


def about_fields(names: Sequence[str], header: Header, display_name: str) -> list[Finding]:
    """One finding for each INFO field that is declared in a way from which nothing can be read."""
    return [
        Finding(
            "field-not-read",
            Severity.WARNING,
            f"INFO {name} is declared in a way from which its values cannot be read; taken as not assessed.",
            f"{display_name}, line {header.infos[name].line_number}",
        )
        for name in names
    ]


def about_assembly(guess: AssemblyGuess, said: Assembly | None, display_name: str) -> list[Finding]:
    """Findings about the assembly: contradictions, and not known at all."""
    if guess.contradiction:
        return [Finding("assembly-contradiction", Severity.BLOCKING, guess.contradiction, display_name)]
    if said and guess.assembly not in (said, Assembly.UNKNOWN):
        sentence = f"You said {said.value}, but {guess.reason}; check which assembly the file is on."
        return [Finding("assembly-contradiction", Severity.BLOCKING, sentence, display_name)]
    if guess.assembly is Assembly.UNKNOWN and not said:
        sentence = "The file does not say which genome assembly it is on; say whether it is GRCh37 or GRCh38."
        return [Finding("assembly-unknown", Severity.WARNING, sentence, display_name)]
    return []

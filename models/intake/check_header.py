"""Strict rules for the lines above the records, by version."""

import re
from dataclasses import dataclass, field

from models.errors import UnreadableFile
from models.intake.check_tables import (
    ALT_PREFIXES,
    ANY_TYPE,
    FORMAT,
    INFO,
    KNOWN_VERSIONS,
    TYPES_FORMAT,
    TYPES_INFO,
    V42,
    V43,
    V44,
    V45,
    Reserved,
    Version,
    reserved,
)

_META = re.compile(r"##([^=\s][^=]*)=(.+)$", re.DOTALL)
_PAIR = re.compile(r'\s*([A-Za-z_][\w.+-]*)=("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^",\[][^,]*|)(,|$)')
_URL = re.compile(r"(ftp|https?|file|gs|s3)://(?:[\w.-]+@)?([^/:@\s]+)?(:\d+)?(/\S*)?$", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9-]*[A-Za-z-][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*$|\d+\.\d+\.\d+\.\d+$")
_CONTIG = re.compile(r"[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*$")
_NAME = re.compile(r"[\w.+-]+$")
_NUMBERS_INFO = re.compile(r"\d+$|[ARG.]$")
_NUMBERS_FORMAT = {V44: re.compile(r"\d+$|[ARGP.]$"), V45: re.compile(r"\d+$|[ARGPM.]$|L[ARG]$")}


@dataclass
class CheckedHeader:
    """What the records are checked against. types: (Type, Number) by INFO and FORMAT key."""

    version: Version
    infos: dict[str, tuple[str, str]] = field(default_factory=dict)
    formats: dict[str, tuple[str, str]] = field(default_factory=dict)
    columns: int = 0
    samples: tuple[str, ...] = ()


def refuse(sentence: str, line: int) -> UnreadableFile:
    """The error of a broken rule."""
    return UnreadableFile(sentence, f"line {line}")


def check_fileformat(text: str) -> Version:
    """Version of the first line. Raises when it is not ##fileformat=VCFv4.x."""
    found = re.fullmatch(r"##fileformat=VCFv(\d)\.(\d)", text)
    version = (int(found[1]), int(found[2])) if found else None
    if version not in KNOWN_VERSIONS or version is None:
        raise refuse("The first line must be ##fileformat=VCFv4.1 to VCFv4.5; export the file again.", 1)
    return version


def check_meta(text: str, line: int, header: CheckedHeader) -> None:
    """One ## line after the first."""
    found = _META.match(text)
    if not found:
        raise refuse("A header line is not ##key=value; correct or remove it.", line)
    key, value = found[1], found[2]
    if key == "fileformat":
        raise refuse("##fileformat may only stand in the first line; two files may have been joined.", line)
    check = _BY_KEY.get(key)
    if check:
        check(value, line, header)
    elif value.startswith("<") and not value.endswith(">"):
        raise refuse("A header line opens with < but is not closed with >; correct it.", line)


def _pairs(value: str, line: int) -> list[tuple[str, str]]:
    """Pairs of <key=value,...>, values as written (quotes kept). Raises when the structure is broken."""
    if not (value.startswith("<") and value.endswith(">") and len(value) > 2):
        raise refuse("A header line opens with < but is not closed with >; correct it.", line)
    inside, at, pairs = value[1:-1], 0, []
    while at < len(inside):
        found = _PAIR.match(inside, at)
        if not found:
            raise refuse("A header line is not a list of key=value pairs with matching quotes; correct it.", line)
        pairs.append((found[1], found[2]))
        at = found.end()
    if inside.endswith(",") or len({key for key, _ in pairs}) < len(pairs):
        raise refuse("A header line repeats a key or ends with a comma; correct it.", line)
    return pairs


def _need(pairs: list[tuple[str, str]], names: tuple[str, ...], what: str, line: int) -> None:
    """The first keys of a definition, in the order the specification gives them."""
    given = tuple(key for key, _ in pairs[: len(names)])
    if given != names:
        raise refuse(f"##{what} must give {', '.join(names)} in this order; correct the header line.", line)


def _quoted(text: str, what: str, line: int) -> None:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise refuse(f"The Description of ##{what} must stand in double quotes; correct the header line.", line)


def _definition(what: str, value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    _need(pairs, ("ID", "Number", "Type", "Description"), what, line)
    given = dict(pairs)
    _quoted(given["Description"], what, line)
    is_info = what == "INFO"
    numbers = _NUMBERS_INFO if is_info else _NUMBERS_FORMAT.get(header.version, _NUMBERS_INFO)
    if not numbers.match(given["Number"]):
        raise refuse(
            f"Number={given['Number'][:20]} of ##{what} {given['ID'][:40]} is not one the version allows.", line
        )
    if given["Type"] not in (TYPES_INFO if is_info else TYPES_FORMAT):
        raise refuse(f"Type={given['Type'][:20]} of ##{what} {given['ID'][:40]} is not one the version allows.", line)
    rule = reserved(INFO if is_info else FORMAT, given["ID"], header.version)
    if rule:
        _keeps(rule, what, given, line)
    (header.infos if is_info else header.formats).setdefault(given["ID"], (given["Type"], given["Number"]))


def _keeps(rule: Reserved, what: str, given: dict[str, str], line: int) -> None:
    if given["Type"] != rule.type and (what, given["ID"]) not in ANY_TYPE:
        raise refuse(f"##{what} {given['ID']} must have Type={rule.type}; correct the header line.", line)
    if given["Number"] != rule.number:
        raise refuse(f"##{what} {given['ID']} must have Number={rule.number}; correct the header line.", line)


def _info(value: str, line: int, header: CheckedHeader) -> None:
    _definition("INFO", value, line, header)


def _format(value: str, line: int, header: CheckedHeader) -> None:
    _definition("FORMAT", value, line, header)


def _filter(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    _need(pairs, ("ID", "Description"), "FILTER", line)
    _quoted(dict(pairs)["Description"], "FILTER", line)


def _alt(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    _need(pairs, ("ID",), "ALT", line)
    given = dict(pairs)
    extra = [key for key, _ in pairs if key in ("Number", "Type")]
    if extra and (
        extra != ["Number", "Type"] or not _NUMBERS_INFO.match(given["Number"]) or given["Type"] not in TYPES_INFO
    ):
        raise refuse("##ALT has no such Number or Type; correct the header line.", line)
    if "Description" not in given:
        raise refuse("##ALT must have a Description; correct the header line.", line)
    _quoted(given["Description"], "ALT", line)
    if re.search(r"[\s<>]", given["ID"]):
        raise refuse("The ID of ##ALT may not hold blanks or angle brackets; correct the header line.", line)
    known = given["ID"].split(":")[0] in (*ALT_PREFIXES, "*", "NON_REF")
    if not known and (header.version <= V42 or ":" in given["ID"]):
        raise refuse(f"The ID of ##ALT must begin with {', '.join(ALT_PREFIXES)}; correct the header line.", line)


def _contig(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    given = dict(pairs)
    if not pairs or pairs[0][0] != "ID":
        raise refuse("##contig must begin with an ID; correct the header line.", line)
    name = given["ID"]
    if not re.fullmatch(r"[^\s,<>]+", name) or (header.version >= V43 and not is_contig_name(name)):
        raise refuse("The ID of ##contig holds a character that contig names may not have; correct it.", line)


def is_contig_name(name: str) -> bool:
    """VCF 4.3, section 1.4.7: what a contig may be called (asterisks and equals signs not at all by EBI's reading)."""
    return bool(_CONTIG.match(name)) and "*" not in name


def _url(value: str, line: int, header: CheckedHeader) -> None:
    inside = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    found = _URL.match(inside)
    if not inside or ("://" in inside and (not found or (found[2] and not _HOST.match(found[2])))):
        raise refuse("The address in this header line is not valid; correct or remove the line.", line)


def _pedigree(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    if header.version >= V43 and (pairs[0][0] != "ID"):
        raise refuse("##PEDIGREE must begin with an ID; correct the header line.", line)
    if any(not _NAME.match(text) for _, text in pairs):
        raise refuse("##PEDIGREE names a genome with a blank or a sign that is not allowed; correct it.", line)


def _sample(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    given = dict(pairs)
    if not pairs or pairs[0][0] != "ID":
        raise refuse("##SAMPLE must begin with an ID; correct the header line.", line)
    if header.version <= V42:
        _need(pairs, ("ID", "Genomes", "Mixture"), "SAMPLE", line)
        if any('"' in text for key, text in pairs if key != "Description"):
            raise refuse("Only the Description of ##SAMPLE may stand in quotes; correct the header line.", line)
    elif not _NAME.match(given["ID"]):
        raise refuse("The ID of ##SAMPLE holds a sign that is not allowed; correct the header line.", line)


def _meta(value: str, line: int, header: CheckedHeader) -> None:
    pairs = _pairs(value, line)
    _need(pairs, ("ID", "Number", "Type", "Values"), "META", line)
    given = dict(pairs)
    if not _NUMBERS_INFO.match(given["Number"]) or given["Type"] not in TYPES_INFO:
        raise refuse("##META has a Number or Type that does not exist; correct the header line.", line)
    if not (given["Values"].startswith("[") and given["Values"].endswith("]")):
        raise refuse("The Values of ##META must stand in square brackets; correct the header line.", line)


_BY_KEY = {
    "INFO": _info, "FORMAT": _format, "FILTER": _filter, "ALT": _alt, "contig": _contig, "assembly": _url,
    "pedigreeDB": _url, "PEDIGREE": _pedigree, "SAMPLE": _sample, "META": _meta,
}  # fmt: skip


def check_columns(text: str, line: int, header: CheckedHeader) -> None:
    """The #CHROM line."""
    names = text.split("\t")
    if names[:8] != ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]:
        raise refuse("The #CHROM line does not name the eight VCF columns, separated by tabs.", line)
    if len(names) > 8 and (names[8] != "FORMAT" or len(names) == 9):
        raise refuse("After INFO the #CHROM line must have FORMAT and at least one sample.", line)
    samples = tuple(names[9:])
    if "" in samples or len(set(samples)) < len(samples):
        raise refuse("Two samples have the same name, or one has none, in the #CHROM line.", line)
    header.columns, header.samples = len(names), samples

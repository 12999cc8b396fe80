"""Strict rules for one record: its fixed columns, INFO and samples, by version."""

import re

from models.intake.check_header import CheckedHeader, is_contig_name, refuse
from models.intake.check_structural import check_repeats, check_structural
from models.intake.check_tables import FORMAT, INFO, NOT_NEGATIVE, V43, V44, reserved
from models.intake.check_values import CIGAR, FLOAT, fits_count, fits_type

_BASES = re.compile(r"[ACGTNacgtn]+$")
_SYMBOL = re.compile(r"<[^\s<>,]+>$")
_BREAKEND = re.compile(r"([ACGTNacgtn.]*)([\[\]])([^\s<>\[\],]+:\d+|<[^\s<>\[\],]+>(?::\d+)?)\2([ACGTNacgtn.]*)$")
_SINGLE = re.compile(r"\.[ACGTNacgtn]+$|[ACGTNacgtn]+\.$")
_GENOTYPE = re.compile(r"[|/]?(\d+|\.)([|/](\d+|\.))*$")
_KEY_OLD = re.compile(r"[A-Za-z0-9]+$")  # VCF 4.1 and 4.2: "alphanumeric"
_KEY = re.compile(r"([A-Za-z_][0-9A-Za-z_.]*|1000G)$")
_QUAL_WORDS = {"inf", "+inf", "infinity", "+infinity", "nan"}


def check_record(columns: list[str], line: int, header: CheckedHeader) -> None:
    """Raise UnreadableFile, naming the rule and the line, unless the record keeps all rules."""
    if len(columns) != header.columns:
        raise refuse(
            f"The record has {len(columns)} columns, the #CHROM line {header.columns}; export the file again.", line
        )
    _check_chrom(columns[0], line, header)
    _check_pos(columns[1], line)
    _check_id(columns[2], line, header)
    if not _BASES.match(columns[3]):
        raise refuse("REF must be one or more of A, C, G, T, N; export the file again.", line)
    alts = columns[4].split(",")
    _check_alts(alts, line)
    _check_qual(columns[5], line)
    _check_filter(columns[6], line, header)
    info = check_info(columns[7], alts, line, header)
    if header.version >= V44:
        check_structural(info, alts, columns, line)
        check_repeats(info, alts, line)
    if header.columns > 9:
        check_samples(columns[8], columns[9:], alts, line, header)


def _check_chrom(chrom: str, line: int, header: CheckedHeader) -> None:
    name = chrom[1:-1] if chrom.startswith("<") and chrom.endswith(">") else chrom
    bad = (
        not name
        or re.search(r"[\s<>,]", name)
        or (header.version <= V43 and ":" in name and not name.startswith("HLA"))
    )
    if bad or (header.version >= V43 and not is_contig_name(name)):
        raise refuse("CHROM holds a character that contig names may not have; export the file again.", line)


def _check_pos(pos: str, line: int) -> None:
    if not re.fullmatch(r"\d+", pos):
        raise refuse("POS must be a whole number that is not negative; export the file again.", line)


def _check_id(text: str, line: int, header: CheckedHeader) -> None:
    parts = text.split(";")
    if not text or re.search(r"\s", text) or "" in parts:
        raise refuse("ID may not be empty, hold blanks, or begin or end with a semicolon.", line)
    if header.version >= V43 and len(set(parts)) < len(parts):
        raise refuse("ID names the same identifier twice.", line)


def _check_alts(alts: list[str], line: int) -> None:
    for alt in alts:
        if not is_allele(alt) and alts != ["."]:
            raise refuse("ALT must be bases, *, <symbol> or a breakend; export the file again.", line)


def is_allele(alt: str) -> bool:
    """Whether one ALT is bases, "*", a symbol, a breakend with bases on one side, or a single breakend."""
    if alt == "*" or _BASES.match(alt) or _SYMBOL.match(alt) or _SINGLE.match(alt):
        return True
    found = _BREAKEND.match(alt)
    return bool(found and bool(found[1]) != bool(found[4]))


def _check_qual(text: str, line: int) -> None:
    if text == "." or text.lower() in _QUAL_WORDS:
        return
    if not FLOAT.match(text) or float(text) < 0:
        raise refuse("QUAL must be a number that is not negative, or a dot.", line)


def _check_filter(text: str, line: int, header: CheckedHeader) -> None:
    parts = text.split(";")
    if text in (".", "PASS"):
        return
    if not text or re.search(r"\s", text) or "" in parts or "." in parts or "0" in parts:
        raise refuse("FILTER may not be empty, hold blanks, a dot beside others, or 0.", line)
    if header.version >= V43 and len(set(parts)) < len(parts):
        raise refuse("FILTER names the same filter twice.", line)


def check_info(text: str, alts: list[str], line: int, header: CheckedHeader) -> dict[str, str]:
    """The INFO column as key -> value ("" for a flag)."""
    if not text or re.search(r"\s", text):
        raise refuse("INFO may not be empty or hold blanks; use a dot when there is nothing to say.", line)
    given: dict[str, str] = {}
    for part in text.split(";") if text != "." else ():
        key, equals, value = part.partition("=")
        if not part and header.version <= V43:
            continue
        if not key or (key in given and header.version >= V43):
            raise refuse("INFO has an empty key or the same key twice.", line)
        given[key] = value if equals else ""
        _check_info_value(key, value, bool(equals), alts, line, header)
    return given


def _check_info_value(key: str, value: str, has_value: bool, alts: list[str], line: int, header: CheckedHeader) -> None:
    rule = reserved(INFO, key, header.version)
    kind, number = header.infos.get(key) or ((rule.type, rule.number) if rule else ("String", "."))
    if kind == "Flag" or number == "0":
        if has_value and not (rule and value in ("0", "1")):
            raise refuse(f"INFO {key[:40]} is a flag and may not have a value.", line)
        return
    values = [value] if value.startswith('"') and value.endswith('"') else value.split(",")
    if rule and key in ("AA", "CIGAR") and not _reads_as(key, values):
        raise refuse(f"INFO {key} does not hold what the specification reserves it for.", line)
    bounded = header.version >= V43
    if not all(fits_type(v, kind if key != "MQ" else "Float", bounded=bounded) for v in values):
        raise refuse(f"INFO {key[:40]} holds a value that is not of its type {kind}.", line)
    if key in NOT_NEGATIVE and any(v.startswith("-") and v != "-" for v in values):
        raise refuse(f"INFO {key} may not be negative.", line)
    if (
        has_value
        and (key in header.infos or key in ("AN", "DP", "NS", "END"))
        and not fits_count(values, number, len(alts))
    ):
        raise refuse(f"INFO {key[:40]} has {len(values)} values; its Number is {number}.", line)


def _reads_as(key: str, values: list[str]) -> bool:
    if key == "AA":
        return len(values) == 1
    return all(v == "." or CIGAR.match(v) for v in values)


def check_samples(keys_text: str, samples: list[str], alts: list[str], line: int, header: CheckedHeader) -> None:
    """FORMAT and the sample columns."""
    keys = keys_text.split(":")
    pattern = _KEY if header.version >= V43 else _KEY_OLD
    if keys_text != "." and not all(pattern.match(key) for key in keys):
        raise refuse("FORMAT holds an empty key or a character that keys may not have.", line)
    if header.version >= V43 and len(set(keys)) < len(keys):
        raise refuse("FORMAT names the same key twice.", line)
    if "GT" in keys[1:]:
        raise refuse("GT must be the first key of FORMAT when it is there.", line)
    for sample in samples:
        values = sample.split(":")
        if len(values) > len(keys):
            raise refuse("A sample has more fields than FORMAT names.", line)
        _check_sample(dict(zip(keys, values, strict=False)), alts, line, header)


def _check_sample(given: dict[str, str], alts: list[str], line: int, header: CheckedHeader) -> None:
    ploidy: int | None = None
    if "GT" in given:
        ploidy = _check_genotype(given["GT"], len(alts), line)
    for key, value in given.items():
        if key != "GT":
            _check_sample_value(key, value, len(alts), ploidy, line, header)
    if header.version >= V44:
        _check_phase_sets(given, line)


def _check_genotype(text: str, alts: int, line: int) -> int | None:
    """Ploidy of GT; None when nothing is called."""
    if not _GENOTYPE.match(text):
        raise refuse("A genotype (GT) must be allele numbers joined by / or |.", line)
    alleles = re.findall(r"\d+|\.", text)
    if any(a != "." and int(a) > alts for a in alleles):
        raise refuse("A genotype (GT) names an allele that the record does not have.", line)
    return None if alleles == ["."] else len(alleles)


def _check_sample_value(key: str, value: str, alts: int, ploidy: int | None, line: int, header: CheckedHeader) -> None:
    rule = reserved(FORMAT, key, header.version)
    declared = header.formats.get(key)
    kind, number = declared or ((rule.type, rule.number) if rule else ("String", "."))
    values = value.split(",")
    if not all(fits_type(v, kind, bounded=header.version >= V43) for v in values):
        raise refuse(f"A sample's {key[:40]} is not of its type {kind}.", line)
    counted = declared is not None or key == "PL"
    if counted and not fits_count(values, number, alts, ploidy):
        raise refuse(f"A sample's {key[:40]} has {len(values)} values; its Number is {number}.", line)


def _check_phase_sets(given: dict[str, str], line: int) -> None:
    """VCF 4.4: PSL names a phase set only for phased alleles; PSO and PSQ only where PSL does."""
    if "PSL" not in given or given["PSL"] == "." or "GT" not in given:
        return
    marks = re.findall(r"([|/]?)(?:\d+|\.)", given["GT"])
    first_phased = marks[0] == "|" or (marks[0] == "" and all(m == "|" for m in marks[1:]) and len(marks) > 1)
    phased = [first_phased, *(m == "|" for m in marks[1:])]
    sets = given["PSL"].split(",")
    if any(name != "." and not is_phased for name, is_phased in zip(sets, phased, strict=False)):
        raise refuse("PSL must be a dot for an allele that is not phased.", line)
    for key in ("PSO", "PSQ"):
        others = given.get(key, ".").split(",")
        if others != ["."] and any(name == "." and o != "." for name, o in zip(sets, others, strict=False)):
            raise refuse(f"{key} must be a dot where PSL is one.", line)

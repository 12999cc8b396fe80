"""What each version of the VCF specification reserves, as tables of facts.

Source: The Variant Call Format specification, versions 4.1 to 4.5 (samtools/hts-specs), sections 1.2,
1.4, 1.6, 3 and 5. Only what is stated with a Number and a Type, and has not been used otherwise by the
whole field for years, is enforced.
"""

from dataclasses import dataclass

Version = tuple[int, int]
V41, V42, V43, V44, V45 = (4, 1), (4, 2), (4, 3), (4, 4), (4, 5)
KNOWN_VERSIONS = ((4, 0), V41, V42, V43, V44, V45)


@dataclass(frozen=True)
class Reserved:
    """Type and Number a reserved key must have. since/until: versions, both included."""

    type: str
    number: str
    since: Version = (4, 0)
    until: Version = (4, 99)


INFO: dict[str, Reserved] = {
    "AA": Reserved("String", "1"),
    "AC": Reserved("Integer", "A"),
    "AD": Reserved("Integer", "R", V43),
    "ADF": Reserved("Integer", "R", V43),
    "ADR": Reserved("Integer", "R", V43),
    "AF": Reserved("Float", "A"),
    "AN": Reserved("Integer", "1"),
    "BQ": Reserved("Float", "1"),
    "CIGAR": Reserved("String", "A"),
    "DB": Reserved("Flag", "0"),
    "DP": Reserved("Integer", "1"),
    "END": Reserved("Integer", "1"),
    "H2": Reserved("Flag", "0"),
    "H3": Reserved("Flag", "0"),
    "MQ": Reserved("Float", "1"),
    "MQ0": Reserved("Integer", "1"),
    "NS": Reserved("Integer", "1"),
    "SOMATIC": Reserved("Flag", "0"),
    "VALIDATED": Reserved("Flag", "0"),
    "1000G": Reserved("Flag", "0"),
}
FORMAT: dict[str, Reserved] = {
    "AD": Reserved("Integer", "R", V43),
    "ADF": Reserved("Integer", "R", V43),
    "ADR": Reserved("Integer", "R", V43),
    "DP": Reserved("Integer", "1"),
    "EC": Reserved("Integer", "A"),
    "FT": Reserved("String", "1"),
    "GL": Reserved("Float", "G"),
    "GLE": Reserved("String", "G", (4, 0), V42),
    "GP": Reserved("Float", "G"),
    "GQ": Reserved("Integer", "1"),
    "GT": Reserved("String", "1"),
    "HQ": Reserved("Integer", "2"),
    "MQ": Reserved("Integer", "1"),
    "PL": Reserved("Integer", "G"),
    "PQ": Reserved("Integer", "1"),
    "PS": Reserved("Integer", "1"),
    "PSL": Reserved("String", "P", V44),
    "PSO": Reserved("Integer", "P", V44),
    "PSQ": Reserved("Integer", "P", V44),
}
# INFO whose values are never below zero.
NOT_NEGATIVE = frozenset({"AC", "AF", "AN", "DP", "END", "MQ0", "NS"})
# INFO MQ ("RMS mapping quality") is Integer in half of the callers; only its Number is held to.
ANY_TYPE = frozenset({("INFO", "MQ")})
ALT_PREFIXES = ("DEL", "INS", "DUP", "INV", "CNV")
TYPES_INFO = frozenset({"Integer", "Float", "Flag", "Character", "String"})
TYPES_FORMAT = TYPES_INFO - {"Flag"}


def reserved(table: dict[str, Reserved], key: str, version: Version) -> Reserved | None:
    """The rule for `key` in `version`; None when it has none."""
    rule = table.get(key)
    return rule if rule and rule.since <= version <= rule.until else None

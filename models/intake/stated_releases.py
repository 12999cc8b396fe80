"""Which release of gnomAD, ClinVar or a predictor the file says its own annotator used; "" where it does not say.

Asked in this order, for each field that a value came from:

- the name of the annotated file in the field's Description ("CLNSIG field from /data/clinvar_20240819.vcf.gz": VEP's
  --custom, vcfanno, slivar);
- the releases in VEP's cache, which VEP writes into its ##VEP line for its own fields (ClinVar="202404"
  gnomADe="v4.1"; Ensembl VEP 76 to 115);
- a version in the field's own name (ANNOVAR's gnomad41_exome_AF);
- the date or version beside the source's name in a command line of the header (SnpSift, bcftools annotate, VEP).

Of a path only the file's name is taken, and of a command line only the date or version: both may hold names of people.
"""

import re
from collections.abc import Iterable

from models.intake.vcf_header import Header

NOT_STATED = "release not stated in the file"
# Start of a contract column -> the source's name as files and VEP write it.
_SOURCES = {
    "af_": "gnomad", "allele_": "gnomad", "homozygote_": "gnomad", "clinvar_": "clinvar", "cadd_": "cadd",
    "revel_": "revel", "alphamissense_": "alphamissense", "spliceai_": "spliceai",
}  # fmt: skip
_DIGITS = r"(?:20\d\d[-_.]?[01]\d(?:[-_.]?[0-3]\d)?|[vr]?\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?)(?![\d.]*\d)"
_BUILD = re.compile(r"(?:grch|hg|b)(?:19|3[78])", re.IGNORECASE)  # its digits are no release
_PAIR = re.compile(r'(?<![\w-])(ClinVar|gnomAD[eg]?|ExAC|1000genomes)=(?:"([^"]{1,24})"|(\S{1,24}))')
_IN_NAME = re.compile(r"gnomad[_-]?v?(\d(?:\.\d){1,2}|\d{2,3}(?!\d)|\d(?=_))", re.IGNORECASE)


def release_words(column: str, origins: Iterable[str], header: Header) -> str:
    """ "release ClinVar 202404", or NOT_STATED; "" for a column that rests on no release of a source.

    origins: the fields that feed the column, as shown to people ("INFO/CSQ CLIN_SIG", "INFO/CLNSIG").
    """
    source = next((name for start, name in _SOURCES.items() if column.startswith(start)), "")
    if not source:
        return ""
    said = {origin: _stated(source, origin, header) for origin in origins}
    known = list(dict.fromkeys(filter(None, said.values())))
    if not known:
        return NOT_STATED
    silent = [origin for origin, release in said.items() if not release]
    return f"release {', '.join(known)}" + (f"; that of {', '.join(silent)} not stated" if silent else "")


def _stated(source: str, origin: str, header: Header) -> str:
    annotation, _, subfield = origin.removeprefix("INFO/").partition(" ")
    name = subfield or annotation
    if of_file := _file_named(_kind(source, name), header.infos[name].description if name in header.infos else ""):
        return of_file
    if subfield and annotation in ("CSQ", "vep") and (of_cache := _in_cache(name, header)):
        return of_cache
    if version := _IN_NAME.search(name):
        return f"gnomAD {version[1] if '.' in version[1] else '.'.join(version[1])} (the field's name says so)"
    return _in_commands(_kind(source, name), header)


def _kind(source: str, name: str) -> str:
    """ExAC and dbNSFP bring the same columns under their own names."""
    plain = name.lower()
    return next((other for other in ("dbnsfp", "exac") if plain.startswith(other)), source)


def _file_named(source: str, description: str) -> str:
    """The name of a file of this source that holds a digit: where it came from, and which one."""
    for path in re.findall(r"[^\s\"'=,;()|]+", description):
        name = str(path).rpartition("/")[2]
        told = _BUILD.sub("", name.lower())
        if source in told and "." in told and re.search(r"\d", told.partition(source)[2]):
            return name[:80]
    return ""


def _in_cache(name: str, header: Header) -> str:
    """What ##VEP says of the release that a field of VEP's own cache is taken from."""
    said = {key: quoted or bare for key, quoted, bare in _PAIR.findall(_meta(header, "VEP"))}
    keys = {"CLIN_SIG": ("ClinVar",), "AF": ("1000genomes",), "ExAC": ("ExAC",)}
    of_gnomad = re.match(r"gnomAD[eg]?(?=_)", name)
    wanted = (of_gnomad[0], "gnomAD") if of_gnomad else keys.get(name.partition("_")[0] if "ExAC" in name else name, ())
    return next((f"{key} {said[key]}" for key in wanted if key in said), "")


def _in_commands(source: str, header: Header) -> str:
    for key, value in header.meta:
        if key.lower() != "vep" and (found := re.search(rf"{source}[\w.-]{{0,40}}?({_DIGITS})", value, re.IGNORECASE)):
            return f"{_SHOWN[source]} {found[1]}"
    return ""


_SHOWN = {
    "gnomad": "gnomAD", "clinvar": "ClinVar", "cadd": "CADD", "revel": "REVEL", "alphamissense": "AlphaMissense",
    "spliceai": "SpliceAI", "dbnsfp": "dbNSFP", "exac": "ExAC",
}  # fmt: skip


def _meta(header: Header, wanted: str) -> str:
    return " ".join(value for key, value in header.meta if key == wanted)

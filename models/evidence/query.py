"""What a person typed into "why is this variant not here?": a gene, an HGVS name, or a place."""

import re
from dataclasses import dataclass

from models.case import Allele, Assembly, canonical_chrom
from models.errors import InputError, WrongBuild

_PLACE = re.compile(
    r"^(?:chr)?([0-9]{1,2}|X|Y|MT?)\s*[:\- ]\s*([0-9][0-9,]*)(?:\s*(?:-|\.\.)\s*([0-9][0-9,]*))?$", re.IGNORECASE
)
_GENOMIC = re.compile(
    r"^(?:NC_0*([0-9]+)\.([0-9]+)|(?:chr)?([0-9]{1,2}|X|Y|MT?)):?[gm]\.([0-9]+)([ACGT]+)>([ACGT]+)$", re.IGNORECASE
)
# RefSeq version of each chromosome in GRCh37.p13 (GCF_000001405.25); GRCh38 has the next one.
_GRCH37_VERSIONS = dict(
    zip(
        range(1, 25),
        (10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9),
        strict=True,
    )
)
# A name of the mitochondrial genome: "m.3243A>G" is an allele, "m.8993" and indels are looked up by place.
_MITOCHONDRIAL = re.compile(r"^m\.([0-9]+)([ACGT]+)>([ACGT]+)$", re.IGNORECASE)
_MITOCHONDRIAL_PLACE = re.compile(r"^m\.([0-9]+)(?:_([0-9]+))?(?:(?:del|ins|dup)[A-Z]*)*$", re.IGNORECASE)
_POSITION = re.compile(r"^[0-9][0-9,]*$")
_HGVS = re.compile(r"^(?:(?P<where>[^:\s][^:]*)[:\s])?\s*(?P<name>[cnp]\..*[0-9].*)$")
# A change without its "c." or "p.": "35delG", "487C>T", "353-60G>A"; "R163C", "Gly12fs" only beside a gene.
_BARE_CODING = re.compile(
    r"^[-*]?[0-9]+(?:[+-][0-9]+)?(?:_[-*]?[0-9]+(?:[+-][0-9]+)?)?(?:[ACGT]>[ACGT]|(?:del|dup|ins)[ACGT0-9]*(?:ins[ACGT]+)?)$",
    re.IGNORECASE,
)
_BARE_PROTEIN = re.compile(r"^(?:[A-Z]|[A-Z][a-z]{2})[0-9]+(?:[A-Z*=]|[A-Z][a-z]{2}|[A-Za-z]{0,3}fs.*)$")
_GENE = re.compile(r"^[A-Z][A-Z0-9]*(?:[-.][A-Z0-9]+)*$", re.IGNORECASE)
NOT_UNDERSTOOD = "Not understood: try a gene, c. or p. name, rs id or chr:pos."
_DBSNP = re.compile(r"^rs[0-9]+$", re.IGNORECASE)
_TRANSCRIPT = re.compile(r"^(?:N[MR]_|X[MR]_|NP_|ENS[TP])[0-9]+(?:\.[0-9]+)?$")
_ONE_LETTER = {
    "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
    "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "V": "Val",
    "W": "Trp", "Y": "Tyr", "*": "Ter", "X": "Ter",
}  # fmt: skip


@dataclass(frozen=True)
class GeneQuery:
    symbol: str


@dataclass(frozen=True)
class HgvsQuery:
    """name: "c.2836C>T" or "p.Arg946Cys", three-letter. transcript without version, gene: "" when not given."""

    name: str
    transcript: str = ""
    gene: str = ""


@dataclass(frozen=True)
class PlaceQuery:
    """A closed range; a single position has start == end."""

    chrom: str
    start_1based: int
    end_1based: int


@dataclass(frozen=True)
class PositionQuery:
    """A position whose chromosome was not said: every chromosome is looked at."""

    pos_1based: int


@dataclass(frozen=True)
class AlleleQuery:
    allele: Allele


@dataclass(frozen=True)
class IdQuery:
    """A dbSNP id ("rs113488022"), as the ID column of the file holds it."""

    id: str


Query = GeneQuery | HgvsQuery | PlaceQuery | PositionQuery | AlleleQuery | IdQuery


def read_query(text: str, assembly: Assembly) -> Query:
    """What was asked. Raises InputError with examples when the text is empty or not understood, WrongBuild
    for an accession of the other assembly. A GeneQuery looks like a gene; whether it is one is not known here."""
    text = text.strip()
    if not text:
        raise InputError("Type a gene (SCN1A), a place (chr2:166,012,345) or an HGVS name (c.2836C>T).")
    asked = _by_place(text, assembly) or _by_allele(text, assembly) or _by_name(text)
    if asked:
        return asked
    if _GENE.match(text):
        return GeneQuery(text)
    raise InputError(NOT_UNDERSTOOD)


def _by_allele(text: str, assembly: Assembly) -> AlleleQuery | None:
    try:
        return AlleleQuery(trimmed(Allele.parse(text, assembly=assembly)))
    except InputError:
        return None  # not written as an allele: it may still be a name


def _by_place(text: str, assembly: Assembly) -> AlleleQuery | PlaceQuery | PositionQuery | None:
    genomic = _GENOMIC.match(text)
    if genomic:
        accession, version, chrom, pos, ref, alt = genomic.groups()
        if accession:
            _check_build(int(accession), int(version), assembly)
        name = _chrom_of_accession(accession) if accession else canonical_chrom(chrom)
        return AlleleQuery(Allele(assembly, name, int(pos), ref.upper(), alt.upper()))
    if _POSITION.match(text):
        return PositionQuery(_number(text))
    place = _PLACE.match(text)
    if place:
        chrom, start, end = place.groups()
        first = _number(start)
        last = _number(end) if end else first
        return PlaceQuery(canonical_chrom(chrom), min(first, last), max(first, last))
    return _on_mitochondrion(re.split(r"[:\s]", text)[-1], assembly)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _on_mitochondrion(name: str, assembly: Assembly) -> AlleleQuery | PlaceQuery | None:
    """ "m.3243A>G", whatever gene stands before it: there is one mitochondrial genome."""
    allele = _MITOCHONDRIAL.match(name)
    if allele:
        pos, ref, alt = allele.groups()
        return AlleleQuery(trimmed(Allele(assembly, "MT", int(pos), ref.upper(), alt.upper())))
    place = _MITOCHONDRIAL_PLACE.match(name)
    if place:
        first = int(place[1])
        return PlaceQuery("MT", first, int(place[2] or first))
    return None


def _by_name(text: str) -> IdQuery | HgvsQuery | None:
    if _DBSNP.match(text):
        return IdQuery(text.lower())
    hgvs = _HGVS.match(text)
    if hgvs:
        return _hgvs(hgvs["where"] or "", hgvs["name"])
    gene, _, change = text.replace(":", " ").partition(" ")
    gene, change = (gene, change.strip()) if change else ("", gene)
    if _BARE_CODING.match(change):
        return _hgvs(gene, f"c.{change}")
    return _hgvs(gene, f"p.{change}") if gene and _BARE_PROTEIN.match(change) else None


def _check_build(number: int, version: int, assembly: Assembly) -> None:
    """On another build the same position is another place."""
    in_37 = _GRCH37_VERSIONS.get(number)
    stated = {in_37: Assembly.GRCH37, (in_37 or 0) + 1: Assembly.GRCH38}.get(version) if in_37 else None
    if stated and assembly not in (stated, Assembly.UNKNOWN):
        raise WrongBuild(
            f"This name is on {stated.value}, the file on {assembly.value}; ask with a {assembly.value} name."
        )


def accession_of(chrom: str, assembly: Assembly) -> str:
    """RefSeq's accession of a chromosome ("NC_000002.12"); "" for other contigs and an unknown build."""
    if chrom == "MT":
        return "NC_012920.1"
    number = {"X": 23, "Y": 24}.get(chrom) or (int(chrom) if chrom.isdecimal() else 0)
    in_37 = _GRCH37_VERSIONS.get(number)
    if in_37 is None or assembly is Assembly.UNKNOWN:
        return ""
    return f"NC_{number:06d}.{in_37 + (assembly is Assembly.GRCH38)}"


def _chrom_of_accession(number: str) -> str:
    return {"23": "X", "24": "Y", "12920": "MT"}.get(number, number)


def _hgvs(where: str, name: str) -> HgvsQuery:
    inside = re.search(r"\(([^)]+)\)", where)
    gene = inside.group(1) if inside else ""
    bare = re.sub(r"\(.*\)", "", where).strip()
    if bare and not _TRANSCRIPT.match(bare):
        gene, bare = bare, ""
    return HgvsQuery(normal_hgvs(name), bare.split(".")[0], gene)


def normal_hgvs(name: str) -> str:
    """Without spaces, brackets or the bases a deletion or duplication repeats; amino acids by three letters."""
    name = name.replace(" ", "")
    if not name.startswith("p."):
        return _REPEATED_BASES.sub(r"\1", name)
    body = name[2:].strip("()")
    one_letter = _ONE_LETTER_CHANGE.match(body)
    if one_letter:
        first, place, last, shift = one_letter.groups()
        body = f"{_ONE_LETTER.get(first, first)}{place}{_ONE_LETTER.get(last or '', last or '')}"
        body += re.sub(r"^fs[*X]", "fsTer", shift or "")
    return "p." + body.replace("*", "Ter").replace("%3D", "=")


def is_same_name(asked: str, written: str) -> bool:
    """Two normal names of one change. "p.Gly12fs", the short form, is every frameshift that begins there."""
    if asked == written:
        return True
    one, other = _FRAMESHIFT.match(asked), _FRAMESHIFT.match(written)
    if not one or not other or one["at"] != other["at"]:
        return False
    return not (one["detail"] and other["detail"])


# "c.35delG" and "c.35del3" are "c.35del"; the inserted bases of "delinsAT" stay.
_REPEATED_BASES = re.compile(r"(del|dup)[ACGT0-9]+(?=$|ins)", re.IGNORECASE)
_ONE_LETTER_CHANGE = re.compile(r"^([A-Z*])([0-9]+)([A-Z*](?=$|fs)|=)?(fs.*)?$")
_FRAMESHIFT = re.compile(r"^p\.(?P<at>[A-Z][a-z]{2}[0-9]+)(?P<detail>(?:[A-Z][a-z]{2})?)fs(?:Ter.*)?$")


def trimmed(allele: Allele) -> Allele:
    """The same change without shared trailing, then leading bases; an indel keeps its anchor base."""
    ref, alt, pos = allele.ref, allele.alt, allele.pos_1based
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        ref, alt, pos = ref[1:], alt[1:], pos + 1
    return Allele(allele.assembly, allele.chrom, pos, ref, alt)

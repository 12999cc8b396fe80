"""The 18 identifiers of HIPAA's Safe Harbor, 45 CFR 164.514(b)(2)(i)(A) to (R): each is one line of IDENTIFIERS.

`fields` says what happens to it where it stands in a field of its own, `text` to it inside words that people wrote.
Patterns find what can be told by its shape; names are found by `models.privacy.names`, dates by `models.privacy.dates`.
A shape is never proof: free text leaves only after a named person has read it.

Sources: 45 CFR 164.514 as of 2013-06-07; HHS Office for Civil Rights, Guidance Regarding Methods for De-identification
of Protected Health Information, 26 November 2012.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

RULES_VERSION = "1"
LAW = "45 CFR 164.514(b)(2)(i)"
# ZIP code areas of 20,000 people or fewer by the census of 2000: the 17 of the guidance of 2012, section 3.3 of it.
_RESTRICTED = "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893"
RESTRICTED_ZIP3 = frozenset(_RESTRICTED.split())
_ZIP_DIGITS = 3


@dataclass(frozen=True)
class Shape:
    """A pattern and what is written instead; `kept` works on the match where part of it may stay."""

    pattern: re.Pattern[str]
    instead: str
    kept: Callable[[re.Match[str]], str] | None = None

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.kept(match) if self.kept else self.instead


@dataclass(frozen=True)
class Identifier:
    """One of the 18. letter: its paragraph. fields, text: what happens to it, in words. shapes: how it is found in
    text beside the names, numbers and addresses known from the record; empty where only these, or dates, find it."""

    letter: str
    name: str
    fields: str
    text: str
    shapes: tuple[Shape, ...] = ()

    @property
    def source(self) -> str:
        return f"{LAW}({self.letter})"


def zip_words(code: str) -> str:
    """The first three digits of a US ZIP code, 000 for an area of 20,000 people or fewer; "[zip]" for other codes."""
    digits = re.fullmatch(r"\s*(\d{5})(?:-?\d{4})?\s*", code)
    if not digits:
        return "[zip]"
    area = digits[1][:_ZIP_DIGITS]
    return f"{'000' if area in RESTRICTED_ZIP3 else area}**"


def _shape(pattern: str, instead: str, kept: Callable[[re.Match[str]], str] | None = None) -> Shape:
    return Shape(re.compile(pattern, re.IGNORECASE), instead, kept)


def _labelled(labels: str, instead: str) -> Shape:
    """A code that stands behind its name: "MRN: 12-34", "policy no. A 55". The name stays."""
    code = r"(?:(?:no|nr|number|id|#)\b\.?)?\s*(?:is\s+)?[:#=]?\s*(?P<code>(?=[\w/-]*\d)\w[\w/-]{2,})"
    return _shape(rf"\b(?P<label>(?:{labels})\s*){code}", instead, lambda m: f"{m['label'].strip()} {instead}")


_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|"
    "OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_STREET = (
    "street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|terrace|highway|hwy|"
    "run|strasse|straße|str|gasse|weg|platz|allee|rue|via|calle|plaza"
)
_TITLE = r"dr|prof|professor|mr|mrs|ms|miss|mx|sir|herr|frau|monsieur|madame|nurse"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+"
_BEFORE_ZIP = r"zip(?:\s+code)?|postal code|postcode|plz"
_BEFORE_PHONE = (
    r"(?:phone|tel(?:ephone)?|mobile|cell|pager|call(?:ed)?)\.?\s*(?:no\.?|number)?\s*(?:at|on|is)?\s*[:#]?\s*"
)
_DIALLED = r"\+?\(?\d[\d\s()./-]{4,}\d"
_NUMBERED = r"(?:patient|chart|hospital|case)(?=\s*(?:id|no|number|#))"
_RECORD = rf"mrn|m\.r\.n\.|medical record|{_NUMBERED}|accession|encounter|visit"
_DEVICE = r"serial|s/n|device|implant|pacemaker|pump|lot|batch|udi|flow ?cell|instrument"
_HEX = r"[0-9a-f]{1,4}"
_VIN = r"[A-HJ-NPR-Z0-9]"
# What only looks like a number of somebody: accessions, positions and identifiers of public databases.
PUBLIC_CODES = re.compile(
    r"\b(?:HP:\d{7}|rs\d+|(?:NM|NC|NP|NR|NG|XM)_\d+(?:\.\d+)?|ENS[TGP]\d+(?:\.\d+)?|"
    r"(?:OMIM|MIM|ORPHA|MONDO|PMID|HGNC|GENO|DOID)[:#\s]*\d+|[VRS]CV\d+(?:\.\d+)?|LRG_\d+|"
    r"(?:chr)?(?:\d{1,2}|X|Y|MT?)[:-]\d[\d,]{3,}\d(?:-[\d,]+\d)?(?:[-\s]?(?-i:[ACGT]+)>?-?(?-i:[ACGT]*))?|"
    r"[cgmnpr]\.[\w*>+()?=-]+)",
    re.IGNORECASE,
)

IDENTIFIERS: tuple[Identifier, ...] = (
    Identifier(
        "A", "Names",
        "people become Proband, Mother, Reviewer 1 and so on; files and samples go",
        "every name known from the record, its parts too; what follows a title",
        (_shape(rf"\b(?:{_TITLE})\.?\s+(?-i:{_CAPITAL})(?:\s+(?-i:{_CAPITAL}))*", "[name]"),),
    ),
    Identifier(
        "B", "Geographic subdivisions smaller than a state",
        "no address leaves; of a ZIP code the first three digits, 000 where 20,000 people or fewer live",
        "every place known from the record, streets, ZIP codes with their state, coordinates",
        (
            _shape(rf"\b\d{{1,5}}\w?\s+(?:[^\W\d_][\w'’.-]*\s+){{1,4}}(?:{_STREET})\b\.?"
                   r"(?:\s*,?\s*(?:apt|apartment|suite|unit|floor)\.?\s*\w+)?", "[place]"),
            _shape(r"\b[^\W\d_]{3,}(?:strasse|straße|str\.|gasse|weg|platz|allee)\s+\d{1,4}\w?\b", "[place]"),
            _shape(r"\bp\.?\s?o\.?\s+box\s+\d+", "[place]"),
            _shape(rf"\b(?P<before>(?-i:{_STATES})|{_BEFORE_ZIP})[\s:,]+(?P<zip>\d{{5}}(?:-\d{{4}})?)\b", "[zip]",
                   lambda m: f"{m['before']} {zip_words(m['zip'])}"),
            _shape(r"\b\d{5}-\d{4}\b", "[zip]", lambda m: zip_words(m[0])),
            _shape(r"[-+]?\d{1,2}\.\d{4,}\s*°?\s*[NS]?\s*[,;/]\s*[-+]?\d{1,3}\.\d{4,}\s*°?\s*[EW]?", "[place]"),
        ),
    ),
    Identifier(
        "C", "All elements of dates (except year), and ages over 89",
        "dates of the record become days since its first entry, beside the date moved by this patient's secret number "
        "of days; dates of decisions become the year; ages over 89 become 90 or older",
        "dates become the moved date, or [date] where day and month cannot be told apart; ages over 89 become 90 or "
        "older",
    ),
    Identifier(
        "D", "Telephone numbers", "no field of the export holds one", "by their shape, and those known",
        (
            _shape(rf"\b(?P<label>{_BEFORE_PHONE}){_DIALLED}", "[phone]", lambda m: f"{m['label'].strip()} [phone]"),
            _shape(r"(?<![\w.,:-])(?:\+\d{1,3}[\s./-]?)(?:\(?\d{1,5}\)?[\s./-]?){2,6}\d{2,}(?![\w:])", "[phone]"),
            _shape(r"(?<![\w.,:-])(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?(?![\w:])",
                   "[phone]"),
        ),
    ),
    Identifier(
        "E", "Fax numbers", "no field of the export holds one", "by the word before them",
        (_shape(rf"\b(?P<label>(?:tele)?fax\.?\s*(?:no\.?|number)?\s*[:#]?\s*){_DIALLED}", "[fax]",
                lambda m: f"{m['label'].strip()} [fax]"),),
    ),
    Identifier(
        "F", "Email addresses", "no field of the export holds one", "by their shape",
        (_shape(r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)*", "[e-mail]"),),
    ),
    Identifier(
        "G", "Social security numbers", "no field of the export holds one", "by their shape, or the word before them",
        (
            _shape(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", "[social security number]"),
            _labelled(r"ssn|social security", "[social security number]"),
        ),
    ),
    Identifier(
        "H", "Medical record numbers", "no field of the export holds one; the case has a random code",
        "those known from the record, and by the word before them",
        (_labelled(_RECORD, "[record number]"),),
    ),
    Identifier(
        "I", "Health plan beneficiary numbers", "no field of the export holds one", "by the word before them",
        (_labelled(r"member|beneficiary|subscriber|policy|insurance|health plan|medicare|medicaid|nhs|krankenkasse",
                   "[plan number]"),),
    ),
    Identifier(
        "J", "Account numbers", "no field of the export holds one", "by the word before them, and IBANs",
        (
            _labelled(r"account|acct\.?|invoice|billing|credit card|konto", "[account number]"),
            _shape(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b", "[account number]"),
        ),
    ),
    Identifier(
        "K", "Certificate/license numbers", "no field of the export holds one", "by the word before them",
        (_labelled(r"licen[cs]e(?!\s*plate)|certificate|permit|passport|dea|npi", "[licence number]"),),
    ),
    Identifier(
        "L", "Vehicle identifiers and serial numbers, including license plate numbers",
        "no field of the export holds one", "by the word before them, and by the shape of a VIN (ISO 3779)",
        (
            _labelled(r"licen[cs]e plate|number plate|plate|vin|vehicle|registration|kennzeichen", "[vehicle number]"),
            _shape(rf"\b(?-i:(?={_VIN}*\d)(?={_VIN}*[A-Z]){_VIN}{{17}})\b", "[vehicle number]"),
        ),
    ),
    Identifier(
        "M", "Device identifiers and serial numbers", "no field of the export holds one",
        "those known from the record, by the word before them, and by the shape of a UDI",
        (
            _labelled(_DEVICE, "[device number]"),
            _shape(r"\(01\)\d{14}(?:\(\d{2}\)[\w.-]+)*", "[device number]"),
        ),
    ),
    Identifier(
        "N", "Web Universal Resource Locators (URLs)", "no field of the export holds one", "by their shape",
        (_shape(r"\b(?:(?:https?|ftp|file|s3)://|www\.)[^\s<>\"')\]]+", "[web address]"),),
    ),
    Identifier(
        "O", "Internet Protocol (IP) address numbers", "no field of the export holds one", "by their shape",
        (
            _shape(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)", "[ip address]"),
            _shape(rf"(?<![\w:])(?:{_HEX}:){{7}}{_HEX}(?![\w:])", "[ip address]"),
            _shape(rf"(?<![\w:])(?:{_HEX}(?::{_HEX}){{0,6}})?::(?:{_HEX}(?::{_HEX}){{0,6}})?(?![\w:])", "[ip address]"),
        ),
    ),
    Identifier(
        "P", "Biometric identifiers, including finger and voice prints",
        "reads and the variant file never leave; the reported variants do: they are not among the 18, yet can identify",
        "by the word before them",
        (_labelled(r"(?:finger|voice|palm|retina|iris|face)\s*-?(?:print|scan)|biometric", "[biometric]"),),
    ),
    Identifier(
        "Q", "Full-face photographs and any comparable images", "no image leaves",
        "names of picture files",
        (_shape(r"(?<![\w.-])[\w.-]+\.(?:jpe?g|png|gif|bmp|tiff?|heic|dcm|mp4|mov|avi)\b", "[image]"),),
    ),
    Identifier(
        "R", "Any other unique identifying number, characteristic, or code",
        "hashes of files, of decisions and of signed reports go; case and report have a random code",
        "UUIDs, and any number or code with six digits or more that is none of a public database",
        (
            _shape(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "[number]"),
            _shape(r"(?<![\w.,-])(?=(?:[\w-]*\d){6})[a-z]{0,6}-?\d[\w-]*(?![\w,]*\d)", "[number]"),
            _shape(r"(?<![\w.,])[a-z]{1,5}[-/]?\d{4,5}(?![\w.,]*\d)", "[number]"),
        ),
    ),
)  # fmt: skip


def shapes_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what is written instead) of everything with the shape of an identifier; what is the name of a
    variant or an entry of a public database stays."""
    public = [match.span() for match in PUBLIC_CODES.finditer(text)]
    found = [hit for identifier in IDENTIFIERS for shape in identifier.shapes for hit in shape.found(text)]
    return [hit for hit in found if not any(start <= hit[0] and hit[1] <= end for start, end in public)]

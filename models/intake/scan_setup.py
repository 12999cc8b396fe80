"""From a header to the plan of the compiled scan: which fields are wanted, and where they go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.intake.annotation_fields import AFTER_COLON_COLUMNS, COMBINED_SPLICE, TEXT_COLUMNS, Feed, feeds_of, plain
from models.intake.limits import Limits
from models.intake.scan_bytes import stop_table, word_table
from models.intake.scan_plan import (
    AFTER_COLON,
    ALL_READS,
    ALLELE,
    ALLELE_NUMBER,
    ALT_READS,
    ANNOTATION,
    ANY_LENGTH,
    AS_NUMBER,
    AS_SPLICE,
    AS_TEXT,
    BASE_A,
    BASE_C,
    BASE_G,
    BASE_T,
    CANONICAL,
    CONSEQUENCE,
    DEPTH,
    DNA_CHANGE,
    DP4,
    END,
    FIXED_NUMBERS,
    FIXED_TEXTS,
    FORMAT_SPACE,
    GQ,
    GT,
    INDEL_READS,
    INFO_SPACE,
    LOCAL_GT,
    LOCAL_ID,
    MANE,
    ONE_ALT_READS,
    PAIR_READS,
    PER_ALLELE,
    PER_ALT,
    PER_RECORD,
    PHASE_SET,
    REF_READS,
    SPARE_DEPTH,
    SPARE_GQ,
    SPLIT_READS,
    SVLEN,
    TERM_SPACE,
    VAF,
    VAF_PERCENT,
    Plan,
)
from models.intake.severity import SEVERITY
from models.intake.vcf_header import Header

_LINE = "\t\n\r"  # ends any column
# Where annotators put their entries, the one taken first when a file has several.
ANNOTATION_KEYS = ("CSQ", "vep", "ANN", "BCSQ", "EFF")
# bcftools csq writes nothing where no transcript lies (its manual), so silence is an answer. VEP and SnpEff
# write "intergenic" there: a line without entries was added, filtered or changed after them.
_LEAVES_LINES_OUT = ("BCSQ",)
# Subfield names that decide between entries.
DECIDING = {
    "allele": ALLELE, "allelenum": ALLELE_NUMBER, "maneselect": MANE, "mane": MANE, "canonical": CANONICAL,
    "consequence": CONSEQUENCE, "annotation": CONSEQUENCE, "effect": CONSEQUENCE, "dnachange": DNA_CHANGE,
    "genotypenum": ALLELE_NUMBER, "genotypenumber": ALLELE_NUMBER,
}  # fmt: skip
# FORMAT key -> role, by the callers' own header descriptions. A newcomer adds a line.
FORMAT_ROLES = {
    "GT": GT,
    "GQ": GQ, "RGQ": SPARE_GQ, "GQX": SPARE_GQ,
    "DP": DEPTH, "DPI": SPARE_DEPTH, "NR": SPARE_DEPTH,
    "AD": ALL_READS, "FAD": ALL_READS,
    "AO": ALT_READS, "NV": ALT_READS, "VD": ONE_ALT_READS, "DV": ONE_ALT_READS, "RV": SPLIT_READS,
    "RO": REF_READS, "RD": REF_READS, "DR": REF_READS,
    "VAF": VAF, "AF": VAF, "FA": VAF, "FREQ": VAF_PERCENT,
    "PS": PHASE_SET, "PGT": LOCAL_GT, "PID": LOCAL_ID,
    "DP4": DP4, "AU": BASE_A, "CU": BASE_C, "GU": BASE_G, "TU": BASE_T, "TIR": INDEL_READS,
    "PR": PAIR_READS, "SR": SPLIT_READS,
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """One field of the file that is read. origin: as shown to people ("INFO/CSQ gnomADe_AF")."""

    feed: Feed
    origin: str
    row: int  # its place among the texts or the numbers of a batch

    @property
    def is_text(self) -> bool:
        return self.feed.column in TEXT_COLUMNS


@dataclass(frozen=True)
class Setup:
    """The plan and what its slots mean. annotation: the INFO key whose entries are read, or ""."""

    plan: Plan
    slots: tuple[Slot, ...]
    annotation: str
    mane_row: int  # text row of the MANE subfield, -1 when the file has none
    texts: int
    numbers: int


@dataclass
class _Draft:
    slots: list[Slot] = field(default_factory=list)
    next_slot: list[int] = field(default_factory=list)
    texts: int = FIXED_TEXTS
    numbers: int = FIXED_NUMBERS

    def add(self, feeds: Sequence[Feed], origin: str) -> int:
        """Add one slot for each feed, chained; the first one's number, or -1."""
        first = -1
        for feed in feeds:
            is_text = feed.column in TEXT_COLUMNS
            self.slots.append(Slot(feed, origin, self.texts if is_text else self.numbers))
            self.texts, self.numbers = self.texts + is_text, self.numbers + (not is_text)
            self.next_slot.append(first)
            first = len(self.slots) - 1
        return first


def set_up(header: Header, chosen: Sequence[str], limits: Limits) -> Setup:
    """Plan of the scan for the samples `chosen`, in that order."""
    draft = _Draft()
    annotation = next((key for key in ANNOTATION_KEYS if key in header.infos and _subfields(header, key)), "")
    subs, mane_row = _entry_plan(draft, header, annotation)
    keys = _key_plan(draft, header, annotation)
    place = {name: i for i, name in enumerate(chosen)}
    words, starts, table, spaces, values = _words(keys, header)
    plan = Plan(
        words, starts, table, spaces, values,
        _table([(use, slot) for _, use, slot in keys], 2),
        _table([(_how(s), s.row, draft.next_slot[i]) for i, s in enumerate(draft.slots)], 3),
        _table(subs, 2),
        np.array([place.get(name, -1) for name in header.samples], np.int64),
        stop_table("=;" + _LINE),
        stop_table(";" + _LINE),
        stop_table("|,;" + _LINE + ("()" if annotation == "EFF" else "")),
        stop_table(",;" + _LINE),
        stop_table(_LINE),
        max((i + 1 for i, (_, use) in enumerate(subs) if use), default=0),
        annotation not in ("", *_LEAVES_LINES_OUT),
        header.columns,
        limits.alleles,
        limits.line_bytes,
    )  # fmt: skip
    return Setup(plan, tuple(draft.slots), annotation, mane_row, draft.texts, draft.numbers)


def _table(rows: Sequence[Sequence[int]], columns: int) -> NDArray[np.int64]:
    return np.array(rows, np.int64).reshape(len(rows), columns)


def _words(keys: Sequence[tuple[str, int, int]], header: Header) -> tuple[Any, ...]:
    """The one word table: wanted INFO keys, consequence terms, FORMAT keys; and the value of each word."""
    words = [(INFO_SPACE, name.encode(), i) for i, (name, _, _) in enumerate(keys)]
    words += [(TERM_SPACE, term.encode(), rank) for term, rank in SEVERITY.items()]
    words += [(FORMAT_SPACE, name.encode(), role) for name, role in _format_roles(header).items()]
    values = np.array([value for _, _, value in words], np.int64)
    return (*word_table([(space, word) for space, word, _ in words]), values)


def _how(slot: Slot) -> Any:
    if slot.feed.column in AFTER_COLON_COLUMNS:
        return AFTER_COLON
    if plain(slot.feed.name) in COMBINED_SPLICE:
        return AS_SPLICE
    return AS_TEXT if slot.is_text else AS_NUMBER


def _subfields(header: Header, key: str) -> list[str]:
    """Subfield names of an annotation key, from its Description."""
    text = header.infos[key].description
    if key == "EFF":
        text = re.sub(r"[()\[\]]", "|", text.partition("Format:")[2])
        return [name.strip(" '\"") for name in re.sub(r"\|[\s|]*\|", "|", text).split("|")]
    if "ormat:" in text:
        text = text.partition("ormat:")[2]
    elif "annotations:" in text:
        text = text.partition("annotations:")[2]
    quoted = re.search(r"'([^']*\|[^']*)'", text)
    text = quoted[1] if quoted else text
    return [name.strip(" '\"[]*") for name in text.split("|")] if "|" in text else []


def _entry_plan(draft: _Draft, header: Header, annotation: str) -> tuple[list[tuple[int, int]], int]:
    names = _subfields(header, annotation) if annotation else []
    mane = Feed("MANE_SELECT", "transcript", 99)
    sub_slot, sub_use, mane_row = [], [], -1
    for name in names:
        use = DECIDING.get(plain(name), 0)
        feeds = list(feeds_of(name, "entry"))
        if annotation == "BCSQ":
            feeds = [f for f in feeds if not f.column.startswith("hgvs")]
        if annotation in ("CSQ", "vep"):  # VEP calls the Ensembl id "Gene"; the symbol stands in SYMBOL
            feeds = [f for f in feeds if f.name != "gene"]
        if use == MANE and mane_row < 0:
            feeds.append(mane)
        sub_slot.append(draft.add(feeds, f"INFO/{annotation} {name}"))
        sub_use.append(use)
        if use == MANE and mane_row < 0:
            mane_row = draft.slots[-1].row
    if "maneselect" in map(plain, names):  # then MANE itself only says which kind
        sub_use = [0 if plain(n) == "mane" else use for n, use in zip(names, sub_use, strict=True)]
    return list(zip(sub_slot, sub_use, strict=True)), mane_row


def _key_plan(draft: _Draft, header: Header, annotation: str) -> list[tuple[str, int, int]]:
    """Wanted INFO keys as (name, use, first slot)."""
    keys = [("END", END, -1), ("SVLEN", SVLEN, -1)]
    if annotation:
        keys.append((annotation, ANNOTATION, -1))
    for key, definition in header.infos.items():
        feeds = feeds_of(key, "info") if key != annotation else ()
        if feeds and definition.type != "Flag":  # a flag brings no value
            keys.append((key, _use_of(definition.number, feeds), draft.add(feeds, f"INFO/{key}")))
    return keys


def fields_not_read(header: Header) -> tuple[str, ...]:
    """INFO fields we know by name and cannot read as they are declared: entries without their format, flags."""
    entries = [key for key in ANNOTATION_KEYS if key in header.infos and not _subfields(header, key)]
    flags = [key for key, field_ in header.infos.items() if field_.type == "Flag" and feeds_of(key, "info")]
    return (*entries, *flags)


def _use_of(number: str, feeds: Sequence[Feed]) -> Any:
    if any(feed.column == "clinvar_stars" for feed in feeds):
        return PER_RECORD  # review status has commas of its own
    return {"A": PER_ALT, "R": PER_ALLELE, "1": PER_RECORD, "0": PER_RECORD}.get(number, ANY_LENGTH)


def _format_roles(header: Header) -> dict[str, int]:
    """Roles of FORMAT_ROLES; VarScan's AD and MuSE-like single numbers count the variant's reads only."""
    roles = dict(FORMAT_ROLES)
    ad = header.formats.get("AD")
    if ad is not None and ad.number == "1":
        roles["AD"] = ONE_ALT_READS
    if "AD" in header.formats and "FAD" in header.formats:
        roles["FAD"] = 0
    return roles

"""Small closed sets and the three-valued answers that every other room speaks in.

Missing is not zero: a looked-up value is `Found`, `Absent` (we looked, it was not there) or
`NotAssessed` (we could not look). In table columns the same three are `State` codes.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


class State(IntEnum):
    """State code of a looked-up column (`<name>_state`, int8)."""

    FOUND = 0
    ABSENT = 1
    NOT_ASSESSED = 2


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and where it came from (source and release, as shown to people)."""

    value: T
    source: str = ""


@dataclass(frozen=True)
class Absent:
    """We looked in `source`; it was not there."""

    source: str = ""


@dataclass(frozen=True)
class NotAssessed:
    """We could not look, because of `reason`."""

    reason: str = ""


Looked: TypeAlias = Found[T] | Absent | NotAssessed


class Verdict(str, Enum):
    """Answer of a rule. NOT_ASSESSABLE: the data needed were not there."""

    MET = "met"
    NOT_MET = "not met"
    NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True)
class Judgement:
    """A verdict with the sentence that justifies it and the guideline or data it rests on."""

    verdict: Verdict
    reason: str
    source: str = ""


class Assembly(str, Enum):
    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"
    UNKNOWN = "unknown"


class Sex(str, Enum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Affected(str, Enum):
    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    UNKNOWN = "unknown"


class Role(str, Enum):
    """A person's place in the family, seen from the proband."""

    PROBAND = "proband"
    MOTHER = "mother"
    FATHER = "father"
    SIBLING = "sibling"
    OTHER = "other"


class Zygosity(str, Enum):
    """Of one ALT allele in one person. MISSING: no call. UNCERTAIN: partly called (./1)."""

    HETEROZYGOUS = "heterozygous"
    HOMOZYGOUS = "homozygous"
    HEMIZYGOUS = "hemizygous"
    REFERENCE = "reference"
    UNCERTAIN = "uncertain"
    MISSING = "missing"


class Kind(str, Enum):
    """What sort of ALT allele a row holds. Only the first five are sequence-resolved."""

    SNV = "snv"
    MNV = "mnv"
    INSERTION = "insertion"
    DELETION = "deletion"
    DELINS = "delins"
    SYMBOLIC = "symbolic"  # <DEL>, <DUP>, <CNV>, <INS:ME> ...
    BREAKEND = "breakend"
    SPANNING_DELETION = "spanning_deletion"  # *
    NON_REF = "non_ref"  # <NON_REF>, <*>
    REFERENCE = "reference"  # ALT is "."


class Severity(str, Enum):
    """How loud a finding about a case is. BLOCKING: ranking waits for a named person's override."""

    NOTE = "note"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Finding:
    """Something noticed about a case while reading or checking it.

    code: stable kebab-case key ("parents-swapped", "wrong-sex", "unknown-hpo-term").
    sentence: what, and what to do, for a clinician. where: display file name and line, or "".
    people: pedigree ids of those it is about; they tell findings apart and are never shown.
    """

    code: str
    severity: Severity
    sentence: str
    where: str = ""
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What an override is bound to: this check, these people, every word and number said of them."""
        facts = json.dumps([self.code, self.sentence, self.where, self.people])
        return f"{self.code}-{hashlib.sha256(facts.encode()).hexdigest()[:32]}"

"""What happens to every field of a report before it may leave without identity: a table, and the walk along it.

A field that is not in the table cannot leave: `walked` raises, and tests/privacy/test_fields.py stays red until a new
field of the report was thought about.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from models.privacy.dates import OLDEST_AGE_YEARS, age_out
from models.reporting.content import (
    CriterionLine,
    Dismissed,
    FeatureMatch,
    FindingLine,
    FunnelLine,
    GivenClass,
    ReleaseLine,
    ReportContent,
    ReportedVariant,
    SecondaryLine,
    SecondaryLook,
    Signature,
    TermLine,
)


class Fate(str, Enum):
    """What happens to a field."""

    PUBLIC = "kept: words of a published source, or our own"
    GENOME = "kept: a variant, a call, a count; looked through for names"
    NAMED = "kept with names replaced and of dates only the year"
    FREE = "words a person wrote: left out unless a named person has checked them"
    CODE = "replaced by this patient's random code"
    YEAR = "only the year of it"
    AGE = "in years; from 90 on left out and told as 90 or older"
    ONSET = "an age of onset up to 89 years, else left out"
    GONE = "left out"
    INSIDE = "looked into"


@dataclass(frozen=True)
class Public:
    """What tells words of ours from words of people. label_of: the ontology's name of a term, "" unknown.
    is_gene: whether a symbol is a gene's. diseases, labels: names of diseases and terms that are the source's own."""

    label_of: Callable[[str], str]
    is_gene: Callable[[str], bool]
    diseases: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()


_ONE_PROGRAM = re.compile(r"[A-Za-z][\w.+-]{1,30}(?: csq)?(?:[ ,:]+v?\d{1,4}(?:[._-][\w.+-]{1,20})?)?")
Choice = Fate | Callable[[Any, Public], Fate]


def _label(term: TermLine, public: Public) -> Fate:
    return Fate.PUBLIC if term.label and term.label == public.label_of(term.id) else Fate.FREE


def _feature(match: FeatureMatch, public: Public) -> Fate:
    return Fate.PUBLIC if match.feature in public.labels else Fate.FREE


def _gene(variant: ReportedVariant, public: Public) -> Fate:
    return Fate.PUBLIC if public.is_gene(variant.gene) else Fate.GENOME


def _condition(given: GivenClass, public: Public) -> Fate:
    return Fate.PUBLIC if given.condition in public.diseases else Fate.FREE


def _reason(line: CriterionLine, _: Public) -> Fate:
    """Of a changed criterion the reason is the note of the person who changed it."""
    return Fate.FREE if line.ruling == "changed" else Fate.GENOME


def _source(line: CriterionLine, _: Public) -> Fate:
    return Fate.NAMED if line.ruling == "changed" else Fate.PUBLIC


def _consent(content: ReportContent, _: Public) -> Fate:
    """What the files state is in the words of whoever wrote them."""
    return Fate.FREE if content.consent.startswith("as the files state") else Fate.PUBLIC


def _program(said: str) -> Fate:
    """A file's header may name more than a program: who ran it, for whom, where. One word and a version are one."""
    return Fate.NAMED if not said or _ONE_PROGRAM.fullmatch(said) else Fate.FREE


def _caller(content: ReportContent, _: Public) -> Fate:
    return _program(content.caller)


def _annotator(content: ReportContent, _: Public) -> Fate:
    return _program(content.annotator)


def _all(fate: Fate, names: str) -> dict[str, Choice]:
    return dict.fromkeys(names.split(), fate)


FATES: Mapping[type, Mapping[str, Choice]] = {
    ReportContent: {
        **_all(Fate.CODE, "case_id pseudonym"),
        **_all(Fate.GONE, "file_sha256 case_sha256 decisions_head amends agreed decisions age_group"),
        **_all(Fate.PUBLIC, "sex is_synthetic assembly sequenced in_file coverage model confidence limits number"),
        **_all(Fate.PUBLIC, "format_version"),
        **_all(Fate.FREE, "indication why_amended"),
        **_all(Fate.NAMED, "not_assessed brought"),
        **_all(Fate.INSIDE, "terms variants dismissed funnel findings releases signature secondary"),
        **_all(Fate.NAMED, "consent_by"),
        "age_years": Fate.AGE,
        "caller": _caller,
        "annotator": _annotator,
        "consent": _consent,
        "decided_at": Fate.YEAR,
    },
    TermLine: {**_all(Fate.PUBLIC, "id excluded"), "label": _label, "onset": Fate.ONSET},
    FeatureMatch: {**_all(Fate.PUBLIC, "kind in_gene"), "feature": _feature},
    CriterionLine: {
        **_all(Fate.PUBLIC, "code verdict strength lacking ruling"),
        **_all(Fate.GENOME, "suggested"),
        **_all(Fate.NAMED, "judged_by"),
        **_all(Fate.FREE, "note"),
        "reason": _reason,
        "source": _source,
    },
    GivenClass: {
        **_all(Fate.PUBLIC, "acmg_class reading condition_ids"),
        **_all(Fate.FREE, "note"),
        **_all(Fate.NAMED, "who"),
        **_all(Fate.YEAR, "at"),
        "condition": _condition,
    },
    ReportedVariant: {
        **_all(Fate.GENOME, "allele name hgvs protein place zygosity inheritance second_hit frequency consequence"),
        **_all(Fate.GENOME, "transcript hgvs_c hgvs_p chrom ref alt quality family looked_up suggested_because"),
        **_all(Fate.GENOME, "comes_to_because left_at exon not_judged differs"),
        **_all(Fate.PUBLIC, "rank pos_1based mode frequency_fraction depth_reads suggested comes_to"),
        **_all(Fate.PUBLIC, "features_lead disease_id disease validity counts_suggestions"),
        **_all(Fate.NAMED, "chosen_by open_question"),
        **_all(Fate.FREE, "chosen_because"),
        **_all(Fate.INSIDE, "criteria given features"),
        "gene": _gene,
    },
    Dismissed: {
        **_all(Fate.GENOME, "name place"),
        **_all(Fate.PUBLIC, "rank"),
        **_all(Fate.FREE, "reason"),
        **_all(Fate.NAMED, "by"),
    },
    FunnelLine: _all(Fate.PUBLIC, "title threshold left remaining"),
    FindingLine: {**_all(Fate.PUBLIC, "severity"), **_all(Fate.FREE, "sentence overridden")},
    SecondaryLook: {**_all(Fate.PUBLIC, "answer source genes hindered"), **_all(Fate.INSIDE, "found")},
    SecondaryLine: {
        **_all(Fate.GENOME, "name place because"),
        **_all(Fate.PUBLIC, "disease open given is_reported"),
        **_all(Fate.NAMED, "given_by"),
    },
    ReleaseLine: _all(Fate.PUBLIC, "name version released_on assembly"),
    Signature: {**_all(Fate.NAMED, "who"), **_all(Fate.YEAR, "at"), **_all(Fate.GONE, "proof")},
}
_DURATION = re.compile(r"P(\d{1,3})Y(?:\d{1,2}M)?(?:\d{1,2}D)?|P\d{1,4}[MWD](?:\d{1,2}D)?")
Treat = Callable[[Fate, str, str], str]


def walked(value: Any, public: Public, treat: Treat, path: str = "") -> Any:
    """The same value with every text treated. treat: (fate, path, text) -> text; path: "variants 1: given: note".

    Raises TypeError for a field that is not in the table.
    """
    changes = {}
    for field in dataclasses.fields(value):
        choice = FATES[type(value)].get(field.name)
        if choice is None:
            raise TypeError(f"{type(value).__name__}.{field.name} is not in models.privacy.fields.FATES")
        fate = choice if isinstance(choice, Fate) else choice(value, public)
        changes[field.name] = _one(getattr(value, field.name), fate, public, treat, _join(path, field.name))
    return dataclasses.replace(value, **changes)


def _join(path: str, name: str) -> str:
    words = name.replace("_", " ")
    return f"{path}: {words}" if path else words


def _one(value: Any, fate: Fate, public: Public, treat: Treat, path: str) -> Any:
    if isinstance(value, tuple):
        kept = () if fate is Fate.GONE else value
        return tuple(_one(each, fate, public, treat, f"{path} {n}") for n, each in enumerate(kept, 1))
    if fate is Fate.INSIDE and value is not None:
        return walked(value, public, treat, path)
    if isinstance(value, str):
        return treat(fate, path, value)
    return age_out(value) if fate is Fate.AGE else 0 if fate is Fate.GONE else value


def onset_out(onset: str) -> str:
    """An age of onset (ISO 8601) as it may leave: over 89 years, or in other words, it does not."""
    found = _DURATION.fullmatch(onset)
    return onset if found and int(found[1] or 0) <= OLDEST_AGE_YEARS else ""

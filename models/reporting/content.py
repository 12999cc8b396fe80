"""What a report says, as plain frozen values: what is hashed, signed and kept, and all that is drawn from.

Made once from the work-up and from what people decided (`models.reporting.gather`). Two equal contents give the
same hash on every machine; the hash leaves out the signature, so that it is the same before and after signing and
the person signs what they read.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import cattrs

from models.errors import IntegrityError

FORMAT_VERSION = 1
BEST_FIT = "; best fit "  # in `features_lead`, before the disease


@dataclass(frozen=True)
class TermLine:
    """One feature. onset: as stated, "" unknown."""

    id: str
    label: str
    excluded: bool
    onset: str = ""


@dataclass(frozen=True)
class FeatureMatch:
    """A feature against the gene's diseases. kind: as in models.evidence.TermMatch; in_gene: the gene's term with
    how often it occurs, "" for none."""

    feature: str
    kind: str
    in_gene: str = ""


@dataclass(frozen=True)
class CriterionLine:
    """One criterion as it counts for the class. verdict: "met", "not met", "not assessable".

    strength: "very strong" ..., "" unless met. judged_by: name and date of who judged it, "" for a suggestion that
    nobody judged. ruling: "accepted", "changed", "rejected", "" when not judged. suggested: what the program had
    suggested, in words.
    """

    code: str
    verdict: str
    strength: str
    reason: str
    source: str
    lacking: str = ""
    suggested: str = ""
    ruling: str = ""
    judged_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class GivenClass:
    """A class given by named people. reading: "one reading", "two readings that agree", "resolution of two ...".

    condition_ids: OMIM's, Orphanet's and Mondo's of the condition, () for none known; None in reports of before.
    """

    acmg_class: str
    condition: str
    note: str
    who: str
    at: str
    reading: str
    condition_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ReportedVariant:
    """One variant that a person shortlisted, with all that its class rests on.

    allele: "chr2-165992342-G-A" (as in the VCF, trimmed). names, looked_up: (name, value, source) facts; a value that
    could not be looked up is "not assessed". left_at: where it left the ranking, "" when ranked. given: None when
    nobody gave a class, or while it is withheld; open_question: why there is no one class, "" otherwise. comes_to: of
    what counts; counts_suggestions: in reports of earlier versions that was also what is suggested and judged by
    nobody; not_judged, differs: sentences of models.review.what_counts. Reports of before have "" in newer fields.
    """

    allele: str
    name: str
    gene: str = ""
    hgvs: str = ""
    protein: str = ""
    place: str = ""
    zygosity: str = ""
    inheritance: str = ""
    second_hit: str = ""
    frequency: str = ""
    consequence: str = ""
    rank: int = 0
    left_at: str = ""
    chosen_by: str = ""
    chosen_because: str = ""
    transcript: str = ""
    hgvs_c: str = ""
    hgvs_p: str = ""
    chrom: str = ""
    pos_1based: int = 0
    ref: str = ""
    alt: str = ""
    mode: str = ""
    frequency_fraction: float | None = None
    depth_reads: int | None = None
    quality: str = ""
    family: tuple[str, ...] = ()
    looked_up: tuple[tuple[str, str, str], ...] = ()
    suggested: str = ""
    suggested_because: str = ""
    comes_to: str = ""
    comes_to_because: str = ""
    criteria: tuple[CriterionLine, ...] = ()
    given: GivenClass | None = None
    open_question: str = ""
    features_lead: str = ""
    disease_id: str = ""
    disease: str = ""
    features: tuple[FeatureMatch, ...] = ()
    exon: str = ""
    validity: str = ""
    counts_suggestions: bool = True
    not_judged: str = ""
    differs: str = ""

    @property
    def counting(self) -> tuple[CriterionLine, ...]:
        """The criteria that count for `comes_to`."""
        return tuple(c for c in self.criteria if c.verdict == "met" and (c.judged_by or self.counts_suggestions))

    @property
    def suggested_only(self) -> tuple[CriterionLine, ...]:
        """What is suggested as met and does not count, because nobody judged it."""
        return tuple(c for c in self.criteria if c.verdict == "met" and c not in self.counting)


@dataclass(frozen=True)
class Dismissed:
    """A variant that a person set aside."""

    name: str
    place: str
    rank: int
    reason: str
    by: str


@dataclass(frozen=True)
class FunnelLine:
    title: str
    threshold: str
    left: int
    remaining: int


@dataclass(frozen=True)
class FindingLine:
    """A check's finding. overridden: who, when and why, "" when nobody needed to."""

    severity: str
    sentence: str
    overridden: str = ""


@dataclass(frozen=True)
class SecondaryLine:
    """A candidate for a secondary finding. because: why the list asks for it; open: what could not be assessed; given,
    given_by: a named person's class, "" for none; is_reported: it is also among the reported variants."""

    name: str
    place: str
    disease: str
    because: str
    open: tuple[str, ...] = ()
    given: str = ""
    given_by: str = ""
    is_reported: bool = False


@dataclass(frozen=True)
class SecondaryLook:
    """What became of secondary findings. answer: "agreed", "declined", "not recorded"; only then anything else: source,
    genes: which list and how many genes; hindered: why nothing could be looked for, "" otherwise."""

    answer: str
    source: str = ""
    genes: int = 0
    found: tuple[SecondaryLine, ...] = ()
    hindered: str = ""


@dataclass(frozen=True)
class ReleaseLine:
    name: str
    version: str
    released_on: str
    assembly: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signed, and when (ISO 8601 with offset). proof: how they were authenticated, in words; "" in the reports of
    versions that did not ask."""

    who: str
    at: str
    proof: str = ""


@dataclass(frozen=True)
class ReportContent:
    """Everything in one report.

    number: 1 for the first of a case; amends: content hash of the one it replaces, "" for the first; why_amended: in
    the signer's words. agreed: the consent a named person recorded (values of Consent); consent: the same in words, or
    what the files state while nobody recorded any. decisions, decisions_head: up to which decision of the case it was
    drawn up, and the hash of that decision, which ties the report to the log. age_group: told instead of the age where
    that may not be said, "" otherwise. consent_by: who recorded the consent and when, and where the files say the
    opposite; "" while nobody recorded any. secondary: None in the reports of versions that did not keep it.
    """

    case_id: str
    pseudonym: str
    sex: str
    age_years: float | None
    indication: str
    consent: str
    is_synthetic: bool
    assembly: str
    file_sha256: str
    case_sha256: str
    caller: str
    annotator: str
    sequenced: tuple[str, ...]
    terms: tuple[TermLine, ...]
    variants: tuple[ReportedVariant, ...]
    dismissed: tuple[Dismissed, ...]
    in_file: int
    funnel: tuple[FunnelLine, ...]
    coverage: tuple[str, ...]
    not_assessed: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    releases: tuple[ReleaseLine, ...]
    brought: tuple[tuple[str, str], ...]
    model: tuple[tuple[str, str], ...]
    confidence: tuple[str, ...]
    limits: tuple[str, ...]
    decisions: int
    decisions_head: str
    decided_at: str
    number: int = 1
    amends: str = ""
    why_amended: str = ""
    format_version: int = FORMAT_VERSION
    agreed: tuple[str, ...] = ()
    consent_by: str = ""
    secondary: SecondaryLook | None = None
    age_group: str = ""
    signature: Signature | None = field(default=None, compare=False)

    @property
    def is_draft(self) -> bool:
        return self.signature is None


# A field that says what it says by default is left out: a field added later, with a default, changes no hash of before.
_converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)


def content_hash(content: ReportContent) -> str:
    """sha256 of the canonical JSON of all but the signature."""
    return hashlib.sha256(content_bytes(dataclasses.replace(content, signature=None))).hexdigest()


def content_bytes(content: ReportContent) -> bytes:
    """Canonical JSON: sorted keys, no spaces, ASCII; equal contents give equal bytes."""
    plain = _converter.unstructure(content)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def content_from(data: bytes) -> ReportContent:
    """The content that `content_bytes` wrote. Raises IntegrityError for anything else."""
    try:
        plain: Any = json.loads(data)
        if not isinstance(plain, dict):
            raise TypeError("the content is no object")
        return _converter.structure(plain, ReportContent)
    except (ValueError, TypeError, KeyError, cattrs.BaseValidationError) as problem:
        raise IntegrityError(
            "The content of a signed report cannot be read: it is damaged, or of a newer Caseboard."
        ) from problem

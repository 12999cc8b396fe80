"""What a section of the report is, and the words that several of them share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.reporting.content import CriterionLine, GivenClass, ReportContent, ReportedVariant
from models.reporting.document import Block


@dataclass(frozen=True)
class Section:
    """One section. key: stable name. rests_on: whose word it is, for people. blocks: what it says; never empty, so
    that silence is not taken for "nothing was found"."""

    key: str
    title: str
    rests_on: str
    blocks: Callable[[ReportContent], tuple[Block, ...]]


def class_words(acmg_class: str) -> str:
    """ "Likely pathogenic" of "Likely Pathogenic"."""
    return acmg_class[:1] + acmg_class[1:].lower()


def name_words(variant: ReportedVariant) -> str:
    """ "SCN1A c.4933C>T (p.Arg1645Ter)"."""
    protein = f"({variant.hgvs_p})" if variant.hgvs_p else ""
    return " ".join(part for part in (variant.gene, variant.name, protein) if part)


def class_sentence(variant: ReportedVariant) -> str:
    """The class with who gave it, or that nobody did and what is suggested."""
    given = variant.given
    if given:
        condition = f" for {condition_words(given)}" if given.condition else ""
        return f"{class_words(given.acmg_class)}{condition}, given by {given.who}, {given.at[:10]} ({given.reading})"
    if variant.open_question:
        return f"No class: {variant.open_question}"
    suggested = f"suggested: {class_words(variant.suggested)} (suggestion)" if variant.suggested else "none suggested"
    return f"No class given; {suggested}"


def condition_words(given: GivenClass) -> str:
    """ "Dravet syndrome (OMIM:607208, MONDO:0100135)"; in reports of versions that did not look, the name alone."""
    if given.condition_ids is None:
        return given.condition
    return f"{given.condition} ({', '.join(given.condition_ids) or 'no OMIM or Mondo id is known for this name'})"


def condition_ids(variant: ReportedVariant) -> tuple[str, ...]:
    """Ids of the condition that a person named, OMIM's first. Reports of versions that did not look hold one where the
    name is that of the disease that fits best."""
    given = variant.given
    if given is None:
        return ()
    if given.condition_ids is None:
        return (variant.disease_id,) if variant.disease_id and given.condition == variant.disease else ()
    return given.condition_ids


def region_of(variant: ReportedVariant) -> str:
    """The exon or intron, "" where it is not assessed or the change lies in neither."""
    return variant.exon if variant.exon.startswith(("exon", "intron")) else ""


def criterion_words(line: CriterionLine) -> str:
    """ "PM2, supporting"."""
    return f"{line.code}, {line.strength}" if line.strength else line.code


def met_words(lines: Iterable[CriterionLine]) -> str:
    """ "PVS1 very strong, PM2 supporting"."""
    return ", ".join(f"{line.code} {line.strength}" for line in lines)


def judged_words(line: CriterionLine) -> str:
    """Who judged it and how, or that nobody did."""
    if not line.judged_by:
        return "suggested; judged by nobody"
    if line.ruling == "changed":  # the note is its reason, told beside it
        return f"changed by {line.judged_by}; suggested was {line.suggested}"
    return f"{line.ruling} by {line.judged_by}" + (f": {line.note}" if line.note else "")


def counted(number: int, one: str, many: str) -> str:
    """ "one variant", "3 variants"."""
    return f"one {one}" if number == 1 else f"{number:,} {many}"

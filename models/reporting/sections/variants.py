"""The variants a person chose to report, each with its class and the criteria it rests on."""

from models.reporting.content import ReportContent, ReportedVariant
from models.reporting.document import Block, Callout, Heading, KeyValues, Paragraph, Table, Tone, Weight
from models.reporting.sections.section import (
    Section,
    class_sentence,
    class_words,
    criterion_words,
    judged_words,
    name_words,
)


def blocks(content: ReportContent) -> tuple[Block, ...]:
    if not content.variants:
        return (Paragraph("No variant was chosen by a person, so none is reported."),)
    return tuple(block for variant in content.variants for block in _variant(variant))


def _variant(variant: ReportedVariant) -> tuple[Block, ...]:
    weight = Weight.RESULT if variant.given else Weight.CAUTION
    stands = Callout("Class", class_sentence(variant), weight)
    facts = KeyValues(f"What {name_words(variant)} is", tuple((k, v) for k, v in _facts(variant) if v))
    return (Heading(name_words(variant)), stands, facts, *_doubts(variant), *_criteria(variant))


def _facts(variant: ReportedVariant) -> tuple[tuple[str, str], ...]:
    because = f": {variant.chosen_because}" if variant.chosen_because else ""
    return (
        ("Comment on the class", variant.given.note if variant.given else ""),
        ("HGVS", variant.hgvs),
        ("Protein", variant.protein),
        ("Place", variant.place),
        ("Effect", variant.consequence),
        ("Zygosity", variant.zygosity),
        ("Inheritance", variant.inheritance),
        ("Second change in the gene", variant.second_hit),
        ("Population frequency", variant.frequency),
        ("ClinVar", next((value for name, value, _ in variant.looked_up if name == "ClinVar"), "")),
        ("Call", variant.quality),
        ("Reported because", f"chosen by {variant.chosen_by}{because}"),
        ("In the ranking", f"rank {variant.rank}" if variant.rank else variant.left_at),
    )


def _doubts(variant: ReportedVariant) -> tuple[Block, ...]:
    given = variant.given
    if given is None or not variant.comes_to or given.acmg_class == variant.comes_to:
        return ()
    text = (
        f"The class given is {class_words(given.acmg_class)}; the criteria as they stand{_unjudged(variant)} come to: "
        f"{variant.comes_to_because}"
    )
    return (Callout("Class and criteria differ", text, Weight.CAUTION),)


def _criteria(variant: ReportedVariant) -> tuple[Block, ...]:
    met = [c for c in variant.criteria if c.verdict == "met"]
    if not met:
        return (Paragraph("No criterion is met.", Tone.QUIET),)
    rows = tuple((criterion_words(c), c.reason, judged_words(c)) for c in met)
    table = Table("Criteria that are met", ("Criterion", "Because", "Who judged it"), rows, (18, 48, 34))
    return (table, Paragraph(f"Together{_unjudged(variant)}: {variant.comes_to_because}", Tone.QUIET))


def _unjudged(variant: ReportedVariant) -> str:
    """How many of the criteria that are met rest on a suggestion alone; on the Decide tab those do not count."""
    met = [c for c in variant.criteria if c.verdict == "met"]
    without = sum(not c.judged_by for c in met)
    return f" ({without} of {len(met)} suggested, judged by nobody)" if without else ""


SECTION = Section("variants", "Reported variants", "the file, installed releases, and the named people", blocks)

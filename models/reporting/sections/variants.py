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

NONE_COUNTS = "No criterion counts: nobody accepted one."


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
        ("Exon or intron", variant.exon),
        ("Protein", variant.protein),
        ("Place", variant.place),
        ("Effect", variant.consequence),
        ("Zygosity", variant.zygosity),
        ("Inheritance", variant.inheritance),
        ("Second change in the gene", variant.second_hit),
        ("Population frequency", variant.frequency),
        ("ClinVar", next((value for name, value, _ in variant.looked_up if name == "ClinVar"), "")),
        ("Gene–disease validity", variant.validity),
        ("Call", variant.quality),
        ("Reported because", f"chosen by {variant.chosen_by}{because}"),
        ("In the ranking", f"rank {variant.rank}" if variant.rank else variant.left_at),
    )


def _doubts(variant: ReportedVariant) -> tuple[Block, ...]:
    given = variant.given
    if variant.differs:
        return (Callout("Class and criteria", variant.differs, Weight.NOTE),)
    if not variant.counts_suggestions or given is None or not variant.comes_to or given.acmg_class == variant.comes_to:
        return ()
    text = (
        f"The class given is {class_words(given.acmg_class)}; the criteria as they stand{_unjudged(variant)} come to: "
        f"{variant.comes_to_because}"
    )
    return (Callout("Class and criteria differ", text, Weight.CAUTION),)


def _criteria(variant: ReportedVariant) -> tuple[Block, ...]:
    return (*_counting(variant), *_suggested_only(variant))


def _counting(variant: ReportedVariant) -> tuple[Block, ...]:
    if not variant.counting:
        none = "No criterion is met." if variant.counts_suggestions else NONE_COUNTS
        return (Paragraph(none, Tone.QUIET),)
    rows = tuple((criterion_words(c), c.reason, judged_words(c)) for c in variant.counting)
    title = "Criteria that are met" if variant.counts_suggestions else "Criteria that count"
    table = Table(title, ("Criterion", "Because", "Who judged it"), rows, (18, 48, 34))
    return (table, Paragraph(f"Together{_unjudged(variant)}: {variant.comes_to_because}", Tone.QUIET))


def _suggested_only(variant: ReportedVariant) -> tuple[Block, ...]:
    """What nobody judged stands apart; while a second reading is awaited it is not said what was judged."""
    if not variant.suggested_only:
        return ()
    rows = tuple((criterion_words(c), c.reason, c.source) for c in variant.suggested_only)
    title = "Suggested" if variant.open_question else "Suggested, not judged"
    table = Table(title, ("Criterion", "Because", "Rests on"), rows, (18, 48, 34))
    come_to = variant.not_judged.partition(". ")[2]  # the codes stand in the table
    return (table, Paragraph(come_to, Tone.QUIET)) if come_to else (table,)


def _unjudged(variant: ReportedVariant) -> str:
    """In reports of versions that counted them: how many of the criteria that are met rest on a suggestion alone."""
    without = sum(not c.judged_by for c in variant.counting)
    return f" ({without} of {len(variant.counting)} suggested, judged by nobody)" if without else ""


SECTION = Section("variants", "Reported variants", "the file, installed releases, and the named people", blocks)

"""The result in two sentences, then who the patient is and what was asked."""

from models.reporting.content import BEST_FIT, ReportContent, ReportedVariant
from models.reporting.document import Block, Callout, KeyValues, Weight
from models.reporting.sections.secondary import in_short
from models.reporting.sections.section import Section, class_words, counted, name_words

NOTHING_CHOSEN = (
    "No variant is reported: nobody has chosen one. Caseboard gives no result by itself; a variant comes into the "
    "report when a person shortlists it."
)


def blocks(content: ReportContent) -> tuple[Block, ...]:
    return (Callout("Result", sentences(content), Weight.RESULT), _patient(content))


def sentences(content: ReportContent) -> str:
    """The result in two sentences."""
    if not content.variants:
        return NOTHING_CHOSEN
    told = "; ".join(_told(v) for v in content.variants)
    are = "is" if len(content.variants) == 1 else "are"
    number = counted(len(content.variants), "variant", "variants")
    return f"{number.capitalize()} {are} reported: {told}. {_second(content)}"


def _told(variant: ReportedVariant) -> str:
    given = variant.given
    if given:
        condition = f" for {given.condition}" if given.condition else ""
        said = f"{class_words(given.acmg_class)}{condition} ({given.who})"
    else:
        said = "no class given" if not variant.open_question else "no class agreed"
    zygosity = variant.zygosity or "not in the file today"
    call = variant.mode if zygosity in variant.mode else ", ".join(filter(None, (zygosity, variant.mode)))
    return f"{name_words(variant)}, {call}: {said}"


def _second(content: ReportContent) -> str:
    """Which of the patient's features this touches, and what is still open."""
    leads = dict.fromkeys(_lead(v) for v in content.variants if v.features_lead)
    without = sum(v.given is None for v in content.variants)
    is_open = f"; {counted(without, 'variant has', 'variants have')} no class yet" if without else ""
    return f"{'; '.join(leads) or 'The match with the features was not assessed'}{is_open}."


def _lead(variant: ReportedVariant) -> str:
    """Without the disease that fits best where a person named the condition: a second name beside it reads as another
    diagnosis. The section on the features keeps it."""
    lead = variant.features_lead.rstrip(".")
    return lead.split(BEST_FIT)[0] if variant.given and variant.given.condition else lead


def _patient(content: ReportContent) -> KeyValues:
    present = [t.label for t in content.terms if not t.excluded]
    excluded = [t.label for t in content.terms if t.excluded]
    synthetic = " (a synthetic person)" if content.is_synthetic else ""
    return KeyValues(
        "The patient and the question",
        (
            ("Patient", f"{content.pseudonym}{synthetic}, {content.sex}, {age_of(content)}"),
            ("Asked because of", content.indication or "not said"),
            ("Features", "; ".join(present) or "none given"),
            ("Looked for, absent", "; ".join(excluded) or "none stated"),
            ("Sequenced", ", ".join(content.sequenced) or "nobody of this family"),
            ("Consent", f"{content.consent} ({content.consent_by})" if content.consent_by else content.consent),
            ("Secondary findings", in_short(content)),
        ),
    )


def age_of(content: ReportContent) -> str:
    """The age in words, or the group it is told as."""
    return content.age_group or age_words(content.age_years)


def age_words(years: float | None) -> str:
    """ "7 years", for infants "5 months"; "age not given"."""
    if years is None:
        return "age not given"
    return f"{round(years * 12)} months" if years < 2 else f"{int(years)} years"


SECTION = Section("result", "Result", "the named people's choice and classes", blocks)

"""The small parts that every FHIR R4 resource is made of, read tolerantly."""

import math
from collections.abc import Mapping
from typing import Any

Resource = Mapping[str, Any]


def items(value: Any) -> list[Any]:
    """A list as it is, one value as a list of it, nothing as an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first_dict(value: Any) -> Resource:
    """The object, or the first of a list of them; empty for anything else."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else {}


def text_of(value: Any) -> str:
    """Text without blanks around it, "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def number_of(value: Any) -> float | None:
    """Decimals arrive as numbers, as text and as nothing; unreadable, endless or "NaN" is unknown."""
    try:
        number = math.nan if value is None or isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def concept_of(value: Any) -> tuple[str, str, str]:
    """(text, code, system) of a CodeableConcept; text falls back to the first display, then code."""
    concept = first_dict(value)
    codings = [c for c in items(concept.get("coding")) if isinstance(c, dict)]
    coding = next((c for c in codings if c.get("code")), codings[0] if codings else {})
    display = next((text_of(c.get("display")) for c in codings if text_of(c.get("display"))), "")
    code = text_of(coding.get("code"))
    return text_of(concept.get("text")) or display or code, code, text_of(coding.get("system"))


def date_of(resource: Resource, *names: str) -> str:
    """The first date among `names` (dateTime or Period.start), to the day, never completed."""
    for name in names:
        value = resource.get(name)
        text = text_of(value.get("start")) if isinstance(value, dict) else text_of(value)
        if text:
            return text[:10]
    return ""

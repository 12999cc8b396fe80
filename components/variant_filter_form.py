"""The filter bar above the table of all variants: gene, consequence, frequency, zygosity, step, preset."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from components import phrases, text
from components.variant_filter import Order, Rarity, VariantFilter
from components.variant_table import STEP_WORDS
from models.case import Zygosity
from models.evidence import Preset, select
from models.evidence.secondary_findings import secondary_findings
from models.evidence.types import Step
from models.review.consent import Allowed, Answer
from models.workup import Workup


def filter_form(workup: Workup, secondary: Answer, *, key: str) -> tuple[VariantFilter, Order]:
    """What the patient's variants are narrowed to, and their order. secondary: whether the patient agreed that
    secondary findings are looked for."""
    looked_for = isinstance(secondary, Allowed)
    preset = st.pills(
        "Presets", [p for p in Preset if looked_for or p is not Preset.SECONDARY], default=Preset.ALL, required=True,
        format_func=lambda p: p.value, key=f"{key}-preset-{looked_for}",
        help="Presets select among the ranked variants.",
    )  # fmt: skip
    if not looked_for:
        text.quiet(f"Secondary findings: not looked for. {secondary.sentence}")
    gene, effect, rarity, zygosity, step, order = st.columns([2, 3, 2.4, 2.4, 2.4, 1.7], gap="small")
    wanted = VariantFilter(
        gene.text_input(
            "Gene", key=f"{key}-gene", type="search", live=True, max_chars=40, placeholder="any gene"
        ).strip(),
        tuple(_consequences(workup, effect, key)),
        rarity.selectbox("Frequency", [*Rarity], format_func=lambda r: r.words, key=f"{key}-rarity"),
        tuple(zygosity.multiselect("Zygosity", list(Zygosity), format_func=_zygosity_words, key=f"{key}-zyg")),
        _step(step, key),
        _rows_of(workup, preset),
    )
    return wanted, order.selectbox("Order", [*Order], format_func=lambda o: o.value, key=f"{key}-order")


def _zygosity_words(zygosity: Zygosity) -> str:
    return phrases.zygosity(zygosity.value)


def _step(place: st.delta_generator.DeltaGenerator, key: str) -> Step | None:
    words = STEP_WORDS.__getitem__
    return place.selectbox(
        "Where", list(Step), index=None, format_func=words, placeholder="everywhere", key=f"{key}-step"
    )


def _consequences(workup: Workup, place: st.delta_generator.DeltaGenerator, key: str) -> Sequence[str]:
    known = workup.case.variants.frame["consequence"].cat.categories
    terms = sorted({term for several in known for term in str(several).split("&") if term})
    return place.multiselect("Consequence", terms, format_func=phrases.consequence, key=f"{key}-effect")


def _rows_of(workup: Workup, preset: Preset) -> tuple[int, ...] | None:
    if preset is Preset.ALL:
        return None
    frame = workup.evidence.frame
    if preset is Preset.SECONDARY:
        return tuple(c.row for c in secondary_findings(workup.case, frame, workup.knowledge.genes.frame))
    return tuple(int(row) for row in np.asarray(frame.index)[select(frame, None)[preset]])

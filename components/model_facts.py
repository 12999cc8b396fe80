"""What the ranking learnt from, how it was measured, and the limits."""

from collections.abc import Sequence

import streamlit as st

from components import text
from models.ranking import FEATURES, Group, ModelCard
from models.ranking.card import LIMITS, Measured


def model_summary(card: ModelCard) -> None:
    """The model's name, what it was trained on, and the questions it asks, in plain words."""
    st.header("The ranking model")
    text.plain(f"{card.name}, version {card.version}. Trained on {card.trained_on}.")
    text.plain(f"{len(card.feature_names)} questions are asked of each variant, in six groups:")
    asked = [f for f in FEATURES if f.name in card.feature_names]
    for group in Group:
        labels = [f.label for f in asked if f.group is group]
        with st.expander(f"{group.value} ({len(labels)})"):
            for label in labels:
                text.plain(f"• {label}")
    text.plain(f"Checked before loading: sha256 {card.sha256[:16]}…")


def limits() -> None:
    """What the ranking does not do."""
    st.header("Limits")
    for sentence in LIMITS:
        text.plain(f"• {sentence}")


def measurements(measured: Sequence[Measured], model_sha256: str) -> None:
    """What the benchmarks printed, word for word, each with the command that prints it again."""
    st.header("How it was measured")
    for one in measured:
        with st.expander(text.label(one.title)):
            if one.model_sha256 != model_sha256:
                st.warning("Measured with an earlier model.", icon=":material/history:")
            text.quiet(f"Again with: {one.command}")
            if one.is_markdown:
                st.markdown(one.printed)
            else:
                st.code(one.printed.rstrip(), language=None, wrap_lines=False)

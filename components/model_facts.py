"""What the ranking learnt from, which releases are installed and how old they are, and the limits."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import text
from models.knowledge import Release
from models.ranking import FEATURES, Group, ModelCard
from models.ranking.card import LIMITS, Measured

# Our own choice: most sources release quarterly, so four releases were missed.
STALE_AFTER_DAYS = 365


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


def releases(installed: Sequence[Release], today: date) -> None:
    """Each source with its release, age and licence; an old one says so in words."""
    st.header("Installed releases")
    st.dataframe(
        {
            "Source": [text.cell(r.name) for r in installed],
            "Release": [text.cell(r.version) for r in installed],
            "Released": [r.released_on for r in installed],
            "Age": [age_words(r.age_days(today)) for r in installed],
            "Licence": [text.cell(r.licence) for r in installed],
        },
        hide_index=True,
        height="content",
        column_config={
            "Source": st.column_config.TextColumn(width=190),
            "Licence": st.column_config.TextColumn(width=300),
        },
        alt="Installed knowledge releases with age and licence",
    )
    old = [r.name for r in installed if r.age_days(today) > STALE_AFTER_DAYS]
    if old:
        st.warning(text.label(f"Older than a year: {', '.join(old)}.", 600), icon=":material/history:")
    with st.expander("How to cite"):
        for release in installed:
            text.plain(f"{release.name}: {release.citation} {release.address}")


def age_words(days: int) -> str:
    """ "12 days", "5 months", "3 years, old": months of 30.4 days, years of 365."""
    if days < 61:
        return f"{days} days"
    if days <= STALE_AFTER_DAYS:
        return f"{round(days / 30.4)} months"
    return f"{days / 365:.1f} years, old"

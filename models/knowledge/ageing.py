"""Which releases grow old, and when: one rule for the Knowledge screen and for the health of the installation."""

from datetime import date

from models.knowledge.types import Release

# Our own choice: most sources release quarterly, so four releases were missed.
STALE_AFTER_DAYS = 365
# Sources that time alone does not make wrong: a sequence, measurements and computed scores are succeeded by
# another release, not overtaken by what was learnt since, as conclusions about variants, genes and terms are.
# The two lists are meant to be of their day, and the ranking reads the constraint release it was trained on.
AGELESS = frozenset(
    {
        "reference",
        "chain",
        "gnomad_exomes",
        "gnomad_genomes",
        "alphamissense",
        "revel",
        "spliceai",
        "cadd",
        "constraint",
        "constraint_display",
        "gene_lists",
    }
)


def is_stale(release: Release, today: date) -> bool:
    """More than a year behind; never said of sources whose age says nothing."""
    return release.key not in AGELESS and release.age_days(today) > STALE_AFTER_DAYS

"""Numbers and codes as clinicians say them."""

import pytest

from components import phrases
from models.case import State


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("P5M", "from 5 months"),
        ("P1M", "from 1 month"),
        ("P1Y6M", "from 1 year 6 months"),
        ("P12Y", "from 12 years"),
        ("P3W", "from 3 weeks"),
        ("P2D", "from 2 days"),
        ("P0D", "from birth"),
        ("P1Y0M", "from 1 year"),
        ("P5MT2H", "from 5 months"),
        ("Infantile onset", "Infantile onset"),
        ("P", "P"),
        ("", ""),
    ],
)
def test_an_onset_is_said_in_words(given: str, said: str) -> None:
    assert phrases.onset(given) == said


def test_a_variant_seen_only_outside_the_large_groups_is_not_written_as_zero() -> None:
    """gnomAD leaves Finns and Ashkenazi Jews out of its group maximum."""
    assert phrases.frequency_short(0.0, State.FOUND, "group maximum", 4.3e-6) == "AF 4.3e-06"
    assert phrases.frequency_short(1e-5, State.FOUND, "group maximum (nfe)", 4.3e-6) == "max AF 1.0e-05"


@pytest.mark.parametrize(
    ("weight", "said"), [(2.357, "+2.36"), (-0.07, "−0.07"), (0.005001, "+0.01"), (0.0, "0.00"), (-0.004, "0.00")]
)
def test_a_weight_has_a_sign_unless_nothing_is_left_to_sign(weight: float, said: str) -> None:
    assert phrases.signed(weight) == said

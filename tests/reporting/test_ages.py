"""How the report says the age: in months before two years, never as a figure when nobody gave it."""

import pytest

from models.reporting.sections.result import age_of, age_words
from tests.reporting.report_builders import a_content


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (None, "age not given"),
        (0.0, "0 months"),
        (0.42, "5 months"),
        (1.9, "23 months"),
        (2.0, "2 years"),
        (2.9, "2 years"),
    ],
)
def test_an_age_is_told_in_months_before_two_years_and_not_at_all_when_nobody_gave_it(years, words):
    assert age_words(years) == words


def test_a_group_of_ages_is_told_in_place_of_an_age_that_may_not_be_said():
    assert age_of(a_content(age_group="90 or older", age_years=None)) == "90 or older"

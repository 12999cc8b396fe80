"""Cells that leave: text stays text in every spreadsheet."""

import pytest

from models.reporting import cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%"])
def test_a_formula_leaves_as_text(start):
    assert cell(f"{start}cmd()") == f"'{start}cmd()"


@pytest.mark.parametrize("number", [-1.5, "-3", "+2e-05"])
def test_a_signed_number_stays_a_number(number):
    assert cell(number) == str(number)


def test_a_cell_cannot_break_its_row():
    assert cell("a\tb\nc\rd") == "a b c d"

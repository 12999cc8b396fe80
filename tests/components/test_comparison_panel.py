"""Two variants side by side, and what would change a place."""

from components.comparison_panel import contrast_tree, what_if_tree
from components.drawing import words
from models.ranking import Contrast, Group
from models.what_if import Kind, WhatIf


def _what_if(words: str, after: int | None, gain: float) -> WhatIf:
    return WhatIf(Kind.PARENT, words, 1, after, 2.0, 2.0 + gain)


def test_a_difference_tells_the_place_before_and_after() -> None:
    told = words(what_if_tree([_what_if("had the mother carried it", 1_204, -4.2)]))
    assert "Had the mother carried it" in told
    assert "1 → 1,204" in told
    assert "−4.2" in told


def test_a_variant_that_would_leave_the_list_is_said_to_leave_it() -> None:
    told = words(what_if_tree([_what_if("were it not called", None, float("-inf"))]))
    assert "leaves the list" in told
    assert "inf" not in told


def test_differences_that_move_nothing_are_counted_instead_of_listed() -> None:
    told = words(what_if_tree([_what_if("without “Fever”", 1, 0.01), _what_if("without “Seizure”", 1, -1.0)]))
    assert "Fever" not in told
    assert "1 other change" in told


def test_a_contrast_names_every_group_and_adds_up() -> None:
    found = Contrast(0, 1, 3.0, ((Group.PHENOTYPE, 4.0), (Group.RARITY, -1.0)), "Number 1 stands above number 2.")
    told = words(contrast_tree(found))
    assert "Number 1 stands above number 2." in told
    assert "Phenotype +4.00" in told
    assert "Together +3.00" in told

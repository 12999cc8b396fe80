"""How many copies people have of a place: of one place it is told as of a whole file."""

import pandas as pd
import pytest

from models.case import Assembly
from models.evidence.regions import PSEUDO_AUTOSOMAL, Copies, copies_at_place, copies_of


@pytest.mark.parametrize("assembly", Assembly)
def test_one_place_has_the_copies_that_it_has_in_a_file_before_at_and_behind_each_end_of_the_shared_ends(
    assembly: Assembly,
):
    spans = PSEUDO_AUTOSOMAL[assembly]
    ends = [(chrom, at + step) for chrom, *both in spans for at in both for step in (-1, 0, 1)]
    places = [*ends, ("1", 20_000), ("MT", 20_000), ("GL000192.1", 20_000)]
    frame = pd.DataFrame(places, columns=["chrom", "pos_1based"]).astype({"chrom": "category"})

    one_by_one = [copies_at_place(chrom, position, assembly) for chrom, position in places]

    assert one_by_one == copies_of(frame, assembly).tolist()
    assert set(one_by_one) == set(Copies)

"""REVEL as installed: one table for both builds."""

import zipfile

import pytest

from models.case import State
from models.errors import InputError
from models.knowledge import Library
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import B37, B38, REVEL, golden_library, install, packed
from tests.knowledge.positions.tables import alleles


def joined(library, assembly, *asked):
    return look_up(alleles(asked, assembly), [library.current("revel", assembly)])["revel"]


@pytest.mark.parametrize("name", ["revel-v1.3_all_chromosomes.zip", "revel_with_transcript_ids", "revel.csv.gz"])
def test_each_build_is_read_from_its_own_column(tmp_path, name):
    library, file = Library(tmp_path / "library"), packed(tmp_path, name, REVEL)
    for assembly, pos in ((B38, 1000), (B37, 145000000)):
        install(library, "revel", assembly, file)
        found = joined(library, assembly, ("1", pos, "C", "A"), ("1", 145001000 - pos, "C", "A"))
        assert found.state.tolist() == [State.FOUND, State.ABSENT]
        assert found.columns["revel_score"][0] == pytest.approx(0.5)
        assert library.current("revel", assembly).release.version == "1.3"


def test_a_row_without_a_place_on_the_build_is_left_out(tmp_path):
    library = Library(tmp_path / "library")
    install(library, "revel", B37, packed(tmp_path, "revel.csv", REVEL))
    assert joined(library, B37, ("1", 145000001, "C", "G")).state.tolist() == [State.FOUND]
    assert joined(golden_library(), B38, ("1", 145000001, "C", "G")).state.tolist() == [State.ABSENT]


def test_the_highest_score_of_several_transcripts_counts():
    assert joined(golden_library(), B38, ("1", 1002, "A", "C")).columns["revel_score"][0] == pytest.approx(0.3)


def test_its_licence_has_to_be_accepted():
    assert golden_library().current("revel", B38).terms_accepted_by == "Dr Test"


def test_an_archive_of_several_files_is_refused(tmp_path):
    file = tmp_path / "revel.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one", REVEL)
        archive.writestr("two", REVEL)
    with pytest.raises(InputError, match=r"revel\.zip: The archive holds 2 files"):
        install(Library(tmp_path / "library"), "revel", B38, file)


def test_a_damaged_archive_is_refused(tmp_path):
    file = packed(tmp_path, "revel.zip", REVEL * 50)
    whole = bytearray(file.read_bytes())
    whole[60:80] = b"\x00" * 20
    file.write_bytes(whole)
    with pytest.raises(InputError, match=r"revel\.zip: The archive is damaged"):
        install(Library(tmp_path / "library"), "revel", B38, file)

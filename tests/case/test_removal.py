"""Every place of a case goes; a copy found later is recognised; nothing outside the data folder is touched."""

import json

import pytest

from models.case.removal import Inventory, inventory, places_of, remove

CASE = "c-0123456789abcdef"


def a_case(folder, text="reads"):
    (folder / "files").mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps({"summary": {"id": CASE}}))
    (folder / "files" / "0001").write_text(text)
    return folder


def test_a_copy_is_recognised_and_a_changed_one_is_not(tmp_path):
    one, copy, other = a_case(tmp_path / "one"), a_case(tmp_path / "two"), a_case(tmp_path / "three", "Reads")
    assert inventory(one) == inventory(copy)
    assert (inventory(one).files, inventory(one).bytes) == (2, 46)
    assert inventory(other).sha256 != inventory(one).sha256
    (copy / "files" / "0001").rename(copy / "files" / "0002")
    assert inventory(copy).sha256 != inventory(one).sha256


def test_no_folder_is_no_file(tmp_path):
    assert inventory(tmp_path / "nowhere") == Inventory(0, 0, "")


def test_the_case_a_draft_of_it_and_what_a_restore_set_aside_go_and_other_cases_stay(tmp_path):
    gone = [
        a_case(tmp_path / "cases" / CASE),
        a_case(tmp_path / "drafts" / "1a2b"),
        a_case(tmp_path / "before-restore-20260101-000000-ab" / "cases" / CASE),
        a_case(tmp_path / "restore-0a0b" / "cases" / CASE),
    ]
    stay = a_case(tmp_path / "cases" / "c-fedcba9876543210")
    (tmp_path / "drafts" / "3c4d").mkdir()
    assert set(places_of(tmp_path, CASE)) == set(gone)
    remove(tmp_path, CASE)
    assert [p for p in gone if p.exists()] == []
    assert places_of(tmp_path, CASE) == ()
    assert stay.is_dir()
    assert (tmp_path / "drafts" / "3c4d").is_dir()
    assert not (tmp_path / "deleting").exists()


def test_a_draft_of_another_case_whose_words_name_this_one_stays(tmp_path):
    other = a_case(tmp_path / "drafts" / "5e6f")
    told = {"summary": {"id": "c-fedcba9876543210", "patient": {"pseudonym": CASE}}}
    (other / "case.json").write_text(json.dumps(told))
    (tmp_path / "drafts" / "7a8b").mkdir()
    (tmp_path / "drafts" / "7a8b" / "case.json").write_text(f'["{CASE}"')
    assert places_of(tmp_path, CASE) == ()


def test_what_an_earlier_removal_left_goes_with_the_next(tmp_path):
    a_case(tmp_path / "deleting" / "0f0f")
    remove(tmp_path, CASE)
    assert not (tmp_path / "deleting").exists()


@pytest.mark.parametrize("name", ["", "..", "../cases", "a/b", ".", "c-1/../c-2", "/"])
def test_a_name_that_leads_elsewhere_is_no_case(name, tmp_path):
    a_case(tmp_path / "cases" / "c-2")
    (tmp_path / "cases" / "c-1").mkdir()
    assert places_of(tmp_path, name) == ()


def test_a_link_out_of_the_folder_is_removed_and_what_it_leads_to_stays(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("not of this case")
    case = a_case(tmp_path / "home" / "cases" / CASE)
    (case / "link").symlink_to(precious)
    assert inventory(case).files == 2
    remove(tmp_path / "home", CASE)
    assert precious.read_text() == "not of this case"

"""A case is annotated once for each set of releases; the answer lies with the case and goes with it."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from models.case import Assembly, State
from models.errors import IntegrityError
from models.knowledge.annotate import annotated_case, fill, kept
from tests.builders import a_case, a_variant
from tests.knowledge.annotate.releases import a_clinvar, a_library, a_reference

RECORD = ("2", 100, "A", "G", "Pathogenic", 2)


@dataclass(frozen=True)
class Known:
    """Only what annotating asks of knowledge."""

    installed: tuple
    transcripts: None = None
    releases: tuple = ()


@pytest.fixture
def library(tmp_path):
    return a_library(tmp_path)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "case").mkdir()
    return tmp_path / "case"


@pytest.fixture
def case():
    return a_case(a_variant("chr2", 100, "A", "G", proband="0/1"), a_variant("chr2", 200, "AT", "A", proband="0/1"))


def known(library):
    return Known(library.in_use())


def tables(folder: Path) -> list[str]:
    return sorted(f.parent.name for f in folder.glob("annotated/*/variants.arrow"))


def test_with_nothing_installed_the_case_is_the_very_same_and_nothing_is_written(library, folder, case):
    assert annotated_case(case, known(library), folder) is case
    assert list(folder.iterdir()) == []


def test_the_second_opening_reads_what_the_first_worked_out(library, folder, case, monkeypatch):
    a_clinvar(library, "2026-11-10", RECORD)
    first = annotated_case(case, known(library), folder)
    monkeypatch.setattr(kept, "annotate", lambda *_: pytest.fail("worked out twice"))
    second = annotated_case(case, known(library), folder)
    for one in (first, second):
        assert one.variants.frame["clinvar_significance"].iloc[0] == "Pathogenic"
        assert one.variants.facts.annotated_with == ("ClinVar 2026-11-10 (GRCh38)",)
        assert [f.code for f in one.findings] == ["knowledge-indels"]
    assert second.sha256 == case.sha256


def test_an_annotated_case_is_not_annotated_again(library, folder, case):
    a_clinvar(library, "2026-11-10", RECORD)
    once = annotated_case(case, known(library), folder)
    assert annotated_case(once, known(library), folder) is once


def test_a_new_release_makes_a_new_table_and_the_old_one_is_removed(library, folder, case):
    a_clinvar(library, "2026-11-10", RECORD)
    annotated_case(case, known(library), folder)
    before = tables(folder)
    a_clinvar(library, "2026-12-08", (*RECORD[:4], "Benign", 2))
    after = annotated_case(case, known(library), folder)
    assert after.variants.frame["clinvar_significance"].iloc[0] == "Benign"
    assert len(tables(folder)) == 1 and tables(folder) != before


def test_a_case_annotated_with_one_release_is_never_passed_for_another(library, folder, case):
    a_clinvar(library, "2026-11-10", RECORD)
    old = annotated_case(case, known(library), folder)
    a_clinvar(library, "2026-12-08", RECORD)
    with pytest.raises(IntegrityError, match="open it again"):
        annotated_case(old, known(library), folder)


def test_a_folder_that_cannot_be_written_costs_time_but_no_answer(library, folder, case, monkeypatch):
    a_clinvar(library, "2026-11-10", RECORD)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "write_table", full)
    done = annotated_case(case, known(library), folder)
    assert done.variants.frame["clinvar_state"].iloc[0] == State.FOUND
    assert tables(folder) == []
    assert not list((folder / "annotated").iterdir())


def test_without_a_folder_the_case_is_annotated_in_memory(library, case):
    a_clinvar(library, "2026-11-10", RECORD)
    assert annotated_case(case, known(library)).variants.frame["clinvar_state"].iloc[0] == State.FOUND


@pytest.mark.parametrize("damaged", ["variants.arrow", "findings.json"])
def test_a_damaged_table_is_made_again(library, folder, case, damaged):
    a_clinvar(library, "2026-11-10", RECORD)
    annotated_case(case, known(library), folder)
    (file,) = folder.glob(f"annotated/*/{damaged}")
    file.write_bytes(b"nonsense")
    again = annotated_case(case, known(library), folder)
    assert again.variants.frame["clinvar_significance"].iloc[0] == "Pathogenic"
    assert file.read_bytes() != b"nonsense"


def test_two_files_of_different_content_never_share_a_table(library, folder, case):
    a_clinvar(library, "2026-11-10", RECORD)
    table = case.variants
    other = replace(case, variants=replace(table, facts=replace(table.facts, sha256="f" * 64)))
    here = ("ClinVar 2026-11-10 (GRCh38)",)
    assert kept._name(case, here) != kept._name(other, here)


def test_a_newer_mane_is_noticed_where_consequences_are_read_on_it(library):
    a_reference(library, {"2": "A" * 300})
    here, other = library.in_use(), Assembly.GRCH37
    assert fill.labels(here, "MANE 1.4", Assembly.GRCH38) != fill.labels(here, "MANE 1.5", Assembly.GRCH38)
    assert fill.labels((), "MANE 1.4", Assembly.GRCH38) == fill.labels((), "MANE 1.5", Assembly.GRCH38) == ()
    assert fill.labels(here, "MANE 1.4", other) == fill.labels(here, "MANE 1.5", other)


def test_a_case_of_another_build_is_told_once_that_its_releases_are_missing(library, folder):
    a_clinvar(library, "2026-11-10", RECORD)
    case = a_case(a_variant("chr2", 100, "A", "G", proband="0/1"))
    facts = replace(case.variants.facts, assembly=Assembly.GRCH37)
    case = replace(case, variants=replace(case.variants, facts=facts))
    told = annotated_case(annotated_case(case, known(library), folder), known(library), folder)
    assert [f.code for f in told.findings] == ["knowledge-other-build"]
    assert list(folder.iterdir()) == []

"""ClinGen's two gene-level tables, installed from files as ClinGen delivers them."""

import pandas as pd
import pytest

from models.errors import UnreadableFile
from models.knowledge import clingen_dosage, clingen_validity
from models.knowledge.library.installed import Library
from models.knowledge.source import read_table
from tests.knowledge.gene_files import DOSAGE, VALIDITY, installed, write
from tests.shared_data import shared


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def validity_file(folder, day="2026-11-01"):
    return write(folder, "download", VALIDITY.format(day=day))


def test_the_day_of_a_validity_release_is_told_by_the_file(tmp_path):
    release = clingen_validity.release_of([validity_file(tmp_path)])
    assert (release.version, release.released_on) == ("2026-11-01", "2026-11-01")
    assert release.name == clingen_validity.RELEASE.name


def test_the_best_class_of_an_installed_validity_release_answers_under_todays_symbol(tmp_path, library):
    installed(library, clingen_validity.OFFER, validity_file(tmp_path))
    found = clingen_validity.columns(library)
    assert found.loc["AARS1", "validity"] == "Definitive"
    assert found.loc["AARS1", "validity_disease"] == "an encephalopathy"
    assert found.loc["AARS1", "modes_clingen"] == "AD;AR"
    assert pd.isna(found.loc["OR4F5", "modes_clingen"])  # Limited does not establish a mode
    assert "SCN1A" not in found.index


@pytest.mark.shared
def test_the_official_validity_file_installs_as_the_table_that_ships(library):
    release = installed(
        library, clingen_validity.OFFER, shared("gene/clingen/clingen_gene_disease_validity_2026-06-21.csv")
    )
    assert release.release.version == clingen_validity.RELEASE.version
    pd.testing.assert_frame_equal(
        pd.read_parquet(release.file("clingen_validity.parquet")), read_table("clingen_validity")
    )


def test_a_validity_file_cut_short_is_refused(tmp_path, library):
    text = VALIDITY.format(day="2026-11-01")
    with pytest.raises(UnreadableFile, match="fetch it again"):
        installed(library, clingen_validity.OFFER, write(tmp_path, "download", text[: text.index("an enceph") + 5]))
    assert library.current("clingen_validity") is None


def test_a_validity_file_without_a_day_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="does not say when it was made"):
        clingen_validity.release_of([validity_file(tmp_path, day="soon")])


def test_another_table_is_not_taken_for_gene_disease_validity(tmp_path, library):
    text = VALIDITY.format(day="2026-11-01").replace("CLASSIFICATION", "CLASS")
    with pytest.raises(UnreadableFile, match="no column 'CLASSIFICATION'"):
        installed(library, clingen_validity.OFFER, write(tmp_path, "download", text))


def test_two_files_are_not_one_release(tmp_path):
    path = validity_file(tmp_path)
    with pytest.raises(UnreadableFile, match="2 were given"):
        clingen_validity.release_of([path, path])


def test_installed_dosage_scores_answer_and_a_gene_not_evaluated_is_not_score_zero(tmp_path, library):
    installed(library, clingen_dosage.OFFER, write(tmp_path, "list.tsv", DOSAGE.format(day="9 Nov,2026")))
    found = clingen_dosage.columns(library)["haploinsufficiency"]
    assert found.to_dict() == {"AARS1": 30, "OR4F5": 3}
    assert str(found.dtype) == "int8"
    assert clingen_dosage.SOURCE.release(library).released_on == "2026-11-09"


def test_a_dosage_score_that_clingen_does_not_use_is_refused_with_its_line(tmp_path, library):
    text = DOSAGE.format(day="9 Nov,2026").replace("\t3\tSuff", "\t7\tSuff")
    with pytest.raises(UnreadableFile, match="score 7") as refused:
        installed(library, clingen_dosage.OFFER, write(tmp_path, "list.tsv", text))
    assert refused.value.where == "list.tsv, line 8"


@pytest.mark.shared
def test_a_dosage_bed_installs_as_the_table_that_ships_once_its_name_says_how_old_it_is(tmp_path, library):
    bed = shared("gene/clingen/ClinGen_haploinsufficiency_gene_GRCh38.bed")
    with pytest.raises(UnreadableFile, match="put the day it was made into its name"):
        clingen_dosage.release_of([bed])
    dated = write(tmp_path, "ClinGen_haploinsufficiency_gene_GRCh38_2026-04-25.bed", bed.read_text(encoding="utf-8"))
    release = installed(library, clingen_dosage.OFFER, dated)
    assert release.release.version == clingen_dosage.RELEASE.version
    pd.testing.assert_frame_equal(pd.read_parquet(release.file("clingen_dosage.parquet")), read_table("clingen_dosage"))


@pytest.mark.shared
def test_scores_of_a_third_copy_are_not_taken_for_those_of_a_lost_one():
    with pytest.raises(UnreadableFile, match="not hold haploinsufficiency"):
        clingen_dosage.release_of([shared("gene/clingen/ClinGen_triplosensitivity_gene_GRCh38.bed")])


@pytest.mark.shared
def test_the_official_list_of_regions_is_not_taken_for_the_list_of_genes(library):
    with pytest.raises(UnreadableFile, match="no column '#Gene Symbol'"):
        installed(library, clingen_dosage.OFFER, shared("gene/clingen/ClinGen_region_curation_list_GRCh38.tsv"))

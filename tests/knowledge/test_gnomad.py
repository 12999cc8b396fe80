"""gnomAD as installed: a frequency only where they looked and trusted what they saw."""

import shutil

import numpy as np
import pytest

from models.case import State
from models.errors import InputError, UnreadableFile, WrongBuild
from models.knowledge import Library
from models.knowledge.gnomad import EXOME_GAP_BASES
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import B37, B38, EXOME_ROWS, gnomad, gnomad_row, golden_library, install, packed
from tests.knowledge.positions.tables import alleles
from tests.shared_data import shared

FOUND, ABSENT, NOT_ASSESSED = State.FOUND, State.ABSENT, State.NOT_ASSESSED
EXOMES, GENOMES = "gnomad.exomes.v4.1.sites.chr1.vcf", "gnomad.genomes.v4.1.sites.chr1.vcf"


def joined(*asked, library=None, source="gnomad_exomes", assembly=B38):
    release = (library or golden_library()).current(source, assembly)
    return look_up(alleles(asked, assembly), [release])[source]


def exomes(tmp_path, rows, *more, name=EXOMES):
    library = Library(tmp_path / "library")
    install(library, "gnomad_exomes", B38, packed(tmp_path, name, gnomad(rows)), *more)
    return library


def test_a_passing_row_is_found_with_its_counts_and_groups():
    found = joined(("1", 55039974, "G", "T"))
    assert found.state.tolist() == [FOUND]
    values = {name: column[0] for name, column in found.columns.items()}
    assert (values["allele_count"], values["allele_number"], values["homozygote_count"]) == (19_800, 1_461_000, 170)
    assert values["af_fraction"] == pytest.approx(0.0135524)
    assert values["af_nfe_fraction"] == pytest.approx(0.016) and values["af_afr_fraction"] == pytest.approx(0.0021)
    assert values["af_eas_fraction"] == 0
    assert values["af_group_max_fraction"] == pytest.approx(0.016)
    assert values["af_group_max_name"].as_py() == "nfe"
    assert found.reason[0].as_py() is None


def test_an_allele_that_nobody_carries_with_confidence_has_frequency_0():
    found = joined(("1", 55039980, "G", "A"))
    assert found.state.tolist() == [FOUND] and found.columns["af_fraction"][0] == 0
    assert found.columns["af_group_max_fraction"][0] == 0 and found.columns["af_group_max_name"][0].as_py() == ""


def test_a_row_that_failed_a_filter_is_not_assessed_and_says_why():
    found = joined(("1", 55039990, "CA", "C"))
    assert found.state.tolist() == [NOT_ASSESSED]
    assert found.reason.to_pylist() == ["failed gnomAD's filter AS_VQSR"]
    assert all(np.isnan(c[0]) for c in found.columns.values() if isinstance(c, np.ndarray))
    assert found.columns["af_group_max_name"].to_pylist() == [""]


def test_a_failed_filter_is_not_excused_by_ac0():
    found = joined(("1", 55040005, "T", "C"))
    assert found.state.tolist() == [NOT_ASSESSED] and found.reason.to_pylist() == ["failed gnomAD's filter AS_VQSR"]


def test_a_place_where_nobody_could_be_called_gives_no_frequency(tmp_path):
    library = exomes(tmp_path, [gnomad_row("chr1", 100, "A", "G", "PASS", 0, 0)])
    found = joined(("1", 100, "A", "G"), library=library)
    assert found.state.tolist() == [NOT_ASSESSED] and found.reason.to_pylist() == ["gnomAD called nobody here"]


@pytest.mark.parametrize(
    ("gap", "between"), [(EXOME_GAP_BASES - 1, ABSENT), (EXOME_GAP_BASES, ABSENT), (EXOME_GAP_BASES + 1, NOT_ASSESSED)]
)
def test_exomes_looked_between_sites_that_lie_close_together_only(tmp_path, gap, between):
    rows = [gnomad_row("chr1", pos, "A", "G", "PASS", 1, 1000) for pos in (1000, 1001 + gap)]
    library = exomes(tmp_path, rows)
    assert joined(("1", 1020, "C", "T"), library=library).state.tolist() == [between]


def test_exomes_did_not_look_before_the_first_or_after_the_last_site():
    asked = [("1", 55039939, "A", "G"), ("1", 55039941, "A", "G"), ("1", 55040006, "A", "G"), ("2", 55039941, "A", "G")]
    assert joined(*asked).state.tolist() == [NOT_ASSESSED, ABSENT, NOT_ASSESSED, NOT_ASSESSED]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("regions.bed", "track x\nchr1\t54999999\t55000100\n"),
        ("calling.interval_list", "@HD\tVN:1.0\n1\t55000000\t55000100\t+\t.\n"),
    ],
)
def test_calling_regions_say_where_exomes_looked(tmp_path, name, text):
    library = exomes(tmp_path, EXOME_ROWS, packed(tmp_path, name, text))
    asked = [("1", pos, "A", "G") for pos in (54999999, 55000000, 55000100, 55000101)]
    assert joined(*asked, library=library).state.tolist() == [NOT_ASSESSED, ABSENT, ABSENT, NOT_ASSESSED]


def test_regions_of_a_chromosome_whose_file_is_missing_were_not_looked_at(tmp_path):
    regions = packed(tmp_path, "regions.bed", "chr1\t55000000\t55000100\nchr2\t0\t500\n")
    library = exomes(tmp_path, EXOME_ROWS, regions)
    assert joined(("2", 100, "A", "G"), library=library).state.tolist() == [NOT_ASSESSED]


@pytest.mark.parametrize("line", ["chr1\t5", "chr1\tfive\t9", "chr1\t9\t5"])
def test_a_line_that_is_no_region_is_named(tmp_path, line):
    with pytest.raises(UnreadableFile, match=r"regions\.bed, line 2"):
        exomes(tmp_path, EXOME_ROWS, packed(tmp_path, "regions.bed", f"chr1\t1\t9\n{line}\n"))


def test_genomes_looked_everywhere_on_their_chromosomes():
    asked = [("1", 200_000_000, "A", "G"), ("2", 5, "A", "G"), ("MT", 5, "A", "G")]
    assert joined(*asked, source="gnomad_genomes").state.tolist() == [ABSENT, NOT_ASSESSED, NOT_ASSESSED]


def test_a_substitution_of_several_bases_is_not_assessed_for_gnomad_lists_single_ones():
    asked = [("1", 200_000_000, "AC", "GT"), ("1", 200_000_000, "ACG", "TT"), ("1", 200_000_000, "A", "AC")]
    assert joined(*asked, source="gnomad_genomes").state.tolist() == [NOT_ASSESSED, NOT_ASSESSED, ABSENT]


def test_a_release_of_many_files_is_in_order_whatever_order_they_are_given_in(tmp_path):
    files = [
        packed(
            tmp_path, EXOMES.replace("chr1", f"chr{c}"), gnomad([gnomad_row(f"chr{c}", 100, "A", "G", "PASS", 1, 10)])
        )
        for c in (10, 2, "X", 1)
    ]
    library = Library(tmp_path / "library")
    install(library, "gnomad_exomes", B38, *files)
    asked = [(c, 100, "A", "G") for c in ("1", "2", "10", "X")]
    assert joined(*asked, library=library).state.tolist() == [FOUND] * 4


def test_the_release_is_told_by_the_names_of_the_files():
    release = golden_library().current("gnomad_genomes", B38).release
    assert (release.name, release.version, release.released_on) == ("gnomAD genomes", "4.1", "2024-04-19")


def test_genomes_are_never_installed_as_exomes(tmp_path):
    with pytest.raises(InputError, match="not all of gnomAD's exomes"):
        exomes(tmp_path, EXOME_ROWS, name=GENOMES)


def test_a_name_that_does_not_tell_the_release_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"slice\.vcf: The name does not tell"):
        exomes(tmp_path, EXOME_ROWS, name="slice.vcf")


def test_a_table_of_another_build_is_refused(tmp_path):
    file = packed(tmp_path, "gnomad.exomes.r2.1.1.sites.1.vcf", gnomad())
    with pytest.raises(WrongBuild, match="GRCh38"):
        install(Library(tmp_path / "library"), "gnomad_exomes", B37, file)


def test_version_2_names_its_fields_otherwise(tmp_path):
    text = gnomad([EXOME_ROWS[1].replace("chr1", "1")]).replace("grpmax", "popmax").replace("248956422", "249250621")
    text = text.replace("##contig=<ID=chrX,length=156040895>\n", "")
    library = Library(tmp_path / "library")
    install(library, "gnomad_exomes", B37, packed(tmp_path, "gnomad.exomes.r2.1.1.sites.1.vcf", text))
    found = joined(("1", 55039974, "G", "T"), library=library, assembly=B37)
    assert found.columns["af_group_max_fraction"][0] == pytest.approx(0.016)
    assert library.current("gnomad_exomes", B37).release.released_on == "2019-03-06"


def test_without_gnomads_own_group_maximum_it_is_taken_over_the_groups_that_are_not_bottlenecked(tmp_path):
    row = gnomad_row("chr1", 100, "A", "G", "PASS", 5, 1000, asj=0.4, fin=0.3, sas=0.02, eas=0.01)
    text = gnomad([row]).replace("grpmax", "other")
    library = Library(tmp_path / "library")
    install(library, "gnomad_exomes", B38, packed(tmp_path, EXOMES, text))
    found = joined(("1", 100, "A", "G"), library=library)
    assert found.columns["af_group_max_fraction"][0] == pytest.approx(0.02)
    assert found.columns["af_group_max_name"].to_pylist() == ["sas"]


def test_each_allele_of_a_record_has_its_own_numbers(tmp_path):
    of_two = gnomad_row("chr1", 100, "A", "G,T", "PASS", 5, 1000, nfe=0.01)
    of_two = of_two.replace("AC=5", "AC=5,7").replace("AF=5.00000e-03", "AF=5.0e-03,7.0e-03")
    of_two = of_two.replace("AF_nfe=1.00000e-02", "AF_nfe=1.0e-02,.")
    library = exomes(tmp_path, [of_two])
    found = joined(("1", 100, "A", "G"), ("1", 100, "A", "T"), library=library)
    assert found.columns["allele_count"].tolist() == [5, 7]
    assert found.columns["af_fraction"].tolist() == pytest.approx([0.005, 0.007])
    assert found.columns["af_nfe_fraction"][0] == pytest.approx(0.01) and np.isnan(found.columns["af_nfe_fraction"][1])


def test_a_real_slice_of_gnomad_is_read_allele_for_allele(tmp_path):
    file = tmp_path / "gnomad.exomes.r2.0.2.sites.vcf"
    shutil.copy(shared("vcf_real/gnomad_sites_slice.vcf"), file)
    library = Library(tmp_path / "library")
    install(library, "gnomad_exomes", B37, file)
    asked = [
        ("22", 16050141, "C", "A"),
        ("22", 16050129, "G", "GACA"),
        ("22", 16050129, "G", "C"),
        ("22", 16050036, "A", "C"),
    ]
    found = joined(*asked, library=library, assembly=B37)
    assert found.state.tolist() == [FOUND, FOUND, NOT_ASSESSED, NOT_ASSESSED]
    assert found.reason.to_pylist()[2:] == ["failed gnomAD's filter RF"] * 2
    assert found.columns["allele_count"][:2].tolist() == [1, 3]
    assert found.columns["af_group_max_name"].to_pylist()[:2] == ["nfe", "nfe"]

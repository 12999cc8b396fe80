"""ClinVar as installed: what laboratories concluded, in their words, and never more than they said."""

import gzip

import pytest

from models.case import Absent, Found, NotAssessed
from models.errors import InputError, UnreadableFile, WrongBuild
from models.evidence.clinvar import clinvar_class
from models.knowledge import Library
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import (
    B37,
    B38,
    CLINVAR_ROWS,
    clinvar,
    golden_knowledge,
    golden_library,
    install,
    packed,
)
from tests.knowledge.positions.tables import alleles
from tests.shared_data import shared


def said_of(*asked, library=None, assembly=B38):
    """The columns of one allele."""
    release = (library or golden_library()).current("clinvar", assembly)
    joined = look_up(alleles(asked, assembly), [release])["clinvar"]
    return {
        name: column.tolist() if hasattr(column, "tolist") else column.to_pylist()
        for name, column in joined.columns.items()
    }, joined.state.tolist()


def installed(tmp_path, text, assembly=B38, name="clinvar.vcf"):
    library = Library(tmp_path / "library")
    install(library, "clinvar", assembly, packed(tmp_path, name, text))
    return library


def row(info, place="1\t100\t7\tA\tG"):
    return f"{place}\t.\t.\tALLELEID=1;CLNREVSTAT=criteria_provided,_single_submitter;{info}"


def test_a_conflict_is_never_pathogenic():
    columns, _ = said_of(("1", 1043223, "CCT", "C"))
    assert columns["clinvar_significance"] == ["Conflicting classifications of pathogenicity"]
    assert columns["clinvar_conflict"] == ["Pathogenic(1)|Uncertain significance(3)"]
    assert columns["clinvar_stars"] == [1.0]
    assert clinvar_class(columns["clinvar_significance"][0]) == "CONFLICTING"


def test_several_classes_are_kept_as_delivered():
    columns, _ = said_of(("13", 20189473, "C", "T"))
    assert columns["clinvar_significance"] == ["Pathogenic/Likely pathogenic|risk factor"]
    assert columns["clinvar_stars"] == [3.0]
    assert clinvar_class(columns["clinvar_significance"][0]) == "LP"


def test_a_classification_for_cancer_or_of_a_haplotype_is_none_of_the_variant_itself():
    columns, _ = said_of(("17", 43045700, "G", "A"))
    assert columns["clinvar_significance"] == ["no classification provided"]
    assert clinvar_class(columns["clinvar_significance"][0]) == ""


def test_a_mitochondrial_variant_is_found_under_either_name_of_its_contig(tmp_path):
    assert said_of(("MT", 3243, "A", "G"))[0]["clinvar_id"] == ["9589"]
    renamed = clinvar([CLINVAR_ROWS[-1].replace("MT\t", "chrM\t", 1)])
    assert said_of(("MT", 3243, "A", "G"), library=installed(tmp_path, renamed))[0]["clinvar_id"] == ["9589"]


def test_the_contigs_of_the_file_may_begin_with_chr(tmp_path):
    library = installed(tmp_path, clinvar([f"chr{CLINVAR_ROWS[0]}"]))
    assert said_of(("1", 1014143, "C", "T"), library=library)[0]["clinvar_significance"] == ["Pathogenic"]


def test_nobody_submitted_a_variant_that_is_not_there_and_a_contig_without_any_was_not_looked_at():
    source = golden_library().current("clinvar", B38)
    joined = look_up(alleles([("1", 5, "A", "G"), ("1", 5, "AC", "GT"), ("2", 5, "A", "G")]), [source])["clinvar"]
    assert joined.state.tolist() == [1, 1, 2]


def test_the_release_is_the_day_the_file_names():
    release = golden_library().current("clinvar", B38).release
    assert (release.version, release.released_on, release.assembly) == ("2026-11-10", "2026-11-10", "GRCh38")


def test_each_build_answers_for_itself_alone():
    from models.knowledge import SOURCES

    (source,) = [s for s in SOURCES if s.key == "clinvar"]
    assert isinstance(source.look_up(golden_knowledge(), "GRCh37 chr1-1014143-C-T"), Found)
    assert isinstance(source.look_up(golden_knowledge(), "GRCh38 chr13-20189473-C-G"), Absent)
    assert isinstance(source.look_up(golden_knowledge(), "GRCh37 chr13-20189473-C-T"), NotAssessed)


def test_a_table_of_another_build_is_refused(tmp_path):
    with pytest.raises(WrongBuild, match=r"clinvar\.vcf.*GRCh37"):
        installed(tmp_path, clinvar(build="GRCh37"), B38)


def test_a_refused_table_leaves_the_release_before_it_in_use(tmp_path):
    library = installed(tmp_path, clinvar())
    with pytest.raises(WrongBuild):
        install(library, "clinvar", B38, packed(tmp_path / "other", "clinvar.vcf", clinvar(build="GRCh37")))
    assert library.current("clinvar", B38).release.version == "2026-11-10"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (clinvar().replace("##INFO=<ID=CLNSIG,", "##INFO=<ID=OTHER,"), "clinvar.vcf: .*does not declare INFO CLNSIG"),
        (clinvar().replace("##fileDate=2026-11-10\n", ""), "clinvar.vcf: There is no ##fileDate"),
        (clinvar(["1\t100\t7\tA"]), "clinvar.vcf, line 19: The line has fewer than 8 columns"),
        (clinvar([row("CLNSIG=Benign", "1\tx\t7\tA\tG")]), "clinvar.vcf, line 19: The position is not a number"),
        (clinvar([]), "lists no variant"),
        ("##fileformat=VCFv4.1\n", "clinvar.vcf"),
        ("", "clinvar.vcf"),
    ],
)
def test_what_is_no_clinvar_is_refused_in_a_sentence_that_names_the_place(tmp_path, text, sentence):
    with pytest.raises(InputError, match=sentence):
        installed(tmp_path, text)


@pytest.mark.parametrize("lost", [3, 40, 200])
def test_a_download_that_was_cut_short_is_refused(tmp_path, lost):
    packed_whole = gzip.compress(clinvar().encode())
    file = tmp_path / "clinvar.vcf.gz"
    file.write_bytes(packed_whole[:-lost])
    with pytest.raises(UnreadableFile, match=r"clinvar\.vcf\.gz: "):
        install(Library(tmp_path / "library"), "clinvar", B38, file)


def test_rows_without_an_allele_and_on_other_contigs_are_left_out_and_told(tmp_path):
    rows = [row("CLNSIG=Benign"), row("CLNSIG=Benign", "1\t200\t8\tA\t."), row("CLNSIG=Benign", "NW_1\t9\t9\tA\tG")]
    said = []
    file = packed(tmp_path, "clinvar.vcf", clinvar(rows))
    install(Library(tmp_path / "library"), "clinvar", B38, file, progress=lambda doing, _share: said.append(doing))
    assert "1 left out: no allele is named" in said
    assert "1 left out: on a contig that cases do not have" in said


def test_a_table_in_any_order_is_found_in(tmp_path):
    rows = [
        row(f"CLNSIG=Benign;CLNDN=d{p}", f"{c}\t{p}\t{p}\tA\tG") for c, p in [("2", 9), ("10", 5), ("1", 7), ("1", 3)]
    ]
    library = installed(tmp_path, clinvar(rows))
    columns, states = said_of(
        ("1", 3, "A", "G"), ("1", 7, "A", "G"), ("10", 5, "A", "G"), ("2", 9, "A", "G"), library=library
    )
    assert columns["clinvar_id"] == ["3", "7", "5", "9"] and states == [0, 0, 0, 0]


def test_two_records_of_one_allele_are_told_as_a_conflict_with_the_fewest_stars(tmp_path):
    expert = row("CLNSIG=Pathogenic", "1\t100\t8\tA\tG").replace(
        "criteria_provided,_single_submitter", "reviewed_by_expert_panel"
    )
    columns, _ = said_of(("1", 100, "A", "G"), library=installed(tmp_path, clinvar([row("CLNSIG=Benign"), expert])))
    assert columns["clinvar_significance"] == ["Benign|Pathogenic"]
    assert clinvar_class(columns["clinvar_significance"][0]) == "CONFLICTING"
    assert columns["clinvar_stars"] == [1.0] and columns["clinvar_id"] == ["7|8"]


def test_a_review_status_that_we_do_not_know_earns_no_stars(tmp_path):
    of = row("CLNSIG=Pathogenic").replace("criteria_provided,_single_submitter", "reviewed_by_the_moon")
    columns, _ = said_of(("1", 100, "A", "G"), library=installed(tmp_path, clinvar([of])))
    assert columns["clinvar_stars"][0] != columns["clinvar_stars"][0]  # NaN


def test_an_allele_too_long_for_a_key_is_found_by_its_letters(tmp_path):
    long = "A" + "ACGTTGCA" * 40
    library = installed(tmp_path, clinvar([row("CLNSIG=Benign", f"1\t100\t7\tA\t{long}")]))
    assert said_of(("1", 100, "A", long), ("1", 100, "A", long[:-1] + "C"), library=library)[1] == [0, 1]


def test_a_real_slice_of_clinvar_is_read_row_for_row(tmp_path):
    library = Library(tmp_path)
    install(library, "clinvar", B37, shared("vcf_real/slivar_clinvar_20191007.vcf.gz"))
    columns, _ = said_of(("1", 949696, "C", "CG"), ("1", 949422, "G", "A"), library=library, assembly=B37)
    assert columns["clinvar_significance"] == ["Pathogenic", "Benign"]
    assert columns["clinvar_id"] == ["161455", "475283"]
    assert columns["clinvar_stars"] == [0.0, 1.0]
    assert columns["clinvar_gene"] == ["ISG15:9636"] * 2
    assert library.current("clinvar", B37).release.version == "2019-10-07"

"""What is installed answers for a case: exactly, before the file, and never for another build."""

import numpy as np
import pandas as pd
import pytest

from models.case import ANNOTATION_COLUMNS, Assembly, State, check_contract
from models.evidence.clinvar import clinvar_class
from models.evidence.frequency import frequency_columns
from models.knowledge.annotate import annotate, consequences
from models.knowledge.annotate.fill import Mane
from models.knowledge.annotate.kept import quiet
from models.knowledge.positions.join import REASON
from tests.builders import a_table as a_variant_table
from tests.builders import a_variant
from tests.knowledge.annotate.releases import a_clinvar, a_library, a_reference, a_table, gnomad_row

SNV = ("chr2", 100, "A", "G")


@pytest.fixture
def library(tmp_path):
    return a_library(tmp_path)


def filled(library, *rows, assembly=Assembly.GRCH38, **facts):
    """The annotation of a table of these rows; without rows of one variant with `facts`."""
    table = a_variant_table(*(rows or (a_variant(*SNV, **facts),)), assembly=assembly)
    done = annotate(table, library.in_use(), Mane(None, "MANE 1.4"), quiet)
    check_contract(done.table)
    return done


def row(done, at=0):
    return done.table.frame.iloc[at]


def test_without_any_release_the_table_is_the_very_same(library):
    table = a_variant_table(a_variant(*SNV))
    assert annotate(table, library.in_use(), Mane(None, "MANE 1.4"), quiet).table is table


def test_an_installed_clinvar_answers_before_the_file_and_says_both(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Likely_pathogenic", 2))
    done = filled(library, clinvar_significance="Benign", clinvar_stars=1.0, clinvar_id="9")
    one = row(done)
    assert (one["clinvar_significance"], one["clinvar_stars"], one["clinvar_id"]) == ("Likely pathogenic", 2.0, "100")
    assert one["clinvar_state"] == one["clinvar_stars_state"] == State.FOUND
    brought = done.table.facts.brought
    assert brought["clinvar_significance"] == "ClinVar 2026-11-10 (installed); else test"
    assert done.table.facts.annotated_with == ("ClinVar 2026-11-10 (GRCh38)",)


def test_where_nobody_looked_the_files_own_answer_stays(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Likely_pathogenic", 2))
    done = filled(library, a_variant("chr7", 5, "A", "G", clinvar_significance="Benign", clinvar_stars=1.0))
    assert (row(done)["clinvar_significance"], row(done)["clinvar_stars"]) == ("Benign", 1.0)


def test_a_record_that_the_installed_clinvar_does_not_have_is_absent_whatever_the_file_says(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "T", "Pathogenic", 2))
    one = row(filled(library, clinvar_significance="Pathogenic", clinvar_stars=4.0, clinvar_id="9"))
    assert one["clinvar_state"] == one["clinvar_stars_state"] == State.ABSENT
    assert one["clinvar_significance"] == "" and one["clinvar_id"] == "" and np.isnan(one["clinvar_stars"])


def test_a_conflict_is_never_pathogenic(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Conflicting_classifications_of_pathogenicity", 1))
    assert clinvar_class(str(row(filled(library))["clinvar_significance"])) == "CONFLICTING"


def test_the_higher_of_exomes_and_genomes_counts_with_its_own_numbers(library):
    a_table(library, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=1e-5, ac=10, an=1_000_000, hom=1, afr=2e-5))
    genomes = gnomad_row("2", 100, "A", "G", af=3e-5, ac=4, an=150_000, group=9e-5, name="eas", afr=1e-5)
    a_table(library, "gnomad_genomes", genomes)
    one = row(filled(library))
    assert one["af_fraction"] == np.float32(3e-5)
    assert (one["allele_count"], one["allele_number"], one["homozygote_count"]) == (4, 150_000, 0)
    assert (one["af_group_max_fraction"], one["af_group_max_name"]) == (np.float32(9e-5), "eas")
    assert one["af_afr_fraction"] == np.float32(2e-5)
    assert one["af_state"] == one["allele_count_state"] == one["homozygote_state"] == one["af_group_state"] == 0


def test_a_variant_of_finns_alone_is_as_common_as_in_everybody_not_absent(library):
    a_table(library, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=3e-3, ac=4_000, group=0.0, name="", fin=4e-2))
    done = filled(library)
    assert row(done)["af_group_state"] == State.NOT_ASSESSED
    fraction, state, origin = frequency_columns(done.table.frame, done.table.facts.brought)
    assert (fraction[0], state[0], origin[0]) == (np.float32(3e-3), State.FOUND, "overall")


@pytest.mark.parametrize("where", ["gnomad_exomes", "gnomad_genomes"])
def test_found_in_one_of_them_is_found(library, where):
    other = "gnomad_genomes" if where == "gnomad_exomes" else "gnomad_exomes"
    a_table(library, where, gnomad_row("2", 100, "A", "G", af=2e-4))
    a_table(library, other, gnomad_row("2", 101, "A", "G", af=0.1))
    done = filled(library, af_fraction=0.5)
    assert row(done)["af_fraction"] == np.float32(2e-4)
    exomes, genomes = (f"gnomAD {kind} 1 of 2026-01-01 (installed)" for kind in ("exomes", "genomes"))
    assert done.table.facts.brought["af_fraction"] == f"{exomes} and {genomes}; else test"


def test_a_variant_that_one_looked_for_and_neither_lists_is_absent(library):
    a_table(library, "gnomad_exomes", gnomad_row("7", 1, "A", "G", af=0.1), contigs=(7,))
    a_table(library, "gnomad_genomes", gnomad_row("2", 101, "A", "G", af=0.1))
    one = row(filled(library))
    assert one["af_state"] == one["af_group_state"] == one["allele_count_state"] == State.ABSENT
    assert np.isnan(one["af_fraction"]) and one["af_group_max_name"] == ""


def test_where_neither_looked_the_frequency_is_not_assessed(library):
    a_table(library, "gnomad_exomes", gnomad_row("7", 1, "A", "G", af=0.1), contigs=(7,))
    assert row(filled(library))["af_state"] == State.NOT_ASSESSED


def test_a_site_that_failed_the_filters_is_not_assessed_rather_than_rare(library):
    a_table(library, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=0.4, reason="failed gnomAD's filter RF"))
    a_table(library, "gnomad_genomes", gnomad_row("2", 101, "A", "G", af=0.1))
    assert row(filled(library))["af_state"] == State.NOT_ASSESSED


def test_a_site_that_failed_in_exomes_but_passed_in_genomes_has_the_genomes_frequency(library):
    a_table(library, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=0.4, reason="failed gnomAD's filter RF"))
    a_table(library, "gnomad_genomes", gnomad_row("2", 100, "A", "G", af=1e-3))
    assert row(filled(library))["af_fraction"] == np.float32(1e-3)


def test_looked_for_and_carried_by_nobody_with_confidence_is_a_frequency_of_zero(library):
    a_table(library, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=0.0, ac=0, name=""))
    one = row(filled(library))
    assert (one["af_state"], one["af_fraction"], one["allele_count"]) == (State.FOUND, 0.0, 0.0)


def test_a_files_counts_never_stand_beside_an_installed_frequency(library):
    a_table(library, "gnomad_exomes", ("2", 100, "A", "G", {"af_fraction": 1e-4, "allele_count": None,
            "allele_number": None, "homozygote_count": None, "af_group_max_fraction": None,
            "af_group_max_name": None, REASON: None}))  # fmt: skip
    one = row(filled(library, af_fraction=0.2, allele_count=7, allele_number=9, homozygote_count=3,
                     af_group_max_fraction=0.3, af_group_max_name="afr"))  # fmt: skip
    assert one["af_fraction"] == np.float32(1e-4)
    assert one["allele_count_state"] == one["homozygote_state"] == one["af_group_state"] == State.NOT_ASSESSED
    assert np.isnan(one["allele_count"]) and np.isnan(one["af_group_max_fraction"]) and one["af_group_max_name"] == ""


def test_each_predictor_fills_its_own_column(library):
    scores = {"alphamissense": 0.9, "revel": 0.8, "spliceai": 0.7, "cadd": 30.0}
    columns = dict(zip(scores, ("alphamissense_score", "revel_score", "spliceai_delta_max", "cadd_phred"), strict=True))
    for source, score in scores.items():
        a_table(library, source, ("2", 100, "A", "G", {columns[source]: score}))
    done = filled(library)
    assert [row(done)[c] for c in columns.values()] == [np.float32(s) for s in scores.values()]
    assert len(done.releases) == len(scores)


def test_an_indel_that_is_not_listed_is_open_until_a_reference_settles_its_spelling(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    rows = (a_variant("chr2", 200, "AT", "A"), a_variant("chr2", 300, "A", "AT"), a_variant("chr2", 400, "A", "C"))
    done = filled(library, *rows)
    assert list(done.table.frame["clinvar_state"]) == [State.NOT_ASSESSED, State.NOT_ASSESSED, State.ABSENT]
    (finding,) = done.findings
    assert finding.code == "knowledge-indels"
    assert "2 insertions and deletions are not in ClinVar" in finding.sentence
    assert "knowledge install reference" in finding.sentence


def test_an_indel_that_is_listed_as_the_file_writes_it_is_found_without_a_reference(library):
    a_clinvar(library, "2026-11-10", ("2", 200, "AT", "A", "Pathogenic", 2))
    done = filled(library, a_variant("chr2", 200, "AT", "A"))
    assert (row(done)["clinvar_state"], done.findings) == (State.FOUND, ())


def test_with_a_reference_another_spelling_is_found_and_a_missing_record_is_absent(library, transcripts):
    a_reference(library, {"2": "G" * 9 + "CAAAAT" + "G" * 85})  # C at 10, A at 11 to 14, T at 15
    a_clinvar(library, "2026-11-10", ("2", 10, "CA", "C", "Pathogenic", 2))
    done = filled(library, a_variant("chr2", 12, "AA", "A"), a_variant("chr2", 15, "T", "TC"))
    assert list(done.table.frame["clinvar_state"]) == [State.FOUND, State.ABSENT]
    assert done.findings == ()


def test_an_allele_that_the_reference_contradicts_is_not_absent(library, transcripts):
    a_reference(library, {"2": "G" * 100})
    a_clinvar(library, "2026-11-10", ("2", 10, "G", "C", "Pathogenic", 2))
    done = filled(library, a_variant("chr2", 12, "A", "C"), a_variant("chr2", 12, "G", "C"))
    assert list(done.table.frame["clinvar_state"]) == [State.NOT_ASSESSED, State.ABSENT]


@pytest.fixture
def transcripts(monkeypatch):
    """What predicts consequences, answering for every allele it is asked about."""

    def predicted(alleles, reference, transcripts, progress):
        size = len(alleles)
        text = {"gene": "SCN1A", "transcript": "NM_1.1", "consequence": "missense_variant", "hgvs_c": "c.1A>G"}
        frame = pd.DataFrame({k: pd.Series([v] * size, dtype="str") for k, v in text.items()})
        for name in ("gene", "transcript", "consequence"):
            frame[name] = frame[name].astype("category")
        frame["is_mane_select"] = np.ones(size, bool)
        frame["hgvs_p"] = pd.Series([""] * size, dtype="str")
        states = {ANNOTATION_COLUMNS[n][1]: State.FOUND for n in (*text, "is_mane_select")}
        states["hgvs_p_state"] = State.ABSENT
        agrees = reference.agreement(alleles) == 0
        told = {name: np.where(agrees, state, State.NOT_ASSESSED).astype(np.int8) for name, state in states.items()}
        return frame.assign(**told)

    monkeypatch.setattr(consequences, "effects", predicted)


def names_of(one):
    return tuple(one[c] for c in ("gene", "transcript", "consequence", "hgvs_c", "hgvs_p"))


def test_a_row_without_a_consequence_gets_gene_transcript_and_names_together(library, transcripts):
    a_reference(library, {"2": "A" * 200})
    done = filled(library, gene="OLD1", hgvs_p="p.Old1New")
    assert names_of(row(done)) == ("SCN1A", "NM_1.1", "missense_variant", "c.1A>G", "")
    assert done.table.facts.annotated_with == ("toy reference 1 (GRCh38)", "MANE 1.4")
    assert (row(done)["hgvs_p_state"], bool(row(done)["is_mane_select"])) == (State.ABSENT, True)
    assert done.table.facts.brought["gene"] == "test; else MANE 1.4 on toy reference 1 (installed)"


def test_a_laboratorys_consequence_is_kept_with_all_its_names(library, transcripts):
    a_reference(library, {"2": "A" * 200})
    mixed = (
        a_variant(*SNV, gene="LAB1", consequence="stop_gained", transcript="NM_9.2", hgvs_p="p.Lab1Ter"),
        a_variant("chr2", 101, "A", "G"),
    )
    done = filled(library, *mixed)
    assert names_of(row(done)) == ("LAB1", "NM_9.2", "stop_gained", "", "p.Lab1Ter")
    assert row(done)["hgvs_c_state"] == State.NOT_ASSESSED
    assert names_of(row(done, 1))[0] == "SCN1A"


def test_where_the_reference_disagrees_the_files_gene_stays_and_it_is_said(library, transcripts):
    a_reference(library, {"2": "C" * 200})
    done = filled(library, gene="OLD1")
    assert names_of(row(done)) == ("OLD1", "", "", "", "")
    assert [f.code for f in done.findings] == ["reference-disagrees"]


def test_mane_never_names_a_variant_of_another_assembly(library, transcripts):
    a_reference(library, {"2": "A" * 200}, assembly=Assembly.GRCH37)
    done = filled(library, assembly=Assembly.GRCH37)
    assert row(done)["gene_state"] == State.NOT_ASSESSED
    assert "gene" not in done.table.facts.brought


def test_another_builds_releases_never_answer_and_are_named(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    done = filled(library, assembly=Assembly.GRCH37)
    assert row(done)["clinvar_state"] == State.NOT_ASSESSED
    (finding,) = done.findings
    assert finding.sentence.startswith("ClinVar is installed for GRCh38 only: not assessed here.")
    assert "GRCh37" in finding.sentence
    assert (done.releases, done.table.facts.annotated_with) == ((), ())


def test_each_build_is_answered_by_its_own_release(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    a_clinvar(library, "2026-11-03", ("2", 100, "A", "G", "Benign", 2), assembly=Assembly.GRCH37)
    said = {build: row(filled(library, assembly=build))["clinvar_significance"] for build in
            (Assembly.GRCH38, Assembly.GRCH37)}  # fmt: skip
    assert said == {Assembly.GRCH38: "Pathogenic", Assembly.GRCH37: "Benign"}


def test_for_an_unknown_assembly_nothing_is_looked_up(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    done = filled(library, assembly=Assembly.UNKNOWN)
    assert (row(done)["clinvar_state"], done.findings) == (State.NOT_ASSESSED, ())


def test_symbolic_alleles_are_never_looked_up(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    done = filled(library, a_variant("chr2", 100, "A", "<DEL>"))
    assert row(done)["clinvar_state"] == State.NOT_ASSESSED


def test_the_table_given_is_not_changed(library):
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Pathogenic", 2))
    table = a_variant_table(a_variant(*SNV, clinvar_significance="Benign"))
    annotate(table, library.in_use(), Mane(None, "MANE 1.4"), quiet)
    assert table.frame["clinvar_significance"].iloc[0] == "Benign"
    assert table.facts.brought["clinvar_significance"] == "test"

"""A case of GRCh37 asks releases of GRCh38 only where a chain file is installed, and every answer says so."""

import pytest

from models.case import Assembly, State
from models.knowledge.annotate import annotate, used_releases
from models.knowledge.annotate.fill import Mane
from models.knowledge.annotate.kept import quiet
from models.knowledge.load import releases_in_use
from tests.builders import a_table as a_variant_table
from tests.builders import a_variant
from tests.knowledge.annotate.releases import a_chain, a_clinvar, a_library, a_reference, a_table, gnomad_row

RECORD = ("2", 1100, "A", "G", "Pathogenic", 2)
ROW = a_variant("chr2", 100, "A", "G", clinvar_significance="Benign")


@pytest.fixture
def library(tmp_path):
    return a_library(tmp_path)


@pytest.fixture
def chained(library):
    """ClinVar of GRCh38, and a chain file that moves the first 500 bases of chromosome 2 by a thousand."""
    a_clinvar(library, "2026-11-10", RECORD)
    a_chain(library, ("2", 1, 1001, 500))
    return library


def filled(library, *rows, assembly=Assembly.GRCH37):
    table = a_variant_table(*(rows or (ROW,)), assembly=assembly)
    return annotate(table, library.in_use(), Mane(None, "MANE 1.4"), quiet)


def clinvar(done):
    frame = done.table.frame
    return list(zip(frame["clinvar_state"], frame["clinvar_significance"].astype(str), strict=True))


def test_a_lifted_variant_is_found_and_the_answer_says_how(chained):
    done = filled(chained)
    assert clinvar(done) == [(State.FOUND, "Pathogenic")]
    how = "ClinVar 2026-11-10 (installed for GRCh38, by lifted places); else test"
    assert done.table.facts.brought["clinvar_significance"] == how
    assert done.table.facts.annotated_with[0] == "ClinVar 2026-11-10 (for lifted places)"
    assert len(done.table.facts.annotated_with) == 2, "the chain file is named too"


def test_the_position_of_the_case_stays_that_of_its_own_build(chained):
    assert filled(chained).table.frame["pos_1based"].iloc[0] == 100


def test_a_warning_names_the_release_and_counts_what_was_carried_over(chained):
    (finding,) = [
        f for f in filled(chained, ROW, a_variant("chr2", 900, "A", "G")).findings if f.code == "knowledge-lifted"
    ]
    assert finding.severity.value == "warning"
    assert "ClinVar 2026-11-10 is of GRCh38 and this case is of GRCh37" in finding.sentence
    assert "1 of 2 variants could be carried over" in finding.sentence


def test_without_a_chain_file_nothing_of_another_build_answers(library):
    a_clinvar(library, "2026-11-10", RECORD, ("2", 100, "A", "G", "Benign", 1))
    done = filled(library, a_variant("chr2", 100, "A", "G"))
    assert clinvar(done) == [(State.NOT_ASSESSED, "")]
    assert [f.code for f in done.findings] == ["knowledge-other-build"]


def test_a_release_of_the_cases_own_build_goes_before_a_lifted_answer(chained):
    a_clinvar(chained, "2026-10-06", ("2", 100, "A", "G", "Uncertain_significance", 1), assembly=Assembly.GRCH37)
    done = filled(chained)
    assert clinvar(done) == [(State.FOUND, "Uncertain significance")]
    assert "lifted" not in " ".join(done.table.facts.annotated_with)


def test_a_lifted_variant_that_is_not_listed_is_not_absent_without_the_other_reference(chained):
    done = filled(chained, a_variant("chr2", 101, "A", "G"))
    assert clinvar(done) == [(State.NOT_ASSESSED, "")]
    assert "knowledge install reference --build GRCh38" in done.findings[-1].sentence


def test_with_the_other_reference_not_listed_is_absent_and_a_swapped_base_is_not_assessed(chained):
    a_reference(chained, {"2": "C" * 1100 + "A" + "G" * 99})  # position 1101 is A, 1102 is G
    done = filled(chained, a_variant("chr2", 101, "A", "G"), a_variant("chr2", 102, "A", "G"))
    assert clinvar(done) == [(State.ABSENT, ""), (State.NOT_ASSESSED, "")]
    assert "gene" not in done.table.facts.brought, "MANE is not asked by lifted places"


def test_one_frequency_is_never_of_two_builds(chained):
    a_table(chained, "gnomad_exomes", gnomad_row("2", 100, "A", "G", af=1e-4), assembly=Assembly.GRCH37)
    a_table(chained, "gnomad_genomes", gnomad_row("2", 1100, "A", "G", af=0.3))
    done = filled(chained)
    assert done.table.frame["af_fraction"].iloc[0] == pytest.approx(1e-4)
    assert "genomes" not in done.table.facts.brought["af_fraction"]


def test_a_chain_file_alone_changes_nothing(library):
    a_chain(library, ("2", 1, 1001, 500))
    table = a_variant_table(ROW, assembly=Assembly.GRCH37)
    assert annotate(table, library.in_use(), Mane(None, "MANE 1.4"), quiet).table is table


def test_a_case_of_grch38_is_never_lifted(chained):
    a_clinvar(chained, "2026-10-06", ("2", 100, "A", "G", "Uncertain_significance", 1), assembly=Assembly.GRCH37)
    done = filled(chained, a_variant("chr2", 100, "A", "G"), assembly=Assembly.GRCH38)
    assert clinvar(done) == [(State.ABSENT, "")]
    assert "lifted" not in " ".join(done.table.facts.annotated_with)


def test_a_work_up_names_the_lifted_release_and_the_chain_file(chained):
    in_use = releases_in_use(chained, chained.in_use())
    told = {(r.key, r.assembly) for r in used_releases(in_use, Assembly.GRCH37)}
    assert {("clinvar", "GRCh38"), ("chain", "GRCh37")} <= told
    assert ("chain", "GRCh37") not in {(r.key, r.assembly) for r in used_releases(in_use, Assembly.GRCH38)}

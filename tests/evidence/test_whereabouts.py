"""Why is this variant not here? Every question gets a verdict with value against threshold."""

from dataclasses import replace

import pytest

from models.case import Assembly
from models.errors import InputError, WrongBuild
from models.evidence import assess_variants, where_are, where_is
from models.evidence.query import AlleleQuery, GeneQuery, HgvsQuery, PlaceQuery, read_query
from models.evidence.types import Step
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing

SCN1A = {"gene": "SCN1A", "transcript": "NM_001165963.4", "consequence": "missense_variant", "proband": "0/1"}


def _case():
    return a_case(
        a_variant("chr2", 166_000_100, "C", "T", **SCN1A, hgvs_c="c.2836C>T", hgvs_p="p.Arg946Cys"),
        a_variant("chr2", 166_000_200, "C", "T", **SCN1A, af_group_max_fraction=0.12, af_group_max_name="afr"),
        a_variant("chr2", 166_000_300, "C", "T", **{**SCN1A, "consequence": "intron_variant"}),
        a_variant("chr2", 166_000_400, "CTG", "C", **{**SCN1A, "proband": "0/0"}),
        a_variant("chr2", 166_000_500, "C", "<DEL>", **SCN1A, end_1based=166_000_900),
        a_variant("chr2", 166_000_600, "C", "T", **SCN1A, filter="LowQual", depth_reads=3),
        pedigree=a_single(),
    )


def _ask(query, rank_of=lambda row: row + 1):
    case = _case()
    return where_is(query, case, assess_variants(case, knowing()), rank_of)


@pytest.mark.parametrize(
    "query",
    [
        "chr2-166000100-C-T",
        "2:166000100C>T",
        "chr2:g.166000100C>T",
        "NC_000002.12:g.166000100C>T",
        "chr2:166,000,100",
        "chr2:166,000,050-166,000,150",
        "c.2836C>T",
        "SCN1A:c.2836C>T",
        "NM_001165963:c.2836C>T",
        "NM_001165963.4(SCN1A):c.2836C>T",
        "p.Arg946Cys",
        "p.(Arg946Cys)",
        "p.R946C",
        "scn1a",
        " SCN1A ",
    ],
)
def test_a_variant_is_found_by_gene_hgvs_or_place(query):
    answer = _ask(query)
    assert (answer.found, answer.row, answer.rank, answer.step) == (True, 0, 1, None)
    assert "place 1 of the ranked list" in answer.sentence


@pytest.mark.parametrize(
    ("query", "step", "value", "threshold"),
    [
        ("chr2:166000200", Step.COMMON, "AF 0.12 in afr", "5 %"),
        ("chr2:166000300", Step.NO_PREDICTED_EFFECT, "intron, SpliceAI not assessed", "SpliceAI under 0.2"),
        ("chr2:166000400", Step.NOT_CARRIED, "patient reference", "without this allele"),
        ("chr2:166000550", Step.NOT_SEQUENCE_RESOLVED, "symbolic allele", "not scored"),
        ("chr2:166000600", Step.LOW_QUALITY, "3 reads", "depth under 5"),
    ],
)
def test_a_variant_that_left_says_at_which_step_with_value_and_threshold(query, step, value, threshold):
    answer = next(
        a for a in where_are(query, _case(), assess_variants(_case(), knowing()), lambda r: None) if a.step is step
    )
    assert value in answer.value
    assert threshold in answer.threshold
    assert answer.value in answer.sentence


def test_an_untrimmed_deletion_is_the_same_variant():
    case = _case()
    answer = where_is("chr2-166000399-ACTG-AC", case, assess_variants(case, knowing()), lambda r: None)
    assert answer.row == 3


def test_a_gene_answers_for_all_its_rows_ranked_ones_first():
    case = _case()
    answers = where_are("SCN1A", case, assess_variants(case, knowing()), lambda r: 7 if r == 0 else None)
    assert len(answers) == 6
    assert answers[0].rank == 7
    assert {a.step for a in answers[1:]} == {
        Step.COMMON,
        Step.NO_PREDICTED_EFFECT,
        Step.NOT_CARRIED,
        Step.NOT_SEQUENCE_RESOLVED,
        Step.LOW_QUALITY,
    }


def test_a_gene_known_only_by_position_is_found():
    case = a_case(a_variant("chr2", 500, "C", "T", proband="0/1"), pedigree=a_single())
    evidence = assess_variants(case, knowing(("ABCA1", "2", 1, 900, "coding")))
    assert where_is("ABCA1", case, evidence, lambda r: 1).rank == 1


def test_another_transcript_is_not_the_variant_asked_for():
    assert not _ask("NM_006920:c.2836C>T").found
    assert not _ask("SCN2A:c.2836C>T").found


def test_a_place_without_a_call_names_the_nearest_and_says_that_coverage_is_unknown():
    answer = _ask("chr2-166000150-A-G")
    assert not answer.found
    assert "50 bases away" in answer.sentence
    assert "does not say whether this position was covered" in answer.sentence


def test_a_gvcf_says_whether_the_position_was_called_reference():
    case = a_case(
        a_variant("chr2", 1000, "C", "<NON_REF>", kind="non_ref", end_1based=2000, proband="0/0", depth_reads=31),
        a_variant("chr2", 2500, "C", "T", proband="0/1"),
        pedigree=a_single(),
    )
    evidence = assess_variants(case, knowing())
    covered = where_is("chr2:1500", case, evidence, lambda r: None)
    assert not covered.found
    assert "called reference there" in covered.sentence
    assert "31 reads" in covered.sentence
    assert "it was not called" in where_is("chr2:2200", case, evidence, lambda r: None).sentence


def test_a_file_without_names_says_to_ask_by_place():
    case = a_case(a_variant("chr2", 100, "C", "T", proband="0/1"), pedigree=a_single())
    evidence = assess_variants(case, knowing(SCN1A="AD"))
    assert "ask by place" in where_is("c.1A>G", case, evidence, lambda r: None).sentence
    assert "ask by place" in where_is("SCN1A", case, evidence, lambda r: None).sentence


def test_a_dbsnp_id_is_found_whole_and_not_by_its_beginning():
    case = a_case(
        a_variant("chr2", 100, "C", "T", proband="0/1", record_id="rs12;COSV9"),
        a_variant("chr2", 200, "C", "T", proband="0/1", record_id="rs123"),
        pedigree=a_single(),
    )
    evidence = assess_variants(case, knowing())
    assert [a.row for a in where_are("rs12", case, evidence, lambda r: None)] == [0]
    assert not where_is("RS1", case, evidence, lambda r: None).found


def test_an_empty_question_is_answered_with_examples():
    with pytest.raises(InputError, match="SCN1A"):
        _ask("  ")


def test_an_empty_file_answers_too():
    case = a_case(pedigree=a_single())
    evidence = assess_variants(case, knowing(SCN1A="AD"))
    for query in ("SCN1A", "chr2:5", "p.Arg1Cys", "chr2-5-A-C"):
        assert not where_is(query, case, evidence, lambda r: None).found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("chrM-3243-A-G", AlleleQuery),
        ("chrX:1-5", PlaceQuery),
        ("X:100", PlaceQuery),
        ("chr2 166012345", PlaceQuery),
        ("ENST00000303395.9:c.1A>G", HgvsQuery),
        ("NP_001159435.1:p.Met1Val", HgvsQuery),
        ("HLA-DRB1", GeneQuery),
        ("C9orf72", GeneQuery),
        ("MT-TL1", GeneQuery),
        ("chr99", GeneQuery),
    ],
)
def test_each_kind_of_question_is_recognised(text, kind):
    assert isinstance(read_query(text, Assembly.GRCH38), kind)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("p.R946C", "p.Arg946Cys"),
        ("p.W12*", "p.Trp12Ter"),
        ("p.Gln5Ter", "p.Gln5Ter"),
        ("p.(Arg5*)", "p.Arg5Ter"),
        ("p.K7=", "p.Lys7="),
        ("p.L3fs", "p.Leu3fs"),
    ],
)
def test_protein_changes_mean_the_same_by_one_and_three_letters(written, means):
    query = read_query(written, Assembly.GRCH38)
    assert isinstance(query, HgvsQuery)
    assert query.name == means


def test_a_variant_ranked_nowhere_says_so():
    answer = _ask("p.R946C", rank_of=lambda row: None)
    assert answer.rank is None
    assert "without a place" in answer.sentence


def test_answers_do_not_depend_on_annotations_other_rows_lack():
    case = _case()
    bare = replace(
        case, variants=replace(case.variants, frame=case.variants.frame.assign(gene_state=_not_assessed(case)))
    )
    assert not where_is("SCN1A", bare, assess_variants(bare, knowing(SCN1A="AD")), lambda r: None).found


def _not_assessed(case):
    return case.variants.frame["gene_state"] * 0 + 2


@pytest.mark.parametrize(
    ("name", "assembly", "fits"),
    [
        ("NC_000002.12:g.100C>T", Assembly.GRCH38, True),
        ("NC_000002.11:g.100C>T", Assembly.GRCH38, False),
        ("NC_000002.12:g.100C>T", Assembly.GRCH37, False),
        ("NC_000023.10:g.100C>T", Assembly.GRCH37, True),
        ("NC_000002.11:g.100C>T", Assembly.UNKNOWN, True),
        ("NC_012920.1:m.100C>T", Assembly.GRCH37, True),
    ],
)
def test_a_name_of_the_other_build_is_never_looked_up_by_its_position(name, assembly, fits):
    if fits:
        assert read_query(name, assembly).allele.pos_1based == 100
        return
    with pytest.raises(WrongBuild, match="the file on"):
        read_query(name, assembly)


GJB2 = {"gene": "GJB2", "transcript": "NM_004004.6", "consequence": "frameshift_variant", "proband": "0/1"}


def _deaf():
    case = a_case(
        a_variant("chr13", 20_189_546, "AC", "A", **GJB2, hgvs_c="c.35del", hgvs_p="p.Gly12ValfsTer2"),
        a_variant("chr12", 102_855_236, "C", "T", **{**GJB2, "gene": "PAH"}, hgvs_c="c.487C>T", hgvs_p="p.Arg163Cys"),
        a_variant("chrM", 3243, "A", "G", proband="0/1", gene="MT-TL1", hgvs_c="n.14A>G"),
        a_variant("chrM", 5000, "ACT", "A", proband="0/1"),
        pedigree=a_single(),
    )
    return case, assess_variants(case, knowing(GJB2="AR", SCN2A="AD"))


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("c.35delG", 0),
        ("c.35del", 0),
        ("GJB2:c.35delG", 0),
        ("GJB2 c.35delG", 0),
        ("GJB2 35delG", 0),
        ("GJB2:35delG", 0),
        ("35delG", 0),
        ("p.Gly12fs", 0),
        ("p.G12fs", 0),
        ("p.(G12fs)", 0),
        ("p.G12Vfs*2", 0),
        ("GJB2 G12fs", 0),
        ("20189546", 0),
        ("20,189,546", 0),
        ("p.R163C", 1),
        ("PAH R163C", 1),
        ("PAH p.R163C", 1),
        ("m.3243A>G", 2),
        ("MT-TL1 m.3243A>G", 2),
        ("MT-TL1:m.3243A>G", 2),
        ("NC_012920.1:m.3243A>G", 2),
        ("m.3243", 2),
        ("m.5001_5002del", 3),
    ],
)
def test_a_variant_is_found_by_the_name_people_use_for_it(query, row):
    case, evidence = _deaf()
    assert [a.row for a in where_are(query, case, evidence, lambda r: None)] == [row]


@pytest.mark.parametrize("query", ["p.Gly13fs", "p.G12Afs*2", "c.35dup", "c.35_36delG", "SCN2A 35delG", "20189548"])
def test_a_name_of_another_change_does_not_find_it(query):
    case, evidence = _deaf()
    assert not where_is(query, case, evidence, lambda r: None).found


@pytest.mark.parametrize("query", ["banana", "'; DROP TABLE", "what?", "chr99", "two words", "c.", "p.", "c.banana"])
def test_what_is_not_understood_is_never_called_absent_from_the_file(query):
    case, evidence = _deaf()
    with pytest.raises(InputError, match=r"Not understood: try a gene, c\. or p\. name, rs id or chr:pos"):
        where_is(query, case, evidence, lambda r: None)


def test_a_known_gene_without_a_variant_says_that_nothing_lies_in_it():
    case, evidence = _deaf()
    assert where_is("scn2a", case, evidence, lambda r: None).sentence == "No variant of the file lies in SCN2A."


def test_a_gene_is_found_by_its_older_symbol():
    case, evidence = _deaf()
    evidence.gene_table.previous["CX26"] = "GJB2"
    assert where_is("Cx26", case, evidence, lambda r: None).row == 0

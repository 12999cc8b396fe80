"""The words for one variant, as a clinician reads them."""

from models.case import Affected, Pedigree, Person, Sex
from models.evidence import assess_variants, second_hits
from models.evidence.describe import family_words, frequency_words, mode_sentence, quality_sentence
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing


def _case(chrom="chr1", pos=100, sex=Sex.FEMALE, pedigree=None, **facts):
    return a_case(a_variant(chrom, pos, "A", "C", **facts), sex=sex, pedigree=pedigree)


def _sentence(case, row=0):
    return mode_sentence(case, assess_variants(case, knowing()), row)


def test_a_de_novo_sentence_gives_everyones_genotype_and_reads():
    assert _sentence(_case(proband="0/1", mother="0/0", father="0/0")) == (
        "New in the patient (de novo): patient heterozygous (20 of 40 reads, GQ 99); "
        "mother reference (0 of 40 reads, GQ 99); father reference (0 of 40 reads, GQ 99)."
    )


def test_parents_who_were_not_sequenced_are_named():
    assert family_words(_case(proband="0/1", pedigree=a_single()), 0)[1:] == (
        "mother not sequenced",
        "father not sequenced",
    )


def test_an_affected_relative_is_marked():
    family = Pedigree(
        "proband",
        (
            Person("proband", Sex.FEMALE, Affected.AFFECTED, "", "mother", "proband"),
            Person("mother", Sex.FEMALE, Affected.AFFECTED, sample="mother"),
        ),
    )
    assert family_words(_case(proband="0/1", mother="0/1", pedigree=family), 0)[1].startswith("mother (affected)")


def test_a_boys_x_is_hemizygous_and_mitochondria_give_their_fraction():
    assert "patient hemizygous" in _sentence(
        _case("chrX", 30_000_000, Sex.MALE, proband="1/1", mother="0/1", father="0/0")
    )
    mixed = _case("chrM", 3243, proband="0/1", depth_reads=1000, alt_reads=430, pedigree=a_single())
    assert "patient heteroplasmy 43 % (430 of 1000 reads)" in _sentence(mixed)


def test_what_cannot_be_assessed_says_which_modes():
    assert _sentence(_case(proband="0/1", mother="0/0", father="./.")).startswith("Not assessable as de novo, dominant")


def test_a_variant_that_left_the_funnel_is_not_weighed():
    assert _sentence(_case(proband="0/1", consequence="intron_variant")).startswith("Not weighed")


def test_a_doubtful_call_says_each_value_against_its_threshold():
    case = _case(proband="0/1", filter="LowQual", gq_phred=12, depth_reads=8, alt_reads=1)
    assert quality_sentence(case, 0) == (
        "Doubtful call: the caller's filter says LowQual; GQ 12, below 20; 8 reads, below 10; "
        "12 % of reads with the variant, expected 20 % to 80 %."
    )
    assert quality_sentence(_case(proband="0/1"), 0) == "Good call: 20 of 40 reads, GQ 99."


def test_the_frequency_is_written_with_its_counts():
    counted = {"allele_count": 3, "allele_number": 251_000, "homozygote_count": 0}
    assert frequency_words(_case(proband="0/1", af_fraction=1.2e-5, **counted), 0) == "AF 1.2e-05 (3/251,000, 0 hom)"
    assert frequency_words(_case(proband="0/1", af_fraction=None), 0) == "absent from gnomAD"
    assert frequency_words(_case(proband="0/1"), 0) == "not assessed"


# Second hits ----------------------------------------------------------------------------------

CFTR = {"gene": "CFTR", "consequence": "missense_variant", "proband": "0/1"}


def test_all_second_hits_of_a_gene_are_listed_in_trans_first():
    case = a_case(
        a_variant("chr7", 100, "A", "C", **CFTR, mother="0/1", father="0/0"),
        a_variant("chr7", 200, "A", "C", **CFTR, mother="0/1", father="0/0"),
        a_variant("chr7", 300, "A", "C", **CFTR, mother="0/0", father="0/1"),
        a_variant("chr7", 400, "A", "C", **CFTR, mother="0/0", father="0/0"),
        a_variant("chr7", 500, "A", "C", **{**CFTR, "gene": "OTHER"}, mother="0/0", father="0/1"),
    )
    hits = second_hits(0, case, assess_variants(case, knowing()))
    assert [(h.row, h.phase) for h in hits] == [(2, "in trans"), (3, "unknown"), (1, "in cis")]
    assert hits[0].reason == "on different copies by the parents' genotypes"


def test_a_deletion_across_the_variant_is_a_second_hit_that_is_not_ranked():
    case = a_case(
        a_variant("chr7", 50, "A", "<DEL>", end_1based=900, proband="0/1", mother="0/0", father="0/1"),
        a_variant("chr7", 100, "A", "C", **CFTR, mother="0/1", father="0/0"),
    )
    hits = second_hits(1, case, assess_variants(case, knowing()))
    assert [(h.row, h.phase, h.is_ranked) for h in hits] == [(0, "in trans", False)]


def test_a_variant_alone_in_its_gene_or_on_a_boys_x_has_no_second_hit():
    alone = a_case(a_variant("chr7", 100, "A", "C", **CFTR, mother="0/1", father="0/0"))
    assert second_hits(0, alone, assess_variants(alone, knowing())) == ()
    boy = a_case(
        *(a_variant("chrX", 30_000_000 + i, "A", "C", **CFTR, mother="0/1", father="0/0") for i in (0, 5)), sex=Sex.MALE
    )
    assert second_hits(0, boy, assess_variants(boy, knowing())) == ()

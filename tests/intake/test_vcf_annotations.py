"""What the file brings: which value reaches which column, and what its absence means."""

# ruff: noqa: E501 (VCF text reads better in one line)
import numpy as np
import pytest

from models.case import State
from models.evidence.frequency import covers_mitochondrion
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_bytes, read_text

FOUND, ABSENT, NOT_ASSESSED = State.FOUND, State.ABSENT, State.NOT_ASSESSED


def with_csq(folder, subfields: str, csq: str, *, ref: str = "A", alt: str = "G"):
    return read_text(folder, a_vcf(a_record(ref=ref, alt=alt, info=f"CSQ={csq}"), meta=[CSQ.format(subfields)])).frame


def with_info(folder, key: str, value: str | None, *, number: str = "A", kind: str = "Float", alt: str = "G"):
    meta = [f'##INFO=<ID={key},Number={number},Type={kind},Description="x">']
    info = "." if value is None else f"{key}={value}"
    return read_text(folder, a_vcf(a_record(alt=alt, info=info), meta=meta))


def test_what_the_file_does_not_bring_is_not_assessed_and_what_it_leaves_empty_is_absent(tmp_path):
    row = with_csq(tmp_path, "Allele|Consequence|SYMBOL|gnomADe_AF|REVEL", "G|missense_variant|BRCA2|0.001|").iloc[0]
    assert (row.gene, row.gene_state) == ("BRCA2", FOUND)
    assert (row.af_state, row.revel_state, row.cadd_state) == (FOUND, ABSENT, NOT_ASSESSED)
    assert row.af_fraction == pytest.approx(0.001)
    assert np.isnan(row.revel_score) and np.isnan(row.cadd_phred)


def test_a_frequency_of_zero_is_a_value_and_not_absence(tmp_path):
    row = with_csq(tmp_path, "Allele|Consequence|gnomADe_AF", "G|missense_variant|0").iloc[0]
    assert (row.af_fraction, row.af_state) == (0.0, FOUND)


@pytest.mark.parametrize(
    ("entries", "want"),
    [
        ("G|stop_gained|A|T1||,G|synonymous_variant|B|T2|YES|,G|missense_variant|C|T3||NM_3.1", "T3"),
        ("G|stop_gained|A|T1||,G|synonymous_variant|B|T2|YES|", "T2"),
        ("G|synonymous_variant|A|T1||,G|stop_gained&splice_region_variant|B|T2||", "T2"),
        ("G|upstream_gene_variant|A|T1||NM_1.1,G|missense_variant|B|T2|YES|", "T2"),
        ("G|upstream_gene_variant|A|T1||,G|intergenic_variant|B|T2||", "T1"),
    ],
    ids=[
        "MANE Select first",
        "then canonical",
        "then most severe",
        "MANE counts only inside the transcript",
        "nothing better",
    ],
)
def test_the_transcript_is_chosen(tmp_path, entries, want):
    row = with_csq(tmp_path, "Allele|Consequence|SYMBOL|Feature|CANONICAL|MANE_SELECT", entries).iloc[0]
    assert row.transcript == want
    assert row.is_mane_select == (want == "T3")


@pytest.mark.parametrize(
    ("ref", "alt", "alleles"),
    [
        ("A", "G,T", ["G", "T"]),
        ("CA", "C,CAA", ["-", "AA"]),
        ("C", "CT,CTT", ["T", "TT"]),
        ("CAG", "C,TAG", ["CAG>C is written C", "TAG"]),
        ("A", "<DEL>,G", ["<DEL>", "G"]),
    ],
)
def test_each_alt_gets_the_entry_of_its_own_allele(tmp_path, ref, alt, alleles):
    written = [a.split()[-1] for a in alleles]
    csq = ",".join(f"{a}|missense_variant|GENE{i}" for i, a in enumerate(written))
    frame = with_csq(tmp_path, "Allele|Consequence|SYMBOL", csq, ref=ref, alt=alt)
    assert list(frame.gene) == ["GENE0", "GENE1"]


def test_the_allele_number_decides_when_the_file_gives_it(tmp_path):
    csq = "X|missense_variant|SECOND|2,X|missense_variant|FIRST|1"
    frame = with_csq(tmp_path, "Allele|Consequence|SYMBOL|ALLELE_NUM", csq, alt="G,T")
    assert list(frame.gene) == ["FIRST", "SECOND"]


def test_an_allele_that_no_entry_describes_has_no_annotation(tmp_path):
    frame = with_csq(tmp_path, "Allele|Consequence|SYMBOL", "G|missense_variant|BRCA2", alt="G,T")
    assert list(frame.gene) == ["BRCA2", ""]
    assert list(frame.gene_state) == [FOUND, ABSENT]


ENTRY_KEYS = {
    "CSQ": "Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|gnomADe_AF",
    "ANN": "Functional annotations: 'Allele | Annotation | Gene_Name | gnomADe_AF'",
    "BCSQ": "Local consequence annotation from BCFtools/csq. Format: Consequence|gene|transcript",
}


def with_a_bare_line(folder, key, entry):
    meta = f'##INFO=<ID={key},Number=.,Type=String,Description="{ENTRY_KEYS[key]}">'
    cadd = '##INFO=<ID=CADD_PHRED,Number=A,Type=Float,Description="x">'
    records = (
        a_record(pos=5, info=f"{key}={entry}"),
        a_record(pos=9, info="CADD_PHRED=12"),
        a_record(pos=12, info="DP=1"),
    )
    table, findings = read_bytes(folder, a_vcf(*records, meta=[meta, cadd]).encode())
    return table.frame, [f for f in findings if f.code != "assembly-unknown"]


@pytest.mark.parametrize("key", ["CSQ", "ANN"])
def test_a_line_that_the_annotator_never_saw_is_not_assessed_and_that_is_said_once(tmp_path, key):
    frame, findings = with_a_bare_line(tmp_path, key, "G|missense_variant|BRCA2|0.2")
    for state in ("gene_state", "consequence_state", "af_state"):
        assert list(frame[state]) == [FOUND, NOT_ASSESSED, NOT_ASSESSED], state
    assert list(frame.cadd_state) == [ABSENT, FOUND, ABSENT]
    assert [(f.code, f.sentence.split(" without")[0], f.where) for f in findings] == [
        ("line-not-annotated", "2 lines", "input.vcf, line 6")
    ]


def test_a_line_where_bcftools_found_no_transcript_has_no_consequence(tmp_path):
    frame, findings = with_a_bare_line(tmp_path, "BCSQ", "missense|BRCA2|ENST1")
    assert list(frame.consequence_state) == [FOUND, ABSENT, ABSENT]
    assert findings == []


def test_hgvs_is_given_without_its_transcript_and_with_its_signs(tmp_path):
    fields = "Allele|Consequence|Feature|HGVSc|HGVSp"
    row = with_csq(tmp_path, fields, "G|synonymous_variant|ENST1.2|ENST1.2:c.76A>G|ENSP1.1:p.Arg26%3D").iloc[0]
    assert (row.transcript, row.hgvs_c, row.hgvs_p) == ("ENST1.2", "c.76A>G", "p.Arg26=")


def test_snpeff_and_bcftools_are_read_like_vep(tmp_path):
    ann = "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p'\">"
    row = read_text(
        tmp_path,
        a_vcf(
            a_record(info="ANN=G|missense_variant|MODERATE|TP53|ENSG1|transcript|NM_1.2|pc|1/2|c.1A>G|p.Met1Val"),
            meta=[ann],
        ),
    ).frame.iloc[0]
    assert (row.gene, row.transcript, row.consequence, row.hgvs_c, row.hgvs_p) == (
        "TP53",
        "NM_1.2",
        "missense_variant",
        "c.1A>G",
        "p.Met1Val",
    )
    bcsq = "##INFO=<ID=BCSQ,Number=.,Type=String,Description=\"Haplotype-aware consequence annotation from BCFtools/csq. Format: '[*]consequence|gene|transcript|biotype[|strand|amino_acid_change|dna_change]'\">"
    table = read_text(
        tmp_path, a_vcf(a_record(info="BCSQ=missense|TP53|ENST1|protein_coding|+|1M>1V|100A>G"), meta=[bcsq])
    )
    row = table.frame.iloc[0]
    assert (row.gene, row.transcript, row.consequence, row.hgvs_c_state) == ("TP53", "ENST1", "missense", NOT_ASSESSED)


@pytest.mark.parametrize(
    "name",
    [
        "gnomADe_AF",
        "gnomADg_AF",
        "gnomAD_AF",
        "gnomad_af",
        "GNOMADAF",
        "AF_gnomad",
        "gnomad4_AF",
        "gnomad_exomes_AF",
        "ExAC_AF",
        "1000GAF",
    ],
)
def test_the_overall_frequency_is_known_under_the_name(tmp_path, name):
    table = with_info(tmp_path, name, "0.02")
    assert table.frame.af_fraction[0] == pytest.approx(0.02)
    assert table.facts.brought["af_fraction"].startswith(f"INFO/{name}, release ")


def test_the_larger_of_exomes_and_genomes_counts_and_gnomad_before_exac(tmp_path):
    fields = "Allele|Consequence|gnomADe_AF|gnomADg_AF|ExAC_AF"
    assert with_csq(tmp_path, fields, "G|intron_variant|0.01|0.03|0.5").af_fraction[0] == pytest.approx(0.03)
    assert with_csq(tmp_path, fields, "G|intron_variant|||0.5").af_fraction[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("value", "state"), [("1", FOUND), ("1.2", NOT_ASSESSED), ("55", NOT_ASSESSED), ("-1", ABSENT), ("NA", ABSENT)]
)
def test_a_value_that_is_no_fraction_is_not_taken_for_one(tmp_path, value, state):
    table = with_info(tmp_path, "gnomAD_AF", value)
    assert table.frame.af_state[0] == state


def test_a_files_own_cohort_frequency_is_not_a_population_frequency(tmp_path):
    assert with_info(tmp_path, "AF", "0.5").frame.af_state[0] == NOT_ASSESSED


def test_the_group_maximum_leaves_out_bottlenecked_groups(tmp_path):
    fields = "Allele|Consequence|gnomADe_AFR_AF|gnomADe_ASJ_AF|gnomADe_FIN_AF|gnomADe_NFE_AF"
    row = with_csq(tmp_path, fields, "G|intron_variant|0.01|0.2|0.3|0.04").iloc[0]
    assert (row.af_group_max_fraction, row.af_group_max_name) == (pytest.approx(0.04), "nfe")
    assert row.af_asj_fraction == pytest.approx(0.2)


def test_a_value_for_each_allele_reaches_its_allele(tmp_path):
    frame = with_info(tmp_path, "gnomAD_AF", "0.1,0.2", alt="G,T").frame
    np.testing.assert_allclose(frame.af_fraction, [0.1, 0.2], rtol=1e-6)


@pytest.mark.parametrize(
    ("status", "stars"),
    [
        ("practice_guideline", 4),
        ("reviewed_by_expert_panel", 3),
        ("criteria_provided,_multiple_submitters,_no_conflicts", 2),
        ("criteria_provided&_multiple_submitters&_no_conflicts", 2),
        ("criteria_provided,_single_submitter", 1),
        ("criteria_provided,_conflicting_classifications", 1),
        ("no_assertion_criteria_provided", 0),
        ("something_new", np.nan),
    ],
)
def test_the_review_status_becomes_stars(tmp_path, status, stars):
    row = with_info(tmp_path, "CLNREVSTAT", status, number=".", kind="String").frame.iloc[0]
    np.testing.assert_equal(row.clinvar_stars, np.float32(stars))
    assert row.clinvar_stars_state == (NOT_ASSESSED if np.isnan(stars) else FOUND)


def test_conflicting_classifications_are_shown_as_delivered(tmp_path):
    value = "Conflicting_classifications_of_pathogenicity"
    row = with_info(tmp_path, "CLNSIG", value, number=".", kind="String").frame.iloc[0]
    assert row.clinvar_significance == "Conflicting classifications of pathogenicity"


@pytest.mark.parametrize(
    ("field", "value", "column", "want"),
    [
        ("CADD_PHRED", "23.4", "cadd_phred", 23.4),
        ("REVEL_score", "0.1&.&0.7", "revel_score", 0.7),
        ("am_pathogenicity", "0.91", "alphamissense_score", 0.91),
        ("phyloP100way_vertebrate", "-1.5", "phylop_score", -1.5),
        ("GERP++_RS", "5.2", "gerp_score", 5.2),
        ("SpliceAI_pred_DS_AL", "0.8", "spliceai_delta_max", 0.8),
        ("gnomADe_AF", "1.1e-05", "af_fraction", 1.1e-5),
    ],
)
def test_a_predictor_is_read(tmp_path, field, value, column, want):
    row = with_csq(tmp_path, f"Allele|Consequence|{field}", f"G|missense_variant|{value}").iloc[0]
    assert row[column] == pytest.approx(want, rel=1e-6)


def test_spliceai_counts_its_largest_delta(tmp_path):
    fields = "Allele|Consequence|" + "|".join(f"SpliceAI_pred_DS_{d}" for d in ("AG", "AL", "DG", "DL"))
    assert with_csq(tmp_path, fields, "G|intron_variant|0.1|0.9|0|").spliceai_delta_max[0] == pytest.approx(0.9)


def test_every_field_name_feeds_a_column_of_the_contract():
    from models.case import ANNOTATION_COLUMNS
    from models.intake.annotation_fields import FIELDS, TEXT_COLUMNS, feeds_of

    for feed in FIELDS:
        column = feed.column.replace("{group}", "nfe")
        assert column in ANNOTATION_COLUMNS
        assert (ANNOTATION_COLUMNS[column][0] == "float32") or column in TEXT_COLUMNS
        assert feeds_of(feed.name.replace("{group}", "nfe"), feed.only or "info")


@pytest.mark.parametrize("key", ["AF_hom", "AF_het", "gnomAD_mt_AF_hom", "gnomADm_AF_het"])
def test_the_frequencies_of_gnomads_mitochondrial_release_are_read(tmp_path, key):
    table = with_info(tmp_path, key, "0.0012")
    assert table.frame.af_fraction.iloc[0] == pytest.approx(0.0012)
    assert covers_mitochondrion(table.facts.brought)


def test_an_allele_number_of_clinvar_is_never_taken_for_the_number_of_a_record(tmp_path):
    row = with_info(tmp_path, "ALLELEID", "55629", number="1", kind="Integer").frame.iloc[0]
    assert (row.clinvar_id, row.clinvar_state) == ("", NOT_ASSESSED)
    row = with_info(tmp_path, "CLNVID", "40614", number="1", kind="Integer").frame.iloc[0]
    assert (row.clinvar_id, row.clinvar_state) == ("40614", FOUND)


@pytest.mark.parametrize(
    ("key", "subfields", "entry", "exon", "intron"),
    [
        ("CSQ", "Allele|Consequence|Feature|EXON|INTRON", "G|missense_variant|T1|26/29|", "26/29", ""),
        ("CSQ", "Allele|Consequence|Feature|EXON|INTRON", "G|intron_variant|T1||3/28", "", "3/28"),
        ("CSQ", "Allele|Consequence|Feature|EXON|INTRON", "G|frameshift_variant|T1|3-4/12|3/11", "3-4/12", "3/11"),
        ("ANN", "Allele | Annotation | Feature_ID | Rank | HGVS.c", "G|missense_variant|T1|26/29|c.1A>G", "26/29", ""),
    ],
)
def test_the_number_of_the_exon_and_of_the_intron_is_kept(tmp_path, key, subfields, entry, exon, intron):
    meta = [CSQ.replace("ID=CSQ", f"ID={key}").format(subfields)]
    row = read_text(tmp_path, a_vcf(a_record(info=f"{key}={entry}"), meta=meta)).frame.iloc[0]
    assert (row.transcript, row.exon, row.intron, row.transcript_state) == ("T1", exon, intron, FOUND)


def test_the_number_of_an_exon_without_its_transcript_is_not_taken_for_one(tmp_path):
    row = with_csq(tmp_path, "Allele|Consequence|EXON", "G|missense_variant|26/29").iloc[0]
    assert row.transcript_state == NOT_ASSESSED

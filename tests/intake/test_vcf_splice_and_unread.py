"""SpliceAI's combined field, and the rule that what cannot be read is not assessed, never absent."""

import numpy as np
import pytest

from models.case import State
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_bytes

FOUND, ABSENT, NOT_ASSESSED = State.FOUND, State.ABSENT, State.NOT_ASSESSED
# The INFO line that Illumina's SpliceAI 1.3 writes, shortened.
SPLICEAI = (
    '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="SpliceAIv1.3 variant annotation. '
    'Format: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">'
)


def read(folder, *records: str, meta: str):
    table, findings = read_bytes(folder, a_vcf(*records, meta=[meta]).encode())
    return table.frame, findings


def unread(findings) -> list[str]:
    return [f.sentence for f in findings if f.code == "value-not-read"]


def spliceai(folder, value: str, **allele: str):
    frame, findings = read(folder, a_record(info=f"SpliceAI={value}", **allele), meta=SPLICEAI)
    states = list(frame.spliceai_state)
    values = [float(v) if s == FOUND else None for v, s in zip(frame.spliceai_delta_max, states, strict=True)]
    return [v and round(v, 4) for v in values], states, findings


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("G|TTN|0.01|0.91|0.00|0.30|-9|2|40|50", 0.91),
        ("G|TTN|0.00|0.00|0.00|0.00|-9|1|1|1", 0.0),
        ("G|TTN|.|0.40|.|.|.|1|.|.", 0.4),
        ("G|TTN|0.10|0.00|0.00|0.00|1|1|1|1,G|TTN-AS1|0.00|0.00|0.80|0.00|1|1|1|1", 0.8),
        ("G|TTN|.|.|.|.|.|.|.|.,G|TTN-AS1|0.00|0.00|0.80|0.00|1|1|1|1", 0.8),
        ("G|TTN|0.10|0.20|0.00|0.00", 0.2),
        ("g|TTN|0.10|0.20|0.00|0.00", 0.2),
        ("0.35", 0.35),
    ],
    ids=[
        "largest of four, never a position", "all zero is a prediction", "some missing", "two genes, the larger",
        "two genes, one unscored", "scores alone", "lower case", "one number",
    ],
)  # fmt: skip
def test_the_combined_spliceai_field_gives_its_largest_delta(tmp_path, value, want):
    values, _, findings = spliceai(tmp_path, value)
    assert values == [want]
    assert unread(findings) == []


def test_each_alt_gets_its_own_splice_prediction(tmp_path):
    value = "T|TTN|0.90|0|0|0|1|1|1|1,G|TTN|0.10|0|0|0|1|1|1|1,T|OTHER|0.95|0|0|0|1|1|1|1"
    assert spliceai(tmp_path, value, alt="G,T")[0] == [0.1, 0.95]
    assert spliceai(tmp_path, "CT|TTN|0|0.7|0|0|1|1|1|1", ref="CTT", alt="C,CT")[:2] == ([None, 0.7], [ABSENT, FOUND])


def test_a_split_and_trimmed_indel_keeps_the_prediction_named_by_its_old_allele(tmp_path):
    assert spliceai(tmp_path, "CTT|TTN|0|0.7|0|0|1|1|1|1", ref="C", alt="CT")[0] == [0.7]


@pytest.mark.parametrize(
    "value",
    ["G|TTN|.|.|.|.|.|.|.|.", "G|TTN|high|0|0|0|1|1|1|1", "G|TTN|1.5|0|0|0|1|1|1|1", "G|TTN|0.1", "high",
     "T|TTN|0.9|0|0|0|1|1|1|1,C|TTN|0.1|0|0|0|1|1|1|1"],
    ids=["the tool could not score it", "a word", "not a delta", "too few parts", "a word alone", "other alleles"],
)  # fmt: skip
def test_a_splice_field_that_gives_no_score_is_not_assessed_and_said_so(tmp_path, value):
    _, states, findings = spliceai(tmp_path, value)
    assert states == [NOT_ASSESSED]
    assert len(unread(findings)) == 1 and "INFO/SpliceAI" in unread(findings)[0]


def test_no_splice_field_or_a_dot_is_absence(tmp_path):
    assert spliceai(tmp_path, ".")[1] == [ABSENT]
    frame, findings = read(tmp_path, a_record(info="DP=3"), meta=SPLICEAI)
    assert list(frame.spliceai_state) == [ABSENT] and unread(findings) == []


@pytest.mark.parametrize("name", ["SpliceAI_pred", "SpliceAI", "SpliceAI_SpliceAI"])
@pytest.mark.parametrize("allele", ["", "G&"], ids=["plugin", "custom file"])
def test_veps_combined_splice_subfield_is_read(tmp_path, name, allele):
    csq = f"CSQ=G|intron_variant|{allele}TTN&0.01&0.62&0.00&0.00&1&1&1&1"
    frame, _ = read(tmp_path, a_record(info=csq), meta=CSQ.format(f"Allele|Consequence|{name}"))
    assert frame.spliceai_delta_max[0] == pytest.approx(0.62)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("gnomAD_AF", "af_state"), ("gnomAD_AC", "allele_count_state"), ("gnomAD_nhomalt", "homozygote_state"),
        ("gnomAD_AF_nfe", "af_group_state"), ("gnomAD_AF_grpmax", "af_group_state"), ("CADD_PHRED", "cadd_state"),
        ("REVEL", "revel_state"), ("AlphaMissense", "alphamissense_state"), ("SpliceAI_max", "spliceai_state"),
        ("phyloP", "phylop_state"), ("GERP", "gerp_state"), ("CLNREVSTAT", "clinvar_stars_state"),
    ],
)  # fmt: skip
def test_a_value_of_any_column_that_cannot_be_read_is_not_assessed(tmp_path, key, state):
    meta = f'##INFO=<ID={key},Number=1,Type=String,Description="x">'
    rows = [a_record(pos=p, info=i) for p, i in ((1, f"{key}=~what?"), (2, "DP=1"), (3, f"{key}=."))]
    frame, findings = read(tmp_path, *rows, meta=meta)
    assert list(frame[state]) == [NOT_ASSESSED, ABSENT, ABSENT]
    assert [f.where for f in findings if f.code == "value-not-read"] == ["input.vcf, line 4"]
    assert "not assessed" in unread(findings)[0] and f"INFO/{key}" in unread(findings)[0]


@pytest.mark.parametrize("mark", [".", "NA", "nan", "None", "-", ".&.", "-1", "N/A", "NULL"])
def test_a_mark_for_missing_is_absence(tmp_path, mark):
    meta = '##INFO=<ID=gnomAD_AF,Number=1,Type=String,Description="x">'
    frame, findings = read(tmp_path, a_record(info=f"gnomAD_AF={mark}"), meta=meta)
    assert frame.af_state[0] == ABSENT and unread(findings) == []


def test_a_readable_value_counts_before_one_that_is_not(tmp_path):
    meta = CSQ.format("Allele|Consequence|gnomADe_AF|ExAC_AF")
    frame, findings = read(tmp_path, a_record(info="CSQ=G|intron_variant|bad|0.3"), meta=meta)
    assert (frame.af_fraction[0], frame.af_state[0]) == (pytest.approx(0.3), FOUND)
    assert unread(findings) == []


@pytest.mark.parametrize(("value", "alt"), [("0.1", "G,T"), ("0.1,0.2", "G"), ("0.1,0.2,0.3", "G,T")])
def test_one_value_for_each_allele_in_the_wrong_number_is_given_to_none(tmp_path, value, alt):
    meta = '##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="x">'
    frame, findings = read(tmp_path, a_record(alt=alt, info=f"gnomAD_AF={value}"), meta=meta)
    assert set(frame.af_state) == {NOT_ASSESSED} and len(unread(findings)) == 1


def test_an_entry_of_no_allele_we_know_leaves_the_others_not_assessed(tmp_path):
    meta = CSQ.format("Allele|Consequence|SYMBOL|gnomADe_AF")
    csq = "CSQ=G|missense_variant|A|0.1,duplication|missense_variant|B|0.2"
    frame, findings = read(tmp_path, a_record(alt="G,<DUP>", info=csq), meta=meta)
    assert list(frame.gene_state) == list(frame.af_state) == [FOUND, NOT_ASSESSED]
    assert frame.gene[1] == "" and np.isnan(frame.af_fraction[1])
    assert len(unread(findings)) >= 1


def test_an_annotation_without_its_format_is_not_assessed_and_said_so(tmp_path):
    meta = '##INFO=<ID=CSQ,Number=.,Type=String,Description="from somewhere">'
    frame, findings = read(tmp_path, a_record(info="CSQ=G|missense_variant|TTN"), meta=meta)
    assert frame.gene_state[0] == frame.consequence_state[0] == NOT_ASSESSED
    assert [f.where for f in findings if f.code == "field-not-read"] == ["input.vcf, line 2"]


def test_a_flag_brings_no_value(tmp_path):
    meta = '##INFO=<ID=CLNSIG,Number=0,Type=Flag,Description="x">'
    frame, findings = read(tmp_path, a_record(info="CLNSIG"), meta=meta)
    assert frame.clinvar_state[0] == NOT_ASSESSED
    assert [f.code for f in findings if f.code == "field-not-read"] == ["field-not-read"]


def test_a_readable_file_has_no_such_finding(tmp_path):
    meta = CSQ.format("Allele|Consequence|SYMBOL|gnomADe_AF|REVEL")
    _, findings = read(tmp_path, a_record(info="CSQ=G|missense_variant|TTN|0.1|"), meta=meta)
    assert not {f.code for f in findings} & {"value-not-read", "field-not-read"}

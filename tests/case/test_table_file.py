"""A stored variant table: the same after a round trip, mapped read-only, refused when damaged."""

import numpy as np
import pandas as pd
import pytest

from models.case import check_contract, table_file
from models.case.table_file import GENOTYPE_TYPES, read_table, write_table
from models.errors import IntegrityError
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_text


@pytest.fixture
def table(tmp_path):
    meta = CSQ.format("Allele|Consequence|SYMBOL|gnomADe_AF|HGVSc")
    records = [
        a_record(pos=1, info="CSQ=G|missense_variant|TTN|0.25|ENST1.2:c.1A>G", calls="GT:AD:GQ 0/1:9,8:40 ./.:.:."),
        a_record(chrom="chrX", pos=2, alt="G,<DEL>", info="END=90", calls="GT:AD:GQ 1:0,9,1:40 0|2:5,0,5:9"),
    ]
    return read_text(tmp_path, a_vcf(*records, samples=["A", "B"], meta=[meta]))


def test_a_table_is_the_same_after_being_stored_and_opened(table, tmp_path):
    write_table(table, tmp_path / "again.arrow")
    again = read_table(tmp_path / "again.arrow")
    check_contract(again)
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert (again.samples, again.facts) == (table.samples, table.facts)
    for name in GENOTYPE_TYPES:
        np.testing.assert_array_equal(getattr(again.genotypes, name), getattr(table.genotypes, name))


def test_a_table_without_rows_or_samples_is_stored_too(tmp_path):
    empty = read_text(tmp_path, a_vcf())
    write_table(empty, tmp_path / "empty.arrow")
    again = read_table(tmp_path / "empty.arrow")
    check_contract(again)
    assert len(again) == 0 and again.samples == ()


def test_mapped_columns_and_calls_cannot_be_changed(table):
    for values in (table.frame["pos_1based"].to_numpy(), table.genotypes.alt_copies, table.genotypes.vaf_fraction):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 7


def test_a_column_of_one_value_takes_no_memory_and_cannot_be_changed(table):
    values = table.frame["cadd_phred"].to_numpy()
    assert np.isnan(values).all() and not values.flags.writeable


def test_writing_leaves_no_unfinished_file_and_replaces_the_old_one(table, tmp_path):
    path = tmp_path / "kept.arrow"
    path.write_bytes(b"older")
    write_table(table, path)
    assert len(read_table(path)) == len(table)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b"",
        lambda b: b"not a table at all",
        lambda b: b[: len(b) // 2],
        lambda b: b[:-1],
        lambda b: b"\0" * len(b),
        lambda b: b.replace(b"caseboard-variants-1", b"caseboard-variants-9"),
        lambda b: b.replace(b"caseboard", b"otherthing"[:9]),
    ],
    ids=["empty", "text", "half", "last byte gone", "zeros", "another version", "somebody else's"],
)
def test_a_damaged_table_is_refused_in_one_sentence(table, tmp_path, damage):
    path = tmp_path / "stored.arrow"
    write_table(table, path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IntegrityError) as refused:
        read_table(path)
    assert "open the case's files again" in str(refused.value) and "\n" not in str(refused.value)


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(IntegrityError):
        read_table(tmp_path / "missing.arrow")


def test_a_table_that_was_kept_before_exons_were_is_opened_without_them(table, tmp_path, monkeypatch):
    before = {name: dtype for name, dtype in table_file.DTYPES.items() if name not in table_file.ADDED_LATER}
    monkeypatch.setattr(table_file, "DTYPES", before)
    write_table(table, tmp_path / "before.arrow")
    monkeypatch.undo()
    again = read_table(tmp_path / "before.arrow")
    check_contract(again)
    assert set(again.frame["exon"]) | set(again.frame["intron"]) == {""}
    pd.testing.assert_frame_equal(again.frame[list(before)], table.frame[list(before)])

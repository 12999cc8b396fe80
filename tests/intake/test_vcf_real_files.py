"""Real files of real callers, and cyvcf2 as the second opinion."""

import gzip
import json
from pathlib import Path

import cyvcf2
import numpy as np
import pytest

from models.case import canonical_chrom, check_contract
from models.case.table_file import read_table
from models.errors import CaseboardError
from models.intake.check import check_file
from models.intake.limits import LIMITS
from models.intake.vcf_read import read_to_file
from tests.shared_data import ROOT, shared

pytestmark = pytest.mark.shared
REAL = sorted((ROOT / "vcf_real").glob("*.vcf*")) or [Path("vcf_real")]
# Records without sample columns under a header with samples: htslib reads them as garbage.
NOT_FOR_HTSLIB = {"sv_manta-0.29.6.vcf"}
CONFORMANCE = sorted((ROOT / "vcf_conformance").rglob("*.vcf")) or [Path("vcf_conformance")]


def one_sentence(error: CaseboardError) -> bool:
    return "line" in error.where and error.sentence.endswith(".") and "\n" not in str(error)


@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_a_real_file_opens_with_nothing_lost_or_says_why_not(path, tmp_path):
    shared("vcf_real")
    try:
        read_to_file(path, LIMITS, tmp_path / "t.arrow", display_name=path.name)
    except CaseboardError as error:
        assert one_sentence(error)
        return
    table = read_table(tmp_path / "t.arrow")
    check_contract(table)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as text:
        alts = [line.split("\t")[4] for line in text if line.strip() and not line.startswith("#")]
    assert table.facts.records == len(alts)
    assert len(table) == sum(alt.count(",") + 1 for alt in alts)


@pytest.mark.parametrize("path", [p for p in REAL if p.name not in NOT_FOR_HTSLIB], ids=lambda p: p.name)
def test_a_real_file_says_the_same_to_us_and_to_cyvcf2(path, tmp_path):
    shared("vcf_real")
    try:
        read_to_file(path, LIMITS, tmp_path / "t.arrow", display_name=path.name)
    except CaseboardError:
        pytest.skip("refused, see the test above")
    assert_same_as_cyvcf2(read_table(tmp_path / "t.arrow"), path)


def assert_same_as_cyvcf2(table, path) -> None:
    """Position, quality, filter, genotypes, depth of every row, by cyvcf2 as oracle."""
    frame, calls, row = table.frame, table.genotypes, 0
    for record in cyvcf2.VCF(str(path)):
        for i in range(max(1, len(record.ALT))):
            assert frame.chrom[row] == canonical_chrom(record.CHROM)
            shift = frame.pos_1based[row] - record.POS
            assert 0 <= shift < len(record.REF)
            assert record.REF[shift:].upper().startswith(frame.ref[row].upper())
            if record.ALT and frame.kind[row] in ("symbolic", "breakend", "spanning_deletion", "non_ref"):
                assert frame.alt[row] == record.ALT[i]
            np.testing.assert_equal(frame.qual_phred[row], np.float32(np.nan if record.QUAL is None else record.QUAL))
            assert frame.record_id[row] == (record.ID or "")
            assert set(frame["filter"][row].split(";")) == set(record.FILTERS or ["."])
            if "GT" in (record.FORMAT or []):
                assert_same_genotypes(calls, row, record, i + 1)
            row += 1
    assert row == len(table)


def assert_same_genotypes(calls, row, record, alt) -> None:
    for sample, genotype in enumerate(record.genotypes):
        alleles = [a for a in genotype[:-1] if a != -2]
        called = [a for a in alleles if a >= 0]
        assert calls.called_copies[row, sample] == len(called)
        assert calls.ploidy[row, sample] == len(alleles)
        assert calls.alt_copies[row, sample] == (called.count(alt) if called else -1)


@pytest.mark.parametrize("path", CONFORMANCE, ids=lambda p: f"{p.parent.parent.name}-{p.name}")
def test_the_conformance_suite_is_judged_as_its_authors_say(path):
    shared("vcf_conformance")
    if path.parent.name == "passed":
        assert check_file(path, path.name, LIMITS) == []
        return
    with pytest.raises(CaseboardError) as refused:
        check_file(path, path.name, LIMITS)
    assert refused.value.sentence.endswith(".")
    assert "line" in refused.value.where or "empty" in refused.value.sentence
    json.dumps(refused.value.sentence)

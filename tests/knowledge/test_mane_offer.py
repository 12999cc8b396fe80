"""MANE from its GFF3: the same columns as the table that ships, and a newer one in its place."""

import gzip
import struct

import numpy as np
import pandas as pd
import pytest

from models.errors import UnreadableFile
from models.knowledge import load_knowledge, mane_offer
from models.knowledge.library.installed import Library
from models.knowledge.source import read_table
from tests.knowledge.gene_files import installed, write
from tests.knowledge.real import compiled_folder

NAME = "MANE.GRCh38.v9.9.ensembl_genomic.gff.gz"
DAY_S = 1_790_000_000  # 2026-09-21
TAGS = {"MANE Select": "MANE_Select", "MANE Plus Clinical": "MANE_Plus_Clinical"}


@pytest.fixture(scope="module")
def shipped():
    table = read_table("mane")
    return table[table["chrom"] != "MT"]


def gff(table, *, stop_apart=False):
    """The rows of a table as MANE's Ensembl GFF3 writes them; stop_apart: the stop codon is not in the CDS."""
    lines = ["##gff-version 3"]
    for row in table.itertuples():
        told = (
            f"gene_id=ENSG1;transcript_id={row.ensembl};gene_name={row.gene};gene_type=protein_coding;"
            f"tag=basic,{TAGS[row.mane_status]};Dbxref=RefSeq:{row.refseq}"
        )
        starts = row.start_1based + np.asarray(row.exon_offsets)
        spans = [("exon", s, s + n - 1) for s, n in zip(starts, row.exon_sizes, strict=True)]
        whole = [("transcript", spans[0][1], spans[-1][2])]
        low, high = row.cds_start_1based, row.cds_end_1based
        coding = [("CDS", max(s, low), min(e, high)) for _, s, e in spans if s <= high and e >= low]
        if stop_apart:
            coding = [("CDS", low, high - 3), ("stop_codon", high - 2, high)]
        order = spans if row.strand == "+" else spans[::-1]
        lines += [
            f"chr{row.chrom}\tensembl\t{kind}\t{s}\t{e}\t.\t{row.strand}\t.\t{told}"
            for kind, s, e in whole + order + coding
        ]
    return "\n".join(lines) + "\n"


def packed(folder, text, day_s=DAY_S, name=NAME):
    content = bytearray(gzip.compress(text.encode()))
    content[4:8] = struct.pack("<I", day_s)
    path = folder / name
    path.write_bytes(bytes(content))
    return path


def alike(made, wanted):
    plain = [c for c in wanted.columns if not c.startswith("exon_")]
    pd.testing.assert_frame_equal(
        made[plain].reset_index(drop=True), wanted[plain].reset_index(drop=True), check_dtype=False
    )
    for column in ("exon_offsets", "exon_sizes"):
        assert made[column].map(list).tolist() == wanted[column].map(list).tolist()


@pytest.mark.slow
def test_the_shipped_table_written_as_gff3_is_read_back_and_a_newer_release_answers(tmp_path, shipped, monkeypatch):
    assert len(shipped) > mane_offer.FEWEST_TRANSCRIPTS
    monkeypatch.setattr(mane_offer, "FEWEST_TRANSCRIPTS", 3_000)
    library = Library(tmp_path / "library")
    named = shipped["gene"].isin(["SCN1A", "MT-ND1"])
    changed = shipped[named | (shipped.index % 6 == 0)].reset_index(drop=True)  # of every kind, in a sixth of the time
    changed.loc[changed["gene"] == "SCN1A", "refseq"] = "NM_001165963.5"
    release = installed(library, mane_offer.OFFER, packed(tmp_path, gff(changed)))
    assert (release.release.version, release.release.released_on) == ("9.9", "2026-09-21")
    alike(pd.read_parquet(release.file("mane.parquet")).iloc[: len(changed)], changed)
    known = load_knowledge(compiled_folder(), library)
    assert known.transcripts.model("SCN1A").refseq == "NM_001165963.5"
    assert known.transcripts.model("MT-ND1").chrom == "MT"
    place = np.array([166_012_345], dtype=np.int32)
    assert known.transcripts.locate(pd.Series(["2"], dtype=object), place, place)[0].tolist() == ["SCN1A"]


def test_a_transcript_that_ships_keeps_the_symbol_that_the_other_tables_know(tmp_path, shipped):
    some = shipped.head(3)
    renamed = some.assign(gene=["NEW1", "NEW2", "NEW3"])
    path = packed(tmp_path, gff(renamed))
    symbols = dict(zip(some["ensembl"].str.split(".").str[0].iloc[:2], some["gene"].iloc[:2], strict=True))
    assert mane_offer.from_official(path, symbols)["gene"].head(3).tolist() == [*some["gene"].iloc[:2], "NEW3"]


def test_a_stop_codon_named_apart_belongs_to_the_coding_part(tmp_path, shipped):
    one = shipped[shipped["gene"] == "OR4F5"]
    made = mane_offer.from_official(packed(tmp_path, gff(one, stop_apart=True)), {})
    assert made.iloc[0]["cds_end_1based"] == one.iloc[0]["cds_end_1based"]


def test_a_transcript_without_coding_part_has_zeros_not_positions(tmp_path, shipped):
    text = "\n".join(line for line in gff(shipped.head(1)).splitlines() if "\tCDS\t" not in line) + "\n"
    row = mane_offer.from_official(packed(tmp_path, text), {}).iloc[0]
    assert (row["cds_start_1based"], row["cds_end_1based"]) == (0, 0)


def test_alternative_loci_and_other_transcripts_are_left_out(tmp_path, shipped):
    text = gff(shipped.head(1))
    alternative = text.replace("chr1\t", "chr6_GL000256v2_alt\t").replace("##gff-version 3\n", "")
    untagged = text.replace("MANE_Select", "Ensembl_canonical").replace(shipped["ensembl"].iloc[0], "ENST2.1")
    made = mane_offer.from_official(
        packed(tmp_path, text + alternative + untagged.replace("##gff-version 3\n", "")), {}
    )
    assert (made["chrom"] != "MT").sum() == 1


def test_a_slice_is_not_taken_for_mane(tmp_path, shipped):
    with pytest.raises(UnreadableFile, match="holds 3 MANE transcripts"):
        installed(Library(tmp_path / "library"), mane_offer.OFFER, packed(tmp_path, gff(shipped.head(3))))


def test_a_damaged_file_is_refused_with_its_line(tmp_path, shipped):
    text = gff(shipped.head(1))
    with pytest.raises(UnreadableFile, match="not a line of GFF3") as refused:
        mane_offer.from_official(write(tmp_path, "x.gff", text + "chr1\tensembl\texon\t12"), {})
    assert refused.value.where.endswith(f"line {len(text.splitlines()) + 1}")
    path = packed(tmp_path, text)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(UnreadableFile, match="fetch it again"):
        mane_offer.from_official(path, {})


def test_the_release_is_told_by_the_name_and_the_packing_or_refused(tmp_path):
    assert mane_offer.release_of([packed(tmp_path, "x")]).released_on == "2026-09-21"
    undated = "MANE.GRCh38.v1.4.ensembl_genomic_2024-10-01.gff.gz"
    assert mane_offer.release_of([packed(tmp_path, "x", 0, undated)]).released_on == "2024-10-01"
    with pytest.raises(UnreadableFile, match="put the day it was made into its name"):
        mane_offer.release_of([packed(tmp_path, "x", 0)])
    with pytest.raises(UnreadableFile, match="which MANE it is"):
        mane_offer.release_of([packed(tmp_path, "x", name="mane.gff.gz")])

"""The generator writes the same bytes again, and knows what its alleles do."""

import subprocess
import sys
from pathlib import Path

import pysam
import pytest

from sample_data.patients import PATIENTS
from sample_data.recipe.bai import drop_linear_index
from sample_data.recipe.callers import genotypes_of, likelihoods
from sample_data.recipe.effect import effect_of
from sample_data.recipe.folder import write_patient
from sample_data.recipe.genome import CODON_TABLE, Genome
from tests.sample_data.patients import ROOT

SMALLEST = next(p for p in PATIENTS if len(p.members) == 1)


@pytest.fixture(scope="module")
def genome() -> Genome:
    return Genome("GRCh38")


def test_writing_a_patient_again_gives_the_bytes_that_are_committed(tmp_path: Path) -> None:
    folder = write_patient(SMALLEST, tmp_path)
    committed = ROOT / SMALLEST.slug
    names = sorted(str(f.relative_to(committed)) for f in committed.rglob("*") if f.is_file())
    assert sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()) == names
    different = [n for n in names if (folder / n).read_bytes() != (committed / n).read_bytes()]
    assert different == []


def test_the_script_refuses_a_patient_it_does_not_know() -> None:
    script = ROOT / "generate.py"
    done = subprocess.run([sys.executable, str(script), "nobody"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such patient: nobody" in done.stderr


def test_genes_of_the_synthetic_genome_have_open_reading_frames(genome: Genome) -> None:
    for symbol in ("SCN1A", "ETHE1", "IL2RG", "GJB2"):
        gene = genome.genes[symbol]
        codons = [genome.codon(gene, n) for n in range(1, len(gene.cds_positions) // 3 + 1)]
        assert codons[0] == "ATG"
        assert CODON_TABLE[codons[-1]] == "*"
        assert "*" not in "".join(CODON_TABLE[c] for c in codons[:-1])


def test_introns_begin_with_gt_and_end_with_ag_on_the_transcript(genome: Genome) -> None:
    gene = genome.genes["RAF1"]  # reverse strand: CT ... AC on the forward one
    (_, left), (right, _) = gene.exons[3], gene.exons[4]
    assert genome.sequence(gene.chrom, left + 1, left + 2) == "CT"
    assert genome.sequence(gene.chrom, right - 2, right - 1) == "AC"


@pytest.mark.parametrize(
    ("step", "consequence", "name"),
    [
        (1, "splice_donor_variant", "+1"),
        (2, "splice_donor_variant", "+2"),
        (3, "splice_region_variant&intron_variant", "+3"),
        (8, "splice_region_variant&intron_variant", "+8"),
        (9, "intron_variant", "+9"),
        (-1, "splice_acceptor_variant", "-1"),
        (-2, "splice_acceptor_variant", "-2"),
        (-8, "splice_region_variant&intron_variant", "-8"),
        (-9, "intron_variant", "-9"),
    ],
)
def test_distance_from_the_exon_decides_the_splice_consequence(
    genome: Genome, step: int, consequence: str, name: str
) -> None:
    gene = genome.genes["ACADVL"]
    edge = gene.exons[4][1] if step > 0 else gene.exons[5][0]
    pos = edge + step
    ref = genome.base(gene.chrom, pos)
    effect = effect_of(genome, gene, pos, ref, "A" if ref != "A" else "C")
    assert effect.consequence == consequence
    assert name in effect.hgvs_c


def test_a_base_lost_from_the_reading_frame_shifts_it_and_three_do_not(genome: Genome) -> None:
    gene = genome.genes["ACADVL"]
    pos = gene.coding_exons[8][0] + 20
    for size, consequence in ((1, "frameshift_variant"), (3, "inframe_deletion")):
        ref = genome.sequence(gene.chrom, pos, pos + size)
        assert effect_of(genome, gene, pos, ref, ref[0]).consequence == consequence


def test_genotype_likelihoods_are_in_vcf_order_and_best_is_zero() -> None:
    assert genotypes_of(3, 2) == [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2)]
    assert likelihoods((20, 0), 2)[0] == 0
    assert likelihoods((10, 10), 2)[1] == 0
    assert likelihoods((0, 20), 2)[2] == 0
    assert likelihoods((0, 12), 1) == [likelihoods((0, 12), 1)[0], 0]


def test_an_index_without_its_linear_part_finds_the_same_reads(tmp_path: Path) -> None:
    source = next((ROOT / SMALLEST.slug / "reads").glob("*.bam"))
    copy = tmp_path / "copy.bam"
    copy.write_bytes(source.read_bytes())
    pysam.index(str(copy))
    with pysam.AlignmentFile(str(copy)) as bam:
        contig, pos = next((r.reference_name, r.reference_start) for r in bam)
        before = [r.query_name for r in bam.fetch(contig, pos + 200, pos + 220)]
    drop_linear_index(tmp_path / "copy.bam.bai")
    with pysam.AlignmentFile(str(copy)) as bam:
        assert [r.query_name for r in bam.fetch(contig, pos + 200, pos + 220)] == before != []


def test_something_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bai").write_bytes(b"nonsense")
    with pytest.raises(ValueError, match="no BAI"):
        drop_linear_index(tmp_path / "x.bai")

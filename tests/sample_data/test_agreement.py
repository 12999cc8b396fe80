"""The files of one patient tell the same story."""

import re

import pysam
import pytest

from tests.sample_data.patients import FOLDERS, ROOT, Folder

EVERY_PATIENT = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)
FILES = (
    "case.json",
    "variants.vcf.gz",
    "variants.vcf.gz.tbi",
    "family.ped",
    "phenopacket.json",
    "record.fhir.json",
    "note.txt",
    "reference.fa",
    "answer.json",
)
FOLDER_LIMIT_BYTES = 1_100_000
ALL_LIMIT_BYTES = 7_500_000
FEWEST_READS_TO_COMPARE = 10  # at the edge of a window a single read is a large share


@EVERY_PATIENT
def test_every_file_of_a_patient_is_there_and_small(folder: Folder) -> None:
    assert [n for n in FILES if not (folder.path / n).is_file()] == []
    assert sum(f.stat().st_size for f in folder.path.rglob("*") if f.is_file()) < FOLDER_LIMIT_BYTES


def test_all_patients_together_stay_small() -> None:
    total = sum(f.stat().st_size for folder in FOLDERS for f in folder.path.rglob("*") if f.is_file())
    assert total < ALL_LIMIT_BYTES


def test_every_folder_with_a_case_has_a_recipe() -> None:
    on_disk = {card.parent.name for card in ROOT.glob("*/case.json")}
    assert on_disk == {folder.recipe.slug for folder in FOLDERS}


@EVERY_PATIENT
def test_every_file_that_can_say_so_says_it_is_synthetic(folder: Folder) -> None:
    assert "##source=Caseboard synthetic sample" in folder.header
    assert folder.json("case.json")["is_synthetic"] is True
    bundle = folder.json("record.fhir.json")
    assert all(e["resource"]["meta"]["tag"][0]["code"] == "HTEST" for e in bundle["entry"])
    assert "synthetic patient" in (folder.path / "note.txt").read_text()
    for sample in folder.samples:
        with pysam.AlignmentFile(str(folder.path / "reads" / f"{sample}.bam")) as bam:
            assert "synthetic" in bam.header["CO"][0]


@EVERY_PATIENT
def test_every_ref_allele_is_what_the_reference_slice_says(folder: Folder) -> None:
    checked = 0
    for row in folder.rows:
        bases = folder.reference(row.chrom, row.pos, row.pos + len(row.ref) - 1)
        if bases is not None:
            assert bases == row.ref, (row.chrom, row.pos)
            checked += 1
    assert checked >= len(folder.slices)


@EVERY_PATIENT
def test_records_are_in_order_and_no_allele_is_given_twice(folder: Folder) -> None:
    order = list(dict.fromkeys(row.chrom for row in folder.rows))
    keys = [(order.index(r.chrom), r.pos) for r in folder.rows]
    assert keys == sorted(keys)
    assert len({(r.chrom, r.pos, r.ref, r.alts) for r in folder.rows}) == len(folder.rows)


@EVERY_PATIENT
def test_the_ped_file_names_the_samples_of_the_vcf(folder: Folder) -> None:
    lines = [x.split("\t") for x in (folder.path / "family.ped").read_text().splitlines() if not x.startswith("#")]
    ids = [x[1] for x in lines]
    assert set(ids) == set(folder.samples)
    parents = {p for x in lines for p in x[2:4]} - {"0"}
    assert parents <= set(ids)
    assert all(len(x) == 6 and x[4] in "12" and x[5] in "012" for x in lines)


@EVERY_PATIENT
def test_the_phenopacket_family_is_the_family_of_the_ped_file(folder: Folder) -> None:
    packet = folder.json("phenopacket.json")
    if "pedigree" not in packet:
        assert len(folder.samples) == 1
        return
    lines = [x.split("\t") for x in (folder.path / "family.ped").read_text().splitlines() if not x.startswith("#")]
    by_ped = {x[1]: (x[2], x[3], {"1": "MALE", "2": "FEMALE"}[x[4]]) for x in lines}
    persons = packet["pedigree"]["persons"]
    assert {p["individualId"]: (p["paternalId"], p["maternalId"], p["sex"]) for p in persons} == by_ped


@EVERY_PATIENT
def test_phenopacket_terms_are_well_formed_and_said_once(folder: Folder) -> None:
    packet = folder.json("phenopacket.json")
    features = packet.get("proband", packet)["phenotypicFeatures"]
    ids = [f["type"]["id"] for f in features]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"HP:\d{7}", i) for i in ids)
    assert any(f.get("excluded") for f in features)
    assert sum(not f.get("excluded", False) for f in features) >= 3


@EVERY_PATIENT
def test_the_reads_of_each_person_show_the_genotype_of_published_alleles(folder: Folder) -> None:
    """Read fractions: 0 where not carried, about half or all where carried, the stated level on the mitochondrion."""
    recipe = folder.recipe
    for allele in (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way):
        pos = allele.pos_grch38 if recipe.assembly == "GRCh38" else allele.pos_grch37
        row = next(r for r in folder.rows if r.pos == pos and r.ref == allele.ref)
        for member in recipe.members:
            expected = _expected_fraction(allele.chrom, row.chrom, allele.carried.get(member.role, 0), member.sex)
            ref, alt = _pileup(folder, member.sample, row.chrom, pos, row.ref, row.alts[0])
            seen = alt / (ref + alt)
            assert ref + alt >= 10, (allele.gene, member.role)
            assert abs(seen - expected) <= (0.03 if expected in (0, 1) else 0.25), (allele.gene, member.role, seen)


def _expected_fraction(given_chrom: str, contig: str, amount: float, sex: str) -> float:
    if given_chrom == "MT":
        return amount
    if contig.removeprefix("chr") == "X" and sex == "male":
        return float(amount > 0)
    return amount / 2


def _pileup(folder: Folder, sample: str, contig: str, pos: int, ref: str, alt: str) -> tuple[int, int]:
    """Reads with REF and with ALT at `pos`; for a deletion, reads with and without the base after the anchor."""
    counts = {ref[0]: 0, alt[0]: 0, "del": 0, "kept": 0}
    with pysam.AlignmentFile(str(folder.path / "reads" / f"{sample}.bam")) as bam:
        for column in bam.pileup(contig, pos - 1, pos, truncate=True, min_base_quality=0, stepper="all"):
            for read in column.pileups:
                if len(ref) > len(alt):
                    counts["del" if read.indel < 0 else "kept"] += 1
                elif read.query_position is not None and read.alignment.query_qualities[read.query_position] > 20:
                    base = read.alignment.query_sequence[read.query_position]
                    counts[base] = counts.get(base, 0) + 1
    return (counts["kept"], counts["del"]) if len(ref) > len(alt) else (counts[ref], counts[alt])


@EVERY_PATIENT
def test_read_counts_of_the_vcf_come_from_the_reads_where_reads_are_shipped(folder: Folder) -> None:
    """AD of every sequence-resolved SNV inside a slice is within a few reads of the pileup (pairs count once)."""
    compared = 0
    for row in folder.rows:
        inside = folder.reference(row.chrom, row.pos - 150, row.pos + 150)
        if inside is None or not row.plain or len(row.ref) > 1 or any(len(a) > 1 for a in row.alts):
            continue
        sample = folder.sample("proband")
        ref, alt = _pileup(folder, sample, row.chrom, row.pos, row.ref, row.alts[0])
        written = row.counts[sample]
        if sum(written):
            compared += 1
            assert abs(alt / max(1, ref + alt) - written[1] / sum(written)) < 0.2, (row.chrom, row.pos)
    assert compared >= 4


@EVERY_PATIENT
def test_no_name_of_a_relative_or_place_stands_in_read_names(folder: Folder) -> None:
    for sample in folder.samples:
        with pysam.AlignmentFile(str(folder.path / "reads" / f"{sample}.bam")) as bam:
            assert {rg["SM"] for rg in bam.header["RG"]} == {sample}
            assert all(read.query_name.startswith("SYN:") for read in bam)


@EVERY_PATIENT
def test_the_artefact_shows_on_one_strand_in_poorly_mapped_reads_only(folder: Folder) -> None:
    proband = folder.sample("proband")
    shown = [
        r
        for r in folder.rows
        if r.gq[proband] in range(19)
        and 1 in r.calls[proband]
        and sum(r.counts[proband]) >= 15
        and folder.reference(r.chrom, r.pos - 99, r.pos + 99)
    ]
    assert shown
    for row in shown:
        with pysam.AlignmentFile(str(folder.path / "reads" / f"{proband}.bam")) as bam:
            reads = [_base_at(read, row.pos) for read in bam.fetch(row.chrom, row.pos - 1, row.pos)]
        carrying = [(reverse, quality) for base, reverse, quality in reads if base == row.alts[0]]
        assert len(carrying) >= 2
        assert sum(reverse and quality < 20 for reverse, quality in carrying) / len(carrying) > 0.7


def _base_at(read: pysam.AlignedSegment, pos: int) -> tuple[str, bool, int]:
    places = read.get_reference_positions(full_length=True)
    base = read.query_sequence[places.index(pos - 1)] if pos - 1 in places else ""
    return base, read.is_reverse, read.mapping_quality

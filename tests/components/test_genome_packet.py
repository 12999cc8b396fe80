import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components.genome_browser import READ_ROWS, scope_of
from components.genome_locus import locus_text
from components.genome_packet import Scope, _share, build_packet
from components.genome_session import CollectingBrowser, Packet
from components.genome_tracks import contig_lines, genes_refflat, role_samples, variants_vcf
from models.case import Affected, Assembly, Pedigree, Person, ReadsFile, ReferenceSlices, Sex
from models.knowledge.types import TranscriptModel
from tests.builders import a_case, a_variant
from tests.builders_workup import a_workup, some_variants
from tests.reads_builder import a_reference, some_reads

PLUS = TranscriptModel("G", "2", "+", "NM_1.1", "ENST1", "MANE Select", ((101, 200), (301, 400)), 151, 350)


def _unpacked(packet: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    size = int.from_bytes(packet[:4], "little")
    head, at, files = json.loads(packet[4 : 4 + size]), 4 + size, {}
    for file in head["files"]:
        files[file["name"]] = packet[at : at + file["size"]]
        at += file["size"]
    assert at == len(packet)
    return head, files


def test_igv_notebooks_own_verbs_are_collected_and_nothing_is_displayed(capsys: pytest.CaptureFixture[str]) -> None:
    igv = CollectingBrowser({"locus": "chr1:1-2"})
    igv.load_track({"name": "x", "path": "x.vcf"})
    igv.search("chr2:5-6")
    igv.zoom_in()
    assert [m["command"] for m in igv.messages] == ["createBrowser", "loadTrack", "search", "zoomIn"]
    assert capsys.readouterr().out == ""


def test_a_packet_gives_back_every_byte_of_every_file() -> None:
    packet = Packet()
    packet.add("a", b"\x00\xff" * 5)
    packet.add("b", b"")
    head, files = _unpacked(packet.pack([{"command": "x"}], token="t"))
    assert files == {"a": b"\x00\xff" * 5, "b": b""}
    assert head["token"] == "t"


def test_nothing_is_asked_of_anyone_else_and_the_genome_is_not_named() -> None:
    """A reference named hg38 makes igv add links to other people's servers."""
    head, _ = _unpacked(build_packet(a_workup(), Scope((0, 1), ()), 0, "t"))
    config = head["messages"][0]["data"]
    assert (config["loadDefaultGenomes"], config["search"]) == (False, False)
    text = json.dumps(head).lower()
    assert not any(word in text for word in ("http", "hg38", "hg19", "grch3", "blat"))


def test_a_case_without_reads_says_so_and_still_shows_gene_and_variants() -> None:
    head, files = _unpacked(build_packet(a_workup(), Scope((0, 1), ()), 0, "t"))
    assert "No reads came with this case" in head["notes"][0]
    assert [m["data"]["name"] for m in head["messages"] if m["command"] == "loadTrack"] == ["Variants"]
    assert b"@len=" in files["reference.fa"]


def test_unreadable_reads_are_said_by_role_and_the_rest_is_drawn(tmp_path: Path) -> None:
    bam = tmp_path / "x.bam"
    bam.write_bytes(b"not a bam")
    fasta = tmp_path / "r.fa"
    fasta.write_text(">chr2:166012300-166012400 @len=242193529\n" + "A" * 101 + "\n")
    workup = a_workup(reads=(ReadsFile("mother", bam, bam),), reference=ReferenceSlices(fasta))
    head, _ = _unpacked(build_packet(workup, Scope((0,), (0,)), 0, "t"))
    assert any(note.startswith("Mother: The reads could not be opened") for note in head["notes"])


def test_people_are_named_by_their_role_never_by_their_sample() -> None:
    people = (
        Person("kid", Sex.FEMALE, Affected.AFFECTED, "dad", "mum", sample="S-Jane"),
        Person("mum", Sex.FEMALE, sample="S-Mary"),
        Person("dad", Sex.MALE),
        Person("sis", Sex.FEMALE, father_id="dad", mother_id="mum", sample="S-Ann"),
        Person("bro", Sex.MALE, father_id="dad", mother_id="mum", sample="S-Bob"),
        Person("aunt", sample="S-Eve"),
    )
    case = a_case(a_variant("1", 5, "A", "C"), pedigree=Pedigree("kid", people))
    assert role_samples(case) == {
        "S-Jane": "Proband",
        "S-Mary": "Mother",
        "S-Ann": "Sibling",
        "S-Bob": "Sibling 2",
        "S-Eve": "Relative",
    }
    assert b"S-" not in variants_vcf(case, [0])


@pytest.mark.parametrize(
    ("gt", "written"),
    [("0/1", "0/1"), ("1/1", "1/1"), ("0/0", "0/0"), ("./.", "./."), ("./1", "1/."), ("1", "1"), ("0", "0")],
)
def test_genotypes_are_written_as_called_and_missing_stays_missing(gt: str, written: str) -> None:
    case = a_case(a_variant("1", 5, "A", "C", proband=gt))
    line = variants_vcf(case, [0]).decode().splitlines()[-1]
    assert line.split("\t")[9] == written


def test_only_sequence_alleles_and_no_free_text_of_the_file_reach_the_browser() -> None:
    case = a_case(
        a_variant("1", 5, "A", "<DEL>", proband="0/1"),
        a_variant("<script>", 6, "A", "C", proband="0/1"),
        a_variant("2", 7, "A", "C", gene="<img src=x>", hgvs_p="<b>", record_id="<i>", proband="0/1"),
    )
    rows = [x for x in variants_vcf(case, [0, 1, 2]).decode().splitlines() if not x.startswith("#")]
    assert rows == ["chr2\t7\t.\tA\tC\t.\t.\t.\tGT\t0/1\t./.\t./."]


def test_a_gene_is_drawn_with_half_open_exons_and_its_coding_part() -> None:
    assert genes_refflat([PLUS]).decode() == "G\tNM_1.1\tchr2\t+\t100\t400\t150\t350\t2\t100,300,\t200,400,\n"


def test_a_gene_that_does_not_code_has_no_coding_part() -> None:
    silent = TranscriptModel("R", "2", "-", "NR_1.1", "", "", ((101, 200),), 0, 0)
    assert genes_refflat([silent]).decode().split("\t")[6:8] == ["200", "200"]


def test_contigs_without_sequence_still_have_their_length() -> None:
    assert contig_lines({"chr1": 10, "chr2": 20}, {"chr1"}) == b">chr2:1-2 @len=20\nNN\n"


@pytest.mark.parametrize(
    ("place", "locus"),
    [(("2", 10, 10), "chr2:10-10"), (("MT", 5, 7), "chrM:5-7"), (("X", 9, 8), "chrX:9-9"), (("<b>", 1, 1), "")],
)
def test_a_variant_has_one_address_in_the_browser(place: tuple[str, int, int], locus: str) -> None:
    assert locus_text(*place) == locus


def test_choosing_another_variant_sends_no_new_bytes() -> None:
    workup = a_workup()
    assert scope_of(workup, 0) == scope_of(workup, 3)


def test_with_large_reads_the_top_of_the_ranking_and_the_chosen_variant_bring_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.genome_browser.WHOLE_FILE_BYTES", 0)
    monkeypatch.setattr("components.genome_browser.READ_ROWS", 2)
    bam = tmp_path / "x.bam"
    bam.write_bytes(b"x")
    workup = a_workup(reads=(ReadsFile("proband", bam, bam),))
    top = [int(r) for r in workup.ranking.table["row"][:2]]
    other = next(r for r in range(len(some_variants())) if r not in top)
    assert scope_of(workup, top[0]).read_rows == tuple(sorted(top))
    assert scope_of(workup, other).read_rows == (*sorted(top), other)
    assert READ_ROWS >= 20


def test_reads_of_another_build_than_the_reference_are_refused_in_words(tmp_path: Path) -> None:
    reference = a_reference(tmp_path, [("chr2", 166_012_345, "G")])
    reads = some_reads(tmp_path, "proband", reference, [])
    fasta = tmp_path / "other.fa"
    fasta.write_text(reference.fasta.read_text().replace("@len=242193529", "@len=243199373"))  # GRCh37
    head, _ = _unpacked(
        build_packet(a_workup(reads=(reads,), reference=ReferenceSlices(fasta)), Scope((0,), (0,)), 0, "t")
    )
    assert any(note.startswith("Proband: ") and "another genome build" in note for note in head["notes"])
    assert not any(m["data"].get("type") == "alignment" for m in head["messages"] if m["command"] == "loadTrack")


def test_a_slice_that_does_not_say_its_contigs_length_is_no_other_build(tmp_path: Path) -> None:
    reference = a_reference(tmp_path, [("chr2", 166_012_345, "G")])
    reads = some_reads(tmp_path, "proband", reference, [])
    fasta = tmp_path / "other.fa"
    fasta.write_text(reference.fasta.read_text().replace(" @len=242193529", ""))
    workup = a_workup(reads=(reads,), reference=ReferenceSlices(fasta))
    head, files = _unpacked(build_packet(workup, Scope((0,), (0,)), 0, "t"))
    assert any(m["data"].get("type") == "alignment" for m in head["messages"] if m["command"] == "loadTrack")
    assert b"@len=242193529" in files["reference.fa"]


def test_a_case_on_an_older_build_says_that_genes_are_not_drawn() -> None:
    workup = a_workup()
    facts = replace(workup.case.variants.facts, assembly=Assembly.GRCH37)
    table = replace(workup.case.variants, facts=facts)
    old = replace(workup, case=replace(workup.case, variants=table))
    head, _ = _unpacked(build_packet(old, Scope((0,), ()), 0, "t"))
    assert any("GRCh38 only" in note for note in head["notes"])


@pytest.mark.parametrize("people", [1, 2, 3, 4, 6])
def test_the_height_for_reads_is_shared_out_with_most_for_the_proband(people: int) -> None:
    shares = [_share(at, people) for at in range(people)]
    assert sum(shares) == pytest.approx(1.0, abs=0.01)
    assert shares[0] == max(shares)

"""Nothing about the files tells a learner which variant is the answer, and no-answer means none."""

from collections import defaultdict
from dataclasses import dataclass

import pysam
import pytest

from sample_data.patients.carriers import ADA_ARG211HIS
from sample_data.recipe.model import Annotator
from tests.sample_data.patients import BY_SLUG, FOLDERS, Folder, Row

EVERY_PATIENT = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)
RARE_BELOW_FRACTION = 0.01
PLAUSIBLE_TERMS = ("missense", "stop", "start_lost", "frameshift", "inframe", "splice")
FEWEST_DECOYS = 25


@dataclass(frozen=True)
class Told:
    """What the file says about the first ALT allele. frequency_fraction 0.0: not in gnomAD."""

    gene: str
    consequence: str
    frequency_fraction: float


def told(folder: Folder, row: Row) -> Told:
    if folder.recipe.annotator is Annotator.SNPEFF:
        entry = row.info["ANN"].split(",")[0].split("|")
        frequency = row.info.get("gnomAD_AF", ".").split(",")[0]
        return Told(entry[3], entry[1], 0.0 if frequency == "." else float(frequency))
    fields = folder.header.split("Format: ")[1].split('"')[0].split("|")
    said = dict(zip(fields, row.info["CSQ"].split(",")[0].split("|"), strict=True))
    return Told(said["SYMBOL"], said["Consequence"], float(said["gnomADe_AF"] or 0))


def plausible(folder: Folder) -> list[Row]:
    """Rare changes of a protein or its splicing that the proband carries, outside the mitochondrion."""
    sample = folder.sample("proband")
    carried = [r for r in folder.rows if r.plain and 1 in r.calls[sample] and "M" not in r.chrom]
    return [r for r in carried if _is_plausible(told(folder, r))]


def _is_plausible(said: Told) -> bool:
    return said.frequency_fraction < RARE_BELOW_FRACTION and any(t in said.consequence for t in PLAUSIBLE_TERMS)


def depth_reads(folder: Folder, sample: str, row: Row) -> int:
    with pysam.AlignmentFile(str(folder.path / "reads" / f"{sample}.bam")) as bam:
        return bam.count(row.chrom, row.pos - 1, row.pos)


@EVERY_PATIENT
def test_every_plausible_variant_has_reads_in_the_whole_family(folder: Folder) -> None:
    rows = plausible(folder)
    assert len(rows) >= len(folder.recipe.causal) + FEWEST_DECOYS
    shallow = [(r.chrom, r.pos, s) for r in rows for s in folder.samples if depth_reads(folder, s, r) < 8]
    assert shallow == []


@EVERY_PATIENT
def test_the_answer_is_no_deeper_than_the_decoys(folder: Folder) -> None:
    sample = folder.sample("proband")
    named = [v["variant"].removeprefix("chr").split("-") for v in folder.json("answer.json")["causal"]]
    answers = {(chrom, int(pos)) for chrom, pos, _, _ in named}
    depths = {(r.chrom.removeprefix("chr"), r.pos): depth_reads(folder, sample, r) for r in plausible(folder)}
    decoys = [d for place, d in depths.items() if place not in answers]
    assert all(min(decoys) <= depths[place] <= max(decoys) for place in answers if place in depths)
    assert len(answers - set(depths)) == len([a for a in folder.recipe.causal if a.chrom == "MT"])


@EVERY_PATIENT
def test_most_places_with_reads_are_not_the_answer(folder: Folder) -> None:
    assert len(folder.slices) >= 10 * max(1, len(folder.recipe.causal))


def no_answer() -> Folder:
    return BY_SLUG["no-answer-trio"]


def test_the_patient_without_an_answer_has_no_rare_homozygous_protein_change() -> None:
    folder = no_answer()
    sample = folder.sample("proband")
    assert [r for r in plausible(folder) if 0 not in r.calls[sample]] == []


def test_rare_pairs_in_trans_without_an_answer_are_each_explained() -> None:
    folder = no_answer()
    child, mother, father = (folder.sample(r) for r in ("proband", "mother", "father"))
    from_whom: dict[str, set[str]] = defaultdict(set)
    for row in plausible(folder):
        if row.chrom != "X" and set(row.calls[mother] + row.calls[father]) == {0, 1} and 1 in row.calls[child]:
            origin = {(True, False): "mother", (False, True): "father"}.get(
                (1 in row.calls[mother], 1 in row.calls[father])
            )
            if origin:
                from_whom[told(folder, row).gene].add(origin)
    pairs = {gene for gene, parents in from_whom.items() if len(parents) == 2}
    explanation = folder.json("answer.json")["explanation"]
    assert pairs == {"GDAP2", "MYBPC3"}
    assert all(gene in explanation for gene in pairs)


def test_the_pathogenic_ada_allele_is_one_copy_and_explained_as_a_carrier_state() -> None:
    folder = no_answer()
    roles = ("proband", "mother", "father")
    row = next(r for r in folder.rows if r.chrom == "20" and r.pos == ADA_ARG211HIS.pos_grch37)
    assert [sorted(row.calls[folder.sample(role)]) for role in roles] == [[0, 1], [0, 1], [0, 0]]
    answer = folder.json("answer.json")
    for words in ("ADA p.Arg211His", "one copy, from her healthy mother", "She is a carrier", "same maternal copy"):
        assert words in answer["explanation"]
    assert any("carrier state" in point for point in answer["teaching_points"])
    assert answer["causal"] == []


def test_genes_of_intellectual_disability_hold_only_what_a_healthy_parent_carries_too() -> None:
    folder = no_answer()
    parents = [folder.sample(r) for r in ("mother", "father")]
    rows = [r for r in plausible(folder) if told(folder, r).gene in {"SETBP1", "PTEN", "ADA"}]
    assert len(rows) >= 5
    assert all(any(1 in r.calls[p] for p in parents) for r in rows)

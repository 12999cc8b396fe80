"""What the patients teach is stated completely, and the variety the suite promises is there."""

import base64
import csv

import pytest

from sample_data.recipe.effect import effect_of
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Annotator, Caller
from tests.sample_data.patients import BY_SLUG, FOLDERS, ROOT, Folder, Row

EVERY_PATIENT = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.recipe.slug)


def test_the_patients_cover_the_situations_of_the_clinic() -> None:
    modes = " ".join(f.json("answer.json")["mode"] for f in FOLDERS)
    for word in (
        "de novo",
        "compound heterozygous",
        "homozygous",
        "X-linked",
        "mitochondrial",
        "none found",
        "secondary",
    ):
        assert word in modes
    assert {f.json("answer.json")["acmg_class"] for f in FOLDERS} == {"Pathogenic", "Uncertain significance", ""}


def test_builds_contig_names_callers_annotators_and_family_sizes_vary() -> None:
    recipes = [f.recipe for f in FOLDERS]
    assert {(r.assembly, r.chr_prefix) for r in recipes} == {
        ("GRCh38", True),
        ("GRCh38", False),
        ("GRCh37", True),
        ("GRCh37", False),
    }
    assert {r.caller for r in recipes} == set(Caller)
    assert {r.annotator for r in recipes} == set(Annotator)
    assert {len(r.members) for r in recipes} == {1, 2, 3, 4}


@EVERY_PATIENT
def test_published_coding_changes_have_the_hgvs_name_that_their_position_gives(folder: Folder) -> None:
    """c. and p. names of the published SNVs are derived again from position, exons and codon."""
    recipe = folder.recipe
    alleles = (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way)
    genome = Genome(recipe.assembly, alleles)
    for allele in alleles:
        if allele.chrom == "MT" or len(allele.ref) > 1:
            continue
        gene = genome.genes[allele.gene]
        effect = effect_of(genome, gene, genome.position(allele), allele.ref, allele.alt)
        assert (effect.hgvs_c, effect.hgvs_p) == (allele.hgvs_c, allele.hgvs_p)
        assert effect.primary == allele.consequence


def test_the_deletion_in_gjb2_is_named_as_published() -> None:
    recipe = BY_SLUG["deafness-secondary-finding"].recipe
    allele = recipe.causal[0]
    genome = Genome(recipe.assembly, recipe.causal)
    gene = genome.genes["GJB2"]
    assert gene.cds_index[allele.pos_grch38 + 1] == 35
    assert genome.sequence("13", allele.pos_grch38 + 1, allele.pos_grch38 + 6) == "CCCCCC"
    effect = effect_of(genome, gene, allele.pos_grch38, "AC", "A")
    assert (effect.primary, effect.hgvs_c, effect.hgvs_p) == ("frameshift_variant", "c.35del", "p.Gly12ValfsTer2")


@EVERY_PATIENT
def test_answers_name_their_alleles_class_and_sources(folder: Folder) -> None:
    answer = folder.json("answer.json")
    assert {
        "causal",
        "incidental",
        "mode",
        "acmg_class",
        "criteria",
        "explanation",
        "teaching_points",
        "sources",
    } <= set(answer)
    assert answer["sources"]
    assert len(answer["teaching_points"]) >= 3
    present = {f"chr{r.chrom.removeprefix('chr').replace('MT', 'M')}-{r.pos}-{r.ref}-{r.alts[0]}" for r in folder.rows}
    named = {v["variant"].replace("chrMT", "chrM") for v in (*answer["causal"], *answer["incidental"])}
    assert named <= present
    assert bool(answer["causal"]) == bool(answer["acmg_class"])


@EVERY_PATIENT
def test_the_answer_is_not_given_away_by_any_other_file(folder: Folder) -> None:
    genes = {a.gene for a in (*folder.recipe.causal, *folder.recipe.incidental)}
    for name in ("case.json", "phenopacket.json", "record.fhir.json", "note.txt"):
        text = (folder.path / name).read_text()
        assert [g for g in genes if g in text] == []


@EVERY_PATIENT
def test_the_record_has_what_a_reviewer_reads(folder: Folder) -> None:
    bundle = folder.json("record.fhir.json")
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    resources = [e["resource"] for e in bundle["entry"]]
    kinds = {r["resourceType"] for r in resources}
    clinical = {"Condition", "Observation", "MedicationRequest", "FamilyMemberHistory", "Encounter"}
    assert {"Patient", "DocumentReference", "DiagnosticReport"} | clinical <= kinds
    assert len({r["id"] for r in resources}) == len(resources)
    patient = next(r for r in resources if r["resourceType"] == "Patient")
    about = [r.get("subject") or r.get("patient") for r in resources if r["resourceType"] != "Patient"]
    assert {a["reference"] for a in about} == {f"urn:uuid:{patient['id']}"}


@EVERY_PATIENT
def test_a_laboratory_value_is_followed_over_time_in_ucum_units(folder: Folder) -> None:
    resources = [e["resource"] for e in folder.json("record.fhir.json")["entry"]]
    values = [r for r in resources if r["resourceType"] == "Observation"]
    assert all(v["valueQuantity"]["system"] == "http://unitsofmeasure.org" for v in values)
    dates: dict[str, list[str]] = {}
    for value in values:
        dates.setdefault(value["code"]["text"], []).append(value["effectiveDateTime"])
    assert max(map(len, dates.values())) >= 2
    assert all(d == sorted(d) for d in dates.values())


@EVERY_PATIENT
def test_the_note_in_the_record_is_the_note_of_the_folder(folder: Folder) -> None:
    resources = [e["resource"] for e in folder.json("record.fhir.json")["entry"]]
    encoded = next(r for r in resources if r["resourceType"] == "DocumentReference")["content"][0]["attachment"]["data"]
    assert base64.b64decode(encoded).decode() == (folder.path / "note.txt").read_text().strip()


@EVERY_PATIENT
def test_a_note_holds_negations_and_a_family_history(folder: Folder) -> None:
    text = (folder.path / "note.txt").read_text()
    assert "no " in text.lower()
    assert "Family history:" in text


def _frequency(folder: Folder, row: Row) -> float:
    """gnomAD frequency of the first allele; 0 when it is not in gnomAD."""
    if folder.recipe.annotator is Annotator.SNPEFF:
        text = row.info.get("gnomAD_AF", ".").split(",")[0]
        return 0.0 if text == "." else float(text)
    fields = folder.header.split("Format: ")[1].split('"')[0].split("|")
    return float(row.info["CSQ"].split(",")[0].split("|")[fields.index("gnomADe_AF")] or 0)


@EVERY_PATIENT
def test_the_background_is_mostly_common_with_some_rare_protein_changes(folder: Folder) -> None:
    rare = [r for r in folder.rows if _frequency(folder, r) < 0.01]
    share = len(rare) / len(folder.rows)
    assert 0.08 < share < 0.35
    assert 800 <= len(folder.rows) <= 3000


def test_the_table_of_published_alleles_names_every_allele_of_every_patient() -> None:
    with (ROOT / "facts" / "published_alleles.tsv").open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    listed = {(r["patient"], r["part"], r["grch38"]) for r in rows}
    for folder in FOLDERS:
        answer = folder.json("answer.json")
        for part in ("causal", "incidental"):
            assert {(folder.recipe.slug, part, v["grch38"]) for v in answer[part]} <= listed
    assert len(rows) == sum(len(f.recipe.causal + f.recipe.incidental + f.recipe.carried_by_the_way) for f in FOLDERS)
    assert all(r["source"] for r in rows)


def test_the_merged_annotation_gives_each_allele_on_both_twins_of_its_transcript() -> None:
    folder = BY_SLUG["deafness-secondary-finding"]
    row = next(r for r in folder.rows if r.pos == 20189546)
    entries = row.info["CSQ"].split(",")
    assert [("NM_004004.6:c.35del" in e, "ENST00000382848.5:c.35del" in e) for e in entries] == [
        (True, False),
        (False, True),
    ]
    assert all("p.Gly12ValfsTer2" in e for e in entries)


@EVERY_PATIENT
def test_published_alleles_carry_no_made_up_counts_or_group_frequencies(folder: Folder) -> None:
    if folder.recipe.annotator is Annotator.SNPEFF:
        return
    fields = folder.header.split("Format: ")[1].split('"')[0].split("|")
    unknown = [i for i, n in enumerate(fields) if n.startswith("gnomAD") and n != "gnomADe_AF"]
    pathogenic = [r for r in folder.rows if "|Pathogenic|" in r.info["CSQ"]]
    for row in pathogenic:
        values = row.info["CSQ"].split(",")[0].split("|")
        assert {values[i] for i in unknown} == {""}
    assert pathogenic


def test_gene_facts_are_complete_rows() -> None:
    with (ROOT / "facts" / "genes.tsv").open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert len(rows) > 400
    for row in rows:
        spans = [tuple(map(int, s.split("-"))) for s in row["exons_1based"].split(",")]
        assert all(s <= e for s, e in spans)
        assert spans == sorted(spans)
        coding = sum(
            max(0, min(e, int(row["cds_end_1based"])) - max(s, int(row["cds_start_1based"])) + 1) for s, e in spans
        )
        assert coding % 3 == 0, row["gene"]

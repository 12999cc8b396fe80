"""Nothing is learned from the alleles the sample patients carry; the proof on them would be empty."""

import gzip
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from models.case import Sex
from models.errors import InputError
from models.knowledge import Knowledge
from models.ranking.manifest import read_manifest
from models.ranking.scorer import SHIPPED
from models.ranking.training import read_alleles
from models.ranking.training.backgrounds import FILES, BackgroundReader
from models.ranking.training.effect_model import labelled_changes
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.labelled import Labelled, read_labelled
from models.ranking.training.mitochondrial import mitochondrial_cases
from models.ranking.training.published import PublishedCase, published_cases
from models.ranking.training.table_columns import TABLE_GENE_COLUMNS
from tests.shared_data import shared

SAMPLE_ALLELES = Path(__file__).resolve().parents[2] / "sample_data" / "facts" / "published_alleles.tsv"
SCN1A, OTHER, MELAS = "2-165992342-G-A", "2-166010000-C-T", "MT-3243-A-G"
GENE_FACTS = TABLE_GENE_COLUMNS.values()
FREQUENCIES = ("af_exac", "af_tgp", "gnomad_af", "exac_af", "gnomad_popmax_af")


@pytest.fixture(scope="module")
def sample_alleles() -> frozenset[str]:
    return read_alleles(SAMPLE_ALLELES)


@pytest.fixture
def pathogenicity(tmp_path: Path) -> Path:
    """Both labelled tables, each with one allele of a sample patient and one of nobody."""
    facts = {"gene": "SCN1A", "family": "SCN", "consequence": "stop_gained", "label": 1, "len_diff": 0}
    facts |= {"chrom": "2", "pos": 166_000_000, "gerp_rs": 5.0, "rs_gerp": 0.9}
    rows = pd.DataFrame([{"key": k, **facts} for k in (SCN1A, OTHER)]).assign(**dict.fromkeys(GENE_FACTS, 1.0))
    rows = rows.assign(aa_ref=None, aa_alt=None, **dict.fromkeys(FREQUENCIES, 0.0))
    rows.to_parquet(tmp_path / "train.parquet")
    people = rows.assign(key=["17-7222272-T-C", "17-7222272-T-G"], label=0)
    people.to_parquet(tmp_path / "weak_population.parquet")
    return tmp_path


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Seven published patients of one gene, the first with an allele of a sample patient."""
    made = []
    for number in range(7):
        told = {"chrom": "chr2", "pos": "166010000", "ref": "C", "alt": "T", "zygosity": "heterozygous"}
        told |= {"pos": "165992342", "ref": "G", "alt": "A"} if number == 0 else {}
        made.append(
            {"case_id": f"case{number}", "gene": "SCN1A", "model": "single_het", "variants": json.dumps([told])}
        )
    table = pd.DataFrame(made).assign(core=True, spikeable=True, leakfree_2024_03=True, leakfree_2023_04=True, n_obs=1)
    table["hpo_observed"], table["hpo_excluded"] = [["HP:0001250"]] * 7, [[]] * 7
    table.to_parquet(tmp_path / "cases.parquet")
    return tmp_path


def keys_of(cases: list[PublishedCase]) -> set[str]:
    return {v.key for case in cases for v in case.variants}


def test_every_allele_of_the_sample_patients_is_read_on_both_assemblies(sample_alleles: frozenset[str]) -> None:
    assert {SCN1A, "2-166848852-G-A", MELAS, "13-20189546-AC-A", "X-71109309-G-A"} <= sample_alleles
    rows = len(set(pd.read_csv(SAMPLE_ALLELES, sep="\t")["grch38"]))
    assert rows <= len(sample_alleles) <= 2 * rows


@pytest.mark.parametrize("text", ["gene\tgrch38\nSCN1A\tchr2-1-A-C\n", "grch38\tgrch37\n", "grch38\tgrch37\nx\ty\n"])
def test_a_table_that_does_not_name_alleles_stops_the_training(tmp_path: Path, text: str) -> None:
    (tmp_path / "alleles.tsv").write_text(text)
    with pytest.raises(InputError):
        read_alleles(tmp_path / "alleles.tsv")


def test_the_effect_model_does_not_see_an_allele_kept_out(
    pathogenicity: Path, sample_alleles: frozenset[str], knowledge: Knowledge
) -> None:
    kept_out = KeptOut(sample_alleles)
    changes = labelled_changes(pathogenicity, kept_out, knowledge.transcripts)
    assert set(changes.frame["key"]) == {OTHER, "17-7222272-T-G"}
    assert len(changes.matrix) == len(changes.label) == 2
    assert kept_out.left_out["labelled_changes"] == 2
    assert len(labelled_changes(pathogenicity, KeptOut(), knowledge.transcripts).label) == 4


def test_no_frequency_is_looked_up_for_an_allele_kept_out(pathogenicity: Path, sample_alleles: frozenset[str]) -> None:
    assert set(read_labelled(pathogenicity, KeptOut(sample_alleles)).variants.index) == {OTHER, "17-7222272-T-G"}
    assert SCN1A in read_labelled(pathogenicity, KeptOut()).variants.index


def test_a_published_patient_with_a_sample_patients_allele_is_not_trained_on(
    cases: Path, sample_alleles: frozenset[str]
) -> None:
    kept_out = KeptOut(sample_alleles)
    made = published_cases(cases, {}, kept_out)
    assert [c.case_id for c in made] == [f"case{n}" for n in range(1, 7)]  # another takes the place
    assert kept_out.left_out["published_cases"] == 1
    assert SCN1A in keys_of(published_cases(cases, {}, KeptOut()))


def test_no_simulated_mitochondrial_patient_has_a_sample_patients_allele(
    knowledge: Knowledge, sample_alleles: frozenset[str]
) -> None:
    def made(kept_out: KeptOut) -> set[str]:
        return keys_of(mitochondrial_cases(knowledge.annotations, knowledge.hpo, 1, kept_out))

    assert MELAS in made(KeptOut())
    assert made(KeptOut(sample_alleles)) == made(KeptOut()) - {MELAS}


def test_a_background_person_does_not_bring_an_allele_kept_out(
    tmp_path: Path, knowledge: Knowledge, pathogenicity: Path
) -> None:
    people = ("CHILD", "FATHER", "MOTHER", "NA12878")
    head = "\t".join(("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *people))
    calls = [f"chr2\t{at}\t.\t{change}\t50\tPASS\t.\tGT:DP" + "\t0/1:30" * 4 for at, change in
             ((165992342, "G\tA"), (166010000, "C\tT"))]  # fmt: skip
    for name in FILES:
        with gzip.open(tmp_path / f"{name}.hg38.vcf.gz", "wt") as file:
            file.write("\n".join((head, *calls)) + "\n")
    labelled = Labelled(
        pd.DataFrame({"consequence": pd.Series(dtype=object), "af_fraction": pd.Series(dtype=float)}),
        pd.Series(["p.Ala1Val"]).to_numpy(),
    )
    seen = {}
    for kept_out in (KeptOut(), KeptOut([SCN1A])):
        reader = BackgroundReader(tmp_path, labelled, knowledge, kept_out)
        seen[len(kept_out.alleles)] = reader.read(FILES[0], people[:3], Sex.FEMALE)
    assert seen[0].frame["key"].tolist() == [SCN1A, OTHER]
    assert seen[1].frame["key"].tolist() == [OTHER]
    assert len(seen[1].copies) == len(seen[1].depth) == 1


def test_the_shipped_model_kept_out_exactly_the_alleles_of_todays_sample_patients(
    sample_alleles: frozenset[str],
) -> None:
    told = read_manifest(SHIPPED)["kept_out"]
    names = "\n".join(sorted(sample_alleles))
    assert told["allele_names"] == len(sample_alleles)
    assert told["alleles_sha256"] == hashlib.sha256(names.encode()).hexdigest()
    assert told["left_out"]["labelled_changes"] > 0
    assert told["left_out"]["published_cases"] > 0


@pytest.mark.shared
def test_the_real_training_rows_are_free_of_the_sample_patients(
    sample_alleles: frozenset[str], knowledge: Knowledge
) -> None:
    kept_out = KeptOut(sample_alleles)
    changes = labelled_changes(shared("pathogenicity"), kept_out, knowledge.transcripts)
    assert sample_alleles.isdisjoint(changes.frame["key"])
    assert sample_alleles.isdisjoint(read_labelled(shared("pathogenicity"), kept_out).variants.index)
    assert sample_alleles.isdisjoint(keys_of(published_cases(shared("cases"), {}, kept_out)))
    told = read_manifest(SHIPPED)["kept_out"]["left_out"]
    assert {what: told[what] for what in kept_out.left_out} == dict(kept_out.left_out)

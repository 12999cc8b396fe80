"""What installed releases and an installed genome add to the variants of a table."""

from pathlib import Path

import pyarrow as pa
import pytest

import cli
from models.case import Absent, Allele, Assembly, Found, NotAssessed, State
from models.errors import InputError
from models.evaluation.acmg_alleles import MAX_SPAN_BASES, allele_of_name, with_coordinates
from models.evaluation.acmg_evidence import frequency_of, installed_evidence
from models.evaluation.acmg_judge import judge_with
from models.evaluation.acmg_table import Record
from models.evidence.acmg.facts import Frequency
from models.knowledge.effects.reference import Reference
from models.knowledge.library.installed import Library
from models.knowledge.positions.alleles import SEQUENCE_RESOLVED
from models.knowledge.positions.build import TableWriter, highest
from models.knowledge.positions.coverage import whole_contigs, write_coverage
from models.knowledge.positions.join import ALT, KEY, REF
from models.knowledge.positions.key import keys_of
from tests.knowledge.effects.toy import reference
from tests.knowledge.golden_library import B38, gnomad_row, install, packed
from tests.knowledge.golden_library import gnomad as gnomad_vcf
from tests.knowledge.positions.tables import alleles, installed

SNV, RARE_SNV, INDEL = ("1", 100, "A", "C"), ("1", 200, "A", "G"), ("1", 300, "AC", "A")


def record(line: int, allele: tuple[str, int, str, str] | None, chrom: str = "1") -> Record:
    return Record("u", line, allele=Allele(Assembly.GRCH38, *allele) if allele else None)


def release(folder: Path, source: str, columns: dict[str, object]):
    """A release that lists SNV with these values, and looked on all of chromosome 1."""
    folder.mkdir()
    keyed = keys_of(alleles([SNV]))
    nothing = pa.nulls(1, pa.string())
    values = {k: pa.array([v], pa.string() if isinstance(v, str) else pa.float32()) for k, v in columns.items()}
    schema = pa.schema([(k, v.type) for k, v in values.items()])
    with TableWriter(folder, schema, highest(next(iter(columns)))) as writer:
        writer.add(pa.record_batch({KEY: pa.array(keyed.key), REF: nothing, ALT: nothing, **values}))
    write_coverage(whole_contigs([1], SEQUENCE_RESOLVED), folder)
    return installed(folder, source=source)


@pytest.fixture
def gnomad(tmp_path: Path):
    counts = {"af_fraction": 0.001, "allele_count": 10, "allele_number": 10000, "homozygote_count": 1}
    groups = {"af_nfe_fraction": 0.002, "af_afr_fraction": 0.004}
    told = {**counts, **groups, "af_group_max_fraction": 0.004, "af_group_max_name": "afr"}
    return release(tmp_path / "gnomad", "gnomad_exomes", told)


def frequency(rows: list[Record], *releases, line: int = 2, normalised: bool = False) -> Frequency:
    known = installed_evidence(rows, releases, normalised=normalised)[line].frequency
    assert known is not None
    return known


def test_a_listed_variant_has_its_highest_group_and_its_counts(gnomad) -> None:
    told = frequency([record(2, SNV)], gnomad)
    assert isinstance(told.highest_fraction, Found)
    assert told.highest_fraction.value == pytest.approx(0.004)
    assert told.group == "afr"
    assert (told.allele_count, told.homozygotes) == (Found(10, "Gnomad_Exomes 1"), Found(1, "Gnomad_Exomes 1"))


def test_a_variant_that_was_looked_up_and_not_seen_is_absent_not_rare(gnomad) -> None:
    assert isinstance(frequency([record(2, RARE_SNV)], gnomad).highest_fraction, Absent)


def test_an_indel_not_listed_is_absent_only_where_the_genome_settles_its_spelling(gnomad) -> None:
    assert isinstance(frequency([record(2, INDEL)], gnomad).highest_fraction, NotAssessed)
    assert isinstance(frequency([record(2, INDEL)], gnomad, normalised=True).highest_fraction, Absent)


def test_a_variant_where_the_source_did_not_look_is_not_assessed(gnomad) -> None:
    assert isinstance(frequency([record(2, ("2", 100, "A", "C"))], gnomad).highest_fraction, NotAssessed)


def test_each_predictor_answers_for_itself(tmp_path: Path) -> None:
    revel = release(tmp_path / "revel", "revel", {"revel_score": 0.8})
    known = installed_evidence([record(2, SNV), record(3, RARE_SNV), record(4, None)], [revel])
    assert set(known) == {2, 3}
    predictors = known[2].predictors
    assert predictors is not None and isinstance(predictors.revel, Found)
    assert predictors.revel.value == pytest.approx(0.8)
    assert isinstance(predictors.cadd_phred, NotAssessed)
    assert known[2].frequency is None, "no gnomAD was asked"


def test_a_release_of_another_build_is_not_asked(tmp_path: Path) -> None:
    release(tmp_path / "revel", "revel", {"revel_score": 0.8})
    other = installed(tmp_path / "revel", source="revel", assembly=Assembly.GRCH37)
    assert installed_evidence([record(2, SNV)], [other]) == {}


def test_without_groups_the_overall_frequency_is_the_highest_known() -> None:
    nothing = float("nan")
    values = dict.fromkeys(("af_group_max_fraction", "allele_count", "allele_number", "homozygote_count"), nothing)
    told = frequency_of({**values, "af_fraction": 0.01}, State.FOUND, "ExAC", "afr")
    assert (told.highest_fraction, told.group) == (Found(0.01, "ExAC"), "")
    assert isinstance(told.allele_count, NotAssessed), "a count that is not told is never 0"


@pytest.fixture
def genome(tmp_path: Path) -> Reference:
    #                                     1234567890123456
    return reference(tmp_path, {"1": "GGATTTCAGCAGCAGTNN", "X": "ACGTACGTAC"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NC_000001.11:g.6del", ("1", 3, "AT", "A")),
        ("NC_000001.11:g.13_15del", ("1", 6, "TCAG", "T")),
        ("NC_000001.11:g.7_9dup", ("1", 6, "T", "TCAG")),
        ("NC_000001.11:g.2_3insCC", ("1", 2, "G", "GCC")),
        ("NC_000001.11:g.3_4delinsGG", ("1", 3, "AT", "GG")),
        ("NC_000023.11:g.3del", ("X", 2, "CG", "C")),
    ],
)
def test_an_indel_is_placed_leftmost_by_its_genomic_name(
    genome: Reference, name: str, expected: tuple[str, int, str, str]
) -> None:
    assert allele_of_name(name, genome) == Allele(Assembly.GRCH38, *expected)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "NC_000001.11:g.6T>C",
        "NC_000001.11:g.1del",
        "NC_000001.11:g.9_7del",
        "NC_000001.11:g.17del",
        "NC_000099.1:g.6del",
        f"NC_000001.11:g.{'9' * 40}del",
        "NC_000001.11:g.(2_3)_(5_6)del",
        f"NC_000001.11:g.2_{MAX_SPAN_BASES + 3}del",
    ],
)
def test_a_name_that_tells_no_allele_gives_none(genome: Reference, name: str) -> None:
    assert allele_of_name(name, genome) is None


def test_coordinates_that_the_table_gives_stay(genome: Reference) -> None:
    rows = [record(2, SNV), Record("u", 3, hgvs_g="NC_000001.11:g.6del")]
    placed = with_coordinates(rows, genome)
    assert placed[0] == rows[0]
    assert placed[1].allele == Allele(Assembly.GRCH38, "1", 3, "AT", "A")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        judge_with([], tmp_path / "nothing")


def test_with_nothing_installed_a_stop_in_pah_is_a_null_variant_of_unknown_frequency(tmp_path: Path) -> None:
    """The real row of the Evidence Repository (uuid c75a3cc6-1a5e-4837-b431-6e2b2a14c0b1)."""
    row = Record("c75a3cc6", 2, "NM_000277.2(PAH):c.561G>A (p.Trp187Ter)", "PAH", "phenylketonuria")
    found = {r.code: r for r in judge_with([row], None)(row).results}
    assert found["PVS1"].verdict.value == "met"
    assert found["PM2"].verdict.value == "not assessable"
    assert found["PM2"].lacking == "gnomAD"
    assert found["PVS1"].points == 8


def test_with_gnomad_installed_the_rarity_of_a_stop_in_pah_counts_too(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    rows = (gnomad_row("chr12", 102855281, "C", "T", "PASS", 3, 1_460_000, nfe=2.7e-06),)
    install(library, "gnomad_exomes", B38, packed(tmp_path, "gnomad.exomes.v4.1.sites.chr12.vcf.bgz", gnomad_vcf(rows)))
    columns = ("uuid", "variation", "gene", "disease", "chrom38", "pos38", "ref38", "alt38")
    name = "NM_000277.2(PAH):c.561G>A (p.Trp187Ter)"
    values = ("c75a3cc6", name, "PAH", "phenylketonuria", "12", "102855281", "C", "T")
    table = tmp_path / "table.tsv"
    table.write_text("\n".join("\t".join(line) for line in (columns, values)), encoding="utf-8")
    out = tmp_path / "classes.tsv"
    arguments = ["evaluate", "acmg", "--table", str(table), "--out", str(out)]
    assert cli.main(arguments) == 0
    assert out.read_text(encoding="utf-8").split("\n")[1] == "c75a3cc6\tLikely Pathogenic\t8\tPVS1"
    assert cli.main([*arguments, "--knowledge", str(library.folder)]) == 0
    assert out.read_text(encoding="utf-8").split("\n")[1] == "c75a3cc6\tLikely Pathogenic\t9\tPVS1,PM2_Supporting"

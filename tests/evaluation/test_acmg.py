"""A table of expert classifications in, a class a row out."""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

import cli
from models.case import Allele, Assembly, Verdict
from models.errors import InputError, TooLarge, UnreadableFile
from models.evaluation import acmg_table
from models.evaluation.acmg import class_from_codes, classes_from_data, evaluate_acmg
from models.evaluation.acmg_table import Record, read_records
from models.evidence.acmg.types import Class, CriterionResult, Strength, Suggestion
from tests.shared_data import shared

PAH = {
    "variation": "NM_000277.2(PAH):c.561G>A (p.Trp187Ter)", "gene": "PAH", "disease": "phenylketonuria",
    "assertion": "Pathogenic", "codes_met": "PVS1, PP4_Moderate, PM2", "codes_not_met": "",
    "expert_panel": "Phenylketonuria VCEP", "uuid": "c75a3cc6", "chrom38": "12", "pos38": "102855281",
    "ref38": "C", "alt38": "T", "hgvs_g_grch38": "NC_000012.12:g.102855281C>T",
}  # fmt: skip
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A table of rows like PAH's, gzip."""

    def table(*changes: Mapping[str, str], without: str = "") -> Path:
        columns = [c for c in PAH if c != without]
        rows = [PAH | dict(change) for change in changes]
        lines = ["\t".join(columns), *("\t".join(row[c] for c in columns) for row in rows)]
        path = tmp_path / "table.tsv.gz"
        path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
        return path

    return table


def classes(table: Path, said: list[str] | None = None) -> list[list[str]]:
    out = table.parent / "classes.tsv"
    evaluate_acmg(table, out, from_codes=True, progress=(said if said is not None else []).append)
    return [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]


def test_every_row_gets_one_line_in_its_order(write: Write) -> None:
    rows = classes(write({}, {"uuid": "b", "codes_met": ""}, {"uuid": "c", "codes_met": "BA1"}))
    assert rows == [
        ["uuid", "class", "points", "criteria"],
        ["c75a3cc6", "Pathogenic", "12", "PVS1,PP4_Moderate,PM2"],
        ["b", "Uncertain Significance", "0", ""],
        ["c", "Benign", "0", "BA1"],
    ]


def test_unreadable_codes_are_named_and_the_class_is_from_the_rest(write: Write) -> None:
    said: list[str] = []
    rows = classes(write({"codes_met": "PVS1, hello, PM2_Supporting"}), said)
    assert rows[1] == ["c75a3cc6", "Likely Pathogenic", "9", "PVS1,PM2_Supporting"]
    assert "note: line 2: no criterion: hello; the class is from the rest." in said


def test_codes_without_panel_and_gene_are_combined_the_general_way(write: Write) -> None:
    assert classes(write({"codes_met": "BS1"}, without="expert_panel"))[1][1] == "Likely Benign"


def test_the_experts_class_is_never_read(write: Write) -> None:
    rows = [classes(write({"assertion": a, "codes_not_met": n})) for a, n in (("Benign", "PVS1"), ("Pathogenic", ""))]
    assert rows[0] == rows[1]
    assert not {"assertion", "codes_not_met"} & set(Record.__dataclass_fields__)


def test_a_table_without_a_needed_column_is_refused_with_its_name(write: Write) -> None:
    with pytest.raises(InputError, match=r"table.tsv.gz: the table lacks the column codes_met"):
        classes(write({}, without="codes_met"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"uuid\tcodes_met\n", "not gzip|the file is not"),
        (gzip.compress(b"uuid\tcodes_met\n" * 1000, mtime=0)[:40], "to its end"),
        (gzip.compress(b"\xff\xfe\x00", mtime=0), "not UTF-8"),
        (gzip.compress(b"PK\x03\x04nothing here", mtime=0), "lacks the column"),
    ],
)
def test_what_is_no_such_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.tsv.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=sentence):
        classes(path)


def test_a_missing_table_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.tsv\.gz"):
        classes(tmp_path / "nowhere.tsv.gz")


def test_plain_text_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes("\ufeffuuid\tcodes_met\r\na\tBA1\r\n\r\n".encode())
    assert classes(path)[1:] == [["a", "Benign", "0", "BA1"]]


@pytest.mark.parametrize(("size", "fits"), [(99, True), (100, True), (101, False)])
def test_a_table_that_inflates_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, fits: bool
) -> None:
    monkeypatch.setattr(acmg_table, "MAX_TEXT_BYTES", 100)
    path = tmp_path / "table.tsv.gz"
    path.write_bytes(gzip.compress(b"uuid\tcodes_met\n".ljust(size, b"x")))
    if fits:
        assert len(classes(path)) == (2 if size > 15 else 1)
    else:
        with pytest.raises(TooLarge):
            classes(path)


def test_a_row_of_the_wrong_width_is_answered_and_named(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("uuid\tcodes_met\tgene\na\tBA1\nb\tBA1\tPAH\textra\n", encoding="utf-8")
    said: list[str] = []
    assert [row[:2] for row in classes(path, said)[1:]] == [["a", "Benign"], ["b", "Benign"]]
    assert any("line 2: 2 fields for 3 columns" in s for s in said)
    assert any("line 3: 4 fields for 3 columns" in s for s in said)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Allele(Assembly.GRCH38, "12", 102855281, "C", "T")),
        ({"pos38": ""}, None),
        ({"pos38": "12.5"}, None),
        ({"pos38": "0"}, None),
        ({"pos38": "248956422"}, Allele(Assembly.GRCH38, "12", 248956422, "C", "T")),
        ({"pos38": "248956423"}, None),
        ({"pos38": "9" * 40}, None),
        ({"ref38": "<DEL>"}, None),
    ],
)
def test_coordinates_that_are_none_leave_the_name(
    write: Write, change: dict[str, str], expected: Allele | None
) -> None:
    assert read_records(write(change), (), print)[0].allele == expected


def test_an_out_that_cannot_be_written_is_a_sentence(write: Write, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        evaluate_acmg(write({}), tmp_path / "no" / "classes.tsv", from_codes=True)


def test_from_data_every_record_is_judged_once_and_only_met_criteria_are_written() -> None:
    pvs1 = CriterionResult("PVS1", Verdict.MET, Strength.VERY_STRONG, "", "")
    pm2 = CriterionResult("PM2", Verdict.NOT_ASSESSABLE, Strength.SUPPORTING, "", "", "gnomAD")

    def judge(record: Record) -> Suggestion:
        return Suggestion(Class.UNCERTAIN, 8, record.gene, (pvs1, pm2))

    found = classes_from_data([Record("a", 2, gene="PAH"), Record("b", 3, gene="PTEN")], judge)
    assert [(c.uuid, c.suggested, c.points, c.criteria) for c in found] == [
        ("a", "Uncertain Significance", 8, "PVS1"),
        ("b", "Uncertain Significance", 8, "PVS1"),
    ]


def test_the_command_says_bad_input_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.tsv.gz"
    path.write_bytes(b"")
    arguments = ["evaluate", "acmg", "--table", str(path), "--out", str(tmp_path / "o.tsv"), "--from-codes"]
    assert cli.main(arguments) == cli.EXIT_BAD_INPUT
    assert (
        capsys.readouterr().err
        == "bad.tsv.gz: the table is empty; it needs a header line and a row for each variant.\n"
    )


def test_the_class_from_the_experts_codes_is_theirs_in_96_of_100() -> None:
    path = shared("gene/acmg/clingen_erepo.tsv.gz")
    asserted = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)["assertion"]
    records = read_records(path, ("uuid", "codes_met"), print)
    with_panel = [class_from_codes(r).suggested for r in records]
    general = [class_from_codes(Record(r.uuid, r.line, codes=r.codes)).suggested for r in records]
    assert (asserted == pd.Series(with_panel)).mean() >= 0.96
    assert (asserted == pd.Series(general)).mean() >= 0.96, "the general rules hold for panels we know nothing of"

"""Reading large text tables: blocks have borders, and nothing is lost or doubled at them."""

import pytest

import models.intake.text_blocks as text_blocks
import models.knowledge.positions.rows as rows_module
from models.case import Assembly
from models.errors import InputError, UnreadableFile
from models.knowledge.positions.sites import ID, SitesFile
from models.knowledge.positions.tsv import TableFile

HEAD = (
    "##fileformat=VCFv4.2\n##reference=GRCh38\n"
    '##INFO=<ID=A,Number=A,Type=Float,Description="">\n##INFO=<ID=B,Number=1,Type=String,Description="">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)


def read(tmp_path, body, fields=("A", "B")):
    file = tmp_path / "t.vcf"
    file.write_bytes((HEAD + body).encode("latin-1"))
    found = []
    with SitesFile(file, Assembly.GRCH38, fields) as sites:
        for some in sites.alleles():
            numbers, texts = some.field("A", per_allele=True).numbers(), some.field("B").texts(as_read=True)
            ids, lines = some.column(ID).texts(), some.block.line[some.row]
            found += zip(
                ids.to_pylist(),
                some.keyed.pos_1based.tolist(),
                numbers.tolist(),
                texts.to_pylist(),
                lines.tolist(),
                strict=True,
            )
    return found


@pytest.mark.parametrize("block_rows", [1, 2, 7, 1000])
@pytest.mark.parametrize("block_bytes", [64, 300, 1 << 20])
def test_every_line_is_read_once_wherever_blocks_end(tmp_path, monkeypatch, block_rows, block_bytes):
    monkeypatch.setattr(rows_module, "BLOCK_ROWS", block_rows)
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", block_bytes)
    body = "".join(f"1\t{100 + i}\tr{i}\tA\tG\t.\t.\tA={i}.5;B=text_{i}\n" for i in range(50))
    expected = [(f"r{i}", 100 + i, i + 0.5, f"text {i}", 6 + i) for i in range(50)]
    assert read(tmp_path, body) == expected


def test_line_ends_of_windows_blank_lines_and_a_missing_last_one_change_nothing(tmp_path):
    body = "1\t5\tx\tA\tG\t.\t.\tA=1;B=b\r\n\r\n1\t6\ty\tA\tG\t.\t.\tA=2;B=c"
    assert read(tmp_path, body) == [("x", 5, 1.0, "b", 6), ("y", 6, 2.0, "c", 8)]


def test_a_field_that_is_missing_or_a_dot_has_no_value(tmp_path):
    (one, other) = read(tmp_path, "1\t5\tx\tA\tG\t.\t.\tAA=1;B=.\n1\t5\tx\tA\tG\t.\t.\t.\n")
    assert one[2] != one[2] and one[3] is None and other[3] is None


def test_each_allele_takes_its_own_value(tmp_path):
    found = read(tmp_path, "1\t5\tx\tA\tG,T,C\t.\t.\tA=1,.,3;B=of_all\n1\t6\ty\tA\tT\t.\t.\tA=9;B=b\n")
    assert [(f[0], f[3]) for f in found] == [("x", "of all")] * 3 + [("y", "b")]
    assert found[0][2] == 1 and found[1][2] != found[1][2] and found[2][2] == 3 and found[3][2] == 9


def test_bytes_that_are_no_text_become_question_marks_and_not_an_error(tmp_path):
    assert read(tmp_path, "1\t5\tx\tA\tG\t.\t.\tA=1;B=Ménière\n")[0][3] == "M?ni?re"


def test_names_of_columns_may_be_written_in_any_case_and_place(tmp_path):
    file = tmp_path / "t.tsv"
    file.write_text("## first\n#score\tCHROM\n0.5\t1\n")
    with TableFile(file, ("chrom", "Score")) as table:
        assert table.columns == {"chrom": 1, "Score": 0} and table.comments == ("first",)
        (block,) = table.blocks()
        assert block[0].numbers().tolist() == [0.5] and block.line.tolist() == [3]


@pytest.mark.parametrize("text", ["", "# only\n# comments\n", "\n"])
def test_a_table_without_names_is_refused(tmp_path, text):
    file = tmp_path / "t.tsv"
    file.write_text(text)
    with pytest.raises(UnreadableFile, match=r"t\.tsv"):
        TableFile(file, ("chrom",))


def test_what_is_no_vcf_is_refused_by_name(tmp_path):
    file = tmp_path / "t.vcf"
    file.write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match=r"t\.vcf: "):
        SitesFile(file, Assembly.GRCH38, ())

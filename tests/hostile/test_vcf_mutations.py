"""10,000 seeded mutations of small real-like files: the parent lives, nothing is lost in silence (SAFETY T2).

Batches go to one child each, as a file of mutants would; a crash would show as a lost batch. Every
mutant must be refused with one sentence, or give as many rows as it has ALT alleles on its record lines.
"""

from pathlib import Path

import pytest

from models.intake import run_in_child
from tests.hostile.mutants import BATCH, MUTANTS, judge_batch


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, MUTANTS, BATCH))
def test_no_mutant_kills_the_parent_and_none_loses_a_variant_in_silence(first, tmp_path):
    outcome = run_in_child(judge_batch, first, str(tmp_path))
    assert outcome["crashed"] == 0
    assert outcome["lost"] == []
    assert outcome["refused"] + outcome["read"] == BATCH


def test_the_mutations_do_reach_both_outcomes(tmp_path):
    outcome = run_in_child(judge_batch, 0, str(tmp_path), 100)
    assert outcome["refused"] > 10
    assert outcome["read"] > 10


@pytest.mark.parametrize(
    "breakage",
    [
        lambda t: t.replace(b"\nchr1", b"\n\nchr1", 2),
        lambda t: t.replace(b"\nchr2", b"\n##INFO=<ID=X>\nchr2", 1),
        lambda t: t.replace(b"\n", b"\r\n").replace(b"\nchr1", b"\n\r\nchr1", 1),
        lambda t: t.replace(b"\t", b" "),
        lambda t: t[: len(t) // 2],
        lambda t: t.replace(b"0/1", b"0/" + b"9" * 4000),
        lambda t: t.replace(b"DP=", b"DP=" + b"9" * 400),
        lambda t: t + b"\0" * 5000,
        lambda t: t.replace(b"GT:", b"GT:" * 2000, 1),
        lambda t: t.replace(b"CSQ=", b"CSQ=" + b"|" * 100_000 + b"," * 100_000, 1),
    ],
    ids=[
        "blank",
        "late header",
        "CRLF blanks",
        "blanks for tabs",
        "half",
        "long allele",
        "long number",
        "zeros",
        "long FORMAT",
        "many entries",
    ],
)
def test_a_known_crasher_is_one_sentence_or_read_whole(breakage, tmp_path):
    from models.errors import InputError
    from models.intake import read_variants
    from tests.hostile.mutants import seed_files

    path = Path(tmp_path) / "crasher"
    path.write_bytes(breakage(seed_files()[0]))
    try:
        table, _ = read_variants(path, display_name="crasher.vcf", work_dir=tmp_path)
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert len(table) >= 1

"""The terminal's contract: rank and check, their exit codes and sentences."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.case.store import CaseStore
from tests.knowledge.annotate.releases import a_clinvar, a_library
from tests.reanalysis.cases import a_kept_case, first_records, later_records

ROOT = Path(__file__).resolve().parents[1]
TRIO = ROOT / "sample_data" / "dravet-trio"


def run(*words, cwd=ROOT, **environment):
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, check=False
    )


@pytest.fixture(scope="module")
def ranked():
    done = run("rank", TRIO, "--top", "5", "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_folder_is_ranked_with_the_causal_variant_first(ranked):
    causal = json.loads((TRIO / "answer.json").read_text())["causal"][0]["variant"]
    assert ranked["ranked"][0]["variant"] == causal
    assert len(ranked["ranked"]) == 5


def test_the_document_says_what_it_rests_on(ranked):
    assert ranked["assembly"] == "GRCh38"
    assert len(ranked["model"]["sha256"]) == 64
    assert ranked["releases"]
    remaining = [step["remaining"] for step in ranked["funnel"]]
    assert remaining == sorted(remaining, reverse=True)


def test_a_value_that_was_not_looked_up_is_not_a_zero(ranked):
    first = ranked["ranked"][0]
    assert (first["frequency_state"], first["frequency_fraction"]) == ("absent", None)


def test_a_vcf_with_terms_and_family_ranks_like_the_folder(ranked):
    done = run(
        "rank",
        TRIO / "variants.vcf.gz",
        "--ped",
        TRIO / "family.ped",
        "--hpo",
        TRIO / "phenopacket.json",
        "--format",
        "tsv",
        "--top",
        "1",
    )
    header, first = (line.split("\t") for line in done.stdout.splitlines())
    assert first[header.index("variant")] == ranked["ranked"][0]["variant"]


def test_every_row_says_which_releases_it_rests_on(ranked):
    table = run("rank", TRIO, "--format", "tsv", "--top", "2").stdout.splitlines()
    header, *rows = (line.split("\t") for line in table)
    told = "; ".join(f"{r['name']} {r['version']}" for r in ranked["releases"])
    assert header[-1] == "releases" and {row[-1] for row in rows} == {told}
    assert "HPO" in told and all(r["released_on"] for r in ranked["releases"])


def test_the_stored_cases_are_ranked_again_and_what_changed_is_said(tmp_path):
    library, store = a_library(tmp_path), CaseStore(tmp_path / "home")
    case = a_kept_case(store)
    places = {"CASEBOARD_HOME": str(tmp_path / "home"), "CASEBOARD_KNOWLEDGE": str(library.folder)}
    a_clinvar(library, "2026-11-10", *first_records())
    assert f"TEST-001 ({case.id}): as it was last read" in run("reanalyse", **places).stdout
    a_clinvar(library, "2026-12-08", *later_records())
    done = run("reanalyse", **places)
    assert (done.returncode, "ClinVar 2026-11-10 → 2026-12-08" in done.stdout) == (0, True)
    assert "  SCN1A" in done.stdout and "→ likely pathogenic (2 stars)" in done.stdout
    (told,) = json.loads(run("reanalyse", "--json", **places).stdout)
    assert (told["case"], told["not_compared"], len(told["changes"]["variants"])) == (case.id, None, 3)
    assert told["changes"]["releases"] == [{"name": "ClinVar", "before": "2026-11-10", "after": "2026-12-08"}]
    assert told["changes"]["variants"][0]["kinds"][0] == "new_pathogenic"


def test_no_terms_still_ranks_and_says_that_phenotype_was_not_used():
    done = run("rank", TRIO / "variants.vcf.gz", "--ped", TRIO / "family.ped", "--format", "json", "--top", "1")
    assert json.loads(done.stdout)["ranked"][0]["phenotype_state"] == "not assessed"


def test_swapped_parents_stop_the_ranking_until_a_person_overrides():
    folder = ROOT / "sample_data" / "parents-swapped"
    stopped = run("rank", folder)
    assert (stopped.returncode, stopped.stdout) == (2, "")
    assert "[parents-swapped]" in stopped.stderr
    assert "--override CODE" in stopped.stderr
    assert "blocking [parents-swapped]" in stopped.stderr
    done = run("rank", folder, "--override", "parents-swapped", "--override", "wrong-sex", "--top", "1")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert "overridden [parents-swapped]: The parents' samples look exchanged" in done.stderr
    assert "no check [wrong-sex] waits here" in done.stderr


def test_a_list_of_nothing_still_has_its_header():
    done = run("rank", TRIO, "--top", "0")
    assert done.stdout.splitlines()[0].startswith("rank\tvariant\tgene\tscore_log_odds\ttranscript")


@pytest.mark.parametrize(("name", "said"), [("nothing.vcf", "no such file"), ("nowhere", "no such file")])
def test_a_file_that_is_not_there_is_said_in_one_sentence(name, said):
    for command in ("rank", "check"):
        done = run(command, name)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_an_acceptable_vcf_passes_the_check():
    assert run("check", TRIO / "variants.vcf.gz").returncode == 0


def test_a_blank_line_is_refused_with_its_line_number(tmp_path):
    path = tmp_path / "a.vcf"
    path.write_text("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n\n1\t5\t.\tA\tT\t.\t.\t.\n")
    done = run("check", path)
    assert done.returncode == 2
    assert "line 3" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_sample_that_is_not_in_the_file_is_named_as_such():
    done = run("rank", TRIO / "variants.vcf.gz", "--sample", "nobody")
    assert done.returncode == 2
    assert "no sample of that name" in done.stderr


def test_a_named_file_that_is_not_there_is_said_in_one_sentence():
    for option in ("--ped", "--fhir"):
        done = run("rank", TRIO / "variants.vcf.gz", option, "nowhere.txt")
        assert (done.returncode, done.stderr) == (2, "nowhere.txt: no such file; check the name.\n")


def test_forty_terms_are_not_taken_for_a_file_name():
    terms = ",".join(f"HP:{number:07d}" for number in range(1, 41))
    done = run("rank", TRIO, "--hpo", terms, "--sample", "nobody")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_file_named_beside_a_folder_is_read_too(tmp_path):
    (tmp_path / "variants.vcf.gz").write_bytes((TRIO / "variants.vcf.gz").read_bytes())
    done = run("rank", tmp_path, "--ped", TRIO / "family.ped", "--top", "1")
    assert (done.returncode, done.stderr.count("patient-assumed")) == (0, 0), done.stderr


def test_a_benchmark_of_an_unknown_name_or_folder_is_refused_in_a_sentence(tmp_path):
    unknown = run("benchmark", "--data", tmp_path, "--only", "luck")
    assert (unknown.returncode, "choose phenotype, variants, ranking" in unknown.stderr) == (2, True)
    nowhere = run("benchmark", "--data", tmp_path / "none")
    assert (nowhere.returncode, "no such folder" in nowhere.stderr) == (2, True)


@pytest.mark.parametrize("words", [["--help"], ["start", "--help"], ["vault", "open", "--help"]])
def test_the_terminal_answers_before_anything_is_installed(words: list[str]) -> None:
    """Only what comes with Python may be imported to understand `start` and `test`."""
    command = [sys.executable, "-S", "-E", str(ROOT / "cli.py"), *words]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "usage: cli.py" in answer.stdout

"""A VCF without any annotation, once knowledge is installed: as good as the annotated file of the same patient."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.case import Allele
from models.intake import files_of, read_case
from models.knowledge import Library, load_knowledge
from models.ranking import load_scorer
from models.workup import Workup, work_up
from tests.bare_twin import install_twins_knowledge, write_bare_twin
from tests.browser.conftest import ROOT, Server, picture, poll, run_server, settled

pytestmark = pytest.mark.slow  # a whole genome is written once
SLUG = "vlcad-trio"  # two missense changes, one from each parent: a bare file cannot rank them
TELLING = "missense|stop|frameshift|inframe|splice_[ad]|start"
KNOWN = ("af_fraction", "clinvar_significance", "revel_score", "alphamissense_score", "cadd_phred")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bare")


@pytest.fixture(scope="module")
def twin(home: Path) -> Path:
    return write_bare_twin(SLUG, home / "twin")


@pytest.fixture(scope="module")
def library(home: Path) -> Library:
    there = Library(home / "knowledge")
    install_twins_knowledge(SLUG, there, home / "delivered")
    shutil.rmtree(home / "delivered")
    return there


def _answers() -> list[str]:
    answer = json.loads((ROOT / "sample_data" / SLUG / "answer.json").read_text(encoding="utf-8"))
    return [str(causal["grch38"]) for causal in answer["causal"]]


def _worked_up(folder: Path, work: Path, library: Library | None = None) -> Workup:
    work.mkdir()
    return work_up(read_case(files_of(folder), work), load_knowledge(library=library), load_scorer())


def _ranks(of: Workup) -> list[int | None]:
    frame = of.case.variants.frame
    ranks = []
    for text in _answers():
        allele = Allele.parse(text, assembly=of.case.assembly)
        here = frame["chrom"].eq(allele.chrom) & frame["pos_1based"].eq(allele.pos_1based) & frame["alt"].eq(allele.alt)
        ranks.append(of.ranking.rank_of(int(here.to_numpy().argmax())))
    return ranks


@pytest.fixture(scope="module")
def annotated(home: Path) -> Workup:
    return _worked_up(ROOT / "sample_data" / SLUG, home / "annotated")


@pytest.fixture(scope="module")
def informed(home: Path, twin: Path, library: Library) -> Workup:
    return _worked_up(twin, home / "informed", library)


def test_a_bare_file_alone_offers_no_convincing_candidate(home: Path, twin: Path) -> None:
    alone = _worked_up(twin, home / "alone")
    assert alone.confidence.short != "A convincing candidate"
    assert [f.code for f in alone.findings] == ["annotation-missing"]


def test_a_bare_file_ranks_its_answers_as_its_annotated_twin_once_knowledge_is_installed(
    annotated: Workup, informed: Workup
) -> None:
    assert sorted(filter(None, _ranks(annotated))) == [1, 2]
    assert _ranks(informed) == _ranks(annotated)
    assert informed.confidence.outcome is annotated.confidence.outcome
    assert "annotation-missing" not in [f.code for f in informed.findings]


def test_every_change_of_a_protein_or_splice_site_is_named_as_in_the_annotated_twin(
    annotated: Workup, informed: Workup
) -> None:
    said, found = annotated.case.variants.frame, informed.case.variants.frame
    telling = said["consequence"].astype(str).str.contains(TELLING) & said["chrom"].ne("MT")
    assert telling.sum() > 300
    today = [annotated.knowledge.genes.current(gene) for gene in said.loc[telling, "gene"].astype(str)]
    assert today == found.loc[telling, "gene"].astype(str).tolist()
    for column in ("hgvs_c", "hgvs_p"):
        assert said.loc[telling, column].tolist() == found.loc[telling, column].tolist()
    terms = [frame.loc[telling, "consequence"].astype(str).str.split("&").map(sorted) for frame in (said, found)]
    assert terms[0].tolist() == terms[1].tolist()


@pytest.mark.parametrize("column", KNOWN)
def test_what_a_source_tells_is_what_the_annotated_twin_was_told(
    annotated: Workup, informed: Workup, column: str
) -> None:
    said, found = annotated.case.variants.frame[column], informed.case.variants.frame[column]
    frame = annotated.case.variants.frame
    told = said.notna() & said.astype(str).ne("") & frame["chrom"].ne("MT") & frame["kind"].ne("symbolic")
    assert told.any()
    if said.dtype.kind == "f":
        assert (abs(said[told] - found[told]) <= 1e-3 * said[told].abs() + 1e-9).all()
    else:
        assert said[told].astype(str).str.lower().tolist() == found[told].astype(str).str.lower().tolist()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOARD_KNOWLEDGE", str(library.folder))
        yield from run_server("app.py", tmp_path_factory.mktemp("informed-home"))


@pytest.mark.browser
def test_a_bare_file_is_dropped_and_comes_out_annotated_and_ranked(server: Server, page_at: Any, twin: Path) -> None:
    page = page_at(server.url)
    settled(page)
    files = [str(twin / name) for name in ("variants.vcf.gz", "family.ped", "phenopacket.json")]
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(files)
    button = page.get_by_role("button", name="Read and rank")
    button.wait_for()
    button.click()
    page.wait_for_url("**/case_review?case=**")
    settled(page)
    poll(lambda: page.get_by_role("option").count() > 2, "the ranked list")
    first = [str(t) for t in page.get_by_role("option").all_inner_texts()[:2]]
    assert all("ACADVL" in line for line in first), first
    page.get_by_role("tab", name="Evidence").click()
    page.get_by_text("ClinVar 2026-11-10 (installed)").first.wait_for()
    picture(page, "bare-twin")

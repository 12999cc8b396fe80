"""Starting, checking and searching a case, as a person does it in the browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, Server, picture, poll, run_server, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAMPLES = ROOT / "sample_data"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("lists-home"))


def drop(page: Any, *files: Path) -> None:
    settled(page)
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([str(f) for f in files])


def wait_for_review(page: Any) -> None:
    poll(lambda: "case_review" in page.evaluate("location.href"), "the case to be read")
    settled(page)


def test_an_empty_installation_invites(server: Server, page_at: Any) -> None:
    page = page_at(server.url)
    page.get_by_role("heading", name="Welcome to Caseboard").wait_for()
    picture(page, "worklist-empty")


def test_exchanged_parents_stop_the_ranking_until_a_named_person_goes_on(server: Server, page_at: Any) -> None:
    page = page_at(server.url)
    folder = SAMPLES / "parents-swapped"
    drop(page, folder / "variants.vcf.gz", folder / "family.ped", folder / "phenopacket.json")
    page.get_by_text("variants.vcf.gz: variants (VCF or BCF)").wait_for()
    page.get_by_text("Build GRCh37").wait_for()
    page.get_by_label("Pseudonym").fill("PEDS-7")
    page.get_by_role("button", name="Read and rank").click()
    wait_for_review(page)
    page.get_by_text("Ranking waits.").first.wait_for()
    assert not page.get_by_text("Ranked variants").count()
    picture(page, "waits")
    page.get_by_role("button", name="Override this check").first.click()
    page.get_by_text("An override needs your name").wait_for()
    page.get_by_label("Your name").fill("Dr Ada")
    page.get_by_label("Why ranking may go on").first.fill("The laboratory confirmed that the labels were exchanged")
    page.get_by_role("button", name="Override this check").first.click()
    page.get_by_text("Ranked variants").wait_for()
    page.get_by_role("link", name="Worklist", exact=True).click()
    page.get_by_text("check overridden by Dr Ada").wait_for()


def test_exchanging_the_parents_by_name_ranks_them_as_exchanged_and_says_so(server: Server, page_at: Any) -> None:
    page = page_at(server.url)
    answer = json.loads((SAMPLES / "parents-swapped" / "answer.json").read_text(encoding="utf-8"))
    page.get_by_role("button").filter(has_text=answer["pseudonym"]).first.click()
    wait_for_review(page)
    late = page_at(page.url)  # somebody else who looks at the same check
    for other, who, why in (
        (page, "Dr Ada", "The laboratory had mixed up the two labels"),
        (late, "Dr Ben", "The laboratory says the labels are right"),
    ):
        other.get_by_label("Your name").fill(who)
        other.get_by_label("Why ranking may go on").fill(why)
    page.get_by_role("button", name="Exchange mother and father").click()
    page.get_by_text("Ranked variants").wait_for()
    late.get_by_role("button", name="Override this check").click()
    late.get_by_text("What stands: Dr Ada").wait_for()
    picture(late, "waits-overtaken")
    late.get_by_role("button", name="Leave it").click()
    late.get_by_text("Ranked variants").wait_for()
    settled(page)
    page.locator("summary").filter(has_text="1 finding").click()
    said = page.get_by_text("samples were exchanged by Dr Ada")
    said.wait_for()
    assert "As delivered the check had said: The parents' samples look exchanged" in said.inner_text()
    picture(page, "exchanged")


def test_features_are_typed_by_name_and_unknown_words_are_named_before_anything_is_read(
    server: Server, page_at: Any
) -> None:
    page = page_at(server.url)
    drop(page, SAMPLES / "dravet-trio" / "variants.vcf.gz", SAMPLES / "dravet-trio" / "family.ped")
    page.get_by_label("Pseudonym").fill("PEDS-10")
    features = page.get_by_role("textbox", name="Features (HPO terms)")
    features.fill("fits, no small head, seizurs")
    page.get_by_role("button", name="Read and rank").click()
    page.get_by_text("“seizurs” is not exactly one feature of HPO").wait_for()
    picture(page, "intake-unread")
    features.fill("fits, no small head")
    page.get_by_role("button", name="Read and rank").click()
    wait_for_review(page)
    page.get_by_text("Seizure", exact=True).first.wait_for()
    page.locator("summary").filter(has_text="+1").click()
    page.get_by_text("not Microcephaly").wait_for()


def test_a_variant_that_is_not_ranked_says_at_which_step_it_left(server: Server, page_at: Any) -> None:
    page = page_at(server.url)
    drop(page, SAMPLES / "dravet-trio" / "variants.vcf.gz", SAMPLES / "dravet-trio" / "family.ped")
    page.get_by_role("button", name="Read and rank").click()
    wait_for_review(page)
    page.get_by_role("link", name="All variants", exact=True).click()
    page.get_by_role("list", name="Funnel").get_by_text("Common in the population").wait_for()
    everything = page.get_by_text(" variants").filter(has_text=" of ").first.inner_text()
    page.get_by_role("button", name="Common in the population").click()
    poll(
        lambda: page.get_by_text(" variants").filter(has_text=" of ").first.inner_text() != everything,
        "the table to show only those who left at this step",
    )
    search = page.get_by_role("searchbox", name="Why not here?")
    search.fill("chr1-1-A-C")
    search.press("Enter")
    page.get_by_text("Not in the file", exact=True).wait_for()
    picture(page, "all-variants")


def test_a_cancelled_reading_leaves_nothing_behind(server: Server, page_at: Any) -> None:
    page = page_at(server.url)
    before = sorted(server.home.glob("cases/*"))
    drop(page, SAMPLES / "xscid-boy" / "variants.vcf.gz")
    page.get_by_label("Pseudonym").fill("PEDS-8")
    page.get_by_role("button", name="Read and rank").click()
    page.get_by_role("button", name="Cancel").click()
    page.locator("[data-testid=stFileUploaderDropzoneInput]").wait_for(state="attached")
    poll(lambda: not list(server.home.glob("drafts/*")), "the drafts to be thrown away")
    assert sorted(server.home.glob("cases/*")) == before

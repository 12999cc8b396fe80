"""What the product is for, walked from end to end in a real browser on a sample patient."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from components.theme import DARK, LIGHT
from tests.browser.conftest import PATIENCE_S, ROOT, Server, picture, poll, settled, violations
from tests.browser.genome import bases_of, shows, wait_for_genome

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]
SAMPLE = ROOT / "sample_data" / "dravet-trio"
EDITED = ROOT / "sample_data" / "raf1-vus-trio" / "answer.json"


def _answer() -> dict[str, Any]:
    return dict(json.loads((SAMPLE / "answer.json").read_text(encoding="utf-8")))


def _expected() -> tuple[str, int, str]:
    """Contig, position and ALT of the causal variant."""
    chrom, pos, _, alt = _answer()["causal"][0]["grch38"].split("-")
    return chrom, int(pos), alt


def _open_sample(page: Any, pseudonym: str) -> None:
    settled(page)
    page.get_by_role("button").filter(has_text=pseudonym).first.click()
    page.wait_for_url("**/case_review?case=**")
    settled(page)


def _is_number(page: Any, rank: int) -> bool:
    """Whether the sentence on screen is the one of this rank."""
    return bool(page.get_by_text(f"is number {rank} of").count())


def _options(page: Any) -> list[str]:
    return [str(t) for t in page.get_by_role("option").all_inner_texts()]


@pytest.fixture(scope="module")
def case_address(chromium: Any, app_server: Server) -> str:
    """The address of the sample patient, opened from the worklist as a person does."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.goto(app_server.url)
    _open_sample(page, _answer()["pseudonym"])
    address = str(page.url)
    context.close()
    return address


@pytest.fixture
def review(page_at: VISIT, case_address: str) -> VISIT:
    def visit(**more: Any) -> Any:
        page = page_at(case_address, **more)
        settled(page)
        wait_for_genome(page)
        return page

    return visit


def test_the_top_variant_is_the_expected_one_and_its_sentence_says_why(review: VISIT) -> None:
    page, gene = review(), _answer()["causal"][0]["gene"]
    assert gene in _options(page)[0]
    assert page.get_by_text(f"{gene} ").count()
    assert _is_number(page, 1)
    picture(page, "review-light")


def test_the_reads_show_the_variant_coloured_in_the_child_and_not_in_the_parents(review: VISIT) -> None:
    page, (chrom, pos, alt) = review(), _expected()
    poll(lambda: shows(page, chrom, pos), "the variant's place")
    assert bases_of(page, "Proband", pos)[alt] > 5
    for parent in ("Mother", "Father"):
        assert bases_of(page, parent, pos)[alt] <= 1


def test_the_record_lights_up_what_fits_the_gene(review: VISIT) -> None:
    page = review()
    assert page.get_by_text("items of this record fit SCN1A").count() == 1


def test_charts_follow_the_theme_when_it_changes_while_the_case_is_open(review: VISIT) -> None:
    page = review()
    title = page.locator(".js-plotly-plot .annotation-text").first
    poll(lambda: rgb(LIGHT.ink) in (title.get_attribute("style") or ""), "a chart in ink")
    page.emulate_media(color_scheme="dark")
    poll(lambda: rgb(DARK.ink) in (title.get_attribute("style") or ""), "the chart in the ink of the dark theme")


def rgb(colour: str) -> str:
    """ "#16202B" as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_choosing_the_second_variant_moves_every_panel_and_a_refresh_keeps_the_place(review: VISIT) -> None:
    page = review()
    second = page.get_by_role("option").nth(1)
    name = second.inner_text().split()[1]
    second.click()
    poll(lambda: _is_number(page, 2), "the second variant's sentence")
    assert page.get_by_text(f"{name} ").count()
    chrom, pos, _ = _expected()
    poll(lambda: not shows(page, chrom, pos), "another place in the genome")
    address = page.url
    page.reload()
    settled(page)
    wait_for_genome(page)
    assert page.url == address
    poll(lambda: _is_number(page, 2), "the same variant after the refresh")
    assert page.get_by_role("option", selected=True).inner_text().split()[1] == name


def test_the_arrow_keys_walk_the_list(review: VISIT) -> None:
    page = review()
    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")
    poll(lambda: _is_number(page, 2), "the second variant's sentence")


def test_taking_terms_away_and_adding_one_changes_the_order_and_a_refresh_keeps_it(
    page_at: VISIT, app_server: Server
) -> None:
    page = page_at(app_server.url)  # a patient that no other test reads: the edits stay
    _open_sample(page, json.loads(EDITED.read_text(encoding="utf-8"))["pseudonym"])
    before = _genes(page)
    _go_to(page, "Phenotype")
    assert _remove_all_terms(page)
    _go_to(page, "Case review")
    without = poll(lambda: (genes := _genes(page)) != before and genes, "another order without terms")
    _go_to(page, "Phenotype")
    _add_term(page, "hearing loss", "Hearing impairment")
    _go_to(page, "Case review")
    deaf = poll(lambda: (genes := _genes(page)) not in (before, without) and genes, "another order with a term")
    page.get_by_role("option").nth(1).click()
    poll(lambda: _is_number(page, 2), "the second variant's sentence")
    page.reload()
    settled(page)
    poll(lambda: _is_number(page, 2), "the same variant after the refresh")
    assert _genes(page) == deaf


def _go_to(page: Any, screen: str) -> None:
    """Press a screen's link and wait until it stands there: right after the press the old one still does."""
    page.get_by_role("link", name=screen, exact=True).first.click()
    heading = {"Phenotype": "Phenotype", "Case review": "Ranked variants"}[screen]
    page.get_by_role("heading", name=heading, exact=True).wait_for()
    settled(page)


def _add_term(page: Any, words: str, label: str) -> None:
    page.get_by_role("searchbox", name="Add a term").fill(words)
    page.get_by_role("button", name=f"Present: {label}").first.click()
    page.get_by_role("heading", name="Present (1)").wait_for()
    settled(page)


def _genes(page: Any) -> list[str]:
    """Genes in the order of the list; empty while a row is still being drawn."""
    words = [option.split() for option in _options(page)]
    return [w[1] for w in words] if all(len(w) > 1 for w in words) else []


def _remove_all_terms(page: Any) -> int:
    page.get_by_role("button", name="Remove:").first.wait_for()
    removed = 0
    while True:
        buttons = page.get_by_role("button", name="Remove:")
        count = buttons.count()
        if not count:
            return removed
        buttons.first.click()
        poll(lambda seen=count: page.get_by_role("button", name="Remove:").count() < seen, "one term less")
        removed += 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("screen", ["", "case_review", "all_variants", "phenotype", "model", "board", "teaching"])
def test_every_screen_is_usable_by_everyone(
    screen: str, dark: bool, page_at: VISIT, app_server: Server, case_address: str
) -> None:
    case = case_address.split("?", 1)[1]
    page = page_at(f"{app_server.url}/{screen}?{case}", dark=dark, axe=True)
    settled(page)
    if screen == "case_review":
        wait_for_genome(page)
    picture(page, f"{screen or 'worklist'}-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_nothing_of_the_patient_is_in_the_servers_log_or_in_an_address(case_address: str, app_server: Server) -> None:
    log = app_server.log.read_text(errors="replace")
    note = (SAMPLE / "note.txt").read_text(encoding="utf-8").split()
    words = [w for w in note if len(w) > 9]
    assert not [w for w in words if w in log]
    assert _answer()["pseudonym"] not in case_address
    assert Path(SAMPLE).name not in case_address

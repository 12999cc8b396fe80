"""Asking the genome browser on a page what it shows."""

from typing import Any

from tests.browser.conftest import poll

_BOX = """() => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .map((host) => host.shadowRoot?.querySelector(".igv-box")).find((box) => box)"""
_IS_READY = f"""() => {{ const box = ({_BOX})();
    return Boolean(box?.igvBrowser) && !box.hasAttribute("aria-busy") && !box.dataset.moving; }}"""
_STATE = f"""(pos) => {{ const box = ({_BOX})(); const igv = box.igvBrowser; const frame = igv.referenceFrameList[0];
    const tracks = igv.trackViews.map((view) => {{
      const data = view.viewports[0].cachedFeatures;
      const here = data?.coverageMap?.coverage?.[pos - 1 - data.coverageMap.bpStart];
      const rows = data?.packedGroups ? [...data.packedGroups.values()].flatMap((group) => group.rows) : [];
      const first = rows.length ? rows[0].findAlignment(pos - 1) : undefined;
      const count = (base) => here ? here["pos" + base] + here["neg" + base] : 0;
      return {{ type: view.track.type, name: view.track.name ?? "", height: view.track.height,
        bases: here ? {{ A: count("A"), C: count("C"), G: count("G"), T: count("T") }} : null,
        first: first ? first.readBaseAt(pos - 1) : null, rows: rows.length,
        features: Array.isArray(data) ? data.map((f) => f.name ?? "") : [] }};
    }});
    return {{ chrom: frame.chr, start: frame.start, end: frame.end, tracks }}; }}"""


_NAMES = f"""() => ({_BOX})().igvBrowser.trackViews
    .flatMap((view) => [...(view.viewports[0].cachedFeatures?.packedGroups?.values() ?? [])])
    .flatMap((group) => group.rows).flatMap((row) => row.alignments).map((read) => read.readName)"""


def wait_for_genome(page: Any) -> None:
    """Until the browser is drawn and stands still."""
    poll(lambda: is_ready(page), "the genome browser")


def is_ready(page: Any) -> bool:
    return bool(page.evaluate(_IS_READY))


def genome_state(page: Any, pos_1based: int) -> dict[str, Any]:
    """The stretch shown and, per track, the bases counted at a position and the base of the first read there."""
    return dict(page.evaluate(_STATE, pos_1based))


def reads_of(page: Any, who: str, pos_1based: int) -> dict[str, Any]:
    """The reads track of "Proband", "Mother" ...; fails when it is not there."""
    tracks = genome_state(page, pos_1based)["tracks"]
    return next(t for t in tracks if t["name"] == f"{who} reads")


def bases_of(page: Any, who: str, pos_1based: int) -> dict[str, int]:
    """How many reads of "Proband", "Mother" ... have each base there, once they are drawn."""
    return dict(poll(lambda: reads_of(page, who, pos_1based)["bases"], f"the reads of {who}"))


def shows(page: Any, chrom: str, pos_1based: int) -> bool:
    """Whether the position is in the middle of what is drawn."""
    state = genome_state(page, pos_1based)
    middle = (state["start"] + state["end"]) / 2
    return bool(state["chrom"] == chrom and abs(middle - pos_1based) < (state["end"] - state["start"]) / 4)


def read_names(page: Any) -> list[str]:
    """The names of the reads drawn."""
    return list(page.evaluate(_NAMES))

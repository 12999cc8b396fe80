"""The top of the ranking as a list one walks with the arrow keys.

The rows travel to the browser once per ranking; the selected row lives there, so that moving is
instant. Each move also tells the page's genome browser (`caseboard:locus` on `window`) without
asking the server, and then the server, which redraws the panels.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from components import phrases, text, theme
from components.drawing import browser_side
from components.genome_locus import locus_text
from components.last_few import CASES_KEPT_OPEN, LastFew
from components.row_marks import family_speaks, mode_chip, second_hit_rank
from models.case import State
from models.evidence import GenePhenotype, Preset, heteroplasmy_of, select
from models.evidence.secondary_findings import secondary_findings
from models.ranking import Confidence
from models.review.commands import Consent
from models.review.consent import Allowed, Answer, NotAllowed, Recorded, allows
from models.review.teaching import to_read
from models.workup import Workup

TOP_ROWS = 200
PRESET_ROWS = 60
NOBODY_ASKED = allows(Consent.SECONDARY_FINDINGS, Recorded())

_list = st.components.v2.component(
    "caseboard_ranked_list",
    html='<div class="cb list-root"></div>',
    css=theme.COMPONENT_CSS + browser_side("ranked_list.css"),
    js=browser_side("elements.js", "ranked_row.js", "ranked_foot.js", "ranked_list.js"),
)


@dataclass(frozen=True)
class Deciding:
    """Decisions in the list. shown: `components.decision_marks.list_desk`; obey: carries out what was pressed."""

    shown: Mapping[str, Any]
    obey: Callable[[Mapping[str, Any] | None], None]


@dataclass(frozen=True)
class ListView:
    """What the browser gets: rows best first, and for each preset its places in rows and full count. is_blind: a
    learner's, with every row and without what the model says."""

    version: str
    rows: tuple[dict[str, Any], ...]
    presets: tuple[dict[str, Any], ...]
    total: int
    is_blind: bool = False


_views: LastFew[Workup, dict[str, ListView]] = LastFew(CASES_KEPT_OPEN)


def list_view(workup: Workup, decided: frozenset[int] = frozenset(), secondary: Answer = NOBODY_ASKED) -> ListView:
    """Rows of the first TOP_ROWS, and wherever they rank the first PRESET_ROWS of every preset and the rows that
    people decided on. secondary: whether the person agreed that secondary findings are looked for."""
    table = workup.ranking.table
    masks = _masks(workup, looked_for=isinstance(secondary, Allowed))
    wanted = np.zeros(len(table), dtype=bool)
    wanted[:TOP_ROWS] = True
    for mask in masks.values():
        wanted[np.flatnonzero(mask)[:PRESET_ROWS]] = True
    beyond = np.flatnonzero(~wanted & table["row"].isin(decided).to_numpy())
    wanted[beyond] = True
    places = np.flatnonzero(wanted)
    rows = _rows(workup, places)
    presets = tuple(
        {"name": preset.value, "count": int(mask.sum()), "at": np.flatnonzero(mask[places]).tolist()}
        for preset, mask in masks.items()
    )
    version = "-".join((ranking_version(workup), _asked(secondary), *map(str, beyond)))
    return ListView(version, rows, (*presets, *_not_looked_for(secondary)), len(table))


def _not_looked_for(secondary: Answer) -> tuple[dict[str, Any], ...]:
    """In place of the preset, why there is none: nobody may read a missing preset as "none found"."""
    if isinstance(secondary, Allowed):
        return ()
    why = f"Not looked for. {secondary.sentence}"
    told = "not looked for: " + ("declined" if isinstance(secondary, NotAllowed) else "no consent recorded")
    return ({"name": Preset.SECONDARY.value, "count": 0, "at": [], "told": told, "why": why},)


def _asked(secondary: Answer) -> str:
    """Changes with what a list shows of the answer."""
    return "sf" if isinstance(secondary, Allowed) else hashlib.sha256(secondary.sentence.encode()).hexdigest()[:8]


def blind_view(workup: Workup) -> ListView:
    """A learner's variants: in genomic order, without rank, score, class or second hit; not chosen by the model."""
    ranked = workup.ranking.table["row"].to_numpy()
    masks = {preset: mask for preset, mask in _masks(workup).items() if preset is not Preset.CLINVAR}
    places = np.flatnonzero(np.isin(ranked, to_read(ranked, workup.evidence.frame)))
    rows = dict(zip(places.tolist(), _rows(workup, places, blind=True), strict=True))
    variants = workup.case.variants.frame
    order = sorted(rows, key=lambda place: _genomic(variants, rows[place]["row"]))
    shown = tuple({k: v for k, v in rows[place].items() if k not in _TOLD} for place in order)
    presets = tuple(
        {"name": preset.value, "count": len(at), "at": at}
        for preset, mask in masks.items()
        for at in [[i for i, place in enumerate(order) if mask[place]]]
    )
    return ListView(f"blind-{ranking_version(workup)}", shown, presets, len(ranked), is_blind=True)


_TOLD = ("rank", "score", "clinvar", "partner", "phase")
_CHROMOSOMES = {name: n for n, name in enumerate((*(str(i) for i in range(1, 23)), "X", "Y", "MT"))}


def _genomic(variants: pd.DataFrame, row: int) -> tuple[int, str, int, int]:
    chrom = str(variants["chrom"][row])
    return _CHROMOSOMES.get(chrom, len(_CHROMOSOMES)), chrom, int(variants["pos_1based"][row]), row


def _masks(workup: Workup, *, looked_for: bool = False) -> Mapping[Preset, NDArray[np.bool_]]:
    frame, genes = workup.evidence.frame, workup.knowledge.genes.frame
    secondary = {c.row for c in secondary_findings(workup.case, frame, genes)} if looked_for else None
    return select(frame.reindex(workup.ranking.table["row"].to_numpy()), secondary)


def ranking_version(workup: Workup) -> str:
    """Changes whenever the list would: another case, model or set of terms."""
    terms = ",".join(f"{'-' if t.excluded else ''}{t.id}" for t in workup.case.phenotype.terms)
    return hashlib.sha256(f"{workup.case.sha256} {workup.ranking.card.sha256} {terms}".encode()).hexdigest()[:16]


def _rows(workup: Workup, places: np.ndarray, *, blind: bool = False) -> tuple[dict[str, Any], ...]:
    table = workup.ranking.table.iloc[places]
    chosen = table["row"].to_numpy()
    variants = workup.case.variants.frame.loc[chosen].to_dict("records")
    evidence = workup.evidence.frame.loc[chosen].to_dict("records")
    ranks = {int(row): int(rank) for row, rank in zip(table["row"], table["rank"], strict=True)}
    column = workup.case.variants.sample_index(workup.case.pedigree.proband.sample)
    speaks, genes = family_speaks(workup.case), workup.knowledge.genes

    def heteroplasmy(row: int) -> str:
        return heteroplasmy_of(workup.case, column, row).split(" (")[0] if column >= 0 else ""

    return tuple(
        _row(ranked, variant, found, workup.phenotype.of(str(found["gene"])), ranks, heteroplasmy(int(ranked["row"])))
        | {"gene": _gene_words(workup, variant, found)}
        | {"mode": mode_chip(found, genes, family_speaks=speaks, blind=blind)}
        for ranked, variant, found in zip(table.to_dict("records"), variants, evidence, strict=True)
    )


def _gene_words(workup: Workup, variant: dict[str, Any], found: dict[str, Any]) -> str:
    sought = phrases.gene_was_sought(workup.case.assembly, int(variant["gene_state"]))
    return text.one_line(str(found["gene"])) or ("no gene" if sought else "gene unknown")  # short: the change stays


def _row(
    ranked: dict[str, Any],
    variant: dict[str, Any],
    found: dict[str, Any],
    match: GenePhenotype,
    ranks: dict[int, int],
    heteroplasmy: str,
) -> dict[str, Any]:
    return {
        "row": int(ranked["row"]),
        "rank": int(ranked["rank"]),
        "change": text.one_line(phrases.change(variant), 60),
        "effect": phrases.consequence(str(variant["consequence"])) or "effect not assessed",
        "zygosity": heteroplasmy or phrases.zygosity(str(found["zygosity"])),
        "frequency": phrases.frequency_short(
            float(found["frequency_fraction"]),
            int(found["frequency_state"]),
            str(found["frequency_origin"]),
            float(variant["af_fraction"]),
        ),
        "features": f"{match.explained} of {match.asked} features" if match.state is State.FOUND else "",
        "clinvar": phrases.CLINVAR_SHORT.get(str(found["clinvar_class"]), str(found["clinvar_class"])),
        "score": round(float(ranked["log_odds"]), 2),
        "partner": second_hit_rank(found, ranks),
        "phase": str(found["partner_phase"]),
        "locus": locus_text(str(variant["chrom"]), int(variant["pos_1based"]), int(variant["end_1based"])),
    }


def ranked_list(
    workup: Workup,
    *,
    key: str,
    selected_row: int | None,
    deciding: Deciding | None = None,
    secondary: Answer = NOBODY_ASKED,
) -> int | None:
    """Show the list; the variant row the person is at, None in an empty ranking.

    selected_row: where to start (a deep link); the first row when None or not in the list. deciding: where a
    variant can be shortlisted or dismissed from the list; None where nobody decides. secondary: as in `list_view`.
    """
    said, asked = _verdict(workup.confidence), _asked(secondary)
    view = _kept(workup, partial(list_view, workup, secondary=secondary), f"list-{asked}")
    decided = frozenset(map(int, deciding.shown["marks"])) if deciding else frozenset()
    if beyond := decided - {r["row"] for r in view.rows}:
        view = _kept(workup, partial(list_view, workup, beyond, secondary), f"list-{asked}-{sorted(beyond)}")
    return _show(view, key, selected_row, verdict=said, deciding=deciding)


def _verdict(told: Confidence) -> dict[str, Any]:
    """What the list as a whole says: in short, in a sentence, and what to keep in mind."""
    care = [u.value[0].upper() + u.value[1:] + "." for u in told.unlike]
    return {"short": told.short, "sentence": told.sentence, "care": care}


def blind_list(workup: Workup, *, key: str, selected_row: int | None) -> int | None:
    """Show the learner's list; the variant row the learner is at."""
    view = _kept(workup, partial(blind_view, workup), "blind")
    return _show(view, key, selected_row)


def _show(
    view: ListView,
    key: str,
    selected_row: int | None,
    *,
    verdict: dict[str, Any] | None = None,
    deciding: Deciding | None = None,
) -> int | None:
    if not view.rows:
        return None
    known = {r["row"] for r in view.rows}
    first = selected_row if selected_row is not None and selected_row in known else int(view.rows[0]["row"])
    start = _steady_start(key, view.version, first)
    name = f"{key}-{view.version}"
    answer = _list(
        key=name,
        data=_sent(view, deciding) | {"start": start, "verdict": verdict},
        default={"row": start},
        height="stretch",
        on_row_change=lambda: None,
        on_said_change=lambda: deciding.obey(st.session_state[name].said) if deciding else None,
    )
    row = int(answer.row) if answer.row is not None else start
    return row if row in known else start


def _sent(view: ListView, deciding: Deciding | None) -> dict[str, Any]:
    """What the browser draws rows, presets and decisions from. top: how many it shows while no preset is chosen."""
    return {
        "version": view.version,
        "rows": view.rows,
        "presets": view.presets,
        "total": view.total,
        "title": "Variants in genomic order" if view.is_blind else "Ranked variants",
        "blind": view.is_blind,
        "top": len(view.rows) if view.is_blind else TOP_ROWS,
        "deciding": deciding.shown if deciding else None,
    }


def _kept(workup: Workup, make: Callable[[], ListView], kind: str) -> ListView:
    """The view of a ranking, built once for all who look at it; kind: whatever else it follows from."""
    known = _views.of(workup, dict)
    if kind not in known:
        known[kind] = make()
    return known[kind]


def _steady_start(key: str, version: str, start: int) -> int:
    """The start sent to the browser must not follow the selection, or every move would resend the rows."""
    name = f"{key}-start"
    kept = st.session_state.get(name)
    if kept is None or kept[0] != version:
        st.session_state[name] = kept = (version, start)
    return int(kept[1])

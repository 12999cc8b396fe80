"""The chain of a case: every decision in words, who took it, when, on what, and whether it is as it was saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from components import text
from components.acmg_panel import CLASSES
from components.drawing import Node, draw, el
from components.way_out import Exit, Leaving, ways_out
from models.evidence.acmg import Class
from models.review import Broken, Event, ReviewState
from models.review.export import chain_file
from models.review.second_reading import is_covered
from models.review.telling import Told, told, when
from models.review.ways_out import DECISIONS
from models.review.what_counts import points_words

HASH_SHOWN = 10  # of 64 hexadecimal digits
COVERED = "covered until both readings are in"
NOTHING_YET = (
    "Nobody decided anything about this case yet. Every edit of the terms, class, note and signature will stand here "
    "with who, when, what stood before and on what evidence."
)
NO_EXPORT = "The chain can be exported once both readings are in; until then it would tell one reader's to the other."


@dataclass(frozen=True)
class Chain:
    """A case's events as they are now. broken: the first that is not what was saved, None when all are whole."""

    pseudonym: str
    events: Sequence[Event]
    broken: Broken | None
    state: ReviewState


def history(chain: Chain, out: Exit, *, who: str, needed: int) -> None:
    """The whole screen. out: whose chain, and who would take it out; who: name or account of who looks, "" when nobody
    said; needed: readers of a variant here."""
    st.title("History")
    text.plain(chain.pseudonym)
    _verified(chain)
    covered = {e.version for e in chain.events if is_covered(e, chain.state, who, needed)}
    if not chain.events:
        st.text(NOTHING_YET)
        return
    if covered:
        st.text(NO_EXPORT)
    else:
        make, file = partial(chain_file, chain.events), f"{out.case_id}-chain.jsonl"
        title = "Export the chain (JSON lines)"
        ways_out(out, [Leaving(DECISIONS, title, file, "application/jsonl", make, "get-chain")])
    draw(history_tree(chain.events, covered), key="history")


def _verified(chain: Chain) -> None:
    if chain.broken:
        st.error(f"**Chain broken.** {text.label(chain.broken.sentence, 600)}", icon=":material/link_off:")
    elif chain.events:
        st.success(verified_words(len(chain.events)), icon=":material/link:")


def verified_words(count: int) -> str:
    return f"Chain verified, {count:,} event{'' if count == 1 else 's'}: each is as it was saved."


def history_tree(events: Sequence[Event], covered: set[int]) -> Node:
    """Newest first."""
    heads = ("No.", "When", "Who", "What", "Before", "After", "Hash")
    head = el("tr", *(el("th", name, scope="col") for name in heads))
    rows = [_row(one, one.event.version in covered) for one in reversed(tuple(told(events)))]
    caption = el("caption", "Decisions on this case, newest first")
    table = el("table", caption, el("thead", head), el("tbody", *rows), cls="grid")
    return el("div", table, cls="cb history", role="region", tabindex="0", aria_label="Decisions on this case")


def _row(one: Told, is_hidden: bool) -> Node:
    event = one.event
    back = el("small", "the clock had gone back", cls="care") if event.clock_went_back else None
    account = el("small", "signed in" if event.account else "as typed", cls="cb-muted")
    return el(
        "tr",
        el("td", str(event.version), cls="num"),
        el("td", when(event.at), back, cls="keep"),
        el("td", event.who, account),
        el("td", one.subject, el("small", one.about, cls="cb-muted") if one.about else None),
        el("td", "–" if is_hidden else one.before or "–"),
        el("td", COVERED) if is_hidden else el("td", one.after, _shown_then(event)),
        el("td", event.hash[:HASH_SHOWN], cls="mono cb-muted keep", title=event.hash),
    )


def _shown_then(event: Event) -> Node | None:
    """What the person had before them, unfolded on demand."""
    lines = evidence_lines(event.evidence)
    if not lines:
        return None
    items = [el("li", line) for line in lines]
    return el("details", el("summary", "on what evidence"), el("ul", *items), data_key=f"evidence-{event.version}")


def evidence_lines(evidence: Mapping[str, Any]) -> tuple[str, ...]:
    """The evidence of an event in words; what an event does not hold is left out."""
    lines = [_class_words(words, evidence[name]) for name, words in _SIDES if isinstance(evidence.get(name), Mapping)]
    if "rank" in evidence:
        lines.append(f"rank {evidence['rank']} of {evidence.get('ranked', '?')}")
    if evidence.get("model_sha256"):
        lines.append(f"ranking model {str(evidence['model_sha256'])[:HASH_SHOWN]}")
    if evidence.get("releases"):
        lines.append(f"releases: {', '.join(map(str, evidence['releases']))}")
    return tuple(lines)


_SIDES = (("suggested", "suggested then"), ("own", "the person's own criteria before"))


def _class_words(words: str, side: Mapping[str, Any]) -> str:
    known = {c.value: name for c, name in CLASSES.items()}
    criteria = ", ".join(map(str, side.get("criteria", ()))) or "no criterion"
    given = str(side.get("class", Class.UNCERTAIN.value))
    return f"{words}: {known.get(given, given)}, {points_words(int(side.get('points', 0)))} ({criteria})"

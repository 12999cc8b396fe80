"""What the chosen variant does to the gene's other transcripts: worked out when somebody opens it."""

import streamlit as st

from components import phrases
from components.candidate import Candidate
from components.drawing import Node, draw, el
from models.case import Absent, Allele, Found, Looked, NotAssessed
from models.errors import IntegrityError
from models.knowledge.all_transcripts import on_all_transcripts
from models.knowledge.effects.others import OnTranscript

_HEADS = ("Transcript", "Consequence", "DNA", "Protein")


def other_transcripts(candidate: Candidate, *, key: str) -> None:
    """A closed fold under the evidence of a variant in a gene; nothing for one outside of genes."""
    if not candidate.gene:
        return
    fold = st.expander("On every transcript of the gene", key=key, on_change="rerun")
    if fold.open:
        with fold:
            draw(transcripts_tree(_looked_up(candidate), candidate.gene), key=f"{key}-table")


def _looked_up(candidate: Candidate) -> Looked[tuple[OnTranscript, ...]]:
    at, workup = candidate.variant, candidate.workup
    allele = Allele(workup.case.assembly, str(at["chrom"]), int(at["pos_1based"]), str(at["ref"]), str(at["alt"]))
    try:
        return on_all_transcripts(workup.knowledge.library, allele, candidate.gene)
    except IntegrityError as problem:
        return NotAssessed(str(problem))


def transcripts_tree(looked: Looked[tuple[OnTranscript, ...]], gene: str) -> Node:
    """A row a transcript, worst first; or why there is none."""
    match looked:
        case NotAssessed(reason):
            return el("p", f"Not assessed: {reason.rstrip('.')}.", cls="cb cb-muted")
        case Absent(source):
            return el("p", f"{source} has no transcript of {gene} that this variant touches.", cls="cb")
        case Found(found, source):
            head = el("tr", *(el("th", name, scope="col") for name in _HEADS))
            caption = el("caption", f"The variant on each transcript of {gene}")
            table = el("table", caption, el("thead", head), el("tbody", *(_row(one) for one in found)), cls="grid")
            told = f"{source}, worst first. The ranking uses the transcript named above."
            return el("div", table, el("p", told, cls="cb-muted"), cls="cb")


def _row(one: OnTranscript) -> Node:
    status = f" · {one.status}" if one.status else ""
    return el(
        "tr",
        el("td", f"{one.transcript}{status}", cls="mono"),
        el("td", phrases.consequence(one.consequence)),
        el("td", one.hgvs_c or "–", cls="mono"),
        el("td", one.hgvs_p or "–", cls="mono"),
    )

"""What is known about the chosen variant: facts with their source, or the words "not assessed"."""

from typing import Any

from components import phrases
from components.acmg_panel import acmg_tree, suggested
from components.candidate import Call, Candidate
from components.drawing import Node, draw, el
from components.gene_block import gene_rows, number
from models.case import Role, State, Verdict
from models.evidence import judge_modes, mitochondrial_name
from models.evidence.carrier import is_carrier_finding
from models.evidence.types import Mode

# value column, state column, name, how it is written
PREDICTORS = (
    ("cadd_phred", "cadd_state", "CADD (phred)", "{:.1f}"),
    ("revel_score", "revel_state", "REVEL", "{:.2f}"),
    ("alphamissense_score", "alphamissense_state", "AlphaMissense", "{:.2f}"),
    ("spliceai_delta_max", "spliceai_state", "SpliceAI Δ max", "{:.2f}"),
    ("phylop_score", "phylop_state", "phyloP", "{:.1f}"),
    ("gerp_score", "gerp_state", "GERP++", "{:.1f}"),
)
MATCH_MARKS = {
    "exact": "●",
    "more specific": "●",
    "more general": "◐",
    "related": "○",
    "unexplained": "–",
    "excluded but expected": "✕",
    "excluded, seen in some": "○",
    "excluded, agrees": "✓",
}
MODE_SENTENCES = {
    Mode.DE_NOVO: "in the patient and in neither parent",
    Mode.DOMINANT: "one copy is enough to act dominantly",
    Mode.HOMOZYGOUS_RECESSIVE: "both copies carry it",
    Mode.COMPOUND_HETEROZYGOUS: "one of two hits in the same gene",
    Mode.X_LINKED: "on the X chromosome",
    Mode.MITOCHONDRIAL: "in the mitochondrial genome",
}
CARRIER_SENTENCE = (
    "Carrier finding: one copy of a pathogenic variant, and every known disorder of {gene} is recessive; by itself it "
    "does not explain the patient, unless a second hit was missed"
)


def variant_heading(candidate: Candidate, *, key: str, with_rank: bool = True, sentence: str = "") -> None:
    """Gene, change, transcript and place on one line; below, why it is here."""
    why = [el("p", sentence, cls="cb sentence")] if sentence else []
    draw(heading_tree(candidate, with_rank=with_rank), *why, key=key)


def heading_tree(candidate: Candidate, *, with_rank: bool = True) -> Node:
    v = candidate.variant
    transcript = str(v["transcript"]) if v["transcript"] else ""
    mane = " MANE Select" if transcript and bool(v["is_mane_select"]) else ""
    parts = [str(v["hgvs_c"]), phrases.consequence(str(v["consequence"])), f"{transcript}{mane}", phrases.alleles(v)]
    rank = el("span", f"{candidate.rank}", cls="place", title=f"Rank {candidate.rank}") if with_rank else None
    return el(
        "div",
        rank,
        el("h2", candidate.gene or _no_gene(candidate), cls="gene"),
        el("span", name, cls="mono strong") if (name := mitochondrial_name(v) or str(v["hgvs_p"])) else None,
        *(el("span", part, cls="mono cb-muted" if i in {0, 3} else "cb-muted") for i, part in enumerate(parts) if part),
        cls="cb heading",
    )


def evidence_panel(candidate: Candidate, *, key: str, blind: bool = False) -> None:
    """The suggested class, frequency, predictors, clinical databases and the gene.

    blind: without ClinVar and without the suggestion, which is partly made of it and is what a learner is asked for.
    """
    suggestion = [] if blind else [acmg_tree(suggested(candidate))]
    draw(*suggestion, evidence_tree(candidate, blind=blind), key=key)


def evidence_tree(candidate: Candidate, *, blind: bool = False) -> Node:
    databases = [] if blind else [_block("Clinical databases", _clinvar(candidate))]
    return el(
        "div",
        _block("Frequency", _frequency(candidate)),
        _block("Predicted effect", _predictors(candidate)),
        *databases,
        _block("Gene", gene_rows(candidate)),
        cls="cb blocks",
    )


def family_panel(candidate: Candidate, *, key: str, blind: bool = False) -> None:
    """Inheritance in a sentence, the family's calls, and how far the call can be trusted."""
    draw(family_tree(candidate, blind=blind), key=key)


def family_tree(candidate: Candidate, *, blind: bool = False) -> Node:
    head = el("tr", *(el("th", name, scope="col", cls=cls) for name, cls in _CALL_HEADS))
    table = el(
        "table",
        el("caption", "Genotypes of the family"),
        el("thead", head),
        el("tbody", *(_call_row(c) for c in candidate.calls)),
        cls="grid",
    )
    return el(
        "div",
        el("p", inheritance_sentence(candidate, blind=blind), cls="lead"),
        table,
        _block("Call quality", _quality(candidate)),
        cls="cb",
    )


def phenotype_panel(candidate: Candidate, *, key: str) -> None:
    """Which of the patient's features this gene explains."""
    draw(phenotype_tree(candidate), key=key)


def phenotype_tree(candidate: Candidate) -> Node:
    if missing := without_features(candidate):
        return missing
    head = el("tr", *(el("th", name, scope="col") for name in ("Patient's feature", "Match", "In the gene's diseases")))
    table = el("table", el("thead", head), el("tbody", *(_match_row(m) for m in candidate.matches)), cls="grid")
    return el("div", el("p", features_lead(candidate), cls="lead"), table, cls="cb")


def without_features(candidate: Candidate) -> Node | None:
    """What to read where features and gene cannot be compared; None where they can."""
    if not candidate.workup.case.phenotype.terms:
        return _empty(
            "No HPO terms were given", "Add the patient's features under Phenotype; the list re-ranks at once."
        )
    if not candidate.gene:
        said = "This variant is in no gene" if candidate.gene_was_sought else "The gene was not assessed"
        return _empty(said, "A match with the patient's features cannot be assessed.")
    return None


def _no_gene(candidate: Candidate) -> str:
    return "No gene" if candidate.gene_was_sought else "Gene not assessed"


def features_lead(candidate: Candidate) -> str:
    """How many features the gene explains, and its disease that fits best."""
    match, label = candidate.match, candidate.disease[1]
    if match.state is State.ABSENT:
        return f"No disease of {candidate.gene} is annotated with features, so nothing is explained."
    counted = f"{candidate.gene} explains {match.explained} of {match.asked} features"
    other = f", nearly as well {candidate.other_disease}" if candidate.other_disease else ""
    return f"{counted}; best fit {label}{other}." if label else f"{counted}."


def inheritance_sentence(candidate: Candidate, *, blind: bool = False) -> str:
    """Best mode and what the parents carry, in one sentence. blind: the second hit without its rank, and
    no word that tells ClinVar's class."""
    mode = str(candidate.evidence["best_mode"])
    start = f"{mode[0].upper()}{mode[1:]}: {MODE_SENTENCES[Mode(mode)]}" if mode else _without_a_mode(candidate)
    if not blind and is_carrier_finding(candidate.evidence, candidate.workup.knowledge.genes):
        start = CARRIER_SENTENCE.format(gene=candidate.gene)
    start += _second_hit(candidate, blind=blind)
    parents = [_parent(c) for c in candidate.calls if c.role in {Role.MOTHER, Role.FATHER}]
    return f"{start}; {', '.join(parents)}." if parents else f"{start}; the parents were not sequenced."


def _second_hit(candidate: Candidate, *, blind: bool) -> str:
    """The other change in the gene; one on the same copy is none that could make the patient ill with this one."""
    partner, phase = int(candidate.evidence["partner_row"]), str(candidate.evidence["partner_phase"])
    if partner < 0:
        return ""
    where = "in this gene" if blind else f"at rank {candidate.workup.ranking.rank_of(partner)}"
    if phase == "in cis":
        return f" (the other change {where} lies on the same copy, in cis: not a second hit)"
    return f" (second hit {where}, phase {phase or 'unknown'})"


def _without_a_mode(candidate: Candidate) -> str:
    """What is open and why; only when nothing is open does the variant fit no mode."""
    judged = judge_modes(candidate.row, candidate.workup.case, candidate.workup.evidence)
    pending = [f"{m.value} ({j.reason})" for m, j in judged.items() if j.verdict is Verdict.NOT_ASSESSABLE]
    return f"Not assessable as {', '.join(pending)}" if pending else "Fits no mode of inheritance here"


def _parent(call: Call) -> str:
    return f"{call.role.value} {call.genotype}" if call.genotype else f"{call.role.value} not sequenced"


_CALL_HEADS = (("Person", ""), ("Status", ""), ("Genotype", ""), ("ALT/depth", "num"), ("VAF", "num"), ("GQ", "num"))


def _call_row(call: Call) -> Node:
    depth, alt = call.depth_reads, call.alt_reads
    reads = f"{alt}/{depth}" if depth is not None and alt is not None else phrases.NOT_ASSESSED
    vaf = f"{alt / depth:.2f}" if depth and alt is not None else "–"
    gq = str(call.gq_phred) if call.gq_phred is not None else "–"
    cells = (call.role.value, call.person.affected.value, call.genotype or "not sequenced", reads, vaf, gq)
    return el("tr", *(el("td", cell, cls=cls) for cell, (_, cls) in zip(cells, _CALL_HEADS, strict=True)))


def _frequency(candidate: Candidate) -> list[tuple[str, str]]:
    v, e = candidate.variant, candidate.evidence
    rows = [("gnomAD, everyone", phrases.frequency_full(v))]
    if int(e["frequency_state"]) == State.FOUND and str(e["frequency_origin"]).startswith("group"):
        rows.append((f"Highest: {e['frequency_origin']}", f"AF {phrases.fraction(float(e['frequency_fraction']))}"))
    return rows + _source(candidate, "af_fraction")


def _source(candidate: Candidate, *columns: str) -> list[tuple[str, str]]:
    """Who answered, with name, version and date of what is installed; nothing where nobody was asked."""
    brought = candidate.workup.case.variants.facts.brought
    told = dict.fromkeys(brought[c] for c in columns if c in brought)
    return [("Source", "; ".join(told))] if told else []


def _predictors(candidate: Candidate) -> list[tuple[str, str]]:
    consequence = phrases.consequence(str(candidate.variant["consequence"])) or phrases.NOT_ASSESSED
    impact = f" ({str(candidate.evidence['impact']).lower()} impact)" if candidate.evidence["impact"] else ""
    scores = [(name, _looked(candidate.variant, column, state, pattern)) for column, state, name, pattern in PREDICTORS]
    sources = _source(candidate, "consequence", *(column for column, *_ in PREDICTORS))
    return [("Consequence", consequence + impact), *scores, *sources]


def _looked(variant: Any, column: str, state: str, pattern: str) -> str:
    if variant[state] == State.FOUND:
        return pattern.format(float(variant[column]))
    return "no score for this variant" if variant[state] == State.ABSENT else phrases.NOT_ASSESSED


def _clinvar(candidate: Candidate) -> list[tuple[str, str]]:
    v, source = candidate.variant, _source(candidate, "clinvar_significance")
    if v["clinvar_state"] != State.FOUND:
        return [("ClinVar", "no record" if v["clinvar_state"] == State.ABSENT else phrases.NOT_ASSESSED), *source]
    stars = int(v["clinvar_stars"]) if v["clinvar_stars_state"] == State.FOUND else None
    review = f" {'★' * stars}{'☆' * (4 - stars)} ({stars} of 4 stars)" if stars is not None else ""
    rows = [("ClinVar", f"{v['clinvar_significance']}{review}")]
    return rows + ([("Record", str(v["clinvar_id"]))] if v["clinvar_id"] else []) + source


def _quality(candidate: Candidate) -> list[tuple[str, str]]:
    v, balance = candidate.variant, float(candidate.evidence["allele_balance_fraction"])
    verdicts = ("a call to trust", "doubtful", phrases.NOT_ASSESSED)
    return [
        ("Call", verdicts[int(candidate.evidence["quality"])]),
        ("Filter", "no filters were run" if str(v["filter"]) == "." else str(v["filter"])),
        ("QUAL", number(v["qual_phred"])),
        ("Allele balance", number(balance)),
    ]


def _match_row(match: Any) -> Node:
    mark = MATCH_MARKS.get(match.kind, "○")
    often = f" ({match.frequency_text})" if match.frequency_text else ""
    gene_term = f"{match.gene_term_label}{often}" if match.gene_term_label else "–"
    name = f"not {match.term_label}" if match.kind.startswith("excluded") else match.term_label
    return el(
        "tr",
        el("td", name, title=match.term_id),
        el("td", el("span", mark, cls="mark", aria_hidden="true"), match.kind),
        el("td", gene_term, title=match.disease_label),
        cls=match.kind.split()[0].strip(","),
    )


def _block(title: str, rows: list[tuple[str, str]]) -> Node:
    pairs = [
        el("div", el("dt", name), el("dd", value, cls="na" if value == phrases.NOT_ASSESSED else ""))
        for name, value in rows
    ]
    return el("section", el("h3", title), el("dl", *pairs), cls="block")


def _empty(title: str, how: str) -> Node:
    return el("div", el("p", title, cls="empty-title"), el("p", how), cls="cb empty")

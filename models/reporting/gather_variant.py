"""One shortlisted variant with every fact its class rests on, from the work-up and from what people decided."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from models.case import Assembly, Case, State
from models.evidence import change_name, explain_gene, fitting_diseases, mitochondrial_name
from models.evidence.acmg import Suggestion, suggestion_of
from models.evidence.describe import (
    copies_at,
    family_words,
    frequency_words,
    mode_sentence,
    quality_sentence,
    zygosity_words,
)
from models.evidence.exon import exon_words
from models.evidence.family import calls_at, family_of
from models.evidence.frequency import fraction_text
from models.evidence.funnel import TITLES
from models.evidence.query import accession_of
from models.evidence.types import Step
from models.reporting.answered import answered_by
from models.reporting.content import BEST_FIT, FeatureMatch, ReportedVariant
from models.reporting.gather_gene import condition_ids, gene_looked_up, validity_of
from models.reporting.judged import by_whom, counted_words, given_class, judged_criteria, rulings_of
from models.review.state import ReviewState, VariantState
from models.workup import Workup

NOT_ASSESSED = "not assessed"
MITOCHONDRION = accession_of("MT", Assembly.GRCH38)  # rCRS, the same in both builds
LONGEST_ALLELE = 24  # bases shown in a heading; the whole allele stands in the full evidence
# value column, state column, name, how it is written
_SCORES = (
    ("cadd_phred", "cadd_state", "CADD (phred)", "{:.1f}"),
    ("revel_score", "revel_state", "REVEL", "{:.3f}"),
    ("alphamissense_score", "alphamissense_state", "AlphaMissense", "{:.3f}"),
    ("spliceai_delta_max", "spliceai_state", "SpliceAI, largest delta", "{:.2f}"),
    ("phylop_score", "phylop_state", "phyloP", "{:.2f}"),
    ("gerp_score", "gerp_state", "GERP++", "{:.2f}"),
)


def row_of(case: Case, allele: str) -> int | None:
    """The row of "chr2-165992342-G-A"; None when the file does not hold it."""
    chrom, position, ref, alt = (*allele.removeprefix("chr").split("-", 3), "", "", "")[:4]
    if not position.isdecimal():
        return None
    frame = case.variants.frame
    at = np.flatnonzero(frame["pos_1based"].to_numpy() == int(position))
    same = (r for r in at if tuple(map(str, frame.loc[r, ["chrom", "ref", "alt"]])) == (chrom, ref, alt))
    return next((int(r) for r in same), None)


def allele_of(case: Case, row: int) -> str:
    facts = case.variants.frame.iloc[row]
    return f"chr{facts['chrom']}-{facts['pos_1based']}-{facts['ref']}-{facts['alt']}"


def place_of(case: Case, row: int) -> str:
    """ "chr2:165,992,342 G>A (GRCh38)"; long alleles are cut and their length said."""
    facts = case.variants.frame.iloc[row]
    change = f"{_short(str(facts['ref']))}>{_short(str(facts['alt']))}"
    return f"chr{facts['chrom']}:{int(facts['pos_1based']):,} {change} ({case.assembly.value})"


def _short(bases: str) -> str:
    return bases if len(bases) <= LONGEST_ALLELE else f"{bases[: LONGEST_ALLELE - 4]}… ({len(bases)} bases)"


def reported(workup: Workup, state: ReviewState, allele: str, needed: int) -> ReportedVariant:
    """The variant as it goes into the report. needed: how many people must read a variant here."""
    row, decided = row_of(workup.case, allele), state.variant(allele)
    given, open_question = given_class(decided, needed)
    chosen = state.last["place on the shortlist", allele]
    people: dict[str, Any] = {
        "given": given,
        "open_question": open_question,
        "chosen_by": by_whom(chosen),
        "chosen_because": decided.reason,
    }
    if row is None:
        return ReportedVariant(allele, allele, left_at="not in the file as it is read today", **people)
    facts = _facts(workup, row) | _call(workup, row) | _classified(workup, row, decided, needed)
    facts["looked_up"] += gene_looked_up(workup.knowledge, facts["gene"])
    if given and given.condition:
        people["given"] = replace(given, condition_ids=condition_ids(workup.knowledge, facts["gene"], given.condition))
    return ReportedVariant(allele, change_name(workup.case, row), **facts, **people)


def _facts(workup: Workup, row: int) -> dict[str, Any]:
    case, v = workup.case, workup.case.variants.frame.iloc[row]
    transcript, hgvs_c, hgvs_p = (_text(v, n, s) for n, s in _NAMES)
    transcript, note = _on_mane(workup, v, transcript)
    return {
        "hgvs": _hgvs(v, f"{transcript}:{hgvs_c}{note}" if transcript and hgvs_c else ""),
        "transcript": transcript,
        "hgvs_c": hgvs_c,
        "hgvs_p": hgvs_p,
        "protein": hgvs_p or ("" if v["hgvs_p_state"] == State.ABSENT else NOT_ASSESSED),
        "place": place_of(case, row),
        "consequence": _consequence(_text(v, "consequence", "consequence_state")),
        "chrom": str(v["chrom"]),
        "pos_1based": int(v["pos_1based"]),
        "ref": str(v["ref"]),
        "alt": str(v["alt"]),
        "frequency": frequency_words(case, row),
        "frequency_fraction": _number(v, "af_fraction", "af_state"),
        "looked_up": _looked_up(case, row, answered_by(case.variants, workup.knowledge, row)),
    }


_NAMES = (("transcript", "transcript_state"), ("hgvs_c", "hgvs_c_state"), ("hgvs_p", "hgvs_p_state"))


def _hgvs(v: Mapping[str, Any], on_transcript: str) -> str:
    """On mitochondrial DNA the genome's own name comes first; a transcript's stays beside it."""
    on_mt = mitochondrial_name(v)
    if not on_mt:
        return on_transcript or NOT_ASSESSED
    return f"{MITOCHONDRION}:{on_mt}" + (f" ({on_transcript})" if on_transcript else "")


def _on_mane(workup: Workup, v: Mapping[str, Any], transcript: str) -> tuple[str, str]:
    """(transcript, what to say of it): RefSeq's name where Ensembl's is the same MANE transcript."""
    if not (transcript and bool(v["is_mane_select"])):
        return transcript, ""
    model = workup.knowledge.transcripts.model(_text(v, "gene", "gene_state"))
    if model and model.ensembl == transcript and model.refseq:
        return model.refseq, f" (MANE Select, the same as {transcript})"
    return transcript, " (MANE Select)"


def _text(v: Mapping[str, Any], name: str, state: str) -> str:
    return str(v[name]) if v[state] == State.FOUND else ""


def _number(v: Mapping[str, Any], name: str, state: str) -> float | None:
    value = float(v[name])
    return value if v[state] == State.FOUND and not math.isnan(value) else None


def _consequence(terms: str) -> str:
    """Sequence Ontology terms as words; "not assessed" for none."""
    words = (t.removesuffix("_variant").replace("_", " ") for t in terms.split("&") if t)
    return ", ".join(words) or NOT_ASSESSED


def _looked_up(case: Case, row: int, answered: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """answered: column -> who answered for this variant."""
    v = case.variants.frame.iloc[row]
    sources = dict.fromkeys(answered[c] for c in ("af_fraction", "af_group_max_fraction") if c in answered)
    frequency = ("Population frequency", frequency_words(case, row), "; ".join(sources))
    clinvar = ("ClinVar", _clinvar(v), answered.get("clinvar_significance", ""))
    counts = ("Counted in the population", _counts(v, frequency[1]), answered.get("allele_count", ""))
    return (frequency, counts, clinvar, *(_score(v, answered, *score) for score in _SCORES))


def _counts(v: Mapping[str, Any], frequency: str) -> str:
    """What PM2, BS1 and BS2 ask beside the highest frequency (in words), each told even where nobody could look."""
    overall, alleles, of, homozygotes = (_number(v, *column) for column in _COUNTED)
    absent = "none" if frequency.startswith("absent") else NOT_ASSESSED
    told = (
        f"overall {absent if overall is None else fraction_text(overall)}",
        f"alleles {absent if alleles is None or of is None else f'{alleles:,.0f} of {of:,.0f}'}",
        f"homozygotes {absent if homozygotes is None else f'{homozygotes:,.0f}'}",
    )
    return "; ".join(told)


_COUNTED = (
    ("af_fraction", "af_state"), ("allele_count", "allele_count_state"), ("allele_number", "allele_count_state"),
    ("homozygote_count", "homozygote_state"),
)  # fmt: skip


def _clinvar(v: Mapping[str, Any]) -> str:
    if v["clinvar_state"] != State.FOUND:
        return "no record" if v["clinvar_state"] == State.ABSENT else NOT_ASSESSED
    stars = f", {int(v['clinvar_stars'])} of 4 stars" if v["clinvar_stars_state"] == State.FOUND else ""
    record = f", record {v['clinvar_id']}" if v["clinvar_id"] else ""
    return f"{v['clinvar_significance']}{stars}{record}"


def _score(
    v: Mapping[str, Any], answered: Mapping[str, str], column: str, state: str, name: str, pattern: str
) -> tuple[str, str, str]:
    source = answered.get(column, "")
    if v[state] == State.FOUND:
        return name, pattern.format(float(v[column])), source
    return name, "no score for this variant" if v[state] == State.ABSENT else NOT_ASSESSED, source


def _call(workup: Workup, row: int) -> dict[str, Any]:
    case, family = workup.case, family_of(workup.case)
    if family.proband is None:
        return {"zygosity": NOT_ASSESSED, "quality": quality_sentence(case, row), "family": family_words(case, row)}
    calls = calls_at(case.variants.genotypes, family.proband.column, np.array([row], dtype=np.intp))
    depth = int(calls.depth_reads[0])
    return {
        "zygosity": zygosity_words(calls, copies_at(case, row), family.sex),
        "quality": quality_sentence(case, row),
        "family": family_words(case, row),
        "depth_reads": depth if depth >= 0 else None,
    }


def _classified(workup: Workup, row: int, decided: VariantState, needed: int) -> dict[str, Any]:
    ranked = row in workup.evidence.frame.index
    facts = workup.evidence.frame.loc[row].to_dict() if ranked else {}
    gene = str(facts["gene"]) if ranked else _text(workup.case.variants.frame.iloc[row], "gene", "gene_state")
    disease_id, disease = _disease(workup, gene, facts)
    suggestion = suggestion_of(workup, row, disease) if ranked else None
    rulings = rulings_of(decided, needed)
    return {
        "gene": gene,
        "rank": workup.ranking.rank_of(row) or 0,
        "left_at": "" if ranked else _left_at(workup, row),
        "mode": str(facts.get("best_mode", "")),
        "inheritance": mode_sentence(workup.case, workup.evidence, row),
        "second_hit": _second_hit(workup, facts),
        "criteria": judged_criteria(suggestion, rulings),
        "exon": exon_words(workup.case, row, workup.knowledge.transcripts.model(gene)),
        "validity": validity_of(workup.knowledge, gene),
        **counted_words(suggestion, rulings, given_class(decided, needed), gene, disease),
        "disease_id": disease_id,
        "disease": disease,
        **_suggested(suggestion),
        **_features(workup, gene, disease_id, disease),
    }


def _suggested(suggestion: Suggestion | None) -> dict[str, str]:
    if suggestion is None:
        return {}
    return {"suggested": suggestion.suggested.value, "suggested_because": suggestion.sentence}


def _left_at(workup: Workup, row: int) -> str:
    step = Step(int(workup.evidence.left_at[row]))
    return f"left the ranking at the step “{TITLES[step]}”" if step is not Step.RANKED else "not ranked"


def _second_hit(workup: Workup, facts: Mapping[str, Any]) -> str:
    partner, phase = int(facts.get("partner_row", -1)), str(facts.get("partner_phase", ""))
    if partner < 0:
        return ""
    words = "in cis: on the same copy, not a second hit" if phase == "in cis" else f"phase {phase or 'unknown'}"
    return f"{change_name(workup.case, partner)} ({allele_of(workup.case, partner)}), {words}"


def _disease(workup: Workup, gene: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    if not (gene and facts and workup.case.phenotype.terms):
        return "", ""
    found = fitting_diseases(gene, facts, workup.case.phenotype, workup.knowledge)
    return found[0] if found else ("", "")


def _features(workup: Workup, gene: str, disease_id: str, disease: str) -> dict[str, Any]:
    """How the patient's features and the gene's diseases meet."""
    if not workup.case.phenotype.terms:
        return {"features_lead": "No features of the patient were given; the match was not assessed."}
    if not gene:
        return {"features_lead": "The variant lies in no known gene; the match was not assessed."}
    match = workup.phenotype.of(gene)
    if match.state is not State.FOUND:
        return {"features_lead": f"No disease of {gene} is annotated with features; the match was not assessed."}
    best = f"{BEST_FIT}{disease} ({disease_id})" if disease else ""
    matches = explain_gene(workup.case.phenotype, gene, workup.knowledge, disease_id)
    return {
        "features_lead": f"{gene} explains {match.explained} of {match.asked} features{best}.",
        "features": tuple(FeatureMatch(m.term_label, m.kind, _in_gene(m)) for m in matches),
    }


def _in_gene(match: Any) -> str:
    often = f" ({match.frequency_text})" if match.frequency_text else ""
    return f"{match.gene_term_label}{often}" if match.gene_term_label else ""

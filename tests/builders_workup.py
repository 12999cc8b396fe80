"""A hand-made work-up for component tests: no model file, no ontology, nothing read from disk.

workup = a_workup()                  # a trio girl with seizures; SCN1A de novo on top
workup = a_workup(terms=(), record=ClinicalRecord(), reads=())
"""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import (
    Case,
    ClinicalRecord,
    Event,
    LabValue,
    Medication,
    Note,
    Pedigree,
    Phenotype,
    Problem,
    Relative,
    Term,
)
from models.evidence.types import (
    EVIDENCE_COLUMNS,
    FunnelStep,
    PhenotypeEvidence,
    Step,
    TermMatch,
    VariantEvidence,
)
from models.knowledge.types import Suggestion, SuggestionKind
from models.ranking import Confidence, Outcome
from models.ranking.types import Explanation, FeatureContribution, Group, GroupContribution, ModelCard, Ranking
from tests.builders import a_case, a_variant

TERMS = (
    Term("HP:0001250", "Seizure"),
    Term("HP:0001263", "Global developmental delay"),
    Term("HP:0002373", "Febrile seizure (within the age range of 3 months to 6 years)"),
    Term("HP:0001251", "Ataxia"),
    Term("HP:0002133", "Status epilepticus"),
    Term("HP:0000252", "Microcephaly", excluded=True),
)
FEATURES = ("rarity_af", "effect_severity", "databases_clinvar", "phenotype_lr", "inheritance_fit", "quality_gq")


@dataclass(frozen=True)
class FakeScorer:
    """Scores a row by the sum of its features; each feature is its own contribution."""

    card: ModelCard = ModelCard("hand-made", "0", "0" * 64, "nothing", FEATURES)

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.nansum(features, axis=1).astype(np.float64) - 2.0

    def contributions(self, features: NDArray[np.float32]) -> tuple[NDArray[np.float64], float]:
        return np.nan_to_num(features).astype(np.float64), -2.0


def some_variants() -> tuple[dict[str, Any], ...]:
    """Nine variants: de novo, a compound pair, X-linked, mitochondrial, ClinVar, unannotated."""
    gnomad = {"allele_count": 3, "allele_number": 251_000, "homozygote_count": 0}
    return (
        a_variant(
            "chr2", 166_012_345, "G", "A", gene="SCN1A", transcript="NM_001165963.4", is_mane_select=True,
            consequence="missense_variant", hgvs_c="c.2836C>T", hgvs_p="p.Arg946Cys", af_fraction=None,
            clinvar_significance="Pathogenic", clinvar_stars=2.0, cadd_phred=32.0, revel_score=0.98,
            proband="0/1", mother="0/0", father="0/0",
        ),
        a_variant(
            "chr1", 155_235_000, "A", "T", gene="GBA1", consequence="stop_gained", hgvs_p="p.Arg48Ter",
            hgvs_c="c.142A>T", af_fraction=1.2e-5, proband="0/1", mother="0/1", father="0/0", **gnomad,
        ),
        a_variant(
            "chr1", 155_237_000, "C", "CTT", gene="GBA1", consequence="frameshift_variant", hgvs_p="p.Leu83fs",
            af_fraction=2.4e-4, proband="0/1", mother="0/0", father="0/1",
        ),
        a_variant("chrX", 154_000_000, "G", "C", gene="MECP2", consequence="missense_variant", af_fraction=4e-6,
                  proband="0/1", mother="0/1", father="0"),
        a_variant("chrM", 3243, "A", "G", gene="MT-TL1", consequence="non_coding_transcript_exon_variant",
                  proband="0/1", mother="0/1", father="0/0"),
        a_variant("chr17", 43_094_500, "C", "A", gene="BRCA1", consequence="frameshift_variant", af_fraction=4.6e-6,
                  clinvar_significance="Pathogenic", clinvar_stars=3.0, proband="0/1", mother="0/0", father="0/1"),
        a_variant("chr7", 117_559_590, "A", "T", gene="CFTR", consequence="intron_variant", af_fraction=1.3e-3,
                  proband="1/1", mother="0/1", father="0/1"),
        a_variant("chr9", 1_000, "AGGCTTACCGGATTCA", "A", proband="0/1", mother="./.", father="0/0"),
        a_variant("chr5", 5_000, "A", "C", gene="<img src=x onerror=alert(1)>", consequence="missense_variant",
                  proband="0/1", mother="0/0", father="0/1"),
    )  # fmt: skip


COMPOUND = "recessive, compound heterozygous"
_EVIDENCE = (
    # gene, zygosity, severity, impact, clinvar, mode columns met, partner, phase, best mode
    ("SCN1A", "heterozygous", 10, "MODERATE", "P", ("de_novo", "dominant"), -1, "", "de novo"),
    ("GBA1", "heterozygous", 3, "HIGH", "", ("compound_heterozygous",), 2, "in trans", COMPOUND),
    ("GBA1", "heterozygous", 4, "HIGH", "", ("compound_heterozygous",), 1, "in trans", COMPOUND),
    ("MECP2", "heterozygous", 10, "MODERATE", "", ("x_linked",), -1, "", "X-linked"),
    ("MT-TL1", "heterozygous", 20, "MODIFIER", "", ("mitochondrial",), -1, "", "mitochondrial"),
    ("BRCA1", "heterozygous", 4, "HIGH", "P", ("dominant",), -1, "", "dominant"),
    ("CFTR", "homozygous", 25, "MODIFIER", "", ("homozygous_recessive",), -1, "", "recessive, homozygous"),
    ("", "heterozygous", -1, "", "", (), -1, "", ""),
    ("<img src=x onerror=alert(1)>", "heterozygous", 10, "MODERATE", "", ("dominant",), -1, "", "dominant"),
)  # fmt: skip


def _evidence(case: Case) -> VariantEvidence:
    table, rows = case.variants.frame, []
    modes = ("de_novo", "dominant", "homozygous_recessive", "compound_heterozygous", "x_linked", "mitochondrial")
    for row, (gene, zygosity, severity, impact, clinvar, met, partner, phase, best) in enumerate(_EVIDENCE):
        rows.append(
            {
                "gene": gene, "gene_origin": "file" if gene else "", "zygosity": zygosity, "severity_rank": severity,
                "impact": impact, "frequency_fraction": table["af_fraction"][row],
                "frequency_state": table["af_state"][row], "frequency_origin": "overall", "clinvar_class": clinvar,
                "quality": 0, "allele_balance_fraction": 0.5, **{m: 0 if m in met else 1 for m in modes},
                "dominant_if_affected": False, "partner_row": partner, "partner_phase": phase, "best_mode": best,
                "gene_mode_fit": 0,
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows).astype(dict(EVIDENCE_COLUMNS))
    funnel = (FunnelStep(Step.COMMON, "Common in a population", "AF above 0.05", 31_000, 9),)
    return VariantEvidence(np.zeros(len(table), dtype=np.int8), frame, funnel)


def _ranking() -> Ranking:
    rng = np.random.default_rng(7)
    features = np.sort(rng.normal(0.6, 0.8, (len(_EVIDENCE), len(FEATURES))), axis=0)[::-1].astype(np.float32)
    log_odds = FakeScorer().log_odds(features)
    order = np.argsort(-log_odds)
    table = pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "row": order,
            "log_odds": log_odds[order],
            "score_fraction": 1 / (1 + np.exp(-log_odds[order])),
            "gene": [_EVIDENCE[i][0] for i in order],
            "partner_row": [_EVIDENCE[i][6] for i in order],
        }
    )
    return Ranking(table, features[order], FakeScorer().card)


class FakeOntology:
    """Just labels and parents, for the terms of `TERMS`."""

    def label(self, term_id: str) -> str:
        return next((t.label for t in TERMS if t.id == term_id), term_id)

    def ancestors(self, term_id: str) -> frozenset[str]:
        return frozenset({"HP:0001250"} if term_id in {"HP:0002373", "HP:0002133"} else ())


@dataclass(frozen=True)
class FakeKnowledge:
    """Only what components ask of knowledge."""

    genes: Any = field(
        default_factory=lambda: SimpleNamespace(
            frame=pd.DataFrame(
                {
                    "loeuf": [0.11, 0.9, 0.2, 0.8],
                    "pli": [1.0, 0.0, 0.9, 0.0],
                    "missense_z": [5.2, 0.1, 2.0, 0.3],
                    "inheritance": ["AD", "AR", "XL", "AD"],
                    "validity": ["Definitive"] * 4,
                    "gencc": [""] * 4,
                    "haploinsufficiency": [3, 30, 3, 3],
                    "secondary_finding": [False, False, False, True],
                    "secondary_finding_rule": ["", "", "", "All P and LP"],
                    "secondary_finding_disease": ["", "", "", "Hereditary breast and ovarian cancer"],
                    "has_disease": [True] * 4,
                },
                index=["SCN1A", "GBA1", "MECP2", "BRCA1"],
            )
        )
    )
    hpo: Any = field(default_factory=FakeOntology)
    transcripts: Any = field(default_factory=lambda: SimpleNamespace(model=lambda gene: None))
    releases: tuple[Any, ...] = ()
    installed: tuple[Any, ...] = ()


def some_matches(gene: str) -> tuple[TermMatch, ...]:
    """SCN1A explains four of five terms; other genes one."""
    disease = {"disease_id": "OMIM:607208", "disease_label": "Dravet syndrome"}
    full = (
        TermMatch("HP:0001250", "Seizure", "exact", "HP:0001250", "Seizure", "very frequent", **disease, log_lr=2.1),
        TermMatch("HP:0001263", "Global developmental delay", "exact", "HP:0001263", "Global developmental delay",
                  "7/9", **disease, log_lr=1.4),
        TermMatch("HP:0002373", "Febrile seizure", "exact", "HP:0002373", "Febrile seizure", "5/7", **disease,
                  log_lr=3.0),
        TermMatch("HP:0001251", "Ataxia", "more specific", "HP:0011443", "Abnormality of coordination", "", **disease),
        TermMatch("HP:0002133", "Status epilepticus", "unexplained", log_lr=-0.2),
        TermMatch("HP:0000252", "Microcephaly", "excluded, agrees", log_lr=0.1),
    )  # fmt: skip
    if gene == "SCN1A":
        return full
    return tuple(replace(m, kind="unexplained", gene_term_id="", gene_term_label="", disease_label="") for m in full)


def a_record() -> ClinicalRecord:
    """A believable short history with something for every section."""
    labs = tuple(
        LabValue(name, date, value, unit, loinc=loinc, low=low, high=high, flag="H" if value > high else "N")
        for name, unit, loinc, low, high, values in (
            ("Ammonia", "µmol/L", "16362-6", 11.0, 51.0, (44.0, 78.0, 61.0, 49.0)),
            ("Lactate", "mmol/L", "2524-7", 0.5, 2.2, (1.4, 1.9, 1.6, 1.5)),
            ("ALT", "U/L", "1742-6", 7.0, 40.0, (31.0, 29.0, 55.0, 38.0)),
            ("Valproate", "mg/L", "4086-5", 50.0, 100.0, (62.0, 71.0, 90.0, 84.0)),
        )
        for date, value in zip(("2019-01-12", "2019-04-02", "2020-06-11", "2022-11-03"), values, strict=True)
    )
    return ClinicalRecord(
        problems=(
            Problem("Seizure disorder", onset_date="2019-03", status="active"),
            Problem("Febrile seizures", onset_date="2019-01", status="resolved"),
            Problem("Global developmental delay", onset_date="2020-06", status="active"),
            Problem("Eczema", onset_date="2018-10", status="resolved"),
        ),
        medications=(
            Medication("Valproate", dose="200 mg bd", start_date="2019-04", is_current=True, reason="Seizures"),
            Medication("Carbamazepine", start_date="2019-02", end_date="2019-04", is_current=False, reason="Seizures"),
        ),
        labs=labs,
        relatives=(Relative("mother", ("febrile seizures in childhood",), "female"), Relative("father", (), "male")),
        notes=(
            Note(
                "Neurology clinic", "2019-01-12", "Prolonged febrile status at nine months, hemiclonic. No dysmorphism."
            ),
            Note("EEG", "2019-04-02", "Generalised spike-wave. MRI normal.", kind="imaging"),
        ),
        events=(Event("2019-01-10", "Emergency admission", "encounter"), Event("2021-05", "MMR", "immunisation")),
        allergies=("Penicillin",),
        unread=(("Claim", 3),),
    )


def a_workup(
    *,
    terms: tuple[Term, ...] = TERMS,
    record: ClinicalRecord | None = None,
    pedigree: Pedigree | None = None,
    **more: Any,
) -> Any:
    """A whole work-up; everything not given is there and believable."""
    from models.workup import Workup

    base = a_case(*some_variants(), pedigree=pedigree, record=a_record() if record is None else record, **more)
    case = base.with_phenotype(Phenotype(terms))
    genes = pd.DataFrame(
        {"log_lr": [6.6, 0.4], "percentile": [0.999, 0.4], "disease_id": ["OMIM:607208", ""],
         "disease_label": ["Dravet syndrome", ""]},
        index=["SCN1A", "GBA1"],
    )  # fmt: skip
    diseases = pd.DataFrame({"disease_id": [], "label": [], "log_lr": [], "genes": []})
    phenotype = PhenotypeEvidence(genes, diseases, bool(terms), "HPO test")
    confidence = Confidence(Outcome.CONVINCING, 0.9, 0.95, ())
    return Workup(case, FakeKnowledge(), _evidence(case), phenotype, _ranking(), confidence, ())  # type: ignore[arg-type]


def with_hand_made_matches(monkeypatch: Any) -> None:
    """Let components ask `some_matches` instead of the ontology, and read "seizure" in any text as a term."""
    from components import candidate, clinical_context

    def explained(phenotype: Phenotype, gene: str, knowledge: Any, disease_id: str = "") -> tuple[TermMatch, ...]:
        asked = {t.id for t in phenotype.terms}
        return tuple(m for m in some_matches(gene) if m.term_id in asked)

    def suggested(words: str, ontology: Any) -> tuple[Suggestion, ...]:
        at = words.lower().find("seizure")
        present = Suggestion("HP:0001250", "Seizure", SuggestionKind.PRESENT, words, "seizure", at, at + 7)
        return (present,) if at >= 0 else ()

    def fitting(gene: str, facts: Any, phenotype: Phenotype, knowledge: Any) -> tuple[tuple[str, str], ...]:
        return (("OMIM:607208", "Dravet syndrome"),) if gene == "SCN1A" else ()

    monkeypatch.setattr(candidate, "fitting_diseases", fitting)
    monkeypatch.setattr(candidate, "explain_gene", explained)
    monkeypatch.setattr(clinical_context, "explain_gene", explained)
    monkeypatch.setattr("models.knowledge.suggest_terms", suggested, raising=False)


def an_explanation(workup: Any, row: int) -> Explanation:
    """One feature a group, the first group carrying a text that tries to be markup."""
    at = (workup.ranking.rank_of(row) or 1) - 1
    values = [float(v) for v in workup.ranking.features[at]]
    texts = ("<b onclick=x>seen in 0 of 251,000 people</b>", "changes the protein", "ClinVar: pathogenic",
             "explains 4 of 5 features", "new in the child", "a call to trust")  # fmt: skip
    groups = tuple(
        GroupContribution(group, value, (FeatureContribution(name, f"What {group.value} is", said, value),))
        for group, value, name, said in zip(Group, values, FEATURES, texts, strict=True)
    )
    return Explanation(row, at + 1, -2.0 + sum(values), -2.0, groups, "It is new in the child and never seen before.")

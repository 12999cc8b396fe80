"""How well a variant's damage score tells pathogenic from benign, beside its peers on the same rows.

    python -m benchmarks.variants [--data ../shared/data]

Five effect models, each blind to the gene families it is
asked about, scored as `cli.py evaluate variants` scores; area under the ROC curve, 95 % intervals from
resampling genes. ClinVar's stars, tiers and dates choose rows here; no score reads them.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.auroc import Compared, compare, mean_of_parts
from models.evaluation.variant_score import combined_score, frequency_evidence
from models.evaluation.variant_table import change_facts, largest_frequency, numbers, predictor_scores
from models.knowledge import load_knowledge
from models.ranking.damage import damage_matrix
from models.ranking.features.calibrated import LOG_ODDS_PER_POINT
from models.ranking.features.effect_class import WORDS, EffectClass
from models.ranking.training import read_alleles
from models.ranking.training.effect_model import labelled_changes
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.published import FOLDS, fold_of
from models.ranking.training.train import fold_scorers

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLE_ALLELES = Path(__file__).resolve().parents[1] / "sample_data" / "facts" / "published_alleles.tsv"
RARE_FRACTION = 1e-4
# Whether a row has these is what tells the published collections apart.
PATTERN = ("gerp_rs", "rs_gerp", "aa_ref", "revel", "cadd_phred", "am_pathogenicity", "sift", "af_exac")
LEAST_PER_GENE, LEAST_PER_PATTERN = 5, 50
POPULATIONS = ("afr", "amr", "eas", "nfe", "sas")


@dataclass(frozen=True, eq=False)
class Scored:
    """The labelled rows and their scores: effect model alone, with predictors, with frequency too."""

    frame: pd.DataFrame
    effect_class: NDArray[np.float32]
    model: NDArray[np.float64]
    without_af: NDArray[np.float64]
    with_af: NDArray[np.float64]

    @property
    def label(self) -> NDArray[np.int_]:
        return self.frame["label"].to_numpy(dtype=int)

    @property
    def is_missense(self) -> NDArray[np.bool_]:
        return (self.frame["consequence"] == "missense").to_numpy()

    def has(self, column: str) -> NDArray[np.bool_]:
        return self.frame[column].notna().to_numpy()


def scored(data: Path) -> Scored:
    knowledge, kept_out = load_knowledge(), KeptOut(read_alleles(SAMPLE_ALLELES))
    scorers = fold_scorers(labelled_changes(data / "pathogenicity", kept_out, knowledge.transcripts))
    tables = [pd.read_parquet(data / "pathogenicity" / f"{name}.parquet") for name in ("train", "weak_population")]
    people = tables[1][~tables[1]["key"].isin(tables[0]["key"]) & (tables[1]["consequence"] != "missense")]
    frame = pd.concat([tables[0], people], ignore_index=True)
    facts = change_facts(frame, knowledge)
    matrix = damage_matrix(facts)
    fold = np.array([fold_of(str(f)) for f in frame["family"]])
    model = np.zeros(len(frame), dtype=np.float32)
    for i in range(FOLDS):
        model[fold == i] = scorers[i].damage(matrix[fold == i])
    is_missense = facts.consequence.str.contains("missense").to_numpy(dtype=bool)
    score = combined_score(model, matrix[:, 0], is_missense, predictor_scores(frame))
    frequency = LOG_ODDS_PER_POINT * np.nan_to_num(frequency_evidence(largest_frequency(frame)))
    return Scored(frame, matrix[:, 0], model.astype(np.float64), score, score + frequency)


def _area(area: tuple[float, float, float] | None) -> str:
    return "" if area is None else f"{area[0]:.3f} ({area[1]:.3f}-{area[2]:.3f})"


def _gain(area: tuple[float, float, float] | None) -> str:
    return "" if area is None else f"{area[0]:+.3f} ({area[1]:+.3f} to {area[2]:+.3f})"


def _line(what: str, told: Compared, peer: str, rows: int, harmful: int, parts: str) -> None:
    cells = [what, f"{rows:,}", f"{harmful:,}", parts, _area(told.ours), peer, _area(told.peer), _gain(told.gain)]
    print("| " + " | ".join(cells) + " |", flush=True)


def show(
    s: Scored,
    what: str,
    rows: NDArray[np.bool_],
    ours: NDArray[np.float64],
    name: str = "",
    peer: NDArray[np.floating] | None = None,
) -> None:
    """One line; the peer must be given for every row."""
    label, gene = s.label[rows], s.frame["gene"].to_numpy(dtype=object)[rows]
    if not 0 < label.sum() < len(label):
        return
    theirs = None if peer is None else peer[rows].astype(np.float64)
    told = compare(label, gene, ours[rows], theirs)
    _line(what, told, name, int(rows.sum()), int(label.sum()), f"{len(set(gene)):,} genes")


def show_parts(
    s: Scored,
    what: str,
    rows: NDArray[np.bool_],
    part: NDArray[np.object_],
    least: int,
    name: str,
    peer: NDArray[np.floating],
) -> None:
    """Mean over the parts that hold enough of both labels."""
    told, parts = mean_of_parts(
        s.label[rows], part[rows], s.without_af[rows], np.asarray(peer[rows], dtype=np.float64), least
    )
    _line(what, told, name, int(rows.sum()), int(s.label[rows].sum()), f"{parts:,} parts")


def head(title: str) -> None:
    print(f"\n### {title}\n| rows | n | pathogenic | of | Caseboard | peer | peer's | difference |")
    print("|---|---|---|---|---|---|---|---|", flush=True)


def missense(s: Scored) -> None:
    labelled = (s.frame["tier"] != "D").to_numpy() & s.is_missense
    alpha, revel, cadd = (numbers(s.frame, (n,)) for n in ("am_pathogenicity", "revel", "cadd_phred"))
    has_am, has_revel, has_cadd = (labelled & ~np.isnan(v) for v in (alpha, revel, cadd))
    frequency = largest_frequency(s.frame)
    rare = (s.label == 1) | (frequency < RARE_FRACTION)
    head("Missense, gene families never seen, without frequencies")
    show(s, "AlphaMissense rows", has_am, s.without_af, "AlphaMissense", alpha)
    show(
        s,
        "... with two stars or more",
        has_am & s.frame["tier"].eq("A").to_numpy(),
        s.without_af,
        "AlphaMissense",
        alpha,
    )
    show(s, "... benign below 1e-4 against pathogenic", has_am & rare, s.without_af, "AlphaMissense", alpha)
    show(s, "REVEL rows", has_revel, s.without_af, "REVEL", revel)
    show(s, "REVEL and AlphaMissense rows", has_revel & has_am, s.without_af, "AlphaMissense", alpha)
    show(s, "CADD rows", has_cadd, s.without_af, "CADD", cadd)
    show(s, "rows with no predictor", labelled & ~(has_am | has_revel | has_cadd), s.without_af)
    show(s, "effect model alone, all rows", labelled, s.model)
    show(s, "effect model alone, AlphaMissense rows", has_am, s.model, "AlphaMissense", alpha)
    first = s.frame["first_seen_by"].eq("2023").to_numpy()
    show(s, "first labelled by 2023, CADD rows", has_cadd & first, s.without_af, "CADD", cadd)
    show(s, "first labelled by 2023, AlphaMissense rows", has_am & first, s.without_af, "AlphaMissense", alpha)

    head("Missense, within patterns of what is missing, and within genes (means)")
    pattern = (s.frame[list(PATTERN)].notna().to_numpy() @ (1 << np.arange(len(PATTERN)))).astype(object)
    gene = s.frame["gene"].to_numpy(dtype=object)
    for name, rows, peer in (
        ("AlphaMissense", has_am, alpha),
        ("REVEL", has_revel, revel),
        ("CADD", has_cadd, cadd),
    ):
        show_parts(s, f"{name} rows, within patterns", rows, pattern, LEAST_PER_PATTERN, name, peer)
        show_parts(s, f"{name} rows, within genes", rows, gene, LEAST_PER_GENE, name, peer)


def all_kinds(s: Scored) -> None:
    labelled = (s.frame["tier"] != "D").to_numpy()
    stars = s.frame["tier"].eq("A").to_numpy()
    severity = -s.frame["consequence_rank"].to_numpy(dtype=np.float64)
    if compare(s.label[stars], s.frame["gene"].to_numpy(dtype=object)[stars], severity[stars]).ours[0] < 0.5:
        severity = -severity
    cadd = numbers(s.frame, ("cadd_phred",))
    has_cadd = labelled & ~np.isnan(cadd)
    first = s.frame["first_seen_by"].eq("2023").to_numpy()
    head("All kinds of change, gene families never seen")
    show(s, "two stars or more, without frequencies", stars, s.without_af, "consequence rank", severity)
    show(s, "two stars or more, with frequencies", stars, s.with_af, "consequence rank", severity)
    show(s, "effect model alone, two stars or more", stars, s.model, "consequence rank", severity)
    show(s, "every labelled row, without frequencies", labelled, s.without_af, "consequence rank", severity)
    show(s, "every labelled row, with frequencies", labelled, s.with_af, "consequence rank", severity)
    show(s, "CADD rows, without frequencies", has_cadd, s.without_af, "CADD", cadd)
    show(s, "first labelled by 2023, CADD rows", has_cadd & first, s.without_af, "CADD", cadd)

    head("By kind of change, without frequencies (loss of function: benign rows are people's, not asserted)")
    for kind in EffectClass:
        rows = (s.effect_class == kind) & (labelled | (kind is EffectClass.LOSS_OF_FUNCTION))
        if rows.any():
            show(s, WORDS[kind], rows, s.without_af)


def ancestry(s: Scored) -> None:
    european = numbers(s.frame, ("gnomad_af_nfe",))
    blind = s.without_af + LOG_ODDS_PER_POINT * np.nan_to_num(frequency_evidence(european))
    head("By the group in which the allele is commonest, with frequencies (69 genes; peer: European frequency only)")
    for group in POPULATIONS:
        rows = s.frame["gnomad_popmax_pop"].eq(group).to_numpy()
        show(s, group, rows, s.with_af, "same, European only", blind)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA, help="folder with pathogenicity/")
    started = time.time()
    s = scored(options.parse_args().data)
    missense(s)
    all_kinds(s)
    ancestry(s)
    print(f"\n{len(s.frame):,} rows, {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()

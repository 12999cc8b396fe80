"""The columns of a table of variants, brought to the effect model's inputs and the predictors' scales."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.knowledge import Knowledge, Region
from models.knowledge.junctions import junction_distance
from models.ranking.damage import ChangeFacts
from models.ranking.features.base import Column
from models.ranking.features.effect_class import CLASS_OF_TERM
from models.ranking.training.table_columns import TABLE_GENE_COLUMNS, TERM_OF, gerp_score, protein_names

NEEDED = ("key", "consequence")
# Overall and by group; the largest found stands for the group maximum.
FREQUENCY_COLUMNS = (
    "af_exac", "af_esp", "af_tgp", "gnomad_af", "exac_af", "gnomad_popmax_af",
    *(f"gnomad_af_{g}" for g in ("afr", "amr", "eas", "nfe", "sas")),
    *(f"exac_af_{g}" for g in ("afr", "amr", "eas", "nfe", "sas")),
)  # fmt: skip
# Our name of a predictor -> the names tables give it, the first present is taken.
PREDICTOR_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "revel": ("revel", "revel_score"),
    "alphamissense": ("am_pathogenicity", "alphamissense", "alphamissense_score"),
    "cadd": ("cadd_phred",),
    "primateai": ("primateai",),
    "mpc": ("mpc",),
    "polyphen2": ("pp2_g",),
}
SIFT, SPLICEAI = ("sift",), ("spliceai", "spliceai_delta_max", "spliceai_max", "spliceai_ds_max")
_TERM_OF_PLACE = {
    Region.CODING.value: "coding_sequence_variant",
    Region.SPLICE.value: "splice_region_variant",
    Region.RNA.value: "non_coding_transcript_exon_variant",
    Region.UTR.value: "3_prime_UTR_variant",
    Region.INTRON.value: "intron_variant",
    Region.INTERGENIC.value: "intergenic_variant",
}
_CHANGE = ("chrom", "pos", "ref", "alt", "build", "gene", "len_diff", "aa_ref", "aa_alt", "gerp_rs", "rs_gerp")


def known_columns() -> frozenset[str]:
    """Every column that is read when a table has it; all others are left alone."""
    predictors = (name for names in PREDICTOR_COLUMNS.values() for name in names)
    return frozenset(
        (*NEEDED, *_CHANGE, *TABLE_GENE_COLUMNS.values(), *FREQUENCY_COLUMNS, *predictors, *SIFT, *SPLICEAI)
    )


def numbers(frame: pd.DataFrame, names: tuple[str, ...]) -> Column:
    """The first of these columns that the table has; NaN where it has none, or no value."""
    for name in names:
        if name in frame:
            values = pd.to_numeric(frame[name], errors="coerce")
            return np.asarray(values.to_numpy(dtype=np.float32, na_value=np.nan))
    return np.full(len(frame), np.nan, dtype=np.float32)


def _texts(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    return frame[name].astype("str").where(frame[name].notna(), "")


def _on_grch38(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows whose position can be looked up."""
    return np.asarray(_texts(frame, "build").isin(["", "GRCh38"]).to_numpy() & (_positions(frame) > 0))


def _chromosomes(frame: pd.DataFrame) -> pd.Series:
    """Names as Caseboard writes them; "" where the position cannot be looked up."""
    return _texts(frame, "chrom").str.removeprefix("chr").where(_on_grch38(frame), "")


def _terms_by_place(frame: pd.DataFrame, knowledge: Knowledge) -> NDArray[np.object_]:
    """By position and by length, as for a patient's file without annotation; "" where it cannot be looked up."""
    start, shift = _positions(frame), _length_change(frame)
    last = start + np.maximum(_texts(frame, "ref").str.len().to_numpy(), 1) - 1
    _, region = knowledge.transcripts.locate(_chromosomes(frame), start.astype(np.int32), last.astype(np.int32))
    place = np.array([_TERM_OF_PLACE[r] for r in region], dtype=object)
    coding = region == Region.CODING.value
    place[coding & (shift != 0)] = "inframe_deletion"
    place[coding & (shift % 3 != 0)] = "frameshift_variant"
    return np.where(_on_grch38(frame), place, "")


def terms(frame: pd.DataFrame, knowledge: Knowledge) -> pd.Series:
    """Sequence Ontology terms: a table's own short words are translated; where it gives none that we know, by place."""
    word = _texts(frame, "consequence").map(lambda w: TERM_OF.get(w, w))
    unknown = ~word.map(lambda w: any(t.strip().lower() in CLASS_OF_TERM for t in w.split("&"))).to_numpy(dtype=bool)
    unknown &= ~word.isin(TERM_OF.values()).to_numpy()
    if unknown.any():
        word[unknown] = _terms_by_place(frame[unknown], knowledge)
    return word.astype("category")


def _length_change(frame: pd.DataFrame) -> NDArray[np.int_]:
    if "len_diff" in frame:
        return np.nan_to_num(numbers(frame, ("len_diff",))).astype(int)
    ref, alt = _texts(frame, "ref"), _texts(frame, "alt")
    return np.where((ref == "") | (alt == ""), 0, alt.str.len() - ref.str.len())


def _genes(frame: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    """As the table says, else as our gene table says of the gene."""
    symbols = _texts(frame, "gene").map(lambda s: knowledge.genes.previous.get(s, s))
    ours = knowledge.genes.frame.reindex(columns=list(TABLE_GENE_COLUMNS)).reindex(symbols)
    told = {name: numbers(frame, (theirs,)) for name, theirs in TABLE_GENE_COLUMNS.items()}
    known = {name: ours[name].to_numpy(dtype=np.float32, na_value=np.nan) for name in told}
    return pd.DataFrame({name: np.where(np.isnan(told[name]), known[name], told[name]) for name in told})


def _junctions(frame: pd.DataFrame, knowledge: Knowledge) -> tuple[Column, Column]:
    """NaN where the table gives no position on GRCh38."""
    return junction_distance(knowledge.transcripts, _chromosomes(frame), _positions(frame))


def _positions(frame: pd.DataFrame) -> NDArray[np.int64]:
    """Positions as whole numbers (float32 would round them); 0 where the table gives none."""
    if "pos" not in frame:
        return np.zeros(len(frame), dtype=np.int64)
    return np.asarray(pd.to_numeric(frame["pos"], errors="coerce").fillna(0).to_numpy(dtype=np.int64))


def change_facts(frame: pd.DataFrame, knowledge: Knowledge) -> ChangeFacts:
    """The effect model's inputs, one row a variant."""
    into_intron, donor = _junctions(frame, knowledge)
    return ChangeFacts(
        consequence=terms(frame, knowledge),
        length_change_bases=_length_change(frame),
        hgvs_p=protein_names(_texts(frame, "aa_ref"), _texts(frame, "aa_alt")),
        into_intron_bases=into_intron,
        is_donor_side=donor,
        genes=_genes(frame, knowledge),
        gerp_score=gerp_score(numbers(frame, ("gerp_rs",)), numbers(frame, ("rs_gerp",))),
    )


def predictor_scores(frame: pd.DataFrame) -> dict[str, Column]:
    """Scores by the names of ranking.features.predictor_scales, and "spliceai"; NaN = not given."""
    scores = {name: numbers(frame, columns) for name, columns in PREDICTOR_COLUMNS.items()}
    return scores | {"sift_reversed": 1.0 - numbers(frame, SIFT), "spliceai": numbers(frame, SPLICEAI)}


def largest_frequency(frame: pd.DataFrame) -> Column:
    """Largest allele frequency over sources and groups, as a fraction; NaN = not assessed in any."""
    given = np.array([numbers(frame, (name,)) for name in FREQUENCY_COLUMNS])
    filled = np.where(np.isnan(given), -1.0, given).max(axis=0)
    return np.where(filled < 0, np.nan, filled).astype(np.float32)

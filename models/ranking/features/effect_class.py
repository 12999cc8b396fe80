"""What a variant does to the protein, in eight ordered classes shared by training and ranking."""

from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State
from models.ranking.features.base import Column, by_category


class EffectClass(IntEnum):
    """Ordered by how often such a change is found to cause disease, least first."""

    OUTSIDE = 0  # intergenic, upstream, downstream
    NONCODING = 1  # intron, untranslated region, non-coding transcript
    SYNONYMOUS = 2
    SPLICE_REGION = 3
    CODING_UNKNOWN = 4  # in the coding sequence or a mitochondrial RNA by position; what it does is not annotated
    PROTEIN_CHANGE = 5  # missense, in-frame insertion or deletion
    START_OR_STOP_LOST = 6
    LOSS_OF_FUNCTION = 7  # stop gained, frameshift, canonical splice site


# Sequence Ontology terms as VEP, SnpEff and bcftools write them (sequenceontology.org, 2024-06).
_TERMS = {
    EffectClass.LOSS_OF_FUNCTION: (
        "transcript_ablation splice_acceptor_variant splice_donor_variant stop_gained frameshift_variant "
        "exon_loss_variant rare_amino_acid_variant splice_acceptor splice_donor frameshift"
    ),
    EffectClass.START_OR_STOP_LOST: "stop_lost start_lost initiator_codon_variant feature_truncation",
    EffectClass.PROTEIN_CHANGE: (
        "missense_variant missense inframe_insertion inframe_deletion inframe_altering protein_altering_variant "
        "conservative_inframe_insertion conservative_inframe_deletion disruptive_inframe_insertion "
        "disruptive_inframe_deletion transcript_amplification feature_elongation"
    ),
    EffectClass.SPLICE_REGION: (
        "splice_region_variant splice_region splice_donor_5th_base_variant splice_donor_region_variant "
        "splice_polypyrimidine_tract_variant"
    ),
    EffectClass.CODING_UNKNOWN: "coding_sequence_variant coding_sequence",
    EffectClass.SYNONYMOUS: (
        "synonymous_variant synonymous start_retained_variant stop_retained_variant stop_retained "
        "incomplete_terminal_codon_variant"
    ),
    EffectClass.NONCODING: (
        "intron_variant intron 5_prime_utr_variant 3_prime_utr_variant 5_prime_utr 3_prime_utr non_coding "
        "non_coding_transcript_exon_variant non_coding_transcript_variant mature_mirna_variant "
        "nmd_transcript_variant 5_prime_utr_premature_start_codon_gain_variant"
    ),
}
CLASS_OF_TERM = {term: effect for effect, terms in _TERMS.items() for term in terms.split()}

CLASS_OF_REGION = {
    "coding": EffectClass.CODING_UNKNOWN,
    "splice": EffectClass.SPLICE_REGION,
    "rna": EffectClass.NONCODING,
    "utr": EffectClass.NONCODING,
    "intron": EffectClass.NONCODING,
    "intergenic": EffectClass.OUTSIDE,
}

WORDS = {
    EffectClass.OUTSIDE: "outside genes",
    EffectClass.NONCODING: "in a gene, outside its coding sequence",
    EffectClass.SYNONYMOUS: "leaves the amino acid unchanged",
    EffectClass.SPLICE_REGION: "near a splice site",
    EffectClass.CODING_UNKNOWN: "in the gene's product, effect not annotated",
    EffectClass.PROTEIN_CHANGE: "changes the protein",
    EffectClass.START_OR_STOP_LOST: "loses the start or the stop",
    EffectClass.LOSS_OF_FUNCTION: "expected to stop the gene's product",
}


def class_of_consequence(consequence: str) -> float:
    """Most severe class of "&"-joined Sequence Ontology terms; OUTSIDE for terms of no gene, NaN for ""."""
    terms = [t.strip().lower() for t in consequence.replace(",", "&").split("&") if t.strip()]
    if not terms:
        return float("nan")
    return float(max(CLASS_OF_TERM.get(t, EffectClass.OUTSIDE) for t in terms))


def _class_of_place(variants: pd.DataFrame, region: NDArray[np.object_]) -> Column:
    """Without a consequence: by position, and by length where an indel breaks the frame."""
    place = by_category(pd.Series(region), lambda r: float(CLASS_OF_REGION.get(r, np.nan)))
    shift = variants["alt"].str.len().to_numpy() - variants["ref"].str.len().to_numpy()
    indel = variants["kind"].isin(["insertion", "deletion", "delins"]).to_numpy() & (shift != 0)
    coding = region == "coding"
    place = np.where(coding & indel & (shift % 3 != 0), float(EffectClass.LOSS_OF_FUNCTION), place)
    return np.where(coding & indel & (shift % 3 == 0), float(EffectClass.PROTEIN_CHANGE), place).astype(np.float32)


def effect_class(variants: pd.DataFrame, region: NDArray[np.object_]) -> Column:
    """EffectClass of each row; NaN when neither the file nor the position says.

    Mitochondrial tRNA and rRNA are products themselves: a change in them counts as in the product.
    """
    annotated = variants["consequence_state"].to_numpy() == State.FOUND
    effect = by_category(variants["consequence"], class_of_consequence)
    if not annotated.all():
        effect = np.where(annotated, effect, _class_of_place(variants, region)).astype(np.float32)
    on_mt = by_category(variants["chrom"], lambda c: float(c == "MT")) == 1.0
    product = (effect == EffectClass.NONCODING) & on_mt
    return np.where(product, np.float32(EffectClass.CODING_UNKNOWN), effect)

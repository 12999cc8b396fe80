"""Mitochondrial patients for training, made from annotations, because the published table has none.

Their terms are drawn from the frozen annotations of a mitochondrial disease: that makes the match
easier than a real patient's, so these cases only teach that a mitochondrial variant can be the
answer, and no benchmark counts them.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from models.knowledge import Annotations, Knowledge, Ontology
from models.ranking.training.backgrounds import Background
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.published import CausalVariant, PublishedCase, fold_of

# gene -> (position on rCRS, reference, alternative, consequence, protein name) of well-known pathogenic
# variants (MITOMAP, confirmed list).
KNOWN = {
    "MT-TL1": (3243, "A", "G", "non_coding_transcript_exon_variant", ""),
    "MT-TK": (8344, "A", "G", "non_coding_transcript_exon_variant", ""),
    "MT-ATP6": (8993, "T", "G", "missense_variant", "p.Leu156Arg"),
    "MT-ND1": (3460, "G", "A", "missense_variant", "p.Ala52Thr"),
    "MT-ND4": (11778, "G", "A", "missense_variant", "p.Arg340His"),
    "MT-ND5": (13513, "G", "A", "missense_variant", "p.Asp393Asn"),
    "MT-ND6": (14484, "T", "C", "missense_variant", "p.Met64Val"),
    "MT-TI": (4300, "A", "G", "non_coding_transcript_exon_variant", ""),
    "MT-RNR1": (1555, "A", "G", "non_coding_transcript_exon_variant", ""),
    "MT-TS1": (7445, "A", "G", "non_coding_transcript_exon_variant", ""),
}
CASES_PER_GENE = 6
_SIMULATED = "simulated-"
FEWEST_TERMS, MOST_TERMS = 3, 9
# A person differs from rCRS at some 10 to 40 places; nearly all mark haplogroups and are common
# (Laricchia et al., Genome Res 2022;32:569).
HARMLESS_VARIANTS, HARMLESS_COMMON_FRACTION, MITOCHONDRION_BASES = 24, 0.85, 16_569


def _terms_of(gene: str, notes: Annotations, ontology: Ontology, generator: np.random.Generator) -> tuple[str, ...]:
    """Abnormalities of one of the gene's diseases, drawn at random; () when none is annotated."""
    if gene not in notes.gene_position:
        return ()
    diseases = notes.gene_diseases.of(notes.gene_position[gene])
    disease = int(diseases[int(generator.integers(len(diseases)))])
    terms, fraction = notes.direct.of(disease)
    occurs = [t for t, f in zip(terms, fraction, strict=True) if ontology.is_abnormality[t] and not f <= 0]
    usable = [ontology.ids[t] for t in occurs]
    if len(usable) < FEWEST_TERMS:
        return ()
    size = int(generator.integers(FEWEST_TERMS, min(len(usable), MOST_TERMS) + 1))
    return tuple(sorted(generator.choice(np.array(usable), size, replace=False).tolist()))


def mitochondrial_cases(notes: Annotations, ontology: Ontology, seed: int, kept_out: KeptOut) -> list[PublishedCase]:
    """A few simulated patients for each gene of KNOWN that has annotated diseases, none with an allele kept out."""
    generator, made = np.random.default_rng(seed), []
    for gene, (pos, ref, alt, consequence, protein) in KNOWN.items():
        variant = CausalVariant("MT", pos, ref, alt, consequence, protein, "heterozygous")
        for number in range(CASES_PER_GENE):
            terms = _terms_of(gene, notes, ontology, generator)
            if terms and not kept_out.carries([variant.key], "simulated_cases"):
                name = f"{_SIMULATED}{gene}-{number}"
                made.append(
                    PublishedCase(name, gene, "single_het", terms, (), (variant,), "2024-03", fold_of("MT"), False)
                )
    return made


def is_real(case: PublishedCase) -> bool:
    """Whether a patient was published, not made here."""
    return not case.case_id.startswith(_SIMULATED)


def add_mitochondrion(background: Background, knowledge: Knowledge) -> Background:
    """The person with harmless homoplasmic variants that came from the mother; exome files here have none."""
    generator = np.random.default_rng(len(background.frame))
    pos = np.sort(generator.choice(MITOCHONDRION_BASES, HARMLESS_VARIANTS, replace=False) + 1).astype(np.int32)
    gene, region = knowledge.transcripts.locate(np.full(len(pos), "MT", dtype=object), pos, pos)
    coding = np.where(generator.random(len(pos)) < 0.4, "missense_variant", "synonymous_variant")
    is_common = generator.random(len(pos)) < HARMLESS_COMMON_FRACTION
    rare = 10.0 ** generator.uniform(-4, -1.4, len(pos))
    frequency = np.where(is_common, generator.uniform(0.06, 0.9, len(pos)), rare)
    rows = pd.DataFrame({"chrom": "MT", "pos_1based": pos, "ref": "A", "alt": "G", "qual_phred": np.float32(500.0)})
    rows = rows.assign(filter="PASS", key=[f"MT-{p}-A-G" for p in pos], gene=gene, region=region)
    rows["consequence"] = np.where(region == "coding", coding, "non_coding_transcript_exon_variant")
    rows["hgvs_p"] = np.where(rows["consequence"] == "missense_variant", "p.Ala1Thr", "")
    rows["af_fraction"] = frequency
    carried = np.tile(np.array([2, 0, 2], dtype=np.int8)[: len(background.people)], (len(pos), 1))
    depth = np.full(carried.shape, 500, dtype=np.int32)
    return replace(
        background,
        frame=pd.concat([background.frame, rows[background.frame.columns]], ignore_index=True),
        copies=np.vstack([background.copies, carried]),
        depth=np.vstack([background.depth, depth]),
    )

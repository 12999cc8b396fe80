"""Ensembl's consequence terms: their order, most severe first, their impact, and other annotators' names for them.

Source of order and impact: Ensembl Variation, "Calculated variant consequences", release 113
(October 2024), a table of facts. The one table: the intake chooses between transcripts by it, the
evidence judges by it.
"""

SOURCE = "Ensembl Variation, calculated variant consequences, release 113"

HIGH = (
    "transcript_ablation",
    "splice_acceptor_variant",
    "splice_donor_variant",
    "stop_gained",
    "frameshift_variant",
    "stop_lost",
    "start_lost",
    "transcript_amplification",
    "feature_elongation",
    "feature_truncation",
)
MODERATE = ("inframe_insertion", "inframe_deletion", "missense_variant", "protein_altering_variant")
LOW = (
    "splice_donor_5th_base_variant",
    "splice_region_variant",
    "splice_donor_region_variant",
    "splice_polypyrimidine_tract_variant",
    "incomplete_terminal_codon_variant",
    "start_retained_variant",
    "stop_retained_variant",
    "synonymous_variant",
)
MODIFIER = (
    "coding_sequence_variant",
    "mature_miRNA_variant",
    "5_prime_UTR_variant",
    "3_prime_UTR_variant",
    "non_coding_transcript_exon_variant",
    "intron_variant",
    "NMD_transcript_variant",
    "non_coding_transcript_variant",
    "coding_transcript_variant",
    "upstream_gene_variant",
    "downstream_gene_variant",
    "TFBS_ablation",
    "TFBS_amplification",
    "TF_binding_site_variant",
    "regulatory_region_ablation",
    "regulatory_region_amplification",
    "regulatory_region_variant",
    "intergenic_variant",
    "sequence_variant",
)
CONSEQUENCE_ORDER = (*HIGH, *MODERATE, *LOW, *MODIFIER)
RANK_OF = {term: i for i, term in enumerate(CONSEQUENCE_ORDER)}
_BY_IMPACT = (("HIGH", HIGH), ("MODERATE", MODERATE), ("LOW", LOW), ("MODIFIER", MODIFIER))
IMPACT_OF = {term: impact for impact, terms in _BY_IMPACT for term in terms}

# Names other annotators use -> the Ensembl term. SnpEff: its manual's effect table; bcftools csq: its man page.
ALIASES = {
    "frameshift": "frameshift_variant",
    "missense": "missense_variant",
    "synonymous": "synonymous_variant",
    "splice_acceptor": "splice_acceptor_variant",
    "splice_donor": "splice_donor_variant",
    "splice_region": "splice_region_variant",
    "5_prime_utr": "5_prime_UTR_variant",
    "3_prime_utr": "3_prime_UTR_variant",
    "intron": "intron_variant",
    "intergenic": "intergenic_variant",
    # bcftools csq says "non_coding" for exons too: read as the term that keeps a variant in.
    "non_coding": "non_coding_transcript_exon_variant",
    "coding_sequence": "coding_sequence_variant",
    "inframe_altering": "protein_altering_variant",
    "stop_retained": "stop_retained_variant",
    "start_retained": "start_retained_variant",
    "conservative_inframe_insertion": "inframe_insertion",
    "disruptive_inframe_insertion": "inframe_insertion",
    "conservative_inframe_deletion": "inframe_deletion",
    "disruptive_inframe_deletion": "inframe_deletion",
    "initiator_codon_variant": "start_lost",
    "start_codon_variant": "start_lost",
    "rare_amino_acid_variant": "missense_variant",
    "exon_loss_variant": "transcript_ablation",
    "exon_loss": "transcript_ablation",
    "chromosome_number_variation": "transcript_ablation",
    "gene_fusion": "feature_truncation",
    "structural_interaction_variant": "protein_altering_variant",
    "protein_protein_contact": "protein_altering_variant",
    "non_coding_exon_variant": "non_coding_transcript_exon_variant",
    "nc_transcript_variant": "non_coding_transcript_variant",
    "non_canonical_start_codon": "start_retained_variant",
    "5_prime_UTR_premature_start_codon_gain_variant": "5_prime_UTR_variant",
    "5_prime_UTR_premature_start_codon_variant": "5_prime_UTR_variant",
    "5_prime_UTR_truncation": "5_prime_UTR_variant",
    "3_prime_UTR_truncation": "3_prime_UTR_variant",
    "intragenic_variant": "intron_variant",
    "conserved_intron_variant": "intron_variant",
    "conserved_intergenic_variant": "intergenic_variant",
    "intergenic_region": "intergenic_variant",
    "sequence_feature": "sequence_variant",
    "miRNA": "mature_miRNA_variant",
    # SnpEff's classic EFF names (SnpEff manual, "Effects").
    "EXON_DELETED": "transcript_ablation",
    "SPLICE_SITE_ACCEPTOR": "splice_acceptor_variant",
    "SPLICE_SITE_DONOR": "splice_donor_variant",
    "SPLICE_SITE_REGION": "splice_region_variant",
    "SPLICE_SITE_BRANCH": "splice_region_variant",
    "STOP_GAINED": "stop_gained",
    "FRAME_SHIFT": "frameshift_variant",
    "STOP_LOST": "stop_lost",
    "START_LOST": "start_lost",
    "CODON_INSERTION": "inframe_insertion",
    "CODON_DELETION": "inframe_deletion",
    "CODON_CHANGE_PLUS_CODON_INSERTION": "inframe_insertion",
    "CODON_CHANGE_PLUS_CODON_DELETION": "inframe_deletion",
    "CODON_CHANGE": "missense_variant",
    "NON_SYNONYMOUS_CODING": "missense_variant",
    "NON_SYNONYMOUS_START": "start_lost",
    "RARE_AMINO_ACID": "missense_variant",
    "SYNONYMOUS_CODING": "synonymous_variant",
    "SYNONYMOUS_START": "start_retained_variant",
    "NON_SYNONYMOUS_STOP": "stop_retained_variant",
    "SYNONYMOUS_STOP": "stop_retained_variant",
    "CODING": "coding_sequence_variant",
    "CDS": "coding_sequence_variant",
    "UTR_5_PRIME": "5_prime_UTR_variant",
    "UTR_3_PRIME": "3_prime_UTR_variant",
    "UTR_5_DELETED": "5_prime_UTR_variant",
    "UTR_3_DELETED": "3_prime_UTR_variant",
    "START_GAINED": "5_prime_UTR_variant",
    "EXON": "non_coding_transcript_exon_variant",
    "INTRON": "intron_variant",
    "INTRON_CONSERVED": "intron_variant",
    "INTRAGENIC": "intron_variant",
    "UPSTREAM": "upstream_gene_variant",
    "DOWNSTREAM": "downstream_gene_variant",
    "INTERGENIC": "intergenic_variant",
    "INTERGENIC_CONSERVED": "intergenic_variant",
}
# Every name of every annotator -> place in the order, 0 most severe.
SEVERITY: dict[str, int] = RANK_OF | {name: RANK_OF[term] for name, term in ALIASES.items()}

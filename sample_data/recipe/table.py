"""Small tables: chromosome lengths (GRCh38.p14, GRCh37.p13) and mitochondrial facts (rCRS)."""

CHROMOSOMES = (*map(str, range(1, 23)), "X", "Y", "MT")
_LENGTHS = {
    "GRCh38": (
        "248956422 242193529 198295559 190214555 181538259 170805979 159345973 145138636 138394717 133797422 135086622 "
        "133275309 114364328 107043718 101991189 90338345 83257441 80373285 58617616 64444167 46709983 50818468 "
        "156040895 57227415 16569"
    ),
    "GRCh37": (
        "249250621 243199373 198022430 191154276 180915260 171115067 159138663 146364022 141213431 135534747 135006516 "
        "133851895 115169878 107349540 102531392 90354753 81195210 78077248 59128983 63025520 48129895 51304566 "
        "155270560 59373566 16569"
    ),
}
# Polymorphisms of the revised Cambridge reference (NC_012920.1) that most people differ at, and which
# change haplogroup: (pos, ref, alt, gene, consequence, protein change, in everybody who is not H2a2a1).
MT_COMMON = (
    (263, "A", "G", "", "intergenic_variant", ""),
    (750, "A", "G", "MT-RNR1", "non_coding_transcript_exon_variant", ""),
    (1438, "A", "G", "MT-RNR1", "non_coding_transcript_exon_variant", ""),
    (4769, "A", "G", "MT-ND2", "synonymous_variant", "p.Met100="),
    (8860, "A", "G", "MT-ATP6", "missense_variant", "p.Thr112Ala"),
    (15326, "A", "G", "MT-CYB", "missense_variant", "p.Thr194Ala"),
)
MT_NOT_H = (
    (73, "A", "G", "", "intergenic_variant", ""),
    (2706, "A", "G", "MT-RNR2", "non_coding_transcript_exon_variant", ""),
    (7028, "C", "T", "MT-CO1", "synonymous_variant", "p.Ala375="),
    (11719, "G", "A", "MT-ND4", "synonymous_variant", "p.Gly320="),
    (14766, "C", "T", "MT-CYB", "missense_variant", "p.Thr7Ile"),
)
# Mitochondrial genes that the sample patients need: (start, end, strand) on NC_012920.1, and Ensembl ids.
MT_GENES = {
    "MT-RNR1": ("ENSG00000211459", "ENST00000389680"),
    "MT-RNR2": ("ENSG00000210082", "ENST00000387347"),
    "MT-TL1": ("ENSG00000209082", "ENST00000386347"),
    "MT-ND2": ("ENSG00000198763", "ENST00000361453"),
    "MT-CO1": ("ENSG00000198804", "ENST00000361624"),
    "MT-ATP6": ("ENSG00000198899", "ENST00000361899"),
    "MT-ND4": ("ENSG00000198886", "ENST00000361381"),
    "MT-CYB": ("ENSG00000198727", "ENST00000361789"),
}


def chromosome_length(chrom: str, assembly: str) -> int:
    return int(_LENGTHS[assembly].split()[CHROMOSOMES.index(chrom)])


def contig_name(chrom: str, chr_prefix: bool) -> str:
    """ "2" -> "chr2" or "2"; "MT" -> "chrM" or "MT"."""
    if not chr_prefix:
        return chrom
    return "chrM" if chrom == "MT" else f"chr{chrom}"

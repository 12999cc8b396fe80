"""Published alleles that explain nothing in these patients: healthy carriers and benign variants.

Coordinates, classes and ClinVar ids: ClinGen Evidence Repository (CC0), the named expert panel.
Frequencies: ExAC, overall. `carried` is set by each patient with `carried_by`.
"""

from dataclasses import replace

from sample_data.recipe.model import Published

REVIEWED = "reviewed by expert panel"


def carried_by(allele: Published, **copies: float) -> Published:
    """`allele` in the named people: proband=1, mother=1 ..."""
    return replace(allele, carried=dict(copies))


SLC26A4_VAL138PHE = Published(
    gene="SLC26A4",
    pos_grch38=107672245,
    pos_grch37=107312690,
    ref="G",
    alt="T",
    consequence="missense_variant",
    hgvs_c="c.412G>T",
    hgvs_p="p.Val138Phe",
    clinvar_id="4835",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={},
    codon="GTC",
    codon_cds_start=412,
    frequency_e=0.00021,
    cadd_phred=22.9,
    revel=0.898,
    am_pathogenicity=0.781,
    source="ClinGen Hearing Loss VCEP; ClinVar 4835",
)
USH2A_TYR3747TER = Published(
    gene="USH2A",
    pos_grch38=215758743,
    pos_grch37=215932085,
    ref="G",
    alt="T",
    consequence="stop_gained",
    hgvs_c="c.11241C>A",
    hgvs_p="p.Tyr3747Ter",
    clinvar_id="506273",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={},
    codon="TAC",
    codon_cds_start=11239,
    frequency_e=0.00002,
    cadd_phred=51.0,
    source="ClinGen Hearing Loss VCEP; ClinVar 506273",
)
ADA_ARG211HIS = Published(
    gene="ADA",
    pos_grch38=44623053,
    pos_grch37=43251694,
    ref="C",
    alt="T",
    consequence="missense_variant",
    hgvs_c="c.632G>A",
    hgvs_p="p.Arg211His",
    clinvar_id="1957",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={},
    codon="CGC",
    codon_cds_start=631,
    frequency_e=0.00007,
    cadd_phred=33.0,
    revel=0.955,
    am_pathogenicity=0.548,
    source="ClinGen SCID VCEP; ClinVar 1957",
)
ADA_ASP8ASN = Published(
    gene="ADA",
    pos_grch38=44651586,
    pos_grch37=43280227,
    ref="C",
    alt="T",
    consequence="missense_variant",
    hgvs_c="c.22G>A",
    hgvs_p="p.Asp8Asn",
    clinvar_id="1973",
    clinvar_class="Benign",
    clinvar_review=REVIEWED,
    carried={},
    codon="GAC",
    codon_cds_start=22,
    frequency_e=0.1318,
    am_pathogenicity=0.093,
    source="ClinGen SCID VCEP; ClinVar 1973",
)
DCLRE1C_SER320CYS = Published(
    gene="DCLRE1C",
    pos_grch38=14926856,
    pos_grch37=14968855,
    ref="G",
    alt="C",
    consequence="missense_variant",
    hgvs_c="c.959C>G",
    hgvs_p="p.Ser320Cys",
    clinvar_id="137073",
    clinvar_class="Benign",
    clinvar_review=REVIEWED,
    carried={},
    codon="TCT",
    codon_cds_start=958,
    frequency_e=0.0034,
    cadd_phred=27.8,
    am_pathogenicity=0.31,
    source="ClinGen SCID VCEP; ClinVar 137073",
)

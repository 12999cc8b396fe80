"""What the criteria may look at: everything known of one variant, each value with its state.

Nothing here is ClinVar's class of the variant itself: PP5 and BP6 are retired (Biesecker 2018,
PMID:29543229). Positions are those of the MANE transcript on GRCh38.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from models.case import Allele, Assembly, Looked, NotAssessed, Verdict, Zygosity
from models.evidence.acmg.place import Place
from models.evidence.acmg.protein_name import ProteinChange, ProteinKind


def as_written(value: float) -> float:
    """The decimal that a value of a float32 column stands for: 0.644, not 0.6439999938, which misses its limit."""
    return float(str(np.float32(value)))


_NOT_LOOKED = NotAssessed("it was not looked up")


@dataclass(frozen=True)
class GeneFacts:
    """loeuf: gnomAD's upper bound of observed over expected loss of function. missense_z: gnomAD's z score.

    haploinsufficiency: ClinGen's score (0, 1, 2, 3, 30, 40). validity: ClinGen's best class ("Definitive").
    modes: AD, AR, XL, XLD, XLR, MT; empty when no source tells.
    """

    loeuf: Looked[float] = _NOT_LOOKED
    missense_z: Looked[float] = _NOT_LOOKED
    haploinsufficiency: Looked[int] = _NOT_LOOKED
    validity: Looked[str] = _NOT_LOOKED
    modes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Frequency:
    """Of the general population. highest_fraction: in the ancestry group where it is most common (`group`),
    or overall (`group` "") where groups were not delivered; Absent: looked up, nobody carries it.

    allele_number: of the overall count. homozygotes: and hemizygotes where the source counts them so.
    """

    highest_fraction: Looked[float] = _NOT_LOOKED
    group: str = ""
    overall_fraction: Looked[float] = _NOT_LOOKED
    allele_count: Looked[int] = _NOT_LOOKED
    allele_number: Looked[int] = _NOT_LOOKED
    homozygotes: Looked[int] = _NOT_LOOKED


@dataclass(frozen=True)
class Predictors:
    """revel, alphamissense: 0..1. cadd_phred. spliceai_delta: highest of the four, 0..1. phylop: 100 vertebrates."""

    revel: Looked[float] = _NOT_LOOKED
    alphamissense: Looked[float] = _NOT_LOOKED
    cadd_phred: Looked[float] = _NOT_LOOKED
    spliceai_delta: Looked[float] = _NOT_LOOKED
    phylop: Looked[float] = _NOT_LOOKED


@dataclass(frozen=True)
class Neighbour:
    """Another variant, with ClinVar's class ("P", "LP", ...) and review stars; never the variant itself.

    change: of the protein. It lies at the same residue, or (`splice_site`) at the same canonical site.
    """

    name: str
    change: ProteinChange
    clinvar_class: str
    stars: int
    splice_site: bool = False


@dataclass(frozen=True)
class Partner:
    """The second hit in the gene. phase: "in trans", "unknown", "in cis". clinvar_class: its own, "" none."""

    name: str
    phase: str
    clinvar_class: str
    stars: int


@dataclass(frozen=True)
class FamilyFacts:
    """What the genotypes of the family say. Counts are of sequenced relatives, the patient left out.

    de_novo: MET when no parent who could have passed it on carries it. parentage: MET when the genotypes
    confirm both parents. affected_carriers, affected_without, unaffected_carriers, unaffected_homozygotes:
    relatives whose status and genotype are both known. phenotype_fits: the gene explains half of the patient's
    features or more.
    """

    de_novo: Verdict = Verdict.NOT_ASSESSABLE
    de_novo_reason: str = "no family was looked at"
    parentage: Verdict = Verdict.NOT_ASSESSABLE
    phenotype_fits: bool = False
    zygosity: Looked[Zygosity] = _NOT_LOOKED
    partner: Looked[Partner] = _NOT_LOOKED
    affected_carriers: int = 0
    affected_without: int = 0
    unaffected_carriers: int = 0
    unaffected_homozygotes: int = 0

    @property
    def has_affected_relatives(self) -> bool:
        return self.affected_carriers + self.affected_without > 0


@dataclass(frozen=True)
class Facts:
    """One variant. consequences: Sequence Ontology terms. in_repeat: in a repeat region without known function.

    allele: None when the source gave no coordinates. disease: the one in question, "" not told.
    """

    gene: str = ""
    transcript: str = ""
    assembly: Assembly = Assembly.UNKNOWN
    allele: Allele | None = None
    disease: str = ""
    consequences: Looked[frozenset[str]] = _NOT_LOOKED
    hgvs_c: Looked[str] = _NOT_LOOKED
    protein: Looked[ProteinChange] = _NOT_LOOKED
    place: Looked[Place] = _NOT_LOOKED
    in_repeat: Looked[bool] = _NOT_LOOKED
    gene_facts: GeneFacts = field(default_factory=GeneFacts)
    frequency: Frequency = field(default_factory=Frequency)
    predictors: Predictors = field(default_factory=Predictors)
    neighbours: Looked[tuple[Neighbour, ...]] = _NOT_LOOKED
    family: FamilyFacts = field(default_factory=FamilyFacts)

    def beside(self, neighbours: Looked[tuple[Neighbour, ...]]) -> "Facts":
        """The same variant with its neighbours in ClinVar."""
        return replace(self, neighbours=neighbours)


__all__ = [
    "Facts",
    "FamilyFacts",
    "Frequency",
    "GeneFacts",
    "Neighbour",
    "Partner",
    "Place",
    "Predictors",
    "ProteinChange",
    "ProteinKind",
    "as_written",
]

"""The words a patient file is written in: one frozen value per fact, nothing computed."""

from dataclasses import dataclass
from enum import Enum


class Caller(str, Enum):
    """Whose FORMAT dialect the VCF imitates."""

    GATK = "gatk"
    GLNEXUS = "glnexus"
    DEEPVARIANT = "deepvariant"
    DRAGEN = "dragen"


class Annotator(str, Enum):
    VEP = "vep"
    SNPEFF = "snpeff"


@dataclass(frozen=True)
class Member:
    """One family member. sample "" = not sequenced. sex: "male"/"female". role: the true place in the family.

    affected None: not known (0 in the PED file).
    """

    id: str
    role: str
    sex: str
    affected: bool | None
    sample: str = ""


@dataclass(frozen=True)
class Published:
    """A real, published allele with the facts we know about it; "" or None = we do not know, so we leave it out.

    carried: who carries how many copies, sample role -> copies (1, 2) or for MT a fraction (0.35).
    codon: the codon whose change gives hgvs_p, laid into the synthetic genome at cds_pos; frequency_e: gnomAD
    exomes overall frequency, 0.0 = looked up and not seen.
    """

    gene: str
    pos_grch38: int
    pos_grch37: int
    ref: str
    alt: str
    consequence: str
    hgvs_c: str
    hgvs_p: str
    clinvar_id: str
    clinvar_class: str
    clinvar_review: str
    carried: dict[str, float]
    transmitted: str = "inherited"
    chrom: str = ""
    transcript: str = ""
    codon: str = ""
    codon_cds_start: int = 0
    frequency_e: float | None = None
    cadd_phred: float | None = None
    revel: float | None = None
    am_pathogenicity: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Feature:
    """An HPO term of the proband."""

    id: str
    label: str
    excluded: bool = False
    onset: str = ""


@dataclass(frozen=True)
class Lab:
    """A laboratory test followed over time: (date, value) pairs in UCUM `unit`, with its reference range."""

    loinc: str
    name: str
    unit: str
    low: float | None
    high: float | None
    values: tuple[tuple[str, float], ...]
    category: str = "laboratory"


@dataclass(frozen=True)
class Problem:
    text: str
    snomed: str
    onset: str
    status: str = "active"
    refuted: bool = False
    hpo: str = ""


@dataclass(frozen=True)
class Drug:
    text: str
    rxnorm: str
    start: str
    end: str = ""
    status: str = "active"
    dose: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Kin:
    relationship: str
    code: str
    conditions: tuple[str, ...] = ()
    sex: str = ""
    deceased: bool | None = None
    age: str = ""
    note: str = ""


@dataclass(frozen=True)
class Document:
    """kind: "note", "imaging" or "report"."""

    title: str
    date: str
    text: str
    kind: str = "note"
    loinc: str = "11488-4"


@dataclass(frozen=True)
class Visit:
    """kind: "encounter", "procedure", "immunization" or "allergy"."""

    date: str
    text: str
    kind: str = "encounter"
    end: str = ""


@dataclass(frozen=True)
class Record:
    problems: tuple[Problem, ...] = ()
    labs: tuple[Lab, ...] = ()
    drugs: tuple[Drug, ...] = ()
    kin: tuple[Kin, ...] = ()
    documents: tuple[Document, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the patient teaches. criteria_source says who assigned the criteria: an expert panel, or us."""

    mode: str
    acmg_class: str
    criteria: tuple[str, ...]
    criteria_source: str
    explanation: str
    teaching_points: tuple[str, ...]
    sources: tuple[str, ...]
    disease: str = ""
    disease_id: str = ""
    per_variant: tuple[dict[str, object], ...] = ()
    trap: str = ""


@dataclass(frozen=True)
class Region:
    """Both parents transmit the same ancestral haplotype here (autozygosity). GRCh38, 1-based closed."""

    chrom: str
    start_1based: int
    end_1based: int


@dataclass(frozen=True)
class Recipe:
    """One synthetic patient. causal explains the indication; incidental is reportable but unrelated;
    carried_by_the_way are published alleles that explain nothing (carriers, benign).

    excluded_from_background: genes kept free of made-up variants, because a made-up variant there would be
    a fair rival of the answer and nobody could say which of the two is right.
    """

    slug: str
    pseudonym: str
    title: str
    indication: str
    assembly: str
    chr_prefix: bool
    caller: Caller
    annotator: Annotator
    ancestry: str
    consent: str
    sex: str
    birth_date: str
    age_iso: str
    seen_date: str
    members: tuple[Member, ...]
    background_sites: int
    causal: tuple[Published, ...]
    features: tuple[Feature, ...]
    record: Record
    note: str
    answer: Answer
    incidental: tuple[Published, ...] = ()
    carried_by_the_way: tuple[Published, ...] = ()
    autozygous: tuple[Region, ...] = ()
    excluded_from_background: tuple[str, ...] = ()
    parents_swapped_in_ped: bool = False
    mitochondrial_haplogroup: str = "H"
    merged_transcripts: bool = False  # VEP --merged: each allele on the RefSeq and the Ensembl transcript

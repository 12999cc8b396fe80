"""One site of the VCF: alleles, who carries what, and what is written about it."""

from dataclasses import dataclass, field

from sample_data.recipe.effect import Effect

GROUPS = ("AFR", "AMR", "ASJ", "EAS", "FIN", "MID", "NFE", "SAS")


@dataclass(frozen=True)
class Rarity:
    """gnomAD-like figures. overall None: not in gnomAD. groups: group -> frequency."""

    overall: float | None
    groups: dict[str, float] = field(default_factory=dict)
    allele_count: int = 0
    allele_number: int = 0
    homozygotes: int = 0


@dataclass(frozen=True)
class Scores:
    """In-silico scores; None = left empty. spliceai: delta scores AG, AL, DG, DL."""

    cadd_phred: float | None = None
    revel: float | None = None
    am_pathogenicity: float | None = None
    spliceai: tuple[float, float, float, float] | None = None
    phylop: float | None = None


@dataclass(frozen=True)
class Alt:
    """One ALT allele with its annotation. clinvar: (id, significance, review status) or empty."""

    text: str
    effect: Effect
    rarity: Rarity
    scores: Scores = Scores()
    clinvar: tuple[str, str, str] = ("", "", "")
    transcript: str = ""


@dataclass(frozen=True)
class Site:
    """calls: sample -> allele numbers (0 = REF), () = no call. quality: "good", "new" (truly de novo) or "artefact".

    fractions: sample -> fraction of reads with ALT 1, where that is not given by the genotype (mitochondria,
    artefacts). phased: the caller phased it. info: extra INFO text (END, SVTYPE).
    """

    chrom: str
    pos: int
    ref: str
    alts: tuple[Alt, ...]
    calls: dict[str, tuple[int, ...]]
    quality: str = "good"
    fractions: dict[str, float] = field(default_factory=dict)
    info: str = ""
    published: bool = False

    @property
    def key(self) -> str:
        return f"{self.chrom}-{self.pos}-{self.ref}-{','.join(a.text for a in self.alts)}"

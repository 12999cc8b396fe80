"""Short ways to read facts and write them down, shared by the criteria."""

from models.case import Found, Looked
from models.evidence.acmg.facts import Facts, ProteinChange, ProteinKind
from models.evidence.acmg.place import Place
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.frequency import fraction_text

RECESSIVE = frozenset({"AR"})
DOMINANT = frozenset({"AD"})
X_LINKED = frozenset({"XL", "XLD", "XLR"})


def protein_of(facts: Facts) -> ProteinChange | None:
    """The protein change, None when it is not known or there is none."""
    return facts.protein.value if isinstance(facts.protein, Found) else None


def kind_of(facts: Facts) -> ProteinKind | None:
    change = protein_of(facts)
    return change.kind if change else None


def place_known(facts: Facts) -> Place | None:
    return facts.place.value if isinstance(facts.place, Found) else None


def terms_of_facts(facts: Facts) -> frozenset[str]:
    """Consequence terms; empty when they were not assessed."""
    return facts.consequences.value if isinstance(facts.consequences, Found) else frozenset()


def effect_is_known(facts: Facts) -> bool:
    """What the variant does to transcript or protein was assessed."""
    return bool(terms_of_facts(facts)) or kind_of(facts) not in (None, ProteinKind.UNCLEAR)


def residue_of(facts: Facts) -> int:
    """First residue touched: of MANE by place, else as the protein's name says; 0 when neither is known."""
    place, change = place_known(facts), protein_of(facts)
    if place and place.in_coding:
        return place.residues[0]
    return change.first if change else 0


def is_missing(looked: Looked[float]) -> bool:
    """Looked for and not there, or never looked for."""
    return not isinstance(looked, Found)


def modes_of(facts: Facts, panel: Specification | None) -> frozenset[str]:
    """How the gene's disorders are inherited: as the panel says, else as the gene sources do."""
    return panel.modes if panel and panel.modes else facts.gene_facts.modes


def is_recessive_only(facts: Facts, panel: Specification | None) -> bool:
    return modes_of(facts, panel) == RECESSIVE


def is_dominant_or_x_linked(facts: Facts, panel: Specification | None) -> bool:
    """Every known mode is dominant or X-linked; False when none is known."""
    modes = modes_of(facts, panel)
    return bool(modes) and modes <= DOMINANT | X_LINKED


def weaker(strength: Strength, steps: int = 1) -> Strength | None:
    """`steps` levels lower, None below supporting."""
    order = (Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG)
    at = order.index(strength) - steps
    return order[at] if at >= 0 else None


def at_most(strength: Strength, maximum: Strength) -> Strength:
    return strength if strength.value <= maximum.value else maximum


def frequency_words(facts: Facts) -> str:
    """ "AF 1.2e-05 in nfe (3 of 251,000 alleles overall)"; "not seen in the population"."""
    f = facts.frequency
    if not isinstance(f.highest_fraction, Found):
        return "not seen in the population"
    counts = ""
    if isinstance(f.allele_count, Found) and isinstance(f.allele_number, Found):
        counts = f" ({f.allele_count.value:,} of {f.allele_number.value:,} alleles overall)"
    where = f" in {f.group}" if f.group else ""
    if f.highest_fraction.value == 0 and isinstance(f.overall_fraction, Found) and f.overall_fraction.value:
        return f"AF {fraction_text(f.overall_fraction.value)} overall, 0 in gnomAD's large groups{counts}"
    return f"AF {fraction_text(f.highest_fraction.value)}{where}{counts}"


_LOSS = frozenset({ProteinKind.NONSENSE, ProteinKind.FRAMESHIFT, ProteinKind.START_LOSS})
_LOSS_TERMS = frozenset(
    {
        "stop_gained",
        "frameshift_variant",
        "start_lost",
        "splice_donor_variant",
        "splice_acceptor_variant",
        "transcript_ablation",
    }
)


def is_loss_of_function(facts: Facts) -> bool:
    """A change that PVS1 is about: stop, frameshift, start, canonical splice site, whole exons."""
    place = place_known(facts)
    return kind_of(facts) in _LOSS or bool(terms_of_facts(facts) & _LOSS_TERMS) or bool(place and place.splice_sites)

"""For each criterion: a variant that meets it, one that does not, and one of which it cannot be said.

The contract test runs them; a new criterion is red until it has its line here.
"""

from models.case import Found, Verdict, Zygosity
from models.evidence.acmg.facts import Facts, Partner
from models.evidence.acmg.specification_types import Region
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import (
    RECESSIVE,
    UNKNOWN_EFFECT,
    a_change,
    a_missense,
    an_in_frame_deletion,
    beside,
    in_family,
    panel,
    scored,
    seen,
)

Example = tuple[Facts, Specification | None]
NEW = in_family(de_novo=Verdict.MET, parentage=Verdict.MET)
ASSUMED = in_family(de_novo=Verdict.MET, phenotype_fits=True)
NOT_NEW = in_family(de_novo=Verdict.NOT_MET, de_novo_reason="the mother carries it")
HET = Found(Zygosity.HETEROZYGOUS)


def alone(facts: Facts) -> Example:
    """Judged without an expert panel."""
    return facts, None


def in_regions(first: int, last: int) -> Specification:
    """A panel with one critical region."""
    return panel(pm1_applies=True, pm1_regions=(Region(first, last, Strength.MODERATE),))


def with_partner(phase: str, clinvar_class: str = "P") -> Facts:
    """Heterozygous in a recessive gene, beside a second hit."""
    family = in_family(zygosity=HET, partner=Found(Partner("c.5A>G", phase, clinvar_class, 2)))
    return a_missense(gene_facts=RECESSIVE, family=family)


# code -> (met, not met, not assessable)
EXAMPLES: dict[str, tuple[Example, Example, Example]] = {
    "PVS1": (alone(a_change("p.Gln20Ter")), alone(a_missense()), alone(UNKNOWN_EFFECT)),
    "PS1": (
        alone(a_missense(neighbours=beside(("p.Arg100His", "P", 2)))),
        alone(a_missense(neighbours=beside(("p.Arg100Cys", "P", 2)))),
        alone(a_missense()),
    ),
    "PS2": (alone(a_missense(family=NEW)), alone(a_missense(family=NOT_NEW)), alone(a_missense())),
    "PM1": ((a_missense(), in_regions(90, 110)), (a_missense(), in_regions(101, 110)), alone(a_missense())),
    "PM2": (
        alone(a_missense(frequency=seen(None))),
        alone(a_missense(frequency=seen(0.001))),
        alone(a_missense()),
    ),
    "PM3": (
        alone(with_partner("in trans")),
        alone(with_partner("in cis")),
        alone(a_missense(gene_facts=RECESSIVE)),
    ),
    "PM4": (
        alone(an_in_frame_deletion(in_repeat=Found(False))),
        alone(an_in_frame_deletion(in_repeat=Found(True))),
        alone(an_in_frame_deletion()),
    ),
    "PM5": (
        alone(a_missense(neighbours=beside(("p.Arg100Cys", "P", 2)))),
        alone(a_missense(neighbours=beside(("p.Arg101Cys", "P", 2)))),
        alone(a_missense()),
    ),
    "PM6": (alone(a_missense(family=ASSUMED)), alone(a_missense(family=NOT_NEW)), alone(a_missense())),
    "PP1": (
        alone(a_missense(family=in_family(affected_carriers=3))),
        alone(a_missense(family=in_family(affected_carriers=2))),
        alone(a_missense()),
    ),
    "PP2": (alone(a_missense()), alone(a_change("p.Gln20Ter")), alone(UNKNOWN_EFFECT)),
    "PP3": (
        alone(a_missense(predictors=scored(revel=0.8))),
        alone(a_missense(predictors=scored(revel=0.4, spliceai_delta=0.0))),
        alone(a_missense()),
    ),
    "BA1": (
        alone(a_missense(frequency=seen(0.06))),
        alone(a_missense(frequency=seen(0.01))),
        alone(a_missense()),
    ),
    "BS1": (
        alone(a_missense(frequency=seen(0.02))),
        alone(a_missense(frequency=seen(0.002))),
        alone(a_missense()),
    ),
    "BS2": (
        alone(a_missense(gene_facts=RECESSIVE, family=in_family(unaffected_homozygotes=1))),
        (a_missense(), panel(bs2_applies=False)),
        alone(a_missense()),
    ),
    "BS4": (
        alone(a_missense(family=in_family(affected_without=1))),
        alone(a_missense(family=in_family(affected_carriers=1))),
        alone(a_missense()),
    ),
    "BP1": (
        (a_missense(), panel(bp1="missense", bp1_outside=())),
        (a_change("p.Gln20Ter"), panel(bp1="missense", bp1_outside=())),
        alone(a_missense()),
    ),
    "BP2": (alone(with_partner("in cis")), alone(with_partner("in trans")), alone(a_missense())),
    "BP3": (
        alone(an_in_frame_deletion(in_repeat=Found(True))),
        alone(an_in_frame_deletion(in_repeat=Found(False))),
        alone(an_in_frame_deletion()),
    ),
    "BP4": (
        alone(a_missense(predictors=scored(revel=0.2))),
        alone(a_missense(predictors=scored(revel=0.5))),
        alone(a_missense()),
    ),
    "BP7": (
        alone(a_change("p.Arg100=", predictors=scored(spliceai_delta=0.05))),
        alone(a_change("p.Arg100=", predictors=scored(spliceai_delta=0.3))),
        alone(a_change("p.Arg100=")),
    ),
}
# Judged by a person who reads: never met here, whatever the facts.
BY_READING = ("PS3", "PS4", "PP4", "BS3", "BP5")

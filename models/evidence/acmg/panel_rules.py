"""How an expert panel combines criteria where its published specification departs from the general way.

Only what a panel has published is here; nothing is inferred from the classes it gave.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PanelRules:
    """One panel's departures from `combine`.

    panel: name as in ClinGen's Evidence Repository, without "VCEP". source: where the panel says so. genes: those
    whose variants are this panel's alone ("" panel is found by them). points: pathogenic and contradictory evidence is
    weighed by points only (Tavtigian 2020). known_common_pathogenic: the panel lists pathogenic variants that are too
    common for BA1, to which BA1 does not apply.
    """

    panel: str
    source: str
    genes: frozenset[str] = frozenset()
    points: bool = False
    known_common_pathogenic: bool = False


GENERAL = PanelRules("", "Richards 2015 with ClinGen SVI 2020")

PANEL_RULES = (
    PanelRules(
        "Malignant Hyperthermia Susceptibility",
        "Johnston 2021, Genet Med 23:1288, PMID:33767344",
        points=True,
    ),
    PanelRules(
        "Hearing Loss",
        "Oza 2018, Hum Mutat 39:1593, PMID:30311386",
        genes=frozenset({"GJB2", "SLC26A4"}),
        known_common_pathogenic=True,
    ),
)
_BY_PANEL = {rules.panel.lower(): rules for rules in PANEL_RULES}
_BY_GENE = {gene: rules for rules in PANEL_RULES for gene in rules.genes}


def panel_rules(panel: str = "", gene: str = "") -> PanelRules:
    """The rules of the named panel, else of the panel that alone curates the gene, else the general ones."""
    name = " ".join(panel.replace("VCEP", "").split()).lower()
    if name:
        return _BY_PANEL.get(name, GENERAL)
    return _BY_GENE.get(gene, GENERAL)

"""How an expert panel combines criteria where it departs from the general way.

Only what a panel has published is here; nothing is inferred from the classes it gave. A panel may also override the
class that its criteria come to (the Evidence Repository then says so, as for GJB2 c.35delG): a decision, not a rule.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PanelRules:
    """One panel's departures from `combine`.

    panel: words that its name holds, as in "Malignant Hyperthermia Susceptibility VCEP". source: where the panel says
    so. points: pathogenic and contradictory evidence is weighed by points only.
    """

    panel: str
    source: str
    points: bool = False


GENERAL = PanelRules("", "Richards 2015 with ClinGen SVI 2020")

PANEL_RULES = (
    # The panel calibrated its criteria within the Bayesian framework of Tavtigian 2018 (PMID:29300386), whose odds the
    # points of 2020 are the logarithm of.
    PanelRules(
        "Malignant Hyperthermia Susceptibility",
        "Johnston 2021, PMID:33767344; Tavtigian 2018, PMID:29300386",
        points=True,
    ),
)


def panel_rules(panel: str) -> PanelRules:
    """The rules of the named panel, else the general ones."""
    name = " ".join(panel.split()).lower()
    return next((rules for rules in PANEL_RULES if rules.panel.lower() in name), GENERAL)

"""The pathogenic neighbours that PS1 and PM5 compare with."""

from collections.abc import Sequence

from models.case import Found, NotAssessed
from models.evidence.acmg.criterion import Answer, lacking
from models.evidence.acmg.facts import Facts, Neighbour
from models.evidence.clinvar import KEEP_MIN_STARS, PATHOGENIC


def not_looked_up(facts: Facts) -> Answer:
    """Why the neighbours are not known."""
    why = facts.neighbours.reason if isinstance(facts.neighbours, NotAssessed) else ""
    return lacking(
        "ClinVar and the reference sequence", why or "ClinVar's variants at the same place were not looked up"
    )


def pathogenic_neighbours(facts: Facts) -> tuple[Neighbour, ...] | None:
    """Pathogenic or likely pathogenic ones whose submitters stated criteria (one star); None: not looked up."""
    if isinstance(facts.neighbours, NotAssessed):
        return None
    if not isinstance(facts.neighbours, Found):
        return ()
    return tuple(n for n in facts.neighbours.value if n.clinvar_class in PATHOGENIC and n.stars >= KEEP_MIN_STARS)


def named(neighbours: Sequence[Neighbour], most: int = 3) -> str:
    """ "p.Arg175His (P, 3 stars)", at most `most` of them."""
    shown = [f"{n.name} ({n.clinvar_class}, {n.stars} star{'' if n.stars == 1 else 's'})" for n in neighbours[:most]]
    more = len(neighbours) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")

"""What many criteria ask first: does the panel use me, is the effect known, and is it the kind I am for?"""

from models.evidence.acmg.criterion import Answer, lacking, not_met, of_panel
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.words import effect_is_known, kind_of

MISSENSE = frozenset({ProteinKind.MISSENSE})


def out_of_question(
    code: str,
    facts: Facts,
    panel: Specification | None,
    *,
    used: bool,
    kinds: frozenset[ProteinKind] | None = MISSENSE,
    otherwise: str = "not missense",
) -> Answer | None:
    """Why `code` needs no closer look; None when it does. used: the panel, if any, uses the criterion.

    kinds: changes of the protein that it is for, None all. otherwise: what to say of all others.
    """
    if panel and not used:
        return of_panel(panel, code)
    if not effect_is_known(facts):
        return unknown_effect()
    return None if kinds is None or kind_of(facts) in kinds else not_met(otherwise)


def unknown_effect() -> Answer:
    """Neither the file nor the name tells what becomes of the protein."""
    return lacking("the reference sequence or an annotated file", "what it does to the protein is not known")

"""Is what Caseboard knows of its day, and its model the one that was measured? Pure judgements."""

from models.case import NotAssessed
from models.health.answers import Answer, Check, Facts, Good, Group, Look, Trouble
from models.knowledge.ageing import STALE_AFTER_DAYS, is_stale


def releases(facts: Facts) -> Answer:
    found = facts.releases
    if isinstance(found, Trouble):
        return Look(found.sentence, "Open the Knowledge screen, or run python cli.py knowledge verify.")
    if not found:
        return NotAssessed("No release is in use.")
    old = sorted((r for r in found if is_stale(r, facts.at.date())), key=lambda r: r.released_on)
    if old:
        names = ", ".join(dict.fromkeys(f"{r.name} {r.version}" for r in old[:2]))
        more = f" and {len(old) - 2} more" if len(old) > 2 else ""
        said = f"{len(old)} of {len(found)} releases are older than a year: {names}{more}."
        return Look(said, "Look for newer releases on the Knowledge screen.", len(old), "releases")
    return Good(f"{len(found)} in use, none that ages older than {STALE_AFTER_DAYS} days.", len(found), "releases")


def model(facts: Facts) -> Answer:
    found = facts.model
    if isinstance(found, Trouble):
        return Look(found.sentence, "Nothing is ranked until then.")
    return Good(f"Version {found}, every byte as its manifest says.")


KNOWN = (
    Check("releases", "Releases and their age", Group.KNOWLEDGE, releases),
    Check("model", "Ranking model", Group.KNOWLEDGE, model),
)

"""The README of an export: what was taken out and how, in plain words for whoever receives it."""

from collections.abc import Mapping

from models.privacy.dates import OVER
from models.privacy.draft import LEFT_OUT, Draft
from models.privacy.identifiers import IDENTIFIERS, LAW, RULES_VERSION

_LEAD = """\
A genomic case without identity
===============================

This copy was made by Caseboard for research and education; it is not a medical device. It is designed to support
de-identification by the Safe Harbor method of HIPAA ({law}). Whether that method is
satisfied is for the institution that passes it on to judge, which must also know of nothing else in it that
identifies the person (45 CFR 164.514(b)(2)(ii)).

Variants are not among the 18 identifiers of Safe Harbor, but genomic data can identify a person: compared with
another sample of the person or of relatives, even a few rare variants are enough. Treat this copy accordingly, and do
not try to find out whom it is about.

The patient is called {code}, a random code that follows from nothing. Another export of the same patient from the
same installation bears the same code.
"""
_DATES = """\
Dates and ages
--------------
Each dated entry of the record is told as days since the first dated entry, so that the time between two entries is
kept. {moved}
Of decisions and signatures only the year is told; in phenopacket.json this is the first second of that year.
Ages over 89 are told as {over}{dates_gone}.
"""
_MOVED = """\
It is also told as a date moved by a secret number of days, the same for every date of this patient, and
marked (moved) in texts; that is not the day anything happened. Safe Harbor itself allows of a date no more than the
year; whoever needs that to the letter asks for a copy with days only."""
_DAYS_ONLY = "No date of the record is told, neither its own nor a moved one: this copy holds days only."
_SO_OLD = "; this patient is or becomes that old, so no date and no year of the record is told"
_TEXTS = """\
Words that people wrote
-----------------------
{checked} of {all} texts were read, corrected where needed and let go by a named person; the others are left out and
read {left_out}. Who did so is recorded where this copy was made.
{unsaid}"""
_NEVER = """\
What never leaves
-----------------
The variant file, reads, images, the ranked list, drug doses, allergies, notes on relatives, hashes of files and of
decisions, and everything else that no line below names.
"""


def readme(draft: Draft, checked: Mapping[str, str], sums: Mapping[str, str], unsaid: int) -> str:
    """The text. checked: what a person let go; sums: sha256 of each file; unsaid: names that the form itself says."""
    gone, moved = _SO_OLD if draft.axis.is_over else "", _DAYS_ONLY if draft.axis.days_only else _MOVED
    also = "One name or number" if unsaid == 1 else f"{unsaid:,} names or numbers"
    words = (
        f"{also} of the record could not be looked for at the end: the form itself says the same.\n" if unsaid else ""
    )
    rules = "".join(f"({i.letter}) {i.name}\n    fields: {i.fields}\n    texts: {i.text}\n" for i in IDENTIFIERS)
    files = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    parts = (
        _LEAD.format(law=LAW, code=draft.secret.code),
        _DATES.format(over=OVER, dates_gone=gone, moved=moved),
        _TEXTS.format(checked=len(checked), all=len(draft.pieces), left_out=LEFT_OUT, unsaid=words),
        _NEVER,
        f"The 18 identifiers, and what was done (rules of version {RULES_VERSION})\n" + "-" * 60 + f"\n{rules}",
        f"Files, with their sha256\n------------------------\n{files}",
    )
    return "\n".join(parts)

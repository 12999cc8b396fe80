"""Every kind of file that takes a patient's data out of Caseboard, and which consent each needs.

WAYS_OUT is the whole list: `models.reporting.exports` makes no file without asking `check` first, and
tests/contracts/test_exports.py stays red while a module makes a file that is not on it.
"""

from dataclasses import dataclass

from models.errors import NotAgreed
from models.review.commands import Consent
from models.review.consent import Allowed, NotAllowed, Recorded, allows


@dataclass(frozen=True)
class WayOut:
    """key: ours. any_of: agreement to any one of these is enough; empty when the file rests on law, not on consent.
    because: why it counts as that use."""

    key: str
    name: str
    any_of: tuple[Consent, ...]
    because: str


PDF = WayOut("pdf", "PDF", (Consent.DIAGNOSIS,), "The report to the treating physician is care.")
HTML = WayOut("html", "HTML", (Consent.DIAGNOSIS,), "The report to the treating physician is care.")
FHIR = WayOut(
    "fhir", "FHIR bundle", (Consent.DIAGNOSIS,), "The same report for the institution's own record system is care."
)
SPREADSHEET = WayOut(
    "spreadsheet",
    "Spreadsheet",
    (Consent.INSTITUTION,),
    "It holds the ranked list, which is more than the report: nobody needs it outside for this patient's care.",
)
PHENOPACKET = WayOut(
    "phenopacket",
    "Phenopacket",
    (Consent.INSTITUTION,),
    "GA4GH made it to exchange single cases between institutions; it holds the pseudonym, age, features, variants.",
)
CLINVAR = WayOut(
    "clinvar",
    "ClinVar submission sheet",
    (Consent.SHARING, Consent.DEIDENTIFIED),
    "ClinVar shows every submission to everybody.",
)
DEIDENTIFIED = WayOut(
    "deidentified", "De-identified case", (Consent.DEIDENTIFIED,), "It leaves the institution without identity."
)
DECISIONS = WayOut(
    "decisions",
    "Chain of decisions",
    (),
    "An auditor must be able to check what was decided also after consent was withdrawn (GDPR Art. 17(3)(b) and (e); "
    "45 CFR 164.512(d)).",
)
WAYS_OUT: tuple[WayOut, ...] = (PDF, HTML, SPREADSHEET, FHIR, PHENOPACKET, CLINVAR, DEIDENTIFIED, DECISIONS)


def refusal(way: WayOut, recorded: Recorded) -> str:
    """Why this file may not leave now, "" when it may."""
    answers = [allows(use, recorded) for use in way.any_of]
    if not answers or any(isinstance(a, Allowed) for a in answers):
        return ""
    declined = [a for a in answers if isinstance(a, NotAllowed)]
    return (declined or answers)[0].sentence


def check(way: WayOut, recorded: Recorded) -> None:
    """Raises NotAgreed with the sentence when consent does not cover this way out."""
    if why := refusal(way, recorded):
        raise NotAgreed(f"{way.name}: not made. {why}")

"""Why the genetic test was asked for, as FHIR R4 ServiceRequest resources of the patient say it."""

import re
from collections.abc import Iterable

from models.intake.fhir_values import Resource, concept_of, date_of, items, text_of

# What a request for a genetic test is called, in the words of its code or category; others (imaging, a referral) have
# reasons of their own.
_GENETIC = re.compile(r"\bgenetic|\bgenom|\bexom|\bgene\b|sequenc|karyotyp|microarray", re.IGNORECASE)
_NOT_ORDERED = {"draft", "revoked", "entered-in-error", "unknown"}  # HL7 FHIR R4, RequestStatus
_MOST_CHARACTERS = 500


def indication_of(resources: Iterable[Resource]) -> str:
    """The reasons of the latest request for a genetic test among them, "; " between; "" when none says any."""
    asked = [(date_of(r, "authoredOn"), _reasons(r)) for r in resources if is_genetic_request(r)]
    said = [one for one in asked if one[1]]
    return max(said, key=lambda one: one[0])[1] if said else ""


def is_genetic_request(resource: Resource) -> bool:
    """A ServiceRequest for a genetic test that was really made."""
    if resource.get("resourceType") != "ServiceRequest" or resource.get("doNotPerform") is True:
        return False
    if text_of(resource.get("status")) in _NOT_ORDERED:
        return False
    concepts = [resource.get("code"), *items(resource.get("category")), *items(resource.get("orderDetail"))]
    return any(_GENETIC.search(concept_of(concept)[0]) for concept in concepts)


def _reasons(request: Resource) -> str:
    said = (concept_of(reason)[0] for reason in items(request.get("reasonCode")))
    return "; ".join(dict.fromkeys(filter(None, said)))[:_MOST_CHARACTERS]

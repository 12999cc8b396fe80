"""Every name, address, number and date of birth that the delivered documents hold, for `models.case.known`.

Walks the whole document, contained resources and extensions too: what identifies somebody stands in few, well-named
places of HL7 FHIR R4 (4.0.1: HumanName, Address, ContactPoint, Identifier, Reference.display, Attachment, Device)
and of a GA4GH phenopacket 2 (individual, pedigree, biosample and file names).
"""

from collections.abc import Iterator
from typing import Any

from models.case import Known, Sort, Whose
from models.intake.fhir_values import Resource, first_dict, items, text_of

_WHOSE = {
    "Patient": Whose.PATIENT,
    "Person": Whose.RELATIVE,
    "RelatedPerson": Whose.RELATIVE,
    "FamilyMemberHistory": Whose.RELATIVE,
    "Practitioner": Whose.PRACTITIONER,
    "PractitionerRole": Whose.PRACTITIONER,
    "CareTeam": Whose.ORGANISATION,
    "Organization": Whose.ORGANISATION,
    "Location": Whose.ORGANISATION,
    "HealthcareService": Whose.ORGANISATION,
    "InsurancePlan": Whose.ORGANISATION,
}
# Elements that refer to a person or an institution, and whom their display names.
_REFERS = {
    "subject": Whose.PATIENT,
    "patient": Whose.PATIENT,
    "beneficiary": Whose.PATIENT,
    "subscriber": Whose.RELATIVE,
    "managingOrganization": Whose.ORGANISATION,
    "serviceProvider": Whose.ORGANISATION,
    "custodian": Whose.ORGANISATION,
    "location": Whose.ORGANISATION,
    "insurer": Whose.ORGANISATION,
    "payor": Whose.ORGANISATION,
    "facility": Whose.ORGANISATION,
} | dict.fromkeys(
    (
        "performer", "asserter", "recorder", "author", "individual", "requester", "authenticator", "informant", "actor",
        "informationSource", "generalPractitioner", "provider", "interpreter", "resultsInterpreter", "attester",
        "party", "practitioner", "member", "enterer", "authorReference", "supervisingLab",
    ),
    Whose.PRACTITIONER,
)  # fmt: skip
_TELECOM = {"phone": Sort.PHONE, "fax": Sort.PHONE, "sms": Sort.PHONE, "pager": Sort.PHONE, "email": Sort.EMAIL}
_PLACES = ("text", "city", "district")
_DEVICE = ("serialNumber", "lotNumber", "deviceIdentifier", "carrierHRF", "carrierAIDC", "distinctIdentifier")
# Phenopacket element -> (what, of whom).
_PACKET = {
    "individualId": (Sort.NUMBER, Whose.RELATIVE),
    "familyId": (Sort.NUMBER, Whose.RELATIVE),
    "paternalId": (Sort.NUMBER, Whose.RELATIVE),
    "maternalId": (Sort.NUMBER, Whose.RELATIVE),
    "subjectOrBiosampleId": (Sort.NUMBER, Whose.PATIENT),
    "alternateIds": (Sort.NUMBER, Whose.PATIENT),
    "dateOfBirth": (Sort.DATE, Whose.PATIENT),
    "createdBy": (Sort.NAME, Whose.PRACTITIONER),
    "submittedBy": (Sort.NAME, Whose.PRACTITIONER),
    "uri": (Sort.FILE, Whose.OTHER),
}
_DAY = 10  # characters of "2019-03-12"


def known_in_fhir(resources: list[Resource]) -> tuple[Known, ...]:
    """What the resources of a bundle name, once each."""
    return tuple(dict.fromkeys(k for resource in resources for k in _of_resource(resource) if k.value))


def known_in_packet(document: Any) -> tuple[Known, ...]:
    """What a phenopacket names."""
    subject = first_dict(document.get("subject"))
    found = [Known(Sort.NUMBER, Whose.PATIENT, text_of(v)) for v in (document.get("id"), subject.get("id"))]
    for sample in items(document.get("biosamples")):
        found.append(Known(Sort.NUMBER, Whose.PATIENT, text_of(first_dict(sample).get("id"))))
    return tuple(dict.fromkeys(k for k in (*found, *_in_packet(document)) if k.value))


def _in_packet(value: Any) -> Iterator[Known]:
    for key, inner in _members(value):
        if known := _PACKET.get(_camel(key)):
            yield from (Known(*known, text_of(one)[: _DAY if known[0] is Sort.DATE else None]) for one in items(inner))
        yield from _in_packet(inner)


def _camel(key: str) -> str:
    """ "date_of_birth" -> "dateOfBirth": both spellings are in circulation."""
    first, *more = key.split("_")
    return first + "".join(part.capitalize() for part in more)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """(key, value) of an object, ("", value) of each in a list."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from (("", one) for one in value)


def _of_resource(resource: Resource) -> Iterator[Known]:
    whose = _WHOSE.get(text_of(resource.get("resourceType")), Whose.OTHER)
    about = text_of(resource.get("id"))
    if whose is not Whose.OTHER:
        yield Known(Sort.NUMBER, whose, about, about)
        yield from _names(resource.get("name"), whose, about)
        yield from (Known(Sort.NAME, whose, text_of(alias), about) for alias in items(resource.get("alias")))
    if whose is Whose.PATIENT:
        dates = (resource.get("birthDate"), resource.get("deceasedDateTime"))
        yield from (Known(Sort.DATE, whose, text_of(date)[:_DAY], about) for date in dates)
    for contained in items(resource.get("contained")):
        yield from _of_resource(first_dict(contained))
    yield from _inside({k: v for k, v in resource.items() if k != "contained"}, whose, about)


def _inside(value: Any, whose: Whose, about: str) -> Iterator[Known]:
    """Whatever identifies, wherever it stands in the resource."""
    for key, inner in _members(value):
        yield from _element(key, inner, whose, about)
        yield from _inside(inner, whose, about)


def _element(key: str, inner: Any, whose: Whose, about: str) -> Iterator[Known]:
    if key in ("telecom", "valueContactPoint"):
        yield from (_contact(first_dict(one), whose, about) for one in items(inner))
    elif key in ("address", "valueAddress"):
        yield from (k for one in items(inner) for k in _address(first_dict(one), whose, about))
    elif key in ("identifier", "valueIdentifier"):
        yield from (Known(Sort.NUMBER, whose, text_of(first_dict(one).get("value")), about) for one in items(inner))
    elif key == "contact":
        yield from (k for one in items(inner) for k in _names(first_dict(one).get("name"), Whose.RELATIVE, about))
    elif key in _REFERS:
        yield from _displays(inner, _REFERS[key])
    elif key in ("authorString", "valueHumanName"):
        yield from _names(inner, Whose.PRACTITIONER if key == "authorString" else whose, about)
    elif key == "extension":
        yield from (_maiden(first_dict(one), about) for one in items(inner))
    elif key in _DEVICE:
        yield from (Known(Sort.NUMBER, Whose.PATIENT, text_of(one), about) for one in items(inner))


def _names(value: Any, whose: Whose, about: str) -> Iterator[Known]:
    """A HumanName, several, or the plain string of an organisation or a relative."""
    for one in items(value):
        if isinstance(one, str):
            yield Known(Sort.NAME, whose, one.strip(), about)
        elif isinstance(one, dict):
            parts = [text_of(p) for p in (*items(one.get("given")), *items(one.get("family")))]
            yield Known(Sort.NAME, whose, " ".join(filter(None, parts)), about)
            yield Known(Sort.NAME, whose, text_of(one.get("text")), about)


def _contact(contact: Resource, whose: Whose, about: str) -> Known:
    value = text_of(contact.get("value"))
    sort = _TELECOM.get(text_of(contact.get("system")), Sort.EMAIL if "@" in value else Sort.WEB)
    return Known(sort, whose, value, about)


def _address(address: Resource, whose: Whose, about: str) -> Iterator[Known]:
    lines = [text_of(line) for line in items(address.get("line"))]
    places = [*lines, *(text_of(address.get(name)) for name in _PLACES)]
    yield from (Known(Sort.PLACE, whose, place, about) for place in places)
    yield Known(Sort.ZIP, whose, text_of(address.get("postalCode")), about)


def _displays(value: Any, whose: Whose) -> Iterator[Known]:
    """Whom a reference names. A reference says its kind itself where it can ("Organization/7")."""
    for one in items(value):
        reference = first_dict(one)
        kind = text_of(reference.get("reference")).split("/")[-2:][0].split("?")[0]
        yield Known(Sort.NAME, _WHOSE.get(kind, whose), text_of(reference.get("display")), "")


def _maiden(extension: Resource, about: str) -> Known:
    is_maiden = "mothersMaidenName" in text_of(extension.get("url"))
    return Known(Sort.NAME, Whose.RELATIVE, text_of(extension.get("valueString")) if is_maiden else "", about)

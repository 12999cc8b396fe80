"""What the clinic wrote down: PED file and GA4GH phenopacket, mistakes included."""

from typing import Any

from sample_data.recipe.model import Feature, Member, Recipe

STATUS = {True: ("2", "AFFECTED"), False: ("1", "UNAFFECTED"), None: ("0", "UNKNOWN")}

HPO_RESOURCE = {
    "id": "hp",
    "name": "Human Phenotype Ontology",
    "url": "http://purl.obolibrary.org/obo/hp.owl",
    "version": "2025-01-16",
    "namespacePrefix": "HP",
    "iriPrefix": "http://purl.obolibrary.org/obo/HP_",
}


def ped_text(recipe: Recipe) -> str:
    """Six-column PED. Individual ids are sample names where a sample exists."""
    lines = ["#Family ID\tIndividual ID\tPaternal ID\tMaternal ID\tSex\tPhenotype"]
    for member in recipe.members:
        father, mother = (parent or "0" for parent in _parents(recipe, member))
        sex = {"male": "1", "female": "2"}[_claimed_sex(recipe, member)]
        status = STATUS[member.affected][0]
        lines.append("\t".join([recipe.pseudonym, member.id, father, mother, sex, status]))
    return "\n".join(lines) + "\n"


def _parents(recipe: Recipe, member: Member) -> tuple[str, str]:
    """Ids of father and mother as the paperwork has them; "" when unknown."""
    if member.role not in {"proband", "sibling"}:
        return "", ""
    claimed = _claimed(recipe)
    return tuple(claimed[r].id if r in claimed else "" for r in ("father", "mother"))  # type: ignore[return-value]


def _claimed(recipe: Recipe) -> dict[str, Member]:
    """Who the paperwork says is mother and father: exchanged in the patient whose parents were mixed up."""
    true = {m.role: m for m in recipe.members}
    if recipe.parents_swapped_in_ped:
        true["mother"], true["father"] = true["father"], true["mother"]
    return true


def _claimed_sex(recipe: Recipe, member: Member) -> str:
    if recipe.parents_swapped_in_ped and member.role in {"mother", "father"}:
        return "female" if member.sex == "male" else "male"
    return member.sex


def phenopacket(recipe: Recipe) -> dict[str, Any]:
    """A phenopacket v2 of a single person, or a family with its pedigree when relatives were sequenced."""
    packet = _packet(recipe)
    if len(recipe.members) == 1:
        return packet
    people = [_person(recipe, member) for member in recipe.members]
    return {
        "id": f"{recipe.pseudonym}-family",
        "proband": packet,
        "pedigree": {"persons": people},
        "metaData": packet["metaData"],
    }


def _person(recipe: Recipe, member: Member) -> dict[str, str]:
    father, mother = _parents(recipe, member)
    return {
        "familyId": recipe.pseudonym,
        "individualId": member.id,
        "paternalId": father or "0",
        "maternalId": mother or "0",
        "sex": _claimed_sex(recipe, member).upper(),
        "affectedStatus": STATUS[member.affected][1],
    }


def _feature(feature: Feature) -> dict[str, Any]:
    made: dict[str, Any] = {"type": {"id": feature.id, "label": feature.label}}
    made |= {"excluded": True} if feature.excluded else {}
    return made | ({"onset": {"age": {"iso8601duration": feature.onset}}} if feature.onset else {})


def _packet(recipe: Recipe) -> dict[str, Any]:
    proband = next(m for m in recipe.members if m.role == "proband")
    return {
        "id": recipe.pseudonym,
        "subject": {
            "id": proband.sample,
            "timeAtLastEncounter": {"age": {"iso8601duration": recipe.age_iso}},
            "sex": recipe.sex.upper(),
        },
        "phenotypicFeatures": [_feature(f) for f in recipe.features],
        "metaData": {
            "created": f"{recipe.seen_date}T12:00:00Z",
            "createdBy": "Caseboard synthetic sample",
            "resources": [dict(HPO_RESOURCE)],
            "phenopacketSchemaVersion": "2.0",
        },
    }

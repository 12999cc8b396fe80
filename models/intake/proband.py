"""Who of a family is the patient, when nobody said it; a choice that could be another waits for a person."""

from collections.abc import Mapping, Sequence

from models.case import Affected, Finding, Person, Severity

Families = Mapping[str, Sequence[Person]]
_ADVICE = "Choose the patient's sample"


def pick_proband(people: Sequence[Person], samples: Sequence[str]) -> str:
    """The affected, sequenced person with most parents sequenced; else the first sequenced, else ""."""
    sequenced = [p for p in people if p.id in samples]
    return max(sequenced, key=lambda p: _merit(p, samples)).id if sequenced else ""


def _merit(person: Person, samples: Sequence[str]) -> tuple[bool, int]:
    parents = sum(parent in samples for parent in (person.father_id, person.mother_id) if parent)
    return (person.affected is Affected.AFFECTED, parents)


def about_choice(families: Families, samples: Sequence[str]) -> tuple[Finding, ...]:
    """What to say of a patient nobody named: nothing when only one is affected or sequenced.

    BLOCKING where another would have been as good a choice: equal siblings, several families.
    """
    sequenced = [p for people in families.values() for p in people if p.id in samples]
    affected = [p for p in sequenced if p.affected is Affected.AFFECTED]
    if len(affected) == 1 or len(sequenced) < 2:
        return ()
    most = max(_merit(p, samples) for p in sequenced)
    is_alone = sum(_merit(p, samples) == most for p in sequenced) == 1
    return (_of_several(families, affected, is_alone) if affected else _of_none(is_alone),)


def _of_several(families: Families, affected: Sequence[Person], is_alone: bool) -> Finding:
    homes = sum(any(p in people for p in affected) for people in families.values())
    if homes > 1:
        sentence = f"Affected people of {homes} families are sequenced; one was taken as the patient. {_ADVICE}."
        return Finding("patient-assumed", Severity.BLOCKING, sentence)
    sentence = f"{len(affected)} affected people are sequenced"
    if is_alone:
        sentence += "; the one with most parents sequenced was taken as the patient. Choose another if that is wrong."
        return Finding("proband-assumed", Severity.WARNING, sentence)
    sentence += f" and nothing tells who of them is the patient; the first was taken. {_ADVICE}."
    return Finding("patient-assumed", Severity.BLOCKING, sentence)


def _of_none(is_alone: bool) -> Finding:
    sentence = "Nobody sequenced is marked as affected in the PED file;"
    if is_alone:
        sentence += " the child of the sequenced parents was taken as the patient. Choose another if that is wrong."
        return Finding("proband-assumed", Severity.WARNING, sentence)
    sentence += f" the first was taken as the patient. {_ADVICE}, or mark the patient with 2 in the sixth column."
    return Finding("patient-assumed", Severity.BLOCKING, sentence)


def about_repeated(families: Families, family: Sequence[Person], samples: Sequence[str]) -> tuple[Finding, ...]:
    """Sequenced people of the patient's family whose name stands in another family too: whose sample is it?"""
    elsewhere = [p.id for people in families.values() if people is not family for p in people]
    repeated = tuple(p.id for p in family if p.id in samples and p.id in elsewhere)
    if not repeated:
        return ()
    sentence = (
        "People of several families in the PED file have the same name as one sample; the first family was taken. "
        "Give a PED file of the patient's family only."
    )
    return (Finding("person-in-several-families", Severity.BLOCKING, sentence, people=repeated),)

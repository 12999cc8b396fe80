"""PED and FAM files: the family as the laboratory wrote it down.

Format: PLINK 1.9 .fam and the GATK/GEMINI dialects: family, person, father, mother, sex, phenotype;
any white space separates; a header line may start with "#". Unknown is 0, -9, -1, "." or "".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.case import Affected, Finding, Pedigree, Person, Role, Severity, Sex
from models.errors import InputError, TooLarge, UnreadableFile
from models.intake.family_names import check_names
from models.intake.proband import about_choice, about_repeated, pick_proband
from models.intake.text_file import read_text

MAX_PED_PEOPLE = 10_000  # the largest published single pedigrees are below this; a cohort is not a family
_NONE = {"0", "-9", "-1", ".", "", "na", "none", "unknown"}
_SEX = {"1": Sex.MALE, "2": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE, "m": Sex.MALE, "f": Sex.FEMALE}
_AFFECTED = {
    "1": Affected.UNAFFECTED,
    "2": Affected.AFFECTED,
    "unaffected": Affected.UNAFFECTED,
    "affected": Affected.AFFECTED,
}
_PED_COLUMNS = 6


@dataclass(frozen=True)
class PedFile:
    """People by family in file order, and what was odd about the file."""

    families: Mapping[str, tuple[Person, ...]]
    findings: tuple[Finding, ...] = ()


def _parent(text: str) -> str:
    return "" if text.lower() in _NONE else text


def _person(fields: Sequence[str], where: str, findings: list[Finding]) -> Person:
    _, person_id, father, mother, sex, phenotype = fields[:_PED_COLUMNS]
    if sex.lower() not in _SEX and sex.lower() not in {*_NONE, "3", "other"}:
        sentence = "The sex (fifth column) is none of 1, 2 or 0; read as unknown."
        findings.append(Finding("ped-odd-sex", Severity.WARNING, sentence, where))
    return Person(
        person_id,
        _SEX.get(sex.lower(), Sex.UNKNOWN),
        _AFFECTED.get(phenotype.lower(), Affected.UNKNOWN),
        _parent(father),
        _parent(mother),
    )


def _is_header(line: str, fields: Sequence[str]) -> bool:
    return line.startswith("#") or fields[0].lower() in {"family_id", "familyid", "fid", "kindred_id"}


def read_ped(path: Path, display_name: str) -> PedFile:
    """Every family in the file. Raises UnreadableFile naming the line."""
    families: dict[str, list[Person]] = {}
    findings: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    text = read_text(path, display_name, advice="a PED file has six columns of text.")
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split()
        if not fields or _is_header(line, fields):
            continue
        where = f"{display_name} line {number}"
        if len(fields) < _PED_COLUMNS:
            raise UnreadableFile(
                f"{len(fields)} columns where a PED line has six: family, person, father, mother, sex, phenotype.",
                where,
            )
        if (fields[0], fields[1]) in seen:
            raise UnreadableFile("this person stands twice in the family; remove one of the lines.", where)
        seen.add((fields[0], fields[1]))
        if len(seen) > MAX_PED_PEOPLE:
            raise TooLarge(f"more than {MAX_PED_PEOPLE} people; give the patient's family only.", where)
        families.setdefault(fields[0], []).append(_person(fields, where, findings))
    if not families:
        raise UnreadableFile("no person in it; a PED file has one line a person.", display_name)
    checked = {name: _check_family(tuple(people), display_name, findings) for name, people in families.items()}
    return PedFile(checked, tuple(findings))


def _check_family(people: tuple[Person, ...], name: str, findings: list[Finding]) -> tuple[Person, ...]:
    """Add parents that have no line of their own; refuse a person who is their own ancestor."""
    by_id, odd = {p.id: p for p in people}, {}
    for person in people:
        for parent_id, sex in ((person.father_id, Sex.MALE), (person.mother_id, Sex.FEMALE)):
            parent = by_id.setdefault(parent_id, Person(parent_id, sex)) if parent_id else None
            if parent and parent.sex not in {sex, Sex.UNKNOWN}:
                role = "father" if sex is Sex.MALE else "mother"
                sentence = f"A {role} is recorded as {parent.sex.value}; check the PED file for exchanged columns."
                odd[parent_id] = Finding("ped-parent-sex", Severity.BLOCKING, sentence, name, (parent_id,))
    findings += odd.values()
    for person in by_id.values():
        if _is_own_ancestor(person.id, by_id):
            raise UnreadableFile("a person is their own ancestor; correct the parent columns.", name)
    return tuple(by_id.values())


def _is_own_ancestor(person_id: str, by_id: Mapping[str, Person]) -> bool:
    above, reached = [person_id], set()
    while above:
        person = by_id[above.pop()]
        for parent in filter(None, (person.father_id, person.mother_id)):
            if parent == person_id:
                return True
            if parent not in reached:
                reached.add(parent)
                above.append(parent)
    return False


def pedigree_from_ped(ped: PedFile, samples: Sequence[str], proband: str = "") -> tuple[Pedigree, tuple[Finding, ...]]:
    """The proband's family, with samples matched by name.

    Raises InputError when nobody of the PED file, or not the proband who was named, is in the VCF.
    """
    everyone = [p for people in ped.families.values() for p in people]
    chosen = proband or pick_proband(everyone, samples)
    family = next((people for people in ped.families.values() if any(p.id == chosen for p in people)), None)
    if family is None:
        nobody = "Nobody in the PED file has the name of a sample in the VCF"
        what = "The patient's sample is not in the PED file" if proband else nobody
        raise InputError(f"{what}; make the names agree, or go on without the PED file.")
    pedigree = Pedigree(chosen, tuple(replace(p, sample=p.id if p.id in samples else "") for p in family))
    asked = about_repeated(ped.families, family, samples)
    if not asked and not proband:
        asked = about_choice(ped.families, samples)
    others = {p.id for p in everyone} - {p.id for p in family}
    return pedigree, (*ped.findings, *asked, *check_names(pedigree, samples, others))


def pedigree_from_roles(
    samples: Sequence[str], proband: str = "", sex: Sex = Sex.UNKNOWN, roles: Mapping[str, Role] | None = None
) -> Pedigree:
    """A family without a PED file: the proband, parents and siblings where the person said who they are."""
    roles = roles or {}
    named = {role: sample for sample, role in roles.items()}
    me = proband or named.get(Role.PROBAND) or next((s for s in samples if s not in roles), "patient")
    siblings = [sample for sample, role in roles.items() if role is Role.SIBLING]
    unseen = {Role.FATHER: "the father", Role.MOTHER: "the mother"} if siblings else {}  # what makes them siblings
    father, mother = (named.get(role, unseen.get(role, "")) for role in (Role.FATHER, Role.MOTHER))
    people = [Person(me, sex, Affected.AFFECTED, father, mother, me if me in samples else "")]
    for parent, of_sex in ((father, Sex.MALE), (mother, Sex.FEMALE)):
        if parent:
            people.append(Person(parent, of_sex, sample=parent if parent in samples else ""))
    people += [Person(s, father_id=father, mother_id=mother, sample=s) for s in siblings]
    return Pedigree(me, tuple(people))

"""Who the case is about: the patient, the features seen and excluded, and the family."""

from dataclasses import dataclass, field, replace

from models.case.values import Affected, Role, Sex


@dataclass(frozen=True)
class Patient:
    """The proband. `pseudonym` is what screens show; names of the record never come here.

    age_years: None when unknown. indication: why testing was asked for, "" when not said.
    ancestry: genetic-ancestry group as stated by the submitter ("" when not said), a label of
    gnomAD v4 (afr, amr, asj, eas, fin, mid, nfe, sas); never inferred here.
    """

    pseudonym: str
    sex: Sex = Sex.UNKNOWN
    age_years: float | None = None
    indication: str = ""
    ancestry: str = ""
    consent: str = ""
    is_synthetic: bool = False


@dataclass(frozen=True)
class Term:
    """One HPO term of the patient. excluded: looked for and not there.

    id: "HP:0001250", current and not obsolete. label: the ontology's name.
    onset: free text or an HPO onset label, "" when unknown. origin: "typed", the file's display
    name, or "note". given_id: the id as delivered when it was replaced by `id`, else "".
    """

    id: str
    label: str
    excluded: bool = False
    onset: str = ""
    origin: str = ""
    given_id: str = ""


@dataclass(frozen=True)
class Phenotype:
    """The patient's HPO terms, in the order given, without repeats."""

    terms: tuple[Term, ...] = ()

    @property
    def observed(self) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if not t.excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if t.excluded)

    def with_term(self, term: Term) -> "Phenotype":
        """A new phenotype with `term` added, or replaced when its id was already there."""
        return Phenotype((*(t for t in self.terms if t.id != term.id), term))

    def without(self, term_id: str) -> "Phenotype":
        return Phenotype(tuple(t for t in self.terms if t.id != term_id))


@dataclass(frozen=True)
class Person:
    """One family member. sample: the VCF sample name, "" when not sequenced. parent ids "" = unknown."""

    id: str
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    father_id: str = ""
    mother_id: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Pedigree:
    """The family around `proband_id`. A single patient is a pedigree of one."""

    proband_id: str
    people: tuple[Person, ...] = field(default_factory=tuple)

    def person(self, person_id: str) -> Person | None:
        return next((p for p in self.people if p.id == person_id), None)

    @property
    def proband(self) -> Person:
        found = self.person(self.proband_id)
        return found if found else Person(self.proband_id)

    @property
    def mother(self) -> Person | None:
        return self.person(self.proband.mother_id) if self.proband.mother_id else None

    @property
    def father(self) -> Person | None:
        return self.person(self.proband.father_id) if self.proband.father_id else None

    def with_proband_sex(self, sex: Sex) -> "Pedigree":
        """The same family with this sex of the proband."""
        people = tuple(replace(p, sex=sex) if p.id == self.proband_id else p for p in self.people)
        return Pedigree(self.proband_id, people)

    def with_parents_exchanged(self) -> "Pedigree":
        """The same family, the proband's mother and father each with the other's sample."""
        mother, father = self.mother, self.father
        if mother is None or father is None:
            return self
        sample_of = {mother.id: father.sample, father.id: mother.sample}
        people = tuple(replace(p, sample=sample_of.get(p.id, p.sample)) for p in self.people)
        return Pedigree(self.proband_id, people)

    def role(self, person_id: str) -> Role:
        me = self.proband
        if person_id == me.id:
            return Role.PROBAND
        if person_id == me.mother_id:
            return Role.MOTHER
        if person_id == me.father_id:
            return Role.FATHER
        other = self.person(person_id)
        shares_parent = other is not None and (
            (other.mother_id and other.mother_id == me.mother_id)
            or (other.father_id and other.father_id == me.father_id)
        )
        return Role.SIBLING if shares_parent else Role.OTHER

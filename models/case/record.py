"""What the patient's record says, reduced from FHIR R4 to what a reviewer reads.

Dates are ISO strings as delivered ("2019", "2019-03", "2019-03-12"; "" unknown): a partial date
is never completed. Text is untrusted and is only ever shown through components.text.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A Condition. status: FHIR clinicalStatus code ("active", "resolved" ...), "" unknown."""

    text: str
    code: str = ""
    system: str = ""
    onset_date: str = ""
    status: str = ""
    is_refuted: bool = False


@dataclass(frozen=True)
class Medication:
    """A MedicationRequest or MedicationStatement. is_current: None when the record does not say."""

    text: str
    code: str = ""
    system: str = ""
    dose: str = ""
    start_date: str = ""
    end_date: str = ""
    status: str = ""
    is_current: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class LabValue:
    """One laboratory or vital-sign Observation. value None: not a number (then `text`).

    comparator: "<", "<=", ">=" or ">" when the laboratory gives only a bound, "" for the value itself.
    """

    name: str
    date: str
    value: float | None
    unit: str = ""
    text: str = ""
    loinc: str = ""
    low: float | None = None
    high: float | None = None
    flag: str = ""  # "H", "L", "HH", "LL", "N" or ""
    category: str = "laboratory"
    comparator: str = ""


@dataclass(frozen=True)
class Relative:
    """A FamilyMemberHistory. conditions: what they have or had."""

    relationship: str
    conditions: tuple[str, ...] = ()
    sex: str = ""
    deceased: bool | None = None
    age_text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Note:
    """A clinical note, imaging report or document; text decoded, never rendered as markup."""

    title: str
    date: str
    text: str
    kind: str = "note"  # "note", "imaging", "report"


@dataclass(frozen=True)
class Event:
    """Something dated for the timeline: encounter, procedure, immunisation, allergy."""

    date: str
    text: str
    kind: str


@dataclass(frozen=True)
class ClinicalRecord:
    """Everything read from the bundle. unread: resource type -> count we did not use (shown)."""

    problems: tuple[Problem, ...] = ()
    medications: tuple[Medication, ...] = ()
    labs: tuple[LabValue, ...] = ()
    relatives: tuple[Relative, ...] = ()
    notes: tuple[Note, ...] = ()
    events: tuple[Event, ...] = ()
    allergies: tuple[str, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing about the patient's health was read."""
        said = (self.problems, self.medications, self.labs, self.relatives, self.notes, self.events, self.allergies)
        return not any(said)

"""The sample patients shipped with Caseboard: synthetic people, real published variants."""

import json
from dataclasses import dataclass
from pathlib import Path

from components.choices import Choice, Chosen, choices


@dataclass(frozen=True)
class SamplePatient:
    """One folder of sample_data/: what its card says before anything of it is read."""

    slug: str
    folder: Path
    title: str
    pseudonym: str
    indication: str


def find_sample_patients(root: Path) -> tuple[SamplePatient, ...]:
    """Every folder below `root` with a case.json and a VCF, by pseudonym: SYN-001 first."""
    found = []
    for card in sorted(root.glob("**/case.json")):
        if any(card.parent.glob("*.vcf*")):
            said = json.loads(card.read_text(encoding="utf-8"))
            found.append(
                SamplePatient(
                    card.parent.name,
                    card.parent,
                    str(said.get("title", card.parent.name)),
                    str(said.get("pseudonym", "")),
                    str(said.get("indication", "")),
                )
            )
    return tuple(sorted(found, key=lambda one: one.pseudonym))


def sample_patients(patients: tuple[SamplePatient, ...], *, key: str) -> Chosen | None:
    """Cards of the sample patients; what was pressed."""
    cards = [Choice(p.slug, p.title, lines=(p.indication,), foot=p.pseudonym) for p in patients]
    return choices("Sample patients", cards, key=key, layout="grid")

"""The two HPO sources as SOURCES sees them: the ontology, and its annotations of diseases and genes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from models.case import Absent, Found, Looked
from models.knowledge import hpo_offer
from models.knowledge.hpo_files import annotation_release, data_folder, hpo_release
from models.knowledge.in_use import release_in_use, replacing
from models.knowledge.library.installed import Installed, Library
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

ONTOLOGY_NAME = hpo_offer.NAME
ANNOTATIONS_NAME = "HPO annotations of diseases and genes"


def shipped_ontology() -> Release:
    date = hpo_release(data_folder())
    return Release(hpo_offer.KEY, ONTOLOGY_NAME, date, date, hpo_offer.LICENCE, hpo_offer.CITATION, hpo_offer.ADDRESS)


def installed_hpo(library: Library) -> Installed | None:
    """The installed HPO that answers in place of the one that ships; ontology and annotations go together."""
    return replacing(library, shipped_ontology())


def ontology_release(library: Library) -> Release:
    return release_in_use(library, shipped_ontology())


def annotations_release(library: Library) -> Release:
    installed = installed_hpo(library)
    date = annotation_release(data_folder() if installed is None else installed.folder)
    return replace(
        shipped_ontology(),
        key="hpo_annotations",
        name=ANNOTATIONS_NAME,
        version=date,
        released_on=date,
        address="https://hpo.jax.org/data/annotations",
    )


def look_up_term(knowledge: "Knowledge", term_id: str) -> Looked[str]:
    """The name of a term, also by an old id."""
    at = knowledge.hpo.position(term_id)
    return Found(knowledge.hpo.labels[at], ONTOLOGY_NAME) if at >= 0 else Absent(ONTOLOGY_NAME)


def look_up_frequency(knowledge: "Knowledge", query: str) -> Looked[str]:
    """How often a feature occurs in a disease, by "disease id, term id"; "not stated" is an answer."""
    disease_id, term_id = (part.strip() for part in query.split(","))
    notes = knowledge.annotations
    disease, term = notes.disease_position.get(disease_id, -1), knowledge.hpo.position(term_id)
    if disease < 0 or term < 0 or term not in notes.direct.of(disease)[0]:
        return Absent(ANNOTATIONS_NAME)
    return Found(notes.disease_profiles.frequency_text(disease, term) or "not stated", ANNOTATIONS_NAME)


ONTOLOGY = Source(
    key="hpo",
    question="What does this term mean, and what is it a kind of?",
    unit="terms",
    missing="unknown id: not in this release; old ids are brought to the current term and named",
    release=ontology_release,
    look_up=look_up_term,
    found=Example("HP:0001275", Found("Seizure", ONTOLOGY_NAME)),
    missed=Example("HP:9999999", Absent(ONTOLOGY_NAME)),
    offers=(hpo_offer.OFFER,),
)
ANNOTATIONS = Source(
    key="hpo_annotations",
    question="Which features does this disease have, how often, and which genes cause it?",
    unit="fraction of people with the disease; counts where the papers give them",
    missing="NaN: annotated without a frequency; not annotated: nobody wrote it down, not excluded",
    release=annotations_release,
    look_up=look_up_frequency,
    found=Example("OMIM:607208, HP:0001251", Found("15/17", ANNOTATIONS_NAME)),
    missed=Example("OMIM:607208, HP:0001631", Absent(ANNOTATIONS_NAME)),
)

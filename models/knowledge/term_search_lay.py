"""Words that families and referral letters use and HPO has not among its synonyms, for the term search only.

Ours, written from what was typed and not found. They are never looked for in notes, where "fits" is
mostly a verb, and nothing is scored by them.
"""

from collections.abc import Mapping, Sequence

# Label of the term -> everyday names. A test holds every label to the installed ontology.
LAY_WORDS: Mapping[str, tuple[str, ...]] = {
    "Seizure": ("Fits", "Fit", "Convulsions", "Turns"),
    "Febrile seizure (within the age range of 3 months to 6 years)": ("Fever fits", "Fits with fever"),
    "Typical absence seizure": ("Blank spells", "Staring spells"),
    "Hypotonia": ("Floppy", "Floppy baby", "Floppy infant", "Poor muscle tone"),
    "Muscle weakness": ("Weak muscles",),
    "Hypertonia": ("Stiffness", "Stiff limbs"),
    "Ataxia": ("Wobbly",),
    "Clumsiness": ("Clumsy",),
    "Tremor": ("Shaking", "Shaky hands"),
    "Delayed speech and language development": ("Late talking", "Late to talk", "Slow to talk", "Not talking yet"),
    "Absent speech": ("Not talking", "No words"),
    "Delayed ability to walk": ("Late walking", "Late to walk", "Not walking yet"),
    "Motor delay": ("Late motor milestones",),
    "Global developmental delay": ("Slow development", "Behind for age"),
    "Developmental regression": ("Lost skills", "Going backwards"),
    "Intellectual disability": ("Learning difficulties", "Learning disability", "Slow learner"),
    "Autistic behavior": ("Autistic traits",),
    "Sleep abnormality": ("Sleep problems", "Poor sleep"),
    "Macrocephaly": ("Large skull",),
    "Microcephaly": ("Small skull",),
    "Macroglossia": ("Big tongue",),
    "Ptosis": ("Droopy eyelid", "Droopy eyelids", "Hanging eyelid"),
    "Blindness": ("Blind", "Cannot see"),
    "Visual impairment": ("Poor sight", "Poor vision"),
    "Hearing impairment": ("Hard of hearing", "Cannot hear"),
    "Hepatomegaly": ("Big liver", "Large liver"),
    "Splenomegaly": ("Big spleen", "Large spleen"),
    "Abnormal heart morphology": ("Hole in the heart", "Heart defect from birth"),
    "Tachycardia": ("Fast heart beat", "Fast heart rate", "Racing heart"),
    "Bradycardia": ("Slow heart beat", "Slow heart rate"),
    "Exercise intolerance": ("Tires easily", "Out of puff"),
    "Fatigue": ("Always tired",),
    "Increased susceptibility to fractures": ("Brittle bones", "Fragile bones", "Breaks bones easily"),
    "Joint hypermobility": ("Hypermobile joints", "Loose joints", "Bendy joints", "Double-jointed"),
    "Joint stiffness": ("Stiff joints",),
    "Hypopigmented skin patches": ("White patches", "Pale patches"),
    "Delayed puberty": ("Late puberty", "Puberty late"),
    "Edema": ("Puffy", "Swollen"),
    "Pedal edema": ("Swollen legs", "Puffy legs", "Swollen feet", "Puffy feet"),
    "Alacrima": ("No tears", "Cries without tears"),
    "Slender build": ("Thin build",),
    "Growth delay": ("Small for age", "Not growing"),
    "Failure to thrive": ("Not gaining weight", "Not thriving"),
    "Feeding difficulties": ("Feeds badly", "Will not feed"),
    "Polyphagia": ("Always hungry",),
    "Recurrent infections": ("Always ill", "Many infections"),
    "Chest pain": ("Pain in the chest",),
    "Abdominal pain": ("Tummy ache", "Belly ache"),
    "Dyspnea": ("Out of breath",),
    "Syncope": ("Faints", "Passes out", "Collapses"),
}


def with_lay_words(labels: Sequence[str], synonyms: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """`synonyms`, by position, with the everyday names of the labels that have some."""
    return [
        (*own, *LAY_WORDS[label]) if label in LAY_WORDS else own for label, own in zip(labels, synonyms, strict=True)
    ]

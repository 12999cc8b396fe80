"""A very small world: eleven terms, four diseases, four genes. Its numbers can be checked by hand.

All
├── Phenotypic abnormality (118)
│   ├── Abnormality of the heart (10)
│   │   ├── Cardiomyopathy (11)
│   │   │   ├── Dilated cardiomyopathy (12)
│   │   │   └── Hypertrophic cardiomyopathy (13)
│   │   └── Arrhythmia (14)
│   └── Abnormality of the eye (20)
│       ├── Cataract (21)
│       └── Coloboma (22)
└── Mode of inheritance (5) ── Autosomal dominant (6), Autosomal recessive (7)
"""

from pathlib import Path

import pandas as pd

from models.case import Phenotype, Term
from models.knowledge import Annotations, GeneTable, Knowledge, Ontology
from models.knowledge.annotations import build_annotations
from models.knowledge.hpo_obo import make_ontology, parse_obo
from tests.knowledge.real import knowledge

OBO = """format-version: 1.2
data-version: hp/releases/2020-02-02

[Term]
id: HP:0000001
name: All

[Term]
id: HP:0000118
name: Phenotypic abnormality
is_a: HP:0000001 ! All

[Term]
id: HP:0000005
name: Mode of inheritance
is_a: HP:0000001 ! All

[Term]
id: HP:0000006
name: Autosomal dominant inheritance
is_a: HP:0000005 ! Mode of inheritance

[Term]
id: HP:0000007
name: Autosomal recessive inheritance
is_a: HP:0000005 ! Mode of inheritance

[Term]
id: HP:0000010
name: Abnormality of the heart
is_a: HP:0000118 {source="someone"} ! Phenotypic abnormality

[Term]
id: HP:0000011
name: Cardiomyopathy
alt_id: HP:0000911
def: "A \\"weak\\" heart muscle." [PMID:1]
synonym: "Heart muscle disease" EXACT layperson []
synonym: "Old heart words" EXACT obsolete_synonym []
is_a: HP:0000010 ! Abnormality of the heart

[Term]
id: HP:0000012
name: Dilated cardiomyopathy
is_a: HP:0000011 ! Cardiomyopathy

[Term]
id: HP:0000013
name: Hypertrophic cardiomyopathy
is_a: HP:0000011 ! Cardiomyopathy

[Term]
id: HP:0000014
name: Arrhythmia
is_a: HP:0000010 ! Abnormality of the heart

[Term]
id: HP:0000020
name: Abnormality of the eye
is_a: HP:0000118 ! Phenotypic abnormality

[Term]
id: HP:0000021
name: Cataract
is_a: HP:0000020 ! Abnormality of the eye

[Term]
id: HP:0000022
name: Coloboma
is_a: HP:0000020 ! Abnormality of the eye

[Term]
id: HP:0000900
name: obsolete Big heart
is_obsolete: true
replaced_by: HP:0000901

[Term]
id: HP:0000901
name: obsolete Large heart
is_obsolete: true
replaced_by: HP:0000011

[Term]
id: HP:0000902
name: obsolete Odd eye
is_obsolete: true
consider: HP:0000021
consider: HP:0000022

[Typedef]
id: part_of
name: part of
"""

ROWS = (
    # disease, term, frequency, negated
    ("OMIM:1", "HP:0000012", "9/10", False),
    ("OMIM:1", "HP:0000014", "HP:0040282", False),
    ("OMIM:1", "HP:0000006", "", False),
    ("OMIM:2", "HP:0000013", "", False),
    ("OMIM:2", "HP:0000021", "0/8", False),
    ("OMIM:2", "HP:0000007", "", False),
    ("OMIM:3", "HP:0000021", "4/8", False),
    ("OMIM:3", "HP:0000022", "", True),
    ("ORPHA:4", "HP:0000911", "40%", False),
    ("ORPHA:4", "HP:0000021", "", False),
    ("OMIM:3", "HP:0777777", "", False),
)
LINKS = (("DCM1", "OMIM:1"), ("HCM1", "OMIM:2"), ("EYE1", "OMIM:3"), ("HCM1", "ORPHA:4"), ("ALONE1", "ORPHA:4"))


def ontology(folder: Path) -> Ontology:
    path = folder / "hp.obo"
    path.write_text(OBO, encoding="utf-8")
    return make_ontology(parse_obo(path))


def annotations(hpo: Ontology, rows: tuple[tuple[str, str, str, bool], ...] = ROWS) -> Annotations:
    table = pd.DataFrame(
        [(d, f"disease {d[-1]}", t, f, n) for d, t, f, n in rows],
        columns=["disease_id", "disease_label", "term_id", "frequency", "is_negated"],
    )
    return build_annotations(table, pd.DataFrame(LINKS, columns=["gene", "disease_id"]), hpo, "2020-02-02")


def world(folder: Path) -> Knowledge:
    """The toy ontology and annotations, with the real gene table and transcripts."""
    hpo = ontology(folder)
    return Knowledge(
        hpo, annotations(hpo), GeneTable(knowledge().genes.frame, {}), knowledge().transcripts, (), knowledge().library
    )


def patient(*ids: str, excluded: tuple[str, ...] = ()) -> Phenotype:
    return Phenotype((*(Term(i, i) for i in ids), *(Term(i, i, excluded=True) for i in excluded)))

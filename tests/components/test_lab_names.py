"""Laboratory tests by a name that fits a chart and still tells the specimen."""

import pytest

from components import phrases


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ammonia [Moles/volume] in Plasma", "Ammonia"),
        ("Lactate [Moles/volume] in Cerebral spinal fluid", "Lactate (CSF)"),
        ("Lactate [Moles/volume] in Serum or Plasma", "Lactate"),
        ("Glucose in Cerebrospinal fluid", "Glucose (CSF)"),
        ("Ethylmalonate [Moles/volume] in Urine", "Ethylmalonate (urine)"),
        ("Head Occipital-frontal circumference", "Head Occipital-frontal circumference"),
    ],
)
def test_a_specimen_other_than_blood_is_named(name, said):
    assert phrases.test_name(name) == said

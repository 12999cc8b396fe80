"""Cases made of real trios of the shared data: the child, and two samples said to be the parents."""

import tempfile
from functools import lru_cache
from pathlib import Path

from models.case import Affected, Case, Patient, Pedigree, Person, Sex, VariantTable
from models.intake import read_variants
from tests.shared_data import shared

BACKGROUNDS = {
    "bg02_imgag_trio1": Sex.MALE,
    "bg03_imgag_trio2": Sex.MALE,
    "bg04_imgag_trio3": Sex.FEMALE,
}


@lru_cache(maxsize=4)
def table(relative: str) -> VariantTable:
    """All samples of a shared VCF."""
    with tempfile.TemporaryDirectory() as folder:
        path = shared(relative)
        read, _ = read_variants(path, display_name=path.name, work_dir=Path(folder))
        return read


def trio(read: VariantTable, child: str, father: str, mother: str, sex: Sex) -> Case:
    """A case in which these samples are said to be child, father and mother; "" is not sequenced."""
    people = (
        Person("child", sex, Affected.AFFECTED, "father", "mother", child),
        Person("father", Sex.MALE, Affected.UNAFFECTED, sample=father),
        Person("mother", Sex.FEMALE, Affected.UNAFFECTED, sample=mother),
    )
    return Case("case-real", "0" * 64, Patient("REAL", sex), read, Pedigree("child", people))


def background(name: str) -> VariantTable:
    return table(f"cases/backgrounds/{name}.hg38.vcf.gz")

"""The people whose exomes patients are spiked into, annotated from what Caseboard ships alone.

No labelled table is at hand here, so consequences and frequencies of the background's variants are all drawn as
models.ranking.training.backgrounds describes, and benign substitutions as often as labelled ones occur.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from models.case import Assembly, Sex
from models.errors import InputError
from models.evaluation.case_tables import Entry
from models.evidence.identity_sex import FEMALE_MIN_RATIO, MALE_MAX_RATIO
from models.evidence.regions import Copies, copies_of
from models.knowledge import Knowledge
from models.ranking.training.backgrounds import Background, BackgroundReader
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.labelled import Labelled

TRIO = ("CHILD", "FATHER", "MOTHER")
_TOLERATED = Path(__file__).parent / "tolerated_substitutions.tsv"

Of = tuple[str, tuple[str, ...], Sex]  # file, its samples with the proband first, sex of the proband


def shipped_facts() -> Labelled:
    """No variant is known; benign substitutions are drawn from counts."""
    counts = pd.read_csv(_TOLERATED, sep="\t", comment="#")
    nothing = pd.DataFrame({"consequence": pd.Series(dtype=object), "af_fraction": pd.Series(dtype=float)})
    return Labelled(nothing, np.repeat(counts["hgvs_p"].to_numpy(dtype=object), counts["variants"].to_numpy()))


def sex_by_x(person: Background) -> Sex:
    """From the heterozygous share of X outside its PARs against that of the autosomes (evidence.identity_sex)."""
    carried = person.copies[:, 0]
    copies = copies_of(person.frame.assign(chrom=person.frame["chrom"].astype("category")), Assembly.GRCH38)
    on_x, autosomal = carried[copies == Copies.X], carried[copies == Copies.AUTOSOMAL]
    expected = float(np.mean(autosomal == 1)) if len(autosomal) else 0.0
    if not len(on_x) or expected == 0.0:
        return Sex.UNKNOWN
    ratio = float(np.mean(on_x == 1)) / expected
    return Sex.MALE if ratio <= MALE_MAX_RATIO else Sex.FEMALE if ratio >= FEMALE_MIN_RATIO else Sex.UNKNOWN


class People:
    """Reads the backgrounds that the entries name, and says who a patient becomes."""

    def __init__(self, folder: Path, entries: Sequence[Entry], trio: bool, knowledge: Knowledge) -> None:
        """Raises InputError when a named file or sample is not there."""
        if not folder.is_dir():
            raise InputError("no such folder; give the folder of the background exomes.", folder.name)
        self._trio = trio
        self.facts = shipped_facts()
        # All named files are read in either mode: what several of them share is annotated as common.
        names = sorted({n for e in entries for n in (e.background, e.trio) if n})
        self.reader = BackgroundReader(folder, self.facts, knowledge, KeptOut(), names)
        self._sex_of_child: dict[str, Sex] = {}

    def of(self, entry: Entry) -> Of | None:
        """None when a trio is asked for and the manifest names none for this patient."""
        if not self._trio:
            self._check(entry.background, (entry.sample,))
            return entry.background, (entry.sample,), entry.sex
        if not entry.trio:
            return None
        self._check(entry.trio, TRIO)
        if entry.trio not in self._sex_of_child:
            child = self.reader.read(entry.trio, TRIO, Sex.UNKNOWN)
            self._sex_of_child[entry.trio] = sex_by_x(child)
        return entry.trio, TRIO, self._sex_of_child[entry.trio]

    def _check(self, name: str, people: Sequence[str]) -> None:
        missing = [p for p in people if p not in self.reader.people_in(name)]
        if missing:
            raise InputError(f"this background has no sample {', '.join(missing)}; correct the manifest.", name)

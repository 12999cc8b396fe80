"""Where the ranking is strong and weak: by kind of change, number of terms and background person."""

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.bootstrap import share
from models.ranking import FEATURES
from models.ranking.features.effect_class import WORDS, EffectClass, class_of_consequence
from models.ranking.training.examples import Example

TOPS = (1, 5, 10)
TERM_BANDS = ((1, 3), (4, 7), (8, 15), (16, 1000))
# Ancestry of the measured people, as far as their sources say.
PEOPLE = {
    "bg04_imgag_trio3": "imgag family 3 (ancestry not stated)",
    "bg05_mendelmd_NA12878_singleton": "NA12878 (European)",
}
PLACE = {f.name: i for i, f in enumerate(FEATURES)}


def of_change(example: Example) -> str:
    """Kind of change of the answer; of a pair, of the weaker hit."""
    classes = [class_of_consequence(v.consequence) for v in example.case.variants]
    return WORDS[EffectClass(int(min(classes)))]


def of_terms(example: Example) -> str:
    count = len(example.case.terms)
    low, high = next(band for band in TERM_BANDS if count <= band[1])
    return f"{low} or more terms" if high == TERM_BANDS[-1][1] else f"{low} to {high} terms"


def of_answer(example: Example) -> str:
    return {"single_het": "one heterozygous change", "two_het": "two hits"}.get(example.case.model, example.case.model)


def of_person(example: Example) -> str:
    return PEOPLE.get(example.person, example.person)


STRATA: dict[str, Callable[[Example], str]] = {
    "kind of change (of a pair: the weaker)": of_change,
    "answer": of_answer,
    "terms of the patient": of_terms,
    "background person": of_person,
}


def _in_order(part: str) -> tuple[int, str]:
    """Bands of numbers by number, words by alphabet."""
    first = part.split(maxsplit=1)[0]
    return int(first) if first.isdigit() else 0, part


def print_strata(name: str, examples: Sequence[Example], ranks: np.ndarray) -> None:
    """Caseboard's own ranks only."""
    genes = np.array([e.case.gene for e in examples])
    print(f"\n**{name}, Caseboard, in parts**\n\n| | cases | genes | top 1 % | top 10 % |\n|---|---|---|---|---|")
    for stratum, part_of in STRATA.items():
        parts = np.array([part_of(e) for e in examples])
        print(f"| *{stratum}* | | | | |")
        for part in sorted(set(parts), key=_in_order):
            mine = parts == part
            cells = " | ".join(share(ranks[mine] <= top, genes[mine]) for top in (1, 10))
            print(f"| {part} | {mine.sum()} | {len(set(genes[mine]))} | {cells} |")

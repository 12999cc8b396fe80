"""How often a feature occurs in a disease, as the HPO annotations write it."""

import math
import re
from dataclasses import dataclass

# HPO frequency sub-ontology (HP:0040279): the published ranges and what we call their middle.
# Source: HPO annotation format, phenotype.hpoa, column "frequency".
FREQUENCY_CLASSES: dict[str, tuple[str, float]] = {
    "HP:0040280": ("obligate", 1.0),
    "HP:0040281": ("very frequent", 0.895),  # 80-99 %
    "HP:0040282": ("frequent", 0.545),  # 30-79 %
    "HP:0040283": ("occasional", 0.17),  # 5-29 %
    "HP:0040284": ("very rare", 0.025),  # 1-4 %
    "HP:0040285": ("excluded", 0.0),
}
_COUNT = re.compile(r"^(\d+)/(\d+)$")
_PERCENT = re.compile(r"^([\d.]+)\s*%$")


@dataclass(frozen=True)
class Frequency:
    """seen of examined people (0 of 0: given otherwise); fraction: NaN when not stated at all."""

    fraction: float
    seen: int = 0
    examined: int = 0


NOT_STATED = Frequency(float("nan"))


def parse_frequency(text: str) -> Frequency:
    """Read "5/7", "45%" or a class id. Anything else, and counts that cannot be, are not stated."""
    if text in FREQUENCY_CLASSES:
        return Frequency(FREQUENCY_CLASSES[text][1])
    if count := _COUNT.match(text):
        seen, examined = int(count[1]), int(count[2])
        return Frequency(seen / examined, seen, examined) if 0 < examined >= seen else NOT_STATED
    if percent := _PERCENT.match(text):
        return Frequency(min(float(percent[1]) / 100, 1.0))
    return NOT_STATED


def frequency_words(fraction: float, seen: int, examined: int) -> str:
    """As people read it: "5/7", "very frequent", "45 %", and "" when it is not stated."""
    if examined > 0:
        return f"{seen}/{examined}"
    if math.isnan(fraction):
        return ""
    for words, middle in FREQUENCY_CLASSES.values():
        if abs(middle - fraction) < 1e-4:
            return words
    return f"{100 * fraction:.0f} %"

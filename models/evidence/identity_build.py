"""Do the positions fit the stated assembly, and only that one?

Two proofs: positions behind the end of their chromosome, and common variants found at the place they
have on the other assembly. Chromosome lengths: Genome Reference Consortium, GRCh37.p13 and GRCh38.p14.
"""

import numpy as np
import pandas as pd

from models.case import Assembly, Case, Finding, Severity
from models.evidence.build_markers import BUILD_MARKERS
from models.evidence.columns import by_category

_NAMES = (*map(str, range(1, 23)), "X", "Y")
_LENGTHS_37 = (
    249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431, 135534747,
    135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983, 63025520, 48129895,
    51304566, 155270560, 59373566,
)  # fmt: skip
_LENGTHS_38 = (
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422,
    135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983,
    50818468, 156040895, 57227415,
)  # fmt: skip
CHROMOSOME_BASES = {
    Assembly.GRCH37: dict(zip(_NAMES, _LENGTHS_37, strict=True)),
    Assembly.GRCH38: dict(zip(_NAMES, _LENGTHS_38, strict=True)),
}
_NO_LENGTH = int(np.iinfo(np.int32).max)  # contigs we hold no length of
# Markers at their place on the other assembly that make a contradiction. No right file measured has any.
MIN_MARKERS = 3
_OTHER = {Assembly.GRCH37: Assembly.GRCH38, Assembly.GRCH38: Assembly.GRCH37}


def check_build(case: Case) -> tuple[Finding, ...]:
    """BLOCKING for another build or two mixed ones; a WARNING where the file does not say which."""
    markers = {assembly: markers_at(case, assembly) for assembly in CHROMOSOME_BASES}
    if case.assembly is Assembly.UNKNOWN:
        return _unknown(case, markers)
    other = _OTHER[case.assembly]
    if markers[other] >= MIN_MARKERS:
        return (_by_markers(case.assembly, other, markers),)
    beyond = rows_behind_the_end(case, case.assembly)
    return (_by_length(case, other, beyond),) if beyond else ()


def markers_at(case: Case, assembly: Assembly) -> int:
    """Common variants that the file holds at their place on `assembly`."""
    column = 1 if assembly is Assembly.GRCH37 else 2
    frame = case.variants.frame
    rows = np.flatnonzero(np.isin(frame["pos_1based"].to_numpy(), [m[column] for m in BUILD_MARKERS]))
    at = pd.MultiIndex.from_frame(frame[["chrom", "pos_1based", "ref", "alt"]].iloc[rows].astype(str))
    return len(set(at) & {(m[0], str(m[column]), m[3], m[4]) for m in BUILD_MARKERS})


def rows_behind_the_end(case: Case, assembly: Assembly) -> int:
    """Rows whose position exceeds the length of their chromosome in `assembly`."""
    frame = case.variants.frame
    lengths = CHROMOSOME_BASES[assembly]
    end = by_category(frame["chrom"], lambda c: lengths.get(c, _NO_LENGTH), missing=_NO_LENGTH, dtype=np.int64)
    return int((frame["pos_1based"].to_numpy() > end).sum())


def _unknown(case: Case, markers: dict[Assembly, int]) -> tuple[Finding, ...]:
    """The likely assembly where common variants tell it; else that it is unknown, unless the intake said so."""
    likely = max(markers, key=lambda a: markers[a])
    if markers[likely] >= MIN_MARKERS:
        sentence = (
            f"The file does not say which assembly it is on; {markers[likely]} common variants lie where "
            f"{likely.value} has them: state {likely.value}."
        )
        return (Finding("assembly-likely", Severity.WARNING, sentence),)
    if any(f.code == "assembly-unknown" for f in case.findings):
        return ()
    sentence = (
        "The file does not say which assembly its positions belong to; genes by position, the ends of X and Y, "
        "and the reads cannot be used. State GRCh37 or GRCh38."
    )
    return (Finding("assembly-unknown", Severity.WARNING, sentence),)


def _by_markers(stated: Assembly, other: Assembly, markers: dict[Assembly, int]) -> Finding:
    mixed = markers[stated] >= MIN_MARKERS
    return Finding(
        "mixed-builds" if mixed else "wrong-build",
        Severity.BLOCKING,
        f"The file is read as {stated.value}, but {markers[other]} common variants lie where {other.value} has them"
        + (f" and {markers[stated]} where {stated.value} does: two assemblies are mixed." if mixed else ".")
        + f" State {other.value}, or export the file again from one assembly.",
    )


def _by_length(case: Case, other: Assembly, beyond: int) -> Finding:
    fits_other = rows_behind_the_end(case, other) == 0
    guess = f"They fit {other.value}." if fits_other else "Two assemblies may be mixed in this file."
    return Finding(
        "wrong-build",
        Severity.BLOCKING,
        f"The file is read as {case.assembly.value} ({case.variants.facts.assembly_reason}), but "
        f"{beyond:,} positions lie behind the end of their chromosome. {guess}",
    )

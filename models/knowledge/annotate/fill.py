"""One pass over a table: what each installed release of its build says of each row."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.case import Assembly, Finding, Kind, VariantTable
from models.knowledge.annotate import findings
from models.knowledge.annotate.answers import lay, sure_of_absence
from models.knowledge.annotate.consequences import fill_consequences
from models.knowledge.annotate.draft import Draft
from models.knowledge.annotate.lifting import ask_by_lift
from models.knowledge.annotate.releases import LOOKED_UP, REFERENCE, answering, by_lift
from models.knowledge.effects.normalise import normalised
from models.knowledge.effects.reference import Agreement, Reference, disagreement, reference_of
from models.knowledge.library.installed import Installed
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import Alleles, alleles_of
from models.knowledge.positions.join import look_up
from models.knowledge.transcripts import Transcripts

ANNOTATION_VERSION = 2  # raise it when the same releases would fill a table differently
# One allele of these kinds can be written in several ways; a substitution cannot once it is trimmed.
SPELLED_IN_SEVERAL_WAYS = (Kind.INSERTION, Kind.DELETION, Kind.DELINS)


@dataclass(frozen=True, eq=False)
class Annotated:
    """releases: those that answered: of the table's own build, and those asked by lifted places."""

    table: VariantTable
    findings: tuple[Finding, ...]
    releases: tuple[Installed, ...]


@dataclass(frozen=True, eq=False)
class Mane:
    """What consequences are read on. label: its release ("MANE 1.4"), so that a newer one is noticed."""

    transcripts: Transcripts
    label: str


def labels(installed: Sequence[Installed], mane: str, assembly: Assembly) -> tuple[str, ...]:
    """What FileFacts.annotated_with says. mane: label of MANE, which counts where a reference of GRCh38 is."""
    here = answering(installed, assembly)
    told = [f"{r.label} ({r.assembly.value})" for r in here]
    told += [f"{r.label} (for lifted places)" for r in by_lift(installed, assembly)]
    reads = assembly is Assembly.GRCH38 and any(r.source == REFERENCE for r in here)
    return (*told, mane) if reads else tuple(told)


def annotate(table: VariantTable, installed: Sequence[Installed], mane: Mane, progress: Progress) -> Annotated:
    """The table with what `installed` knows of its rows; the very same table when that is nothing.

    What is installed answers before the file where it looked; where it did not, the file's answer stays.
    Raises IntegrityError when a release is damaged.
    """
    assembly = table.facts.assembly
    here, lifted = answering(installed, assembly), by_lift(installed, assembly)
    noticed = findings.about_other_builds(installed, assembly)
    if not here and not lifted:
        return Annotated(table, noticed, ())
    draft, alleles = Draft(table), alleles_of(table)
    noticed += _ask(draft, table, alleles, here, progress)
    reference = next((reference_of(i) for i in here if i.source == REFERENCE), None)
    if reference is not None:
        origin = f"{mane.label} on {reference.label} (installed)"
        fill_consequences(draft, table, alleles, reference, mane.transcripts, origin, progress)
    if lifted:
        noticed += ask_by_lift(draft, alleles, lifted, progress)
    return Annotated(draft.finished(labels(installed, mane.label, assembly)), noticed, (*here, *lifted))


def _ask(
    draft: Draft, table: VariantTable, alleles: Alleles, here: Sequence[Installed], progress: Progress
) -> tuple[Finding, ...]:
    """Ask the releases of the table's own build. What was noticed."""
    asked = [release for release in here if release.source in LOOKED_UP]
    reference = next((reference_of(i) for i in here if i.source == REFERENCE), None)
    progress("Looking variants up in what is installed", None)
    joined = look_up(normalised(alleles, reference) if reference else alleles, asked)
    joined, undecided = sure_of_absence(joined, asked, _spelling_known(table, alleles, reference))
    lay(draft, joined, asked)
    if reference is None:
        return findings.about_indels(undecided, table.facts.assembly)
    differs = disagreement(reference.agreement(alleles), reference)
    return (differs,) if differs else ()


def _spelling_known(table: VariantTable, alleles: Alleles, reference: Reference | None) -> NDArray[np.bool_]:
    """Rows of which "not listed" is an answer: their spelling is the one that every source uses."""
    if reference is not None:
        agrees: NDArray[np.bool_] = reference.agreement(alleles) == Agreement.AGREES
        return agrees
    kinds = table.frame["kind"].cat
    one_way = np.array([kind not in {k.value for k in SPELLED_IN_SEVERAL_WAYS} for kind in kinds.categories], np.bool_)
    known: NDArray[np.bool_] = one_way[kinds.codes.to_numpy()]
    return known

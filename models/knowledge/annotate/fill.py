"""One pass over a table: what each installed release of its build says of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.case import Assembly, Finding, Kind, State, VariantTable
from models.knowledge.annotate import findings, gnomad
from models.knowledge.annotate.consequences import fill_consequences
from models.knowledge.annotate.draft import Draft
from models.knowledge.annotate.releases import LOOKED_UP, answering
from models.knowledge.effects.normalise import normalised
from models.knowledge.effects.reference import SOURCE_KEY as REFERENCE
from models.knowledge.effects.reference import Agreement, Reference, disagreement, reference_of
from models.knowledge.library.installed import Installed
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import Alleles, alleles_of
from models.knowledge.positions.join import Joined, look_up
from models.knowledge.transcripts import Transcripts

ANNOTATION_VERSION = 1  # raise it when the same releases would fill a table differently
GNOMAD = ("gnomad_exomes", "gnomad_genomes")
# source -> its answers: (state column, the columns under it). Releases call columns as the contract does.
SINGLE_ANSWERS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "clinvar": (
        ("clinvar_state", ("clinvar_significance", "clinvar_id")),
        ("clinvar_stars_state", ("clinvar_stars",)),
    ),
    "alphamissense": (("alphamissense_state", ("alphamissense_score",)),),
    "revel": (("revel_state", ("revel_score",)),),
    "spliceai": (("spliceai_state", ("spliceai_delta_max",)),),
    "cadd": (("cadd_state", ("cadd_phred",)),),
}
# One allele of these kinds can be written in several ways; a substitution cannot once it is trimmed.
SPELLED_IN_SEVERAL_WAYS = (Kind.INSERTION, Kind.DELETION, Kind.DELINS)


@dataclass(frozen=True, eq=False)
class Annotated:
    """releases: those that answered, so of the table's own build."""

    table: VariantTable
    findings: tuple[Finding, ...]
    releases: tuple[Installed, ...]


@dataclass(frozen=True, eq=False)
class Mane:
    """What consequences are read on. label: its release ("MANE 1.4"), so that a newer one is noticed."""

    transcripts: Transcripts
    label: str


def labels(releases: Sequence[Installed], mane: str, assembly: Assembly) -> tuple[str, ...]:
    """What FileFacts.annotated_with says of them. mane: label of MANE, which counts where a reference is."""
    told = tuple(f"{r.label} ({r.assembly.value})" for r in releases)
    reads = assembly is Assembly.GRCH38 and any(r.source == REFERENCE for r in releases)
    return (*told, mane) if reads else told


def installed_words(release: Installed) -> str:
    """As FileFacts.brought says who answered: name, version, and the date where the version is none."""
    dated = "" if release.release.released_on == release.release.version else f" of {release.release.released_on}"
    return f"{release.label}{dated} (installed)"


def annotate(table: VariantTable, installed: Sequence[Installed], mane: Mane, progress: Progress) -> Annotated:
    """The table with what `installed` knows of its rows; the very same table when that is nothing.

    What is installed answers before the file where it looked; where it did not, the file's answer stays.
    Raises IntegrityError when a release is damaged.
    """
    here = answering(installed, table.facts.assembly)
    noticed = findings.about_other_builds(installed, table.facts.assembly)
    if not here:
        return Annotated(table, noticed, ())
    draft, alleles = Draft(table), alleles_of(table)
    reference = next((reference_of(i) for i in here if i.source == REFERENCE), None)
    asked = [release for release in here if release.source in LOOKED_UP]
    progress("Looking variants up in what is installed", None)
    joined = look_up(normalised(alleles, reference) if reference else alleles, asked)
    joined, undecided = _sure_of_absence(joined, asked, _spelling_known(table, alleles, reference))
    _fill(draft, joined, {r.source: r for r in asked})
    if reference is None:
        noticed = (*noticed, *findings.about_indels(undecided, table.facts.assembly))
    else:
        fill_consequences(
            draft,
            table,
            alleles,
            reference,
            mane.transcripts,
            f"{mane.label} on {reference.label} (installed)",
            progress,
        )
        differs = disagreement(reference.agreement(alleles), reference)
        noticed = (*noticed, differs) if differs else noticed
    return Annotated(draft.finished(labels(here, mane.label, table.facts.assembly)), noticed, here)


def _spelling_known(table: VariantTable, alleles: Alleles, reference: Reference | None) -> NDArray[np.bool_]:
    """Rows of which "not listed" is an answer: their spelling is the one that every source uses."""
    if reference is not None:
        agrees: NDArray[np.bool_] = reference.agreement(alleles) == Agreement.AGREES
        return agrees
    kinds = table.frame["kind"].cat
    one_way = np.array([kind not in {k.value for k in SPELLED_IN_SEVERAL_WAYS} for kind in kinds.categories], np.bool_)
    known: NDArray[np.bool_] = one_way[kinds.codes.to_numpy()]
    return known


def _sure_of_absence(
    joined: Mapping[str, Joined], asked: Sequence[Installed], known: NDArray[np.bool_]
) -> tuple[dict[str, Joined], dict[str, NDArray[np.bool_]]]:
    """The answers, with "not listed" kept only where the spelling is known; and by name what was left open."""
    settled, undecided = {}, {}
    for release in asked:
        one = joined[release.source]
        open_ = ~known & (one.state == State.ABSENT)
        undecided[release.release.name] = open_
        settled[release.source] = replace(one, state=np.where(open_, State.NOT_ASSESSED, one.state).astype(np.int8))
    return settled, undecided


def _fill(draft: Draft, joined: Mapping[str, Joined], release_of: Mapping[str, Installed]) -> None:
    for source, answers in SINGLE_ANSWERS.items():
        if source in joined:
            one = joined[source]
            looked = one.state != State.NOT_ASSESSED
            for state_column, columns in answers:
                values = {name: one.columns[name] for name in columns}
                draft.answer(
                    state_column, looked, _told(one.state, values), values, installed_words(release_of[source])
                )
    if told := [source for source in GNOMAD if source in joined]:
        _fill_frequencies(draft, [joined[s] for s in told], " and ".join(installed_words(release_of[s]) for s in told))


def _fill_frequencies(draft: Draft, sources: Sequence[Joined], origin: str) -> None:
    found = gnomad.combined(sources)
    looked = found.state != State.NOT_ASSESSED
    for state_column, values in found.answers.items():
        draft.answer(state_column, looked, _told(found.state, values), values, origin)


def _told(state: NDArray[np.int8], values: Mapping[str, Any]) -> NDArray[np.int8]:
    """`state`, with NOT_ASSESSED where the variant is listed, but without its number."""
    first = next(iter(values.values()))
    if not isinstance(first, np.ndarray):
        return state
    return np.where((state == State.FOUND) & np.isnan(first), State.NOT_ASSESSED, state).astype(np.int8)

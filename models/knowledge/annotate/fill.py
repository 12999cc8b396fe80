"""One pass over a table: what each installed release of its build says of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.case import Finding, Kind, State, VariantTable
from models.knowledge.annotate import findings, gnomad
from models.knowledge.annotate.draft import Draft
from models.knowledge.annotate.releases import answering
from models.knowledge.library.installed import Installed
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import alleles_of
from models.knowledge.positions.join import Joined, look_up
from models.knowledge.transcripts import Transcripts

ANNOTATION_VERSION = 1  # raise it when the same releases would fill a table differently
GNOMAD = ("gnomad_exomes", "gnomad_genomes")
# source -> (state column, contract column -> column of the release), one line an answer it gives.
SINGLE_ANSWERS: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]] = {
    "clinvar": (
        ("clinvar_state", {"clinvar_significance": "clinvar_significance", "clinvar_id": "clinvar_id"}),
        ("clinvar_stars_state", {"clinvar_stars": "clinvar_stars"}),
    ),
    "alphamissense": (("alphamissense_state", {"alphamissense_score": "alphamissense_score"}),),
    "revel": (("revel_state", {"revel_score": "revel_score"}),),
    "spliceai": (("spliceai_state", {"spliceai_delta_max": "spliceai_delta_max"}),),
    "cadd": (("cadd_state", {"cadd_phred": "cadd_phred"}),),
}
# One allele of these kinds can be written in several ways; a substitution cannot once it is trimmed.
SPELLED_IN_SEVERAL_WAYS = (Kind.INSERTION, Kind.DELETION, Kind.DELINS)


@dataclass(frozen=True, eq=False)
class Annotated:
    """releases: those that answered, so of the table's own build."""

    table: VariantTable
    findings: tuple[Finding, ...]
    releases: tuple[Installed, ...]


def labels(releases: Sequence[Installed]) -> tuple[str, ...]:
    """What FileFacts.annotated_with says of them."""
    return tuple(f"{r.label} ({r.assembly.value})" for r in releases)


def annotate(
    table: VariantTable, installed: Sequence[Installed], transcripts: Transcripts, work_dir: Path, progress: Progress
) -> Annotated:
    """The table with what `installed` knows of its rows; the very same table when that is nothing.

    What is installed answers before the file where it looked; where it did not, the file's answer stays.
    work_dir: an empty folder for scratch files. Raises IntegrityError when a release is damaged.
    """
    here = answering(installed, table.facts.assembly)
    noticed = findings.about_other_builds(installed, table.facts.assembly)
    if not here:
        return Annotated(table, noticed, ())
    draft, alleles = Draft(table), alleles_of(table)
    asked = [release for release in here if release.source in {*SINGLE_ANSWERS, *GNOMAD}]
    progress("Looking variants up in what is installed", None)
    joined, undecided = _spelled_as_here(look_up(alleles, asked), asked, table)
    _fill(draft, joined, {r.source: r for r in asked})
    return Annotated(draft.finished(labels(here)), (*noticed, *findings.about_indels(undecided)), here)


def _spelled_as_here(
    joined: Mapping[str, Joined], asked: Sequence[Installed], table: VariantTable
) -> tuple[dict[str, Joined], dict[str, NDArray[np.bool_]]]:
    """Without a reference sequence "not listed" is no answer for an allele that can be spelled otherwise."""
    kinds = table.frame["kind"].cat
    ambiguous = np.isin(kinds.codes.to_numpy(), [kinds.categories.get_loc(k) for k in SPELLED_IN_SEVERAL_WAYS
                                                 if k.value in kinds.categories])  # fmt: skip
    settled, undecided = {}, {}
    for release in asked:
        one = joined[release.source]
        open_ = ambiguous & (one.state == State.ABSENT)
        undecided[release.release.name] = open_
        state = np.where(open_, State.NOT_ASSESSED, one.state).astype(np.int8)
        settled[release.source] = replace(one, state=state)
    return settled, undecided


def _fill(draft: Draft, joined: Mapping[str, Joined], release_of: Mapping[str, Installed]) -> None:
    for source, answers in SINGLE_ANSWERS.items():
        if source in joined:
            one = joined[source]
            for state_column, columns in answers:
                values: dict[str, Any] = {ours: one.columns[theirs] for ours, theirs in columns.items()}
                draft.answer(state_column, one.state, values, release_of[source].label)
    if told := [source for source in GNOMAD if source in joined]:
        _fill_frequencies(draft, [joined[s] for s in told], " and ".join(release_of[s].label for s in told))


def _fill_frequencies(draft: Draft, sources: Sequence[Joined], origin: str) -> None:
    found = gnomad.combined(sources)
    overall = found.overall
    counts = {name: overall[name] for name in (gnomad.COUNT, gnomad.NUMBER)}
    draft.answer("af_state", found.state, {gnomad.OVERALL: overall[gnomad.OVERALL]}, origin)
    draft.answer("allele_count_state", found.state, counts, origin)
    draft.answer("homozygote_state", found.state, {gnomad.HOMOZYGOTES: overall[gnomad.HOMOZYGOTES]}, origin)
    draft.answer("af_group_state", found.group_state, found.groups, origin)

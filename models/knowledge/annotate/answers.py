"""What releases say of many alleles, made sure of, and laid over a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.case import State
from models.knowledge.annotate import gnomad
from models.knowledge.annotate.draft import Draft
from models.knowledge.annotate.releases import GNOMAD
from models.knowledge.library.installed import Installed
from models.knowledge.positions.join import Joined

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


def installed_words(release: Installed, how: str = "installed") -> str:
    """As FileFacts.brought says who answered: name, version, and the date where the version is none."""
    dated = "" if release.release.released_on == release.release.version else f" of {release.release.released_on}"
    return f"{release.label}{dated} ({how})"


def sure_of_absence(
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


def lay(draft: Draft, joined: Mapping[str, Joined], asked: Sequence[Installed], how: str = "installed") -> None:
    """Lay the answers over the table. how: in which way they were come by, for people."""
    words = {release.source: installed_words(release, how) for release in asked}
    for source, answers in SINGLE_ANSWERS.items():
        if source in joined:
            one = joined[source]
            looked = one.state != State.NOT_ASSESSED
            for state_column, columns in answers:
                values = {name: one.columns[name] for name in columns}
                draft.answer(state_column, looked, _told(one.state, values), values, words[source])
    if told := [source for source in GNOMAD if source in joined]:
        _fill_frequencies(draft, [joined[s] for s in told], " and ".join(words[s] for s in told))


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

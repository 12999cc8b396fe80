"""What could not be looked up, and what to do about it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.case import Assembly, Finding, Severity
from models.knowledge.library.installed import Installed

INDELS, OTHER_BUILD = "knowledge-indels", "knowledge-other-build"


def about_indels(undecided: Mapping[str, NDArray[np.bool_]]) -> tuple[Finding, ...]:
    """undecided: name of a source -> rows it does not list, but may under another spelling."""
    rows = int(np.logical_or.reduce(list(undecided.values())).sum()) if undecided else 0
    if not rows:
        return ()
    names = ", ".join(name for name, of in undecided.items() if of.any())
    sentence = (
        f"{_counted(rows)} not in {names} as written here and may be there under another spelling: not "
        "assessed. Install the reference sequence to settle this: python cli.py knowledge install reference, or "
        "on the screen Knowledge."
    )
    return (Finding(INDELS, Severity.NOTE, sentence),)


def _counted(rows: int) -> str:
    return "One insertion or deletion is" if rows == 1 else f"{rows:,} insertions and deletions are"


def about_other_builds(installed: Sequence[Installed], assembly: Assembly) -> tuple[Finding, ...]:
    """Names what is installed for another build only; nothing of it is ever used."""
    here = {i.source for i in installed if i.assembly is assembly}
    other = [i for i in installed if i.assembly not in {assembly, Assembly.UNKNOWN} and i.source not in here]
    if not other or assembly is Assembly.UNKNOWN:
        return ()
    names = list(dict.fromkeys(i.release.name for i in other))
    verb = "is" if len(names) == 1 else "are"
    sentence = (
        f"{', '.join(names)} {verb} installed for {other[0].assembly.value} only: not assessed here. "
        f"Install for {assembly.value}: python cli.py knowledge install, or on the screen Knowledge."
    )
    return (Finding(OTHER_BUILD, Severity.WARNING, sentence),)

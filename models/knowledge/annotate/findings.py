"""What could not be looked up, and what to do about it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.case import Assembly, Finding, Severity
from models.knowledge.annotate.releases import LOOKED_UP, REFERENCE, answering, by_lift
from models.knowledge.library.installed import Installed

INDELS, OTHER_BUILD, LIFTED = "knowledge-indels", "knowledge-other-build", "knowledge-lifted"


def about_indels(undecided: Mapping[str, NDArray[np.bool_]], assembly: Assembly) -> tuple[Finding, ...]:
    """undecided: name of a source -> rows it does not list, but may under another spelling."""
    rows = int(np.logical_or.reduce(list(undecided.values())).sum()) if undecided else 0
    if not rows:
        return ()
    names = ", ".join(name for name, of in undecided.items() if of.any())
    counted = "One insertion or deletion is" if rows == 1 else f"{rows:,} insertions and deletions are"
    sentence = (
        f"{counted} not in {names} as written here, and may be there under another spelling: not assessed. "
        f"The reference sequence settles this; {_how_to_install([REFERENCE], assembly)}"
    )
    return (Finding(INDELS, Severity.NOTE, sentence),)


def about_other_builds(installed: Sequence[Installed], assembly: Assembly) -> tuple[Finding, ...]:
    """Names what is installed for another build only; nothing of it is ever used."""
    answered = {i.source for i in (*answering(installed, assembly), *by_lift(installed, assembly))}
    elsewhere = [i for i in installed if i.assembly not in {assembly, Assembly.UNKNOWN}]
    other = [i for i in elsewhere if i.source in LOOKED_UP and i.source not in answered]
    if not other or assembly is Assembly.UNKNOWN:
        return ()
    names = ", ".join(dict.fromkeys(i.release.name for i in other))
    verb = "is" if len(other) == 1 else "are"
    sentence = (
        f"{names} {verb} installed for {other[0].assembly.value} only: not assessed here. "
        f"For {assembly.value} {_how_to_install([i.source for i in other], assembly)}"
    )
    return (Finding(OTHER_BUILD, Severity.WARNING, sentence),)


def about_lift(
    asked: Sequence[Installed], chain: Installed, carried: int, alleles: int, has_reference: bool
) -> tuple[Finding, ...]:
    """carried: how many of the case's spelled-out `alleles` have a place in GRCh38."""
    names = ", ".join(i.label for i in asked)
    absent = (
        ""
        if has_reference
        else (
            " Without the reference of GRCh38 a variant that is not listed counts as not assessed: "
            + _how_to_install([REFERENCE], Assembly.GRCH38)
        )
    )
    sentence = (
        f"{names} {'is' if len(asked) == 1 else 'are'} of GRCh38 and this case is of GRCh37: asked by lifted places "
        f"({chain.label}; {carried:,} of {alleles:,} variants could be carried over, the others are not assessed). "
        f"Look a finding up again on GRCh37 before you report it.{absent}"
    )
    return (Finding(LIFTED, Severity.WARNING, sentence),)


def _how_to_install(sources: Sequence[str], assembly: Assembly) -> str:
    commands = "; ".join(f"python cli.py knowledge install {source} --build {assembly.value}" for source in sources)
    return f"install it once, on the screen Knowledge or by: {commands}."

"""Do the names of the pedigree and the samples of the variant file fit together?

A relative who was not sequenced is normal. A close relative who is not in the file, beside a sample that
is nobody's, may be one person under two names: then inheritance would be judged without their genotypes,
so ranking waits.
"""

from collections.abc import Sequence, Set

from models.case import Finding, Pedigree, Person, Role, Severity

# Whose genotypes decide on inheritance in the patient: a grandparent missing from the file changes no rank.
_CLOSE = (Role.MOTHER, Role.FATHER, Role.SIBLING)
_WORDS = {Role.MOTHER: "mother", Role.FATHER: "father", Role.SIBLING: "sibling", Role.OTHER: "relative"}


def check_names(pedigree: Pedigree, samples: Sequence[str], others: Set[str] = frozenset()) -> tuple[Finding, ...]:
    """People without a sample and samples without a person. others: names of the PED's other families."""
    absent = [p for p in pedigree.people if not p.sample and p.id != pedigree.proband_id]
    strangers = _strangers(pedigree, samples, others)
    close = [p for p in absent if pedigree.role(p.id) in _CLOSE]
    if strangers and close:
        return (_disagree(pedigree, close, strangers, len(samples)),)
    unused = about_strangers(pedigree, samples, others)
    if not absent:
        return unused
    sentence = f"Not in the variant file, so counted as not sequenced: {_listed(pedigree, absent)}."
    return (Finding("relatives-not-sequenced", Severity.NOTE, sentence, people=_ids(absent)), *unused)


def about_strangers(pedigree: Pedigree, samples: Sequence[str], others: Set[str] = frozenset()) -> tuple[Finding, ...]:
    """Samples that nobody in the family claims."""
    strangers = _strangers(pedigree, samples, others)
    if not strangers:
        return ()
    sentence = (
        f"{strangers} of {len(samples)} samples in the variant file belong to nobody in the family and are not used. "
        "Say who they are if they are family."
    )
    return (Finding("samples-without-person", Severity.WARNING, sentence),)


def _strangers(pedigree: Pedigree, samples: Sequence[str], others: Set[str]) -> int:
    claimed = {p.sample for p in pedigree.people} | others
    return sum(sample not in claimed for sample in samples)


def _disagree(pedigree: Pedigree, close: Sequence[Person], strangers: int, samples: int) -> Finding:
    sentence = (
        f"The pedigree's {_listed(pedigree, close)} cannot be found in the variant file, and {strangers} of its "
        f"{samples} samples belong to nobody: one person under two names? Make the names agree, or confirm that "
        "they were not sequenced."
    )
    return Finding("pedigree-names-disagree", Severity.BLOCKING, sentence, people=_ids(close))


def _ids(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(p.id for p in people)


def _listed(pedigree: Pedigree, people: Sequence[Person]) -> str:
    """ "mother, father, 2 siblings" """
    roles = [pedigree.role(p.id) for p in people]
    counts = {role: roles.count(role) for role in _WORDS if role in roles}
    return ", ".join(_WORDS[role] if n == 1 else f"{n} {_WORDS[role]}s" for role, n in counts.items())

"""What an allele takes out of the reference and puts in, and how far it can be moved without changing that."""

from dataclasses import dataclass

from models.knowledge.effects.protein import Bases

_WINDOW_BASES = 256  # read at a time while an allele is moved along a repeat


@dataclass(frozen=True)
class Edit:
    """`deleted` from `start_1based` on gives way to `inserted`; without a deletion it goes in before that base.

    Forward strand. Without shared first or last bases, so at least one of the two is not "" and, where both
    are not, they differ in their first and last base.
    """

    chrom: str
    start_1based: int
    deleted: str
    inserted: str

    @property
    def end_1based(self) -> int:
        """Last base taken out; for an insertion the base before it."""
        return self.start_1based + len(self.deleted) - 1

    @property
    def is_insertion(self) -> bool:
        return not self.deleted

    @property
    def moves(self) -> bool:
        """Only a pure insertion or deletion can be written in several places."""
        return not (self.deleted and self.inserted)


def edit_of(chrom: str, pos_1based: int, ref: str, alt: str) -> Edit:
    """An allele without what its REF and ALT share, from the left first, as a VCF anchors it."""
    shortest = min(len(ref), len(alt))
    lead = 0
    while lead < shortest and ref[lead] == alt[lead]:
        lead += 1
    tail = 0
    while tail < shortest - lead and ref[-1 - tail] == alt[-1 - tail]:
        tail += 1
    return Edit(chrom, pos_1based + lead, ref[lead : len(ref) - tail], alt[lead : len(alt) - tail])


def moved(edit: Edit, reference: Bases, direction: int, limit_1based: int) -> Edit:
    """The edit as far to the right (direction 1) or left (-1) as the sequence allows.

    limit_1based: no base beyond this one is asked for. The result changes the reference into the same sequence.
    """
    if not edit.moves:
        return edit
    text = edit.deleted or edit.inserted
    at = edit.end_1based + 1 if direction > 0 else edit.start_1based - 1
    steps = 0
    while (limit_1based - at) * direction >= 0:
        window = _window(edit.chrom, at, direction, limit_1based, reference)
        same = _matching(text, steps, window, direction)
        steps, at = steps + same, at + direction * same
        if same < len(window):
            break
    turned = steps % len(text) * direction
    text = text[turned:] + text[:turned]
    start = edit.start_1based + steps * direction
    return Edit(edit.chrom, start, *((text, "") if edit.deleted else ("", text)))


def _window(chrom: str, at: int, direction: int, limit: int, reference: Bases) -> str:
    """The next bases from `at` on, in the direction of the move."""
    far = at + direction * (_WINDOW_BASES - 1)
    far = min(far, limit) if direction > 0 else max(far, limit)
    bases = reference.bases(chrom, min(at, far), max(at, far))
    return bases if direction > 0 else bases[::-1]


def _matching(text: str, steps: int, window: str, direction: int) -> int:
    """How many bases of the window repeat `text`, of which `steps` bases were matched before."""
    along = text if direction > 0 else text[::-1]
    size = len(along)
    return next((i for i, base in enumerate(window) if base != along[(steps + i) % size] or base == "N"), len(window))

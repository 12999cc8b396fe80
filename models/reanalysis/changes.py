"""What became different between two work-ups of one case, a sentence for each variant."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from models.case import State
from models.evidence.clinvar import PATHOGENIC
from models.knowledge import Release
from models.reanalysis.snapshot import NOT_STATED, TOP, Held, Snapshot

# What a person reads first. A candidate that enters or leaves it is told, however few places it moved.
FIRST = 10
# Our own choice: neighbours swap with every release (their scores differ by less than the model can tell);
# three of ten places is what somebody who remembers the list would notice.
MOVED_PLACES = 3
_CLASS_WORDS = {
    "P": "pathogenic",
    "LP": "likely pathogenic",
    "VUS": "uncertain significance",
    "CONFLICTING": "conflicting classifications",
    "LB": "likely benign",
    "B": "benign",
    "OTHER": "another kind of record",
}


class Kind(IntEnum):
    """Why a variant is told, the most pressing first."""

    NEW_PATHOGENIC = 0
    NO_LONGER_PATHOGENIC = 1
    NEW_IN_FIRST = 2
    MOVED = 3
    CLASS_CHANGED = 4


@dataclass(frozen=True)
class ReleaseChange:
    """before, after: versions; "" where there was, or is, none."""

    name: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if not self.before:
            return f"{self.name} {self.after} (new)"
        return f"{self.name} {self.before} → {self.after}" if self.after else f"{self.name} {self.before} (removed)"


@dataclass(frozen=True)
class VariantChange:
    """kinds: every reason, the most pressing first. sentence: all of them in words, with from and to."""

    allele: str
    kinds: tuple[Kind, ...]
    sentence: str
    rank: int | None

    @property
    def is_pressing(self) -> bool:
        """What ClinVar says to do about it turned: it became P or LP, or is no longer."""
        return self.kinds[0] in {Kind.NEW_PATHOGENIC, Kind.NO_LONGER_PATHOGENIC}


@dataclass(frozen=True)
class Changes:
    """variants: the most pressing first, then by today's rank. model: before and after, None when it is the
    same. edited: the patient's features or files were changed by people meanwhile, so that not all of this
    comes from knowledge. key: of the later snapshot."""

    key: str
    releases: tuple[ReleaseChange, ...]
    model: tuple[str, str] | None
    edited: bool
    variants: tuple[VariantChange, ...]

    @property
    def cause(self) -> str:
        """What is newer, in one line; a new model is never called knowledge."""
        newer = [r.sentence for r in self.releases]
        if self.model:
            newer.append(f"ranking model {self.model[0]} → {self.model[1]} (not new knowledge)")
        if self.edited:
            newer.append("features or files edited since")
        return "; ".join(newer)

    @property
    def line(self) -> str:
        """The most pressing change, and how many more there are."""
        if not self.variants:
            return "no change in what the list says"
        further = len(self.variants) - 1
        return self.variants[0].sentence + (f"; and {further} further" if further else "")


def compare(before: Snapshot, after: Snapshot) -> Changes:
    """What a person who read `before` should know of `after`.

    Told are: a variant newly P or LP in ClinVar, or no longer; another class, or other stars of a P or LP,
    where the variant is or was among the first TOP; one of the former first FIRST that moved MOVED_PLACES or
    more, or left them; one that is new among them. after: made with `also` = the alleles of `before`.
    """
    earlier, later = ({v.allele: v for v in s.variants} for s in (before, after))
    told = [_told(earlier.get(a), later.get(a)) for a in {**later, **earlier}]
    variants = sorted((c for c in told if c), key=lambda c: (c.kinds[0], c.rank or TOP + 1, c.allele))
    model = (before.model, after.model) if before.model_sha256 != after.model_sha256 else None
    edited = (before.case_sha256, before.terms) != (after.case_sha256, after.terms)
    return Changes(after.key, _releases(before.releases, after.releases), model, edited, tuple(variants))


def _releases(before: Iterable[Release], after: Iterable[Release]) -> tuple[ReleaseChange, ...]:
    earlier, later = ({(r.key, r.assembly): r for r in releases} for releases in (before, after))
    changed = []
    for key in {**later, **earlier}:
        was, now = earlier.get(key), later.get(key)
        versions = was.version if was else "", now.version if now else ""
        if versions[0] != versions[1]:
            changed.append(ReleaseChange((now or was).name, *versions))  # type: ignore[union-attr]
    return tuple(changed)


def _told(was: Held | None, now: Held | None) -> VariantChange | None:
    kinds = sorted({*_class_kinds(was, now), *_rank_kinds(was, now)})
    if not kinds:
        return None
    said = [words for words in (_class_words(was, now), _rank_words(was, now)) if words]
    known = now or was
    name = known.name if known else ""
    return VariantChange(
        known.allele if known else "", tuple(kinds), f"{name}: {'; '.join(said)}", now.rank if now else None
    )


def _class_kinds(was: Held | None, now: Held | None) -> Iterable[Kind]:
    before, after = _class(was), _class(now)
    if after in PATHOGENIC and before not in PATHOGENIC:
        yield Kind.NEW_PATHOGENIC
    elif before in PATHOGENIC and after not in PATHOGENIC:
        yield Kind.NO_LONGER_PATHOGENIC
    elif was and now and _is_reclassified(was, now):
        yield Kind.CLASS_CHANGED


def _is_reclassified(was: Held, now: Held) -> bool:
    if was.clinvar_class in PATHOGENIC:
        return (was.clinvar_class, was.stars) != (now.clinvar_class, now.stars)
    return was.clinvar_class != now.clinvar_class and (_in_top(was) or _in_top(now))


def _rank_kinds(was: Held | None, now: Held | None) -> Iterable[Kind]:
    before, after = was.rank if was else None, now.rank if now else None
    if _first(before) and not _first(after):
        yield Kind.MOVED
    elif _first(after) and not _first(before):
        yield Kind.NEW_IN_FIRST
    elif _first(before) and before and after and abs(after - before) >= MOVED_PLACES:
        yield Kind.MOVED


def _class(one: Held | None) -> str:
    return one.clinvar_class if one else ""


def _in_top(one: Held) -> bool:
    return one.rank is not None and one.rank <= TOP


def _first(rank: int | None) -> bool:
    return rank is not None and rank <= FIRST


def _class_words(was: Held | None, now: Held | None) -> str:
    if not tuple(_class_kinds(was, now)):
        return ""
    return f"ClinVar {_clinvar(was)} → {_clinvar(now)}"


def _clinvar(one: Held | None) -> str:
    if one is None:  # not kept: neither among the first TOP nor of a class that is watched
        return "benign, likely benign or no record"
    if one.clinvar_state is State.NOT_ASSESSED:
        return "not assessed"
    if not one.clinvar_class:
        return "no record" if one.clinvar_state is State.ABSENT else "a record without a class"
    stars = "" if one.stars == NOT_STATED else f" ({one.stars} {'star' if one.stars == 1 else 'stars'})"
    return _CLASS_WORDS[one.clinvar_class] + stars


def _rank_words(was: Held | None, now: Held | None) -> str:
    before, after = was.rank if was else None, now.rank if now else None
    if before == after:
        return "" if after is None else f"rank {after} as before"
    earlier = str(before) if before else "not ranked" if was else f"below {TOP} or not ranked"
    return f"rank {earlier} → {after if after else 'no longer ranked'}"

"""Plain sentences made from contributions; nothing is said that is not a number of the model."""

from collections.abc import Mapping, Sequence

from models.ranking.features.phenotype import EXPLAINED, RANK
from models.ranking.types import WORTH_SAYING_LOG_ODDS, Group, GroupContribution, Voice

REASONS_FOR, REASONS_AGAINST = 3, 2


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _spoken(groups: Sequence[GroupContribution], sign: int, most: int) -> list[str]:
    """Words of the groups that speak for (sign 1) or against (-1), loudest first."""
    loud = [g for g in groups if g.log_odds * sign >= WORTH_SAYING_LOG_ODDS]
    loud.sort(key=lambda g: (not _has_first(g, sign), -abs(g.log_odds)))
    told = [(g, text) for g in loud if (text := _group_words(g, sign))][:most]
    return [text for _, text in sorted(told, key=lambda pair: -abs(pair[0].log_odds))]


def _has_first(group: GroupContribution, sign: int) -> bool:
    """Whether the group holds what must not be left out: the mode that is met, a ClinVar P or LP."""
    speaker = group.speaker(sign)
    return speaker is not None and speaker.voice is Voice.FIRST


def _group_words(group: GroupContribution, sign: int) -> str:
    """What the group rests on: its most telling feature on that side, "" when none is a reason. The phenotype
    is always told as features explained and place among all genes, because its parts mean little alone."""
    if group.group is Group.PHENOTYPE:
        of = {f.name: f for f in group.features}
        if of[RANK.name].voice <= Voice.UNASSESSED:
            return ""
        return f"{of[EXPLAINED.name].value_text} ({of[RANK.name].value_text})"
    speaker = group.speaker(sign)
    return speaker.value_text if speaker else ""


def explanation_sentence(gene: str, name: str, rank: int, ranked: int, groups: Sequence[GroupContribution]) -> str:
    """ "SCN1A p.Arg946Cys is number 1 of 412. For it: ...; against it: ...."."""
    who = " ".join(part for part in (gene or "This variant", name) if part)
    reasons, doubts = _spoken(groups, 1, REASONS_FOR), _spoken(groups, -1, REASONS_AGAINST)
    said = f"{who} is number {rank:,} of {ranked:,}"
    if reasons:
        said += f"; for it: {_joined(reasons)}"
    if doubts:
        said += f"; against it: {_joined(doubts)}"
    return f"{said}."


def contrast_sentence(
    upper_rank: int,
    lower_rank: int,
    gaps: Sequence[tuple[Group, float]],
    upper: Mapping[Group, GroupContribution],
    lower: Mapping[Group, GroupContribution],
) -> str:
    """The group that separates two variants most, with both values in words."""
    group, gap = max(gaps, key=lambda item: item[1])
    if gap <= 0:
        return f"Number {upper_rank:,} and number {lower_rank:,} have the same score."
    mine, theirs = _apart(upper[group], lower[group])
    return (
        f"Number {upper_rank:,} stands above number {lower_rank:,} mostly by {group.value.lower()}: "
        f"“{mine}” against “{theirs}”."
    )


def _apart(upper: GroupContribution, lower: GroupContribution) -> tuple[str, str]:
    """Words of the feature whose contribution differs most between two variants."""
    if upper.group is Group.PHENOTYPE:
        return _group_words(upper, 1), _group_words(lower, -1)
    other = {f.name: f for f in lower.features}
    worded = [f for f in upper.features if f.voice or other[f.name].voice]
    mine = max(worded or upper.features, key=lambda f: f.log_odds - other[f.name].log_odds)
    return mine.value_text, other[mine.name].value_text

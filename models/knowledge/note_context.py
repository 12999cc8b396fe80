"""Whether a note says that a finding is there, is not there, or belongs to a relative.

Cue words with a scope, after NegEx (Chapman et al. 2001, PMID:12123149) and ConText (Harkema et al.
2009, PMID:19435614), shortened to what genetics notes need.
"""

import re

from models.knowledge.types import SuggestionKind

_NEGATION_BEFORE = re.compile(
    r"\b(?:no (?:\w+ ){0,2}?(?:relatives?|members?|one|siblings?)(?: in the family)? (?:has|have|had)"
    r"|(?:not|never)(?: yet| ever)?(?: been| had| has| have| shown| developed| experienced)+"
    r"|no|not|non|without|denie[sd]|denying|negative for|absence of|absent|never|free of|ruled? out"
    r"|lack(?:s|ed|ing)?(?: of)?|neither|nor|unremarkable for|excluded|normal)\b",
    re.IGNORECASE,
)
# Negative in form, not in meaning.
_NO_NEGATION = re.compile(
    r"\b(?:not only|no change|no longer able|not (?:certain|clear) whether|no doubt)\b", re.IGNORECASE
)
# A negation reaches to the next of these.
_ENDS_NEGATION = re.compile(
    r"[;:.]|\b(?:but|however|although|though|except|apart from|aside from|besides|while|whereas|with|has|had|have"
    r"|shows?|showed|presents?|presented|develops?|developed|reveal(?:s|ed)|demonstrated|was|were|is|are|who|which"
    r"|because|could|secondary|due|until|since)\b",
    re.IGNORECASE,
)
_NEGATION_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:(?:was|were|is|are|has been|have been)\s+)?"
    r"(?:not (?:present|seen|found|observed|noted|reported|detected)"
    r"|(?:was|were|is|are) (?:absent|negative|excluded|denied|ruled out)|absent|negative|ruled out)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:mother|father|brothers?|sisters?|siblings?|aunts?|uncles?|cousins?|grand(?:mother|father|parents?)"
    r"|nieces?|nephews?|half-(?:brother|sister)|maternal|paternal|family history|family is|runs in the family"
    r"|relatives?|parents?)\b",
    re.IGNORECASE,
)
_RELATIVE_AFTER = re.compile(
    r"^[^.;,]{0,30}?\b(?:in|of) (?:the|his|her|their) (?:wider |extended )?"
    r"(?:family|mother|father|brother|sister|parents?|siblings?|relatives?)\b",
    re.IGNORECASE,
)
# A relative who tells or is told is not the one who has it.
_WITNESS_AFTER = re.compile(
    r"^(?:'s|’s|s)?\s+(?:(?:\w+ly|also|first|have|has)\s+)*"
    r"(?:see|saw|seen|noticed|noted|reports?|reported|says?|said|describe[sd]?|observed|denie[sd]"
    r"|complain(?:s|ed)|thinks|believes|brought|states?|stated|recalls?|felt|(?:is|are|was|were) concerned)\b",
    re.IGNORECASE,
)
_WITNESS_BEFORE = re.compile(r"\b(?:by|to|from|according to|per|with) (?:his |her |the |their )?$", re.IGNORECASE)
_PATIENT_AGAIN = re.compile(
    r"\b(?:he|she|they|patient|proband|child|boy|girl|infant|our|index)\b(?!'s (?:mother|father|brother|sister))",
    re.IGNORECASE,
)


def kind_in(sentence: str, start: int, end: int) -> SuggestionKind | None:
    """What the sentence says about its characters start to end; None: that relatives do not have it."""
    before, after = sentence[:start], sentence[end:]
    is_negated = _is_negated(before) or bool(_NEGATION_AFTER.match(after))
    if _about_a_relative(before) or _RELATIVE_AFTER.match(after):
        return None if is_negated else SuggestionKind.FAMILY
    return SuggestionKind.ABSENT if is_negated else SuggestionKind.PRESENT


def _is_negated(before: str) -> bool:
    plain = _NO_NEGATION.sub(lambda m: "_" * len(m.group()), before)
    cues = list(_NEGATION_BEFORE.finditer(plain))
    return bool(cues) and not _ENDS_NEGATION.search(plain, cues[-1].end())


def _about_a_relative(before: str) -> bool:
    for cue in reversed(list(_RELATIVE.finditer(before))):
        rest = before[cue.end() :]
        if _WITNESS_AFTER.match(rest) or _WITNESS_BEFORE.search(before[: cue.start()]):
            continue
        return not _PATIENT_AGAIN.search(rest)
    return False

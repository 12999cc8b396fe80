"""The record as a learner may read it before committing: without what a genetic test said."""

import re
from collections.abc import Iterable
from dataclasses import replace

from models.case import ClinicalRecord

HIDDEN = "[genetic result hidden]"
_HGVS = re.compile(r"(?:\b[A-Z]{2}_\d+(?:\.\d+)?:)?\b[cgmnp]\.\(?[*A-Z\d-][\w*+>=()-]*", re.IGNORECASE)


def without_genetic_results(record: ClinicalRecord, genes: Iterable[str]) -> ClinicalRecord:
    """Items that name a variant (HGVS) or one of `genes` are left out; of a note only the sentence.

    genes: symbols of every gene that holds a variant the learner may choose, so that what is hidden
    does not point to the answer. Free of any knowledge of the answer.
    """
    symbols = sorted({g for g in genes if g}, key=len, reverse=True)
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, symbols))})(?!\w)") if symbols else None

    def tells(*words: str) -> bool:
        said = " ".join(words)
        return bool(_HGVS.search(said) or (named and named.search(said)))

    def cleaned(text: str) -> str:
        parts = re.split(r"(?<=[.!?])(\s+)", text)
        return "".join(HIDDEN if tells(part) else part for part in parts)

    def kept(text: str) -> str:
        return HIDDEN if tells(text) else text

    return replace(
        record,
        problems=tuple(p for p in record.problems if not tells(p.text)),
        labs=tuple(v for v in record.labs if not tells(v.name, v.text)),
        medications=tuple(replace(m, text=kept(m.text), reason=kept(m.reason)) for m in record.medications),
        relatives=tuple(
            replace(r, conditions=tuple(map(kept, r.conditions)), note=kept(r.note)) for r in record.relatives
        ),
        notes=tuple(replace(n, title=kept(n.title), text=cleaned(n.text)) for n in record.notes),
        events=tuple(e for e in record.events if not tells(e.text)),
        allergies=tuple(map(kept, record.allergies)),
    )

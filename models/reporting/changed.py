"""What a newer release changed about the stored cases, for the terminal and for other programs."""

import json
from collections.abc import Sequence
from typing import Any

from models.case.store import CaseSummary
from models.reanalysis import Changes, Compared


def changed_as_text(found: Sequence[tuple[CaseSummary, Compared]]) -> str:
    """One paragraph a case: because of what, then a line for each variant."""
    lines: list[str] = []
    for case, compared in found:
        name = f"{case.patient.pseudonym} ({case.id})"
        if compared.changes is None:
            said = f"not compared: {compared.not_compared}" if compared.not_compared else "as it was last read"
            lines.append(f"{name}: {said}")
            continue
        lines.append(f"{name}: {compared.changes.cause}")
        lines += [f"  {v.sentence}" for v in compared.changes.variants] or [f"  {compared.changes.line}"]
    return "\n".join(lines) + "\n" if lines else "No case is kept on this machine.\n"


def changed_as_json(found: Sequence[tuple[CaseSummary, Compared]]) -> str:
    """A list of cases; `changes` is null where the list is as last read, or was not compared."""
    document = [
        {
            "case": case.id,
            "pseudonym": case.patient.pseudonym,
            "not_compared": compared.not_compared or None,
            "changes": _plain(compared.changes) if compared.changes else None,
        }
        for case, compared in found
    ]
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _plain(changes: Changes) -> dict[str, Any]:
    return {
        "releases": [{"name": r.name, "before": r.before or None, "after": r.after or None} for r in changes.releases],
        "model": {"before": changes.model[0], "after": changes.model[1]} if changes.model else None,
        "features_or_files_edited": changes.edited,
        "variants": [
            {
                "variant": v.allele,
                "kinds": [k.name.lower() for k in v.kinds],
                "rank": v.rank,
                "sentence": v.sentence,
            }
            for v in changes.variants
        ],
    }

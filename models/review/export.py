"""The chain of a case as JSON lines, whole enough for anyone to check each hash without Caseboard.

A line holds what is hashed: sha256 over the JSON array ["caseboard-2", previous, case_id, version, seq, kind, who,
account, at, payload, evidence, first_hash], written without line breaks and with ", " between its parts, where payload
and evidence are the texts that stand in the line.
"""

import json
from collections.abc import Iterable

from models.review.consent import Recorded
from models.review.events import Event, as_text
from models.review.ways_out import DECISIONS, check


def chain_file(events: Iterable[Event], recorded: Recorded) -> bytes:
    """The file that leaves. Raises NotAgreed should consent ever count against it."""
    check(DECISIONS, recorded)
    return as_json_lines(events).encode()


def as_json_lines(events: Iterable[Event]) -> str:
    """One line an event, oldest first; each ends with a line break."""
    return "".join(json.dumps(line_of(event), ensure_ascii=True) + "\n" for event in events)


def line_of(event: Event) -> dict[str, object]:
    """Everything an event's hash covers, and the hash."""
    return {
        "case_id": event.case_id,
        "version": event.version,
        "seq": event.seq,
        "kind": event.kind.value,
        "who": event.who,
        "account": event.account,
        "at": event.at,
        "payload": as_text(event.payload),
        "evidence": as_text(event.evidence),
        "previous": event.previous,
        "first_hash": event.first_hash,
        "hash": event.hash,
    }

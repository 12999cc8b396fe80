"""One genome-browser session: igv-notebook's own configuration and verbs, and the bytes they speak of.

igv-notebook writes each verb as a message for a notebook. Here the messages are collected and sent,
with the files, in one packet that `genome_browser.js` replays; nothing is displayed and no server
path is ever read.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import igv_notebook


class CollectingBrowser(igv_notebook.Browser):  # type: ignore[misc]
    """igv-notebook's Browser whose messages are kept instead of displayed."""

    def __init__(self, config: dict[str, Any]) -> None:
        # Not the parent's __init__: it draws a notebook cell. The message is the one it would send.
        self.messages: list[dict[str, Any]] = []
        self.igv_id = "caseboard"
        self._send({"id": self.igv_id, "command": "createBrowser", "data": {**config, "id": self.igv_id}})

    def _send(self, msg: dict[str, Any]) -> None:
        self.messages.append(msg)


@dataclass
class Packet:
    """Files by name, and words for people, beside the messages that speak of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> str:
        """Take a file in; its name is what a message's `path` says."""
        self.files[name] = content
        return name

    def pack(self, messages: list[dict[str, Any]], **facts: Any) -> bytes:
        """Length of the head (4 bytes, little-endian), the head as JSON, then the files in order.

        facts: igv_url, token (names the content), covers (stretches with sequence), indels.
        """
        head = {
            **facts,
            "notes": self.notes,
            "messages": messages,
            "files": [{"name": name, "size": len(content)} for name, content in self.files.items()],
        }
        text = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode()
        return b"".join((len(text).to_bytes(4, "little"), text, *self.files.values()))

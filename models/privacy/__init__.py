"""What may leave without identity? A case, its report and its record with everything taken out that names somebody.

`draft_of` shows every free text with what the rules replace in it; a named person lets texts go; `packed` makes the
zip and refuses when a known name is still in it; `taken_out` records that it was made. Rules, dates and what this does
not do: docs/decisions/0007-deidentified-export.md.
"""

from models.privacy.draft import LEFT_OUT, Draft, Piece, draft_of
from models.privacy.identifiers import IDENTIFIERS, RULES_VERSION, Identifier
from models.privacy.pack import Package, packed
from models.privacy.secret import Secret, secret_of
from models.privacy.taken_out import taken_out
from models.privacy.words import Mark

__all__ = [
    "IDENTIFIERS",
    "LEFT_OUT",
    "RULES_VERSION",
    "Draft",
    "Identifier",
    "Mark",
    "Package",
    "Piece",
    "Secret",
    "draft_of",
    "packed",
    "secret_of",
    "taken_out",
]

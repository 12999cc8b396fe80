"""HPO terms as people type them or keep them in a text file.

One or many ids on a line, separated by anything: "HP:0001250", "hp_0001250", "0001250". A leading
"-", "!", "no " or "not " excludes the term that follows. An entry without an id is pointed out by line
and place, not dropped; what was typed there may name the patient, so a finding never repeats it.
"""

import re
from pathlib import Path

from models.case import Finding, Phenotype, Severity, Term
from models.errors import TooLarge, UnreadableFile
from models.intake.text_file import read_text

MAX_TERMS = 500  # the most richly described published phenopackets stay below 150
_WITHOUT_ID = "This entry has no HPO id (like HP:0001250) and is not used; add the term on the Phenotype screen."
_TERM = re.compile(r"(?:(?P<no>[-!]|\bno(?:t)?\s)\s*)?\b(?:HP[:_ ]?)?(?P<digits>\d{7})\b", re.IGNORECASE)


def parse_terms(text: str, origin: str) -> tuple[Phenotype, tuple[Finding, ...]]:
    """Terms in the order written; labels are filled in later from the ontology."""
    phenotype, findings = Phenotype(), []
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.split("#", 1)[0].strip()
        hits = list(_TERM.finditer(content))
        for entry in _entries_without_id(content):
            where = f"{origin} line {number}, entry {entry}"
            findings.append(Finding("term-without-id", Severity.WARNING, _WITHOUT_ID, where))
        for hit in hits:
            term_id = f"HP:{hit['digits']}"
            phenotype = phenotype.with_term(Term(term_id, "", excluded=bool(hit["no"]), origin=origin))
    if len(phenotype.terms) > MAX_TERMS:
        raise TooLarge(f"{len(phenotype.terms)} terms; give the {MAX_TERMS} that matter.", origin)
    return phenotype, tuple(findings)


def _entries_without_id(content: str) -> list[int]:
    """Which entries of a line (from 1), split at commas and semicolons, hold no id.

    A label beside its id belongs to it, also what follows a comma of the label ("HP:0001256 Intellectual
    disability, mild").
    """
    pieces = re.split(r"([;,])", content)
    unread, in_label = [], False
    for number, (separator, piece) in enumerate(zip(["", *pieces[1::2]], pieces[::2], strict=True), start=1):
        entry = piece.strip()
        found = _TERM.search(entry)
        if found:
            in_label = bool(entry[found.end() :].strip())
        elif separator == ";" or not in_label:
            in_label = False
            unread += [number] if entry else []
    return unread


def read_terms(path: Path, display_name: str) -> tuple[Phenotype, tuple[Finding, ...]]:
    """Terms of a text file. Raises UnreadableFile when it is not text or holds no HPO id."""
    text = read_text(path, display_name, advice="HPO ids are expected, one a line.")
    phenotype, findings = parse_terms(text, display_name)
    if not phenotype.terms:
        raise UnreadableFile("no HPO id (like HP:0001250) in it.", display_name)
    return phenotype, findings

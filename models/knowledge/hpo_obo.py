"""Reads hp.obo: current terms, and what became of every other id."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.knowledge.ontology import Links, Ontology

Stanza = list[tuple[str, str]]


@dataclass
class ParsedOntology:
    """Columns by term, in file order, and the ids that no longer stand for themselves.

    replaced: old id -> current id (merged ids and obsolete ids with a replacement).
    retired: obsolete id -> (its old name, ids the ontology asks to consider), without replacement.
    """

    release: str = ""
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    synonyms: list[list[str]] = field(default_factory=list)
    parents: list[list[str]] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    retired: dict[str, tuple[str, list[str]]] = field(default_factory=dict)


def parse_obo(path: Path) -> ParsedOntology:
    """Read an OBO 1.2 file. Tags we do not use are skipped; order is kept."""
    parsed = ParsedOntology()
    for kind, stanza in _stanzas(path):
        if kind == "":
            parsed.release = dict(stanza).get("data-version", "").removeprefix("hp/releases/")
        elif kind == "[Term]":
            _take_term(parsed, stanza)
    return parsed


def _stanzas(path: Path) -> Iterator[tuple[str, Stanza]]:
    kind = ""
    stanza: Stanza = []
    with path.open(encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("["):
                yield kind, stanza
                kind, stanza = line, []
            elif ": " in line:
                tag, value = line.split(": ", 1)
                stanza.append((tag, value))
    yield kind, stanza


def _take_term(parsed: ParsedOntology, stanza: Stanza) -> None:
    tags: dict[str, list[str]] = {}
    for tag, value in stanza:
        tags.setdefault(tag, []).append(value)
    term_id, name = tags["id"][0], tags["name"][0]
    if tags.get("is_obsolete") == ["true"]:
        _take_obsolete(parsed, term_id, name, tags)
        return
    parsed.ids.append(term_id)
    parsed.labels.append(name)
    parsed.definitions.append(_quoted(tags.get("def", [""])[0]))
    parsed.synonyms.append([_quoted(s) for s in tags.get("synonym", ()) if "obsolete_synonym" not in s])
    parsed.parents.append([p.split(" ! ")[0].split(" {")[0].strip() for p in tags.get("is_a", ())])
    parsed.replaced.update(dict.fromkeys(tags.get("alt_id", ()), term_id))


def _take_obsolete(parsed: ParsedOntology, term_id: str, name: str, tags: dict[str, list[str]]) -> None:
    replacement = tags.get("replaced_by", [""])[0]
    if replacement:
        parsed.replaced[term_id] = replacement
    else:
        parsed.retired[term_id] = (name.removeprefix("obsolete "), tags.get("consider", []))


def _quoted(value: str) -> str:
    """The text between the first and the last unescaped quote: `"text" [refs]` -> `text`."""
    if '"' not in value:
        return ""
    inner = value.split('"', 1)[1]
    end = inner.find('"')
    while end > 0 and inner[end - 1] == "\\":
        end = inner.find('"', end + 1)
    return inner[: end if end >= 0 else None].replace('\\"', '"').replace("\\n", " ")


def make_ontology(parsed: ParsedOntology) -> Ontology:
    """Close the parsed terms under ancestry; chains of replacements end at a current term; no usage yet."""
    positions = {t: i for i, t in enumerate(parsed.ids)}
    parents = [sorted(positions[p] for p in row if p in positions) for row in parsed.parents]
    return Ontology(
        parsed.release,
        tuple(parsed.ids),
        tuple(parsed.labels),
        tuple(parsed.definitions),
        tuple(tuple(s) for s in parsed.synonyms),
        _to_links(parents),
        _to_links(_closure(parents)),
        {old: _last(old, parsed.replaced) for old in parsed.replaced},
        {old: (name, tuple(consider)) for old, (name, consider) in parsed.retired.items()},
        np.zeros(len(parsed.ids), dtype=np.int32),
    )


def _last(term_id: str, replaced: dict[str, str]) -> str:
    seen = {term_id}
    while term_id in replaced and replaced[term_id] not in seen:
        term_id = replaced[term_id]
        seen.add(term_id)
    return term_id


def _closure(parents: list[list[int]]) -> list[list[int]]:
    done: dict[int, set[int]] = {}
    stack = list(range(len(parents)))
    while stack:
        at = stack[-1]
        waiting = [p for p in parents[at] if p not in done] if at not in done else []
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        if at not in done:
            done[at] = {at}.union(*(done[p] for p in parents[at]))
    return [sorted(done[i]) for i in range(len(parents))]


def _to_links(rows: list[list[int]]) -> Links:
    indptr = np.concatenate(([0], np.cumsum([len(r) for r in rows]))).astype(np.int32)
    return Links(indptr, np.array([i for row in rows for i in row], dtype=np.int32))

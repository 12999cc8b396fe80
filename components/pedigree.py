"""The family drawn with standard symbols (Bennett 2008): square male, circle female, diamond unknown;
filled affected; arrow proband; double line between related parents; the genotype under each person."""

from dataclasses import dataclass

from components.candidate import Call
from components.drawing import Node, el
from models.case import Affected, Pedigree, Person, Role, Sex

SIZE, STEP_X, STEP_Y, TOP = 30, 92, 96, 26


@dataclass(frozen=True)
class Place:
    """Where a person stands on the drawing: centre of the symbol."""

    x: float
    y: float


def pedigree_tree(family: Pedigree, calls: tuple[Call, ...], *, parents_related: bool = False) -> Node:
    """The drawing, with a sentence for who cannot see it. parents_related: as the record says, beyond the PED."""
    generations = _generations(family)
    places = _places(family, generations)
    by_id = {c.person.id: c for c in calls}
    width = max(p.x for p in places.values()) + STEP_X * 0.75
    height = max(p.y for p in places.values()) + SIZE + 34
    said = in_words(calls) + (" The parents are related." if parents_related else "")
    return el(
        "svg",
        el("title", said),
        *_family_lines(family, places, parents_related),
        *(part for pid, place in places.items() if pid in by_id for part in _symbol(by_id[pid], place)),
        cls="pedigree",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_label=said,
        preserveAspectRatio="xMidYMid meet",
    )


def in_words(calls: tuple[Call, ...]) -> str:
    """Who, affected or not, and with which genotype."""
    people = [f"{c.role.value}, {c.person.affected.value}, {c.genotype or 'not sequenced'}" for c in calls]
    return f"Pedigree: {'; '.join(people)}."


def are_related(family: Pedigree, one: str, other: str) -> bool:
    """Whether two people share an ancestor in the pedigree (or one descends from the other)."""
    return bool(_line_up(family, one) & _line_up(family, other))


def _line_up(family: Pedigree, person_id: str) -> frozenset[str]:
    found, waiting = set(), [person_id]
    while waiting:
        person = family.person(waiting.pop())
        if person is not None and person.id not in found:
            found.add(person.id)
            waiting += [p for p in (person.father_id, person.mother_id) if p]
    return frozenset(found)


def _generations(family: Pedigree) -> dict[str, int]:
    """Longest line of parents above each person; partners are brought to the same line."""
    people = family.people or (family.proband,)
    level = {p.id: 0 for p in people}
    for _ in people:
        for p in people:
            parents = [level[i] for i in (p.father_id, p.mother_id) if i in level]
            if parents:
                level[p.id] = max(level[p.id], 1 + max(parents))
        for p in people:
            if p.father_id in level and p.mother_id in level:
                level[p.father_id] = level[p.mother_id] = max(level[p.father_id], level[p.mother_id])
    return level


def _places(family: Pedigree, generations: dict[str, int]) -> dict[str, Place]:
    """Each generation on a line; children under the middle of their parents where there is room."""
    people = {p.id: p for p in (family.people or (family.proband,))}
    order: dict[int, list[str]] = {}
    for pid in sorted(people, key=lambda i: (generations[i], people[i].sex is not Sex.MALE)):
        order.setdefault(generations[pid], []).append(pid)
    places: dict[str, Place] = {}
    for level in sorted(order):
        at = -1e9
        ids = sorted(order[level], key=lambda i: _wish(people[i], places))
        for pid in ids:
            wish = _wish(people[pid], places)
            at = max(at + STEP_X, wish - STEP_X * (_siblings(people, pid) - 1) / 2)
            places[pid] = Place(at, TOP + SIZE / 2 + level * STEP_Y)
    left = min(p.x for p in places.values()) - STEP_X * 0.75
    return {pid: Place(p.x - left, p.y) for pid, p in places.items()}


def _wish(person: Person, places: dict[str, Place]) -> float:
    parents = [places[i].x for i in (person.father_id, person.mother_id) if i in places]
    return sum(parents) / len(parents) if parents else 0.0


def _siblings(people: dict[str, Person], pid: str) -> int:
    """How many have the same two parents, oneself included; 1 where neither is known."""
    pair = (people[pid].father_id, people[pid].mother_id)
    if not any(pair):
        return 1
    return sum((p.father_id, p.mother_id) == pair for p in people.values())


def _family_lines(family: Pedigree, places: dict[str, Place], parents_related: bool) -> list[Node]:
    lines: list[Node] = []
    for pair in dict.fromkeys((p.father_id, p.mother_id) for p in family.people):
        children = [p.id for p in family.people if (p.father_id, p.mother_id) == pair and p.id in places]
        parents = [places[i] for i in pair if i in places]
        if not children or not parents:
            continue
        told = parents_related and pair == (family.proband.father_id, family.proband.mother_id)
        lines += _couple(parents, told or are_related(family, *pair))
        lines += _descent(parents, [places[c] for c in children])
    return lines


def _couple(parents: list[Place], related: bool) -> list[Node]:
    if len(parents) < 2:
        return []
    (a, b), y = sorted(p.x for p in parents), parents[0].y
    offsets = (-3.0, 3.0) if related else (0.0,)
    return [_line(a + SIZE / 2, y + o, b - SIZE / 2, y + o) for o in offsets]


def _descent(parents: list[Place], children: list[Place]) -> list[Node]:
    middle = sum(p.x for p in parents) / len(parents)
    top = parents[0].y + (SIZE / 2 + 32 if len(parents) == 1 else 0)
    bar = children[0].y - SIZE / 2 - 14
    xs = [c.x for c in children]
    return [
        _line(middle, top, middle, bar),
        _line(min(*xs, middle), bar, max(*xs, middle), bar),
        *(_line(c.x, bar, c.x, c.y - SIZE / 2) for c in children),
    ]


def _line(x1: float, y1: float, x2: float, y2: float) -> Node:
    return el("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}")


def _symbol(call: Call, place: Place) -> list[Node]:
    below = place.y + SIZE / 2
    carries = "gt carries" if call.carries else "gt"
    genotype = call.genotype.removeprefix("heteroplasmy ") or "–"
    parts = [
        _shape(call, place),
        el("text", genotype, x=f"{place.x:.1f}", y=f"{below + 15:.1f}", cls=carries),
        el("text", call.role.value, x=f"{place.x:.1f}", y=f"{below + 29:.1f}", cls="sub"),
    ]
    if call.person.affected is Affected.UNKNOWN:
        parts.append(el("text", "?", x=f"{place.x:.1f}", y=f"{place.y + 4:.1f}", cls="q"))
    if call.role is Role.PROBAND:
        parts += _arrow(place)
    return parts


def _shape(call: Call, place: Place) -> Node:
    classes = {Affected.AFFECTED: "shape affected", Affected.UNKNOWN: "shape unknown"}
    cls, half = classes.get(call.person.affected, "shape"), SIZE / 2
    x, y = place.x, place.y
    if call.person.sex is Sex.MALE:
        return el("rect", x=f"{x - half:.1f}", y=f"{y - half:.1f}", width=SIZE, height=SIZE, cls=cls)
    if call.person.sex is Sex.FEMALE:
        return el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=half, cls=cls)
    corners = f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"
    return el("polygon", points=corners, cls=cls)


def _arrow(place: Place) -> list[Node]:
    x, y, half = place.x, place.y, SIZE / 2
    tip = (x - half - 3, y + half - 2)
    return [
        el("path", d=f"M {tip[0] - 17:.1f} {tip[1] + 13:.1f} L {tip[0]:.1f} {tip[1]:.1f}", cls="arrow"),
        el(
            "polygon",
            points=f"{tip[0]:.1f},{tip[1]:.1f} {tip[0] - 9:.1f},{tip[1] + 2:.1f} {tip[0] - 4:.1f},{tip[1] + 9:.1f}",
            cls="head",
        ),
    ]

"""The family as drawn: standard symbols, genotype under each person."""

import itertools

from components.candidate import Call
from components.drawing import Node, words
from components.pedigree import are_related, pedigree_tree
from models.case import Affected, Pedigree, Person, Role, Sex


def cousins_with_a_boy() -> Pedigree:
    return Pedigree(
        "boy",
        (
            Person("boy", Sex.MALE, Affected.AFFECTED, "f", "m", "boy"),
            Person("sister", Sex.FEMALE, Affected.UNAFFECTED, "f", "m", "sister"),
            Person("f", Sex.MALE, Affected.UNAFFECTED, "gf1", "gm", "f"),
            Person("m", Sex.FEMALE, Affected.UNAFFECTED, "gf2", "gm", "m"),
            Person("gm", Sex.FEMALE),
            Person("gf1", Sex.MALE),
            Person("gf2", Sex.MALE),
        ),
    )


def drawn(family: Pedigree, **genotypes: str) -> Node:
    calls = tuple(Call(p, family.role(p.id), genotypes.get(p.id, "")) for p in family.people)
    return pedigree_tree(family, calls)


def parts(tree: Node, tag: str, cls: str = "") -> list[Node]:
    return [k for k in tree["k"] if k["t"] == tag and cls in k.get("c", "")]


def test_males_are_squares_and_females_circles() -> None:
    tree = drawn(cousins_with_a_boy())
    assert (len(parts(tree, "rect")), len(parts(tree, "circle"))) == (4, 3)


def test_a_person_of_unknown_sex_is_a_diamond() -> None:
    assert parts(drawn(Pedigree("p", (Person("p"),))), "polygon", "shape")


def test_only_the_affected_are_filled() -> None:
    tree = drawn(cousins_with_a_boy())
    assert len(parts(tree, "rect", "affected")) == 1 and not parts(tree, "circle", "affected")


def test_the_arrow_points_at_the_proband_only() -> None:
    assert len(parts(drawn(cousins_with_a_boy()), "path", "arrow")) == 1


def test_related_parents_are_joined_by_two_lines() -> None:
    family = cousins_with_a_boy()
    between = [n for n in parts(drawn(family), "line") if n["a"]["y1"] == n["a"]["y2"]]
    assert are_related(family, "f", "m") and not are_related(family, "gf1", "gf2")
    heights = sorted(float(n["a"]["y1"]) for n in between)
    assert any(round(b - a) == 6 for a, b in itertools.pairwise(heights))


def test_each_genotype_stands_under_its_person_and_is_spoken() -> None:
    tree = drawn(cousins_with_a_boy(), boy="1/1", f="0/1", m="0/1")
    assert [n["k"][0] for n in parts(tree, "text", "gt")].count("0/1") == 2
    assert "proband, affected, 1/1" in words(tree) and "sibling, unaffected, not sequenced" in words(tree)


def test_no_two_people_stand_on_the_same_place() -> None:
    tree = drawn(cousins_with_a_boy())
    centres = [(n["a"].get("cx") or float(n["a"]["x"]) + 15, n["a"].get("cy") or n["a"]["y"])
               for n in [*parts(tree, "rect"), *parts(tree, "circle")]]  # fmt: skip
    assert len(set(map(str, centres))) == 7


def test_a_patient_alone_is_a_family_of_one() -> None:
    alone = Pedigree("p", (Person("p", Sex.MALE, Affected.AFFECTED),))
    assert alone.role("p") is Role.PROBAND and len(parts(drawn(alone), "rect")) == 1


def test_parents_related_by_the_record_alone_are_joined_by_two_lines_and_it_is_spoken() -> None:
    trio = Pedigree("c", (Person("c", father_id="f", mother_id="m"), Person("f", Sex.MALE), Person("m", Sex.FEMALE)))
    plain, told = (pedigree_tree(trio, (), parents_related=said) for said in (False, True))
    assert len(parts(told, "line")) == len(parts(plain, "line")) + 1
    assert "The parents are related." in words(told) and "related" not in words(plain)

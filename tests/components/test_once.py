"""A home has one store and one log, whoever asks."""

import threading

import pytest

from components.once import once_for_each_home


def test_people_who_ask_at_the_same_moment_are_given_one_and_another_home_has_its_own() -> None:
    made: list[str] = []
    together = threading.Barrier(8)

    @once_for_each_home
    def store(root: str) -> list[str]:
        made.append(root)
        return [root]

    def ask(root: str) -> None:
        together.wait(30)
        given.append(store(root))

    given: list[list[str]] = []
    people = [threading.Thread(target=ask, args=("ab"[n % 2],)) for n in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join(30)
    assert sorted(made) == ["a", "b"]
    assert len(given) == 8 and len({id(one) for one in given}) == 2


def test_what_could_not_be_made_is_tried_again() -> None:
    full = True

    @once_for_each_home
    def store(root: str) -> str:
        if full:
            raise OSError("no space left")
        return root

    with pytest.raises(OSError, match="no space"):
        store("a")
    full = False
    assert store("a") == "a"

"""The memory of the last few things."""

from components.last_few import LastFew, forget_all


def test_an_answer_is_made_once_and_equal_things_do_not_share_it() -> None:
    memory: LastFew[list[int], list[str]] = LastFew(2)
    one, twin = [1], [1]
    assert memory.of(one, list) is memory.of(one, list)
    assert memory.of(one, list) is not memory.of(twin, list)


def test_only_the_things_asked_about_last_are_kept() -> None:
    memory: LastFew[list[int], list[str]] = LastFew(2)
    one, two, three = [1], [2], [3]
    first, second = memory.of(one, list), memory.of(two, list)
    memory.of(one, list)
    memory.of(three, list)
    assert memory.of(one, list) is first
    assert memory.of(two, list) is not second


def test_when_a_case_is_deleted_no_memory_keeps_anything_of_it() -> None:
    memories: list[LastFew[list[int], list[str]]] = [LastFew(2), LastFew(2)]
    case = [1]
    before = [memory.of(case, list) for memory in memories]
    forget_all()
    assert all(memory.of(case, list) is not known for memory, known in zip(memories, before, strict=True))

"""One sentence on top, the same words in the terminal, and figures for other programs."""

import json
from dataclasses import replace

import pytest

from models.health import CHECKS, as_json, as_lines, judged
from tests.health.facts import AT, FACTS

FULL = replace(FACTS, folder=replace(FACTS.folder, free_bytes=1))
OPEN = replace(FACTS, folder=replace(FACTS.folder, others_may=None))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (FACTS, "Everything looked at is in order."),
        (OPEN, "Everything looked at is in order. One was not assessed: Private."),
        (FULL, "One thing needs a look: Space left."),
        (replace(FULL, backup=None), "Two things need a look: Last backup, Space left."),
        (
            replace(FULL, server=None),
            "One thing needs a look: Space left. Two were not assessed: Sign-in, Who can reach it.",
        ),
    ],
    ids=["in order", "one open", "one look", "two looks", "both"],
)
def test_one_sentence_says_how_many_need_a_look_and_how_many_were_not_assessed(facts, sentence):
    assert judged(CHECKS, facts).sentence == sentence


def test_the_terminal_says_every_check_with_what_to_do():
    lines = "\n".join(as_lines(judged(CHECKS, FULL)))
    assert all(f"{check.title}: " in lines for check in CHECKS)
    assert "needs a look  Space left: 1 bytes free" in lines
    assert "-> Make room" in lines


def test_another_program_reads_states_and_figures():
    told = json.loads(as_json(judged(CHECKS, FULL)))
    assert (told["at"], told["in_order"], told["needs_a_look"], told["not_assessed"]) == (AT.isoformat(), False, 1, 0)
    by_key = {c["check"]: c for c in told["checks"]}
    assert list(by_key) == [c.key for c in CHECKS]
    assert (by_key["space"]["state"], by_key["space"]["number"], by_key["space"]["unit"]) == ("needs a look", 1, "B")
    assert by_key["model"]["number"] is None

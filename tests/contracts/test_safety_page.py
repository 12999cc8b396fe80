"""The safety page names tests that exist, and speaks of every threat."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_proof_that_is_named_is_there(path, name):
    assert name in names_in(path)


def test_every_threat_is_spoken_of():
    assert {int(number) for number in re.findall(r"\bT(\d+)\b", PAGE)} == set(range(1, 21))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:models|components)/[\w/]+\.py)`", PAGE))))
def test_a_defence_that_is_named_is_there(path):
    assert (ROOT / path).is_file()

"""Untrusted text is shown letter by letter and never as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.text import LABEL_MAX_CHARS, cell, clean, label, one_line

BREAK = "\u200b"
PAYLOADS = (
    "![x](https://canary.example/p.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    ":material/bolt: :red[alert] $\\href{https://canary.example}{x}$",
    "`code` **bold** ~~gone~~ # head",
    "https://canary.example",
    "a@canary.example",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_sign_with_a_meaning_stays_bare_in_a_label(payload: str) -> None:
    shown = label(payload)
    bare = [c for i, c in enumerate(shown) if c in "[]()<>!`*_#$~:@/." and (i == 0 or shown[i - 1] != "\\")]
    assert bare == []


@pytest.mark.parametrize(
    "address", ["https://canary.example/x", "HTTP://c.example", "www.canary.example", "a@c.example"]
)
def test_an_address_in_a_label_is_not_turned_into_a_link(address: str) -> None:
    shown = label(address).replace("\\", "")
    assert address not in shown
    assert shown.replace(BREAK, "") == address


@given(st.text(max_size=300))
def test_a_label_read_aloud_is_the_text_itself(words: str) -> None:
    shown = label(words)
    read = "".join(c for i, c in enumerate(shown) if not (c == "\\" and i + 1 < len(shown) and _escaped(shown, i)))
    assert read.replace(BREAK, "") == one_line(words).replace(BREAK, "")


def _escaped(shown: str, at: int) -> bool:
    """The backslash at `at` opens an escape (an even number of backslashes stands before it)."""
    before = 0
    while at - before > 0 and shown[at - before - 1] == "\\":
        before += 1
    return before % 2 == 0


def test_text_cannot_turn_the_reading_direction() -> None:
    assert clean("abc\u202egnp.exe") == "abcgnp.exe"
    assert clean("a\u0000b\u001bc") == "abc"


def test_line_breaks_stay_in_a_paragraph_and_go_in_a_label() -> None:
    assert clean("a\nb\tc") == "a\nb\tc"
    assert one_line("a\nb\tc") == "a b c"


def test_a_long_label_is_cut_at_its_limit_and_says_so() -> None:
    assert one_line("x" * LABEL_MAX_CHARS) == "x" * LABEL_MAX_CHARS
    assert one_line("x" * (LABEL_MAX_CHARS + 1)) == "x" * (LABEL_MAX_CHARS - 1) + "…"
    assert len(cell("x" * 5000)) == 500

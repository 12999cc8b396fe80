"""What people read when something broke, wherever it broke."""

import ast
from pathlib import Path

import pytest

from tests.components.raw_session import deep_link, server
from tests.serving import ROOT

BROKEN = "tests/components/apps/broken_app.py"


@pytest.mark.slow
def test_a_defect_inside_a_fragment_is_told_in_our_words_and_logged_by_its_place_only(tmp_path: Path) -> None:
    with server(BROKEN, tmp_path) as port:
        shown, _ = deep_link(port, "")
    assert "[heading]" in shown
    assert "This screen met a defect of Caseboard" in shown
    assert "[exception]" not in shown
    log = (tmp_path / "server.log").read_text(errors="replace")
    assert "KeyError at tests/components/apps/broken_screen.py:8" in log
    assert "CANARY-NOTE-7391" not in shown + log


def test_the_browsers_door_answers_errors_in_our_words() -> None:
    calls = [n for n in ast.walk(ast.parse((ROOT / "app.py").read_text())) if isinstance(n, ast.Call)]
    given = {k.arg: ast.unparse(k.value) for call in calls for k in call.keywords}
    assert given["on_script_error"] == "tell"

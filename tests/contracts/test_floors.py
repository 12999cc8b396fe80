"""Who may construct, write and import what: the arrows that import-linter cannot see."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKERS = {"CaseStore", "DecisionLog", "load_knowledge", "load_scorer"}


def calls(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.id if isinstance(f, ast.Name) else f.attr for f in found if isinstance(f, ast.Name | ast.Attribute)}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    from_names = {
        node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    plain = {a.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    return from_names | plain


TERMINAL = sorted((ROOT / "components" / "terminal").glob("*.py"))
SCREEN = sorted({*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"} - set(TERMINAL))
DOMAIN = sorted((ROOT / "models").rglob("*.py"))


@pytest.mark.parametrize("path", [p for p in SCREEN if p.name != "wiring.py"], ids=lambda p: p.name)
def test_on_screen_only_the_wiring_constructs_stores_knowledge_and_scorers(path):
    assert not calls(path) & MAKERS


@pytest.mark.parametrize("path", [*TERMINAL, ROOT / "cli.py"], ids=lambda p: p.name)
def test_the_terminal_draws_nothing(path):
    assert not imports(path) & {"streamlit", "plotly", "pages", "app"}


@pytest.mark.parametrize("path", DOMAIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_domain_never_imports_the_screen(path):
    assert not imports(path) & {"streamlit", "plotly", "components", "pages", "app"}


def test_the_browsers_door_holds_no_logic():
    assert not [
        n for n in ast.walk(ast.parse((ROOT / "app.py").read_text())) if isinstance(n, ast.If | ast.For | ast.While)
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_a_page_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("path", SCREEN, ids=lambda p: p.name)
def test_no_screen_lets_text_become_markup(path):
    assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")


def test_the_top_level_holds_only_what_was_agreed():
    agreed = {"app.py", "cli.py", "pages", "components", "models", "sample_data", "tests", "benchmarks", "docs"}
    agreed |= {"requirements.txt", "README.md", "Makefile", "LICENSE"}
    present = {p.name for p in ROOT.iterdir() if not p.name.startswith(".") and p.name != "__pycache__"}
    assert present <= agreed

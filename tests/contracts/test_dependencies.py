"""Every package we import is pinned to one version among the direct ones, and a page says why it is here."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"models", "components", "pages", "benchmarks"}
NAMED_OTHERWISE = {"google": "protobuf", "sklearn": "scikit-learn"}
WHY = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
EXPLAINED = {name.strip() for row in re.findall(r"^\| ([^|]+)\|", WHY, re.MULTILINE) for name in row.split(",")}
IMPORT = re.compile(r"^ *(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)", re.MULTILINE)
PINS = [ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"]
DIRECT = re.findall(r"^[\w.-]+", PINS[0].read_text(encoding="utf-8").split("# What those need")[0], re.MULTILINE)


def imported() -> set[str]:
    """The top names of everything that the program imports from outside, as packages are named."""
    files = [
        ROOT / "app.py",
        ROOT / "cli.py",
        *(p for d in sorted(OURS - {"benchmarks"}) for p in (ROOT / d).rglob("*.py")),
    ]
    found = set()
    for file in files:
        found |= {name for pair in IMPORT.findall(file.read_text(encoding="utf-8")) for name in pair if name}
    return {NAMED_OTHERWISE.get(n, n.replace("_", "-")) for n in found - OURS - set(sys.stdlib_module_names)}


@pytest.mark.parametrize("package", DIRECT)
def test_a_page_says_why_each_direct_package_is_here(package):
    assert package.lower() in EXPLAINED


@pytest.mark.parametrize("file", PINS, ids=["to run", "to test"])
def test_every_package_is_pinned_to_one_version(file):
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) > 10
    assert [line for line in lines if not re.fullmatch(r"[\w.\-\[\]]+==\d[\w.]*", line)] == []


def test_every_package_we_import_is_a_direct_one():
    found = imported()
    assert {"streamlit", "lightgbm", "pyarrow"} <= found
    assert sorted(found - {name.lower() for name in DIRECT}) == []

"""Every file that leaves asks for consent first; a new one without a gate turns these red."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import NotAgreed
from models.reporting import Signature
from models.reporting.exports import EXPORTERS, Exporter, Source, export
from models.review.commands import Consent
from models.review.consent import Recorded
from models.review.export import chain_file
from models.review.ways_out import DECISIONS, DEIDENTIFIED, WAYS_OUT, WayOut
from tests.reporting.report_builders import AT, a_content

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = Recorded("", frozenset(Consent), frozenset(Consent))
NOTHING = Recorded("", frozenset(), frozenset(Consent))
SOURCE = Source(replace(a_content(), signature=Signature("Dr A", AT.isoformat())), lambda: [{"rank": 1}])
EACH = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda e: e.way.key)

# Makers of a file, and who but the door may call them, with why.
MAKERS_MAY_BE_CALLED_BY = {
    "as_pdf": {"models/reporting/signed.py"},  # freezes it beside the case
    "as_html": {"models/reporting/signed.py"},
    # In the terminal: `rank` of files that the person names, no case; `reanalyse`: which cases to look at again.
    **{
        maker: {"components/terminal/ranking.py", "models/reporting/__init__.py"}
        for maker in ("ranking_as_tsv", "ranking_as_json", "changed_as_text", "changed_as_json")
    },
}
DOORS = {"models/reporting/exports.py", "models/review/export.py", "models/privacy/pack.py"}


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for file in (f for folder in folders for f in sorted((ROOT / folder).rglob("*.py"))):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def makers() -> set[str]:
    """Public functions of the rooms that make files, which give a whole file back."""
    return {
        node.name
        for path, tree in sources("models/reporting", "models/review")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and (node.name.startswith("as_") or "_as_" in node.name)
        and ast.unparse(node.returns or ast.Constant("")) in {"bytes", "str"}
        and path not in {"models/review/events.py"}  # as_text: a payload as it is stored
    }  # fmt: skip


def test_no_maker_of_a_file_is_called_but_by_the_door_that_asks_for_consent() -> None:
    found = makers()
    assert {"as_pdf", "as_html", "as_xlsx", "as_fhir", "as_phenopacket", "as_clinvar_sheet", "as_json_lines"} <= found
    for path, tree in sources("models", "components", "pages"):
        for node in ast.walk(tree):
            names = {a.name for a in node.names} if isinstance(node, ast.ImportFrom) else set()
            for name in names & found:
                assert path in DOORS | MAKERS_MAY_BE_CALLED_BY.get(name, set()), f"{path} makes {name} without asking"


@pytest.mark.parametrize("door", sorted(DOORS))
def test_each_door_asks_for_consent_before_it_does_anything_else(door: str) -> None:
    tree = ast.parse((ROOT / door).read_text(encoding="utf-8"))
    first = {
        ast.unparse(node.body[1])  # after its docstring
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and len(node.body) > 1 and ast.unparse(node.body[1]).startswith("check(")
    }
    assert len(first) == 1


def test_no_screen_offers_a_download_of_its_own() -> None:
    offering = {
        path
        for path, tree in sources("components", "pages")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    }
    assert offering == {"components/way_out.py"}


def test_each_way_out_has_one_exporter_and_each_use_is_named_with_its_reason() -> None:
    made = [e.way for e in EXPORTERS]
    assert [w for w in WAYS_OUT if w not in {DECISIONS, DEIDENTIFIED}] == made
    assert len({w.key for w in WAYS_OUT}) == len({w.name for w in WAYS_OUT}) == len(WAYS_OUT)
    assert all(w.because.endswith(".") for w in WAYS_OUT)
    assert [w for w in WAYS_OUT if not w.any_of] == [DECISIONS]


@EACH
def test_a_file_is_made_where_everything_is_agreed_and_refused_where_all_was_withdrawn(exporter: Exporter) -> None:
    assert len(export(exporter, SOURCE, EVERYTHING)) > 100
    with pytest.raises(NotAgreed, match=f"^{exporter.way.name}: not made"):
        export(exporter, SOURCE, NOTHING)


@EACH
def test_nothing_is_made_before_consent_was_asked(exporter: Exporter) -> None:
    def made(_: Source) -> bytes:
        raise AssertionError("made without consent")

    with pytest.raises(NotAgreed):
        export(replace(exporter, make=made), SOURCE, NOTHING)


@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda w: w.key)
def test_agreement_to_any_one_named_use_is_enough_and_to_all_others_is_not(way: WayOut) -> None:
    from models.review.ways_out import refusal

    for use in way.any_of:
        assert refusal(way, Recorded("", frozenset({use}))) == ""
    assert bool(refusal(way, Recorded("", frozenset(Consent) - set(way.any_of)))) is bool(way.any_of)


def test_the_chain_of_decisions_is_given_also_after_everything_was_withdrawn() -> None:
    assert chain_file((), NOTHING) == b""

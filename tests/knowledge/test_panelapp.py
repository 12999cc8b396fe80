"""PanelApp: one table of all panels replaces what ships; single panels are laid over it."""

import gzip
import json

import pandas as pd
import pytest

from models.errors import UnreadableFile
from models.knowledge import panelapp
from models.knowledge.library.installed import Library
from models.knowledge.source import read_table
from tests.knowledge.gene_files import installed, write
from tests.shared_data import shared

TABLE = "id\tmode_of_inheritance\tGene\tconfidence_level\tname\n" + (
    "1\tAD/AR\tAARS\t3\tA\n2\tXL\tOR4F5\t2\tB\n3\tAR\tCFTR\t3\tC\n"
)


def panel(*genes: tuple[str, str, str], day: str = "2026-10-30") -> str:
    named = [{"entity_name": g, "confidence_level": c, "mode_of_inheritance": m} for g, c, m in genes]
    return json.dumps({"id": 1, "version_created": f"{day}T08:00:00Z", "genes": named})


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def test_the_table_of_all_panels_replaces_what_ships(tmp_path, library):
    installed(library, panelapp.OFFER, write(tmp_path, "panels_2026-10-01.tsv", TABLE))
    assert panelapp.columns(library)["modes_panelapp"].to_dict() == {"AARS1": "AD;AR", "CFTR": "AR"}
    assert panelapp.SOURCE.release(library).version == "2026-10-01"


def test_a_single_panel_adds_modes_and_takes_none_away(tmp_path, library):
    text = panel(("OR4F5", "3", "BIALLELIC, autosomal or pseudoautosomal"), ("SCN1A", "2", "MITOCHONDRIAL"))
    installed(library, panelapp.OFFER, write(tmp_path, "panel.json", text))
    shipped, now = panelapp.columns(Library(tmp_path / "none")), panelapp.columns(library)
    assert now.loc["OR4F5", "modes_panelapp"] == "AR"
    pd.testing.assert_frame_equal(now.drop(index="OR4F5"), shipped)
    assert panelapp.SOURCE.release(library).version == "2026-10-30-panels-1"


def test_an_installed_release_older_than_the_shipped_one_is_left_alone(tmp_path, library):
    installed(library, panelapp.OFFER, write(tmp_path, "panels_2025-10-01.tsv", TABLE))
    assert panelapp.SOURCE.release(library) == panelapp.RELEASE
    assert len(panelapp.columns(library)) == len(read_table("panelapp"))


@pytest.mark.parametrize(
    ("wording", "modes"),
    [
        ("MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted", ["AD"]),
        ("BIALLELIC, autosomal or pseudoautosomal", ["AR"]),
        ("BOTH monoallelic and biallelic, autosomal or pseudoautosomal", ["AD", "AR"]),
        ("X-LINKED: hemizygous mutation in males, biallelic mutations in females", ["XL"]),
        ("MITOCHONDRIAL", ["MT"]),
        ("Unknown", []),
        ("Other", []),
        ("", []),
    ],
)
def test_the_words_of_the_api_become_our_modes(wording, modes):
    assert panelapp.mode_of(wording) == modes


@pytest.mark.shared
@pytest.mark.parametrize("number", [178, 302])
def test_a_real_panel_names_the_same_modes_as_the_table_of_all_panels(number):
    path = shared(f"gene/panelapp/panel_{number}.json.gz")
    (read,) = panelapp.read_panels([path])
    ours = panelapp.from_panels([read], {}).set_index("gene")["modes"]
    rows = pd.read_csv(shared("gene/panelapp/panelapp_ge_core_2026-03.tsv.gz"), sep="\t")
    rows = rows[(rows["id"] == number) & (rows["confidence_level"] == 3) & rows["mode_of_inheritance"].notna()]
    theirs = rows.set_index("Gene")["mode_of_inheritance"].str.replace("/", ";")
    both = ours.index.intersection(theirs.index)
    assert len(both) > 0.9 * len(theirs)
    assert (ours[both] == theirs[both]).mean() > 0.97  # the table is some months younger than the panel


@pytest.mark.shared
def test_the_real_table_of_all_panels_converts_to_the_table_that_ships(library):
    path = shared("gene/panelapp/panelapp_ge_core_2026-03.tsv.gz")
    assert panelapp.release_of([path]).released_on == "2026-03-01"  # a month counts as its first day: not newer
    pd.testing.assert_frame_equal(panelapp.converted([path]), read_table("panelapp"))


def test_a_table_without_a_day_in_its_name_is_refused(tmp_path):
    for name in ("panels.tsv", "panels_2026-13-40.tsv"):
        with pytest.raises(UnreadableFile, match="put the day it was made into its name"):
            panelapp.release_of([write(tmp_path, name, TABLE)])


def test_a_panel_cut_short_is_refused(tmp_path):
    text = panel(("OR4F5", "3", "MITOCHONDRIAL"))
    with pytest.raises(UnreadableFile, match="not a panel"):
        panelapp.release_of([write(tmp_path, "panel.json", text[:-9])])
    cut = tmp_path / "panel.json.gz"
    cut.write_bytes(gzip.compress(text.encode())[:-10])
    with pytest.raises(UnreadableFile, match="fetch it again"):
        panelapp.release_of([cut])


def test_other_json_is_no_panel(tmp_path):
    with pytest.raises(UnreadableFile, match="not a panel"):
        panelapp.release_of([write(tmp_path, "x.json", '{"detail": "Not found."}')])
    with pytest.raises(UnreadableFile, match="when its version was made"):
        panelapp.release_of([write(tmp_path, "x.json", panel(day="").replace("T08:00:00Z", ""))])

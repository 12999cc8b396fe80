"""The card says what the manifest and the benchmarks say, and nothing else."""

from pathlib import Path

import pytest

from models.errors import IntegrityError
from models.ranking import FEATURES, SHIPPED
from models.ranking.card import CARD, Measured, card_text, read_measured
from models.ranking.manifest import RANKER_NAME, read_manifest

MANIFEST = read_manifest(SHIPPED)


def test_the_card_in_the_house_is_the_one_made_from_today_s_model_and_measurements() -> None:
    assert CARD.read_text(encoding="utf-8") == card_text(MANIFEST, read_measured())


def test_every_table_of_the_card_was_measured_with_the_shipped_model() -> None:
    assert {m.model_sha256 for m in read_measured()} == {MANIFEST["files"][RANKER_NAME]}


def test_the_card_names_every_feature_every_training_file_and_its_licence() -> None:
    told = card_text(MANIFEST, ())
    assert [f.name for f in FEATURES if f.label not in told] == []
    for one in MANIFEST["training_data"]:
        assert one["file"] in told
        assert one["licence"] in told


def test_a_table_of_an_earlier_model_is_marked() -> None:
    old = Measured("Title", "python -m benchmarks.x", "0" * 64, "top 1  12.3")
    now = Measured("Title", "python -m benchmarks.x", MANIFEST["files"][RANKER_NAME], "top 1  12.3")
    assert "Measured with an earlier model" in card_text(MANIFEST, (old,))
    assert "Measured with an earlier model" not in card_text(MANIFEST, (now,))


def test_a_print_out_is_read_as_it_was_written_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    one = Measured("Title", "python -m benchmarks.x", "ab", "top 1  12.3\n\ntop 5  45.6\n")
    (tmp_path / "1_x.txt").write_text(one.text(), encoding="utf-8")
    assert [m.text() for m in read_measured(tmp_path)] == [one.text()]
    (tmp_path / "1_x.txt").write_text("Title\nsomething\n", encoding="utf-8")
    with pytest.raises(IntegrityError, match="damaged"):
        read_measured(tmp_path)

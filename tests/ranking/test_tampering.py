"""T4: a changed model is refused with a sentence, before LightGBM sees a byte of it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.errors import IntegrityError
from models.ranking import SHIPPED, load_scorer
from models.ranking import scorer as scorer_module
from models.ranking.manifest import EFFECT_NAME, MANIFEST_NAME, RANKER_NAME, seal

FILES = (RANKER_NAME, EFFECT_NAME, MANIFEST_NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "model"
    shutil.copytree(SHIPPED, place)
    return place


def forbid_lightgbm(monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*_: object, **__: object) -> None:
        raise AssertionError("LightGBM was handed an unverified file")

    monkeypatch.setattr(scorer_module.lightgbm, "Booster", called)


@pytest.mark.parametrize("name", FILES)
def test_any_flipped_byte_is_refused_cleanly(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_lightgbm(monkeypatch)
    whole = (folder / name).read_bytes()
    places = np.random.default_rng(3).integers(0, len(whole), 60)
    for place in {0, len(whole) - 1, *places.tolist()}:
        for flipped in (whole[place] ^ 1, whole[place] ^ 0x80):
            (folder / name).write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
            with pytest.raises(IntegrityError):
                load_scorer(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_shortened_file_is_refused_cleanly(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_lightgbm(monkeypatch)
    whole = (folder / name).read_bytes()
    for content in (b"", whole[: len(whole) // 2], whole + b"\n"):
        (folder / name).write_bytes(content)
        with pytest.raises(IntegrityError):
            load_scorer(folder)
    (folder / name).unlink()
    with pytest.raises(IntegrityError, match="missing"):
        load_scorer(folder)


def test_the_refusal_says_what_to_do(folder: Path) -> None:
    (folder / RANKER_NAME).write_bytes(b"tree\n")
    with pytest.raises(IntegrityError, match=r"ranker\.txt is not what its manifest says; install Caseboard again"):
        load_scorer(folder)


@pytest.mark.parametrize(("key", "value"), [("features", ["one"]), ("fixed_log_odds", {}), ("damage_columns", ["one"])])
def test_a_model_for_other_features_is_refused_even_when_its_seal_is_whole(
    key: str, value: object, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_lightgbm(monkeypatch)
    manifest = json.loads((folder / MANIFEST_NAME).read_text())
    (folder / MANIFEST_NAME).write_text(seal({**manifest, key: value}))
    with pytest.raises(IntegrityError, match="made for other"):
        load_scorer(folder)


def test_features_in_another_order_are_refused(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST_NAME).read_text())
    turned = list(reversed(manifest["features"]))
    (folder / MANIFEST_NAME).write_text(seal({**manifest, "features": turned}))
    with pytest.raises(IntegrityError, match="made for other features"):
        load_scorer(folder)


def test_the_card_names_the_checksum_of_the_file_on_disk(folder: Path) -> None:
    import hashlib

    card = load_scorer(folder).card
    assert card.sha256 == hashlib.sha256((folder / RANKER_NAME).read_bytes()).hexdigest()

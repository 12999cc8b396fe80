import shutil
import socket
import time
from datetime import date

import pytest

from models.errors import IntegrityError
from models.knowledge import SOURCES, cache, hpo_files, load_knowledge
from models.knowledge.cache import compiled
from models.knowledge.source import TABLES, read_table
from tests.knowledge.real import compiled_folder, knowledge


def test_knowledge_loads_without_a_network(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("knowledge must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(load_knowledge(compiled_folder()).hpo) > 15_000


@pytest.mark.slow
def test_a_warm_start_takes_less_than_a_second():
    knowledge()
    start = time.process_time()
    load_knowledge(compiled_folder())
    assert time.process_time() - start < 1.0


def test_every_release_is_told_with_its_age():
    releases = knowledge().releases
    assert [r.key for r in releases] == [s.key for s in SOURCES if s.release(knowledge().library)]
    assert all(r.age_days(date(2026, 12, 31)) > 0 for r in releases)
    assert next(r for r in releases if r.key == "hpo").age_days(date(2025, 1, 17)) == 1


def test_a_damaged_compiled_folder_is_compiled_anew(tmp_path):
    place = tmp_path / "thing"
    place.mkdir()
    (place / "value").write_text("not a number")
    written = compiled(place, lambda p: (p / "value").write_text("7"), lambda p: int((p / "value").read_text()))
    assert written == 7


def test_a_failed_compilation_leaves_nothing_behind(tmp_path):
    def fail(place):
        (place / "half").write_text("half")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        compiled(tmp_path / "cache" / "thing", fail, lambda p: p)
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_second_of_two_processes_uses_what_the_first_compiled(tmp_path):
    place = tmp_path / "thing"

    def slow(scratch):
        (scratch / "by").write_text("second")
        place.mkdir()
        (place / "by").write_text("first")

    assert compiled(place, slow, lambda p: (p / "by").read_text()) == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["thing"]


def test_the_default_cache_is_ours_alone():
    assert "caseboard" in str(cache.default_cache_dir())


def test_a_missing_hpo_release_is_said_in_a_sentence(monkeypatch):
    monkeypatch.setattr(hpo_files, "find_spec", lambda _: None)
    with pytest.raises(IntegrityError, match="not installed"):
        hpo_files.data_folder()


def test_a_release_without_a_date_is_refused(tmp_path):
    (tmp_path / "hp.obo").write_text("format-version: 1.2\n")
    (tmp_path / "phenotype.hpoa").write_text("#description: none\n")
    with pytest.raises(IntegrityError, match="which release"):
        hpo_files.hpo_release(tmp_path)
    with pytest.raises(IntegrityError, match="which release"):
        hpo_files.annotation_release(tmp_path)


def test_a_missing_table_is_said_in_a_sentence():
    with pytest.raises(IntegrityError, match="'nothing' cannot be read"):
        read_table("nothing")


@pytest.mark.parametrize("at", [0, 1000, -5])
def test_a_table_with_one_changed_byte_is_refused(tmp_path, at):
    shutil.copytree(TABLES, tmp_path / "tables")
    table = tmp_path / "tables" / "secondary_findings.parquet"
    content = bytearray(table.read_bytes())
    content[at] ^= 1
    table.write_bytes(bytes(content))
    with pytest.raises(IntegrityError, match="not the one that was shipped"):
        read_table("secondary_findings", tmp_path / "tables")


def test_a_table_the_manifest_does_not_know_is_refused(tmp_path):
    shutil.copy(TABLES / "panelapp.parquet", tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(IntegrityError, match="not the one that was shipped"):
        read_table("panelapp", tmp_path)

"""What people last read stays the base until somebody reads on; nothing is lost between two releases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import IntegrityError
from models.knowledge import Release
from models.reanalysis import compared, keep_snapshot, read_kept
from models.reanalysis.kept import PENDING, WAITS
from tests.reanalysis.test_changes import held, release, snapshot

A = snapshot(held(said="VUS", rank=14), releases=(release("2026-10-06"),))
B = snapshot(held(said="LP", rank=2), releases=(release("2026-11-10"),))
C = snapshot(held(said="CONFLICTING", rank=8), releases=(release("2026-12-08"),))


def said(kept, today, seen="", waits=False):
    return compared(kept, today.key, seen=seen, waits=waits)


def test_the_first_work_up_is_the_base_and_changes_nothing(tmp_path):
    kept = keep_snapshot(tmp_path, A, seen="")
    assert kept.base == A and kept.latest is None
    assert read_kept(tmp_path) == kept
    assert said(kept, A).changes is None and said(kept, A).not_compared == ""


def test_a_case_never_worked_up_has_nothing_to_compare(tmp_path):
    assert said(read_kept(tmp_path), A).not_compared == ""
    assert said(read_kept(tmp_path), A, waits=True).not_compared == WAITS


def test_a_newer_work_up_is_compared_with_the_base(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    kept = keep_snapshot(tmp_path, B, seen="")
    changes = said(kept, B).changes
    assert changes and len(changes.variants) == 1
    assert changes.key == B.key


def test_unread_changes_add_up_over_two_releases(tmp_path):
    for one in (A, B, C):
        kept = keep_snapshot(tmp_path, one, seen="")
    changes = said(kept, C).changes
    assert changes and changes.cause == "ClinVar 2026-10-06 → 2026-12-08"
    assert "uncertain significance → conflicting" in changes.variants[0].sentence


def test_what_was_read_becomes_the_base(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    kept = keep_snapshot(tmp_path, B, seen="")
    assert said(kept, B, seen=B.key).changes is None
    kept = keep_snapshot(tmp_path, C, seen=B.key)
    assert (kept.base, kept.latest) == (B, C)
    changes = said(kept, C, seen=B.key).changes
    assert changes and "likely pathogenic → conflicting" in changes.variants[0].sentence


def test_reading_an_older_comparison_does_not_hide_a_newer_one(tmp_path):
    for one in (A, B, C):
        kept = keep_snapshot(tmp_path, one, seen="")
    assert said(kept, C, seen=B.key).changes is not None


def test_until_the_newer_work_up_is_there_the_comparison_is_pending(tmp_path):
    kept = keep_snapshot(tmp_path, A, seen="")
    assert said(kept, B).not_compared == PENDING


def test_a_case_whose_check_waits_says_so_instead_of_pretending(tmp_path):
    kept = keep_snapshot(tmp_path, A, seen="")
    assert said(kept, B, waits=True).not_compared == WAITS
    assert said(kept, A, waits=True).not_compared == ""


def test_features_edited_under_the_same_releases_move_the_base(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    edited = replace(A, terms=("HP:2",), variants=(held(said="VUS", rank=3),))
    assert keep_snapshot(tmp_path, edited, seen="").base == edited


def test_going_back_to_the_earlier_release_forgets_the_later_comparison(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    keep_snapshot(tmp_path, B, seen="")
    kept = keep_snapshot(tmp_path, A, seen="")
    assert (kept.base, kept.latest) == (A, None)
    assert said(kept, A).changes is None


@pytest.mark.parametrize("content", ["{", '{"format": 9, "snapshot": {}}', '{"format": 1, "snapshot": {}}', "[]"])
def test_a_damaged_memory_is_said_and_the_next_work_up_begins_anew(tmp_path, content):
    keep_snapshot(tmp_path, A, seen="")
    (tmp_path / "worked_up" / "base.json").write_text(content)
    with pytest.raises(IntegrityError, match="compared from now on"):
        read_kept(tmp_path)
    assert keep_snapshot(tmp_path, B, seen="").base == B


def test_every_word_of_a_release_survives(tmp_path):
    told = Release("clinvar", "ClinVar", "2026-11-10", "2026-11-10", "public domain", "é 2026", "https://x", "GRCh38")
    keep_snapshot(tmp_path, replace(A, releases=(told,)), seen="")
    kept = read_kept(tmp_path)
    assert kept.base and kept.base.releases == (told,)


def test_two_who_remember_at_once_leave_a_whole_memory_and_nothing_beside_it(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: keep_snapshot(tmp_path, B, seen=""), range(40)))
    assert read_kept(tmp_path).latest == B
    assert {f.name for f in (tmp_path / "worked_up").iterdir()} == {"base.json", "latest.json"}


def test_two_who_go_on_from_what_was_read_at_once_agree(tmp_path):
    keep_snapshot(tmp_path, A, seen="")
    keep_snapshot(tmp_path, B, seen="")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: keep_snapshot(tmp_path, C, seen=B.key), range(40)))
    kept = read_kept(tmp_path)
    assert (kept.base, kept.latest) == (B, C)


def test_a_full_disk_leaves_what_was_remembered_before(tmp_path, monkeypatch):
    keep_snapshot(tmp_path, A, seen="")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            keep_snapshot(tmp_path, B, seen="")
    assert read_kept(tmp_path).base == A

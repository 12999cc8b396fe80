"""The child process: whatever happens in it, the parent gets an answer or one sentence."""

import os
import signal
import threading
import time

import pytest

from models.errors import InputError, Stopped, TooLarge, UnreadableFile, WrongBuild
from models.intake import Limits, Stop, peek_vcf, read_variants, run_in_child, stoppable
from models.intake.limits import MIB
from tests.intake.child_tasks import (
    add,
    die,
    environment,
    niceness,
    open_files,
    print_and_answer,
    raise_ours,
    raise_theirs,
    sleep,
    take_cpu,
    take_memory,
    write,
    write_pid_and_sleep,
)
from tests.intake.vcf_builder import a_record, a_vcf
from tests.waiting import PATIENCE_S, wait_for


def test_the_answer_of_a_task_comes_back():
    assert run_in_child(add, 2, 3) == 5
    assert run_in_child(print_and_answer) == "clean"


def test_reading_stands_back_behind_people_at_their_screens():
    assert run_in_child(niceness) > os.nice(0)


def test_our_own_errors_arrive_as_they_were_raised():
    with pytest.raises(WrongBuild) as caught:
        run_in_child(raise_ours, "Two builds.", display_name="a.vcf")
    assert (caught.value.sentence, caught.value.where) == ("Two builds.", "line 7")


def test_an_unforeseen_error_becomes_a_sentence_without_its_text():
    with pytest.raises(UnreadableFile) as caught:
        run_in_child(raise_theirs, display_name="a.vcf")
    assert "secret-name" not in str(caught.value)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGBUS])
def test_a_killed_child_is_one_sentence_and_not_our_death(number):
    with pytest.raises(InputError, match=r"a\.vcf"):
        run_in_child(die, int(number), display_name="a.vcf")


def test_too_much_memory_is_refused_and_a_little_less_passes():
    limits = Limits(memory_bytes=1024 * MIB)
    assert run_in_child(take_memory, 64 * MIB, limits=limits) == 64 * MIB
    with pytest.raises(TooLarge):
        run_in_child(take_memory, 1025 * MIB, limits=limits)


def test_too_much_cpu_time_is_refused():
    with pytest.raises(TooLarge):
        run_in_child(take_cpu, limits=Limits(cpu_seconds=1))


def test_too_long_by_the_clock_is_refused():
    with pytest.raises(TooLarge, match="longer than"):
        run_in_child(sleep, 60, limits=Limits(wall_seconds=0.2))


def test_too_large_an_output_is_refused_and_one_at_the_cap_passes(tmp_path):
    limits = Limits(output_bytes=100_000)
    assert run_in_child(write, str(tmp_path / "a"), 100_000, limits=limits) == 100_000
    with pytest.raises(InputError):
        run_in_child(write, str(tmp_path / "b"), 100_001, limits=limits)


def test_too_many_open_files_are_refused():
    with pytest.raises(InputError):
        run_in_child(open_files, 100, limits=Limits(open_files=64))


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1/a.vcf", "s3://bucket/a.bcf", "/tmp/a.vcf##idx##http:x", ["ftp://x"]]
)
def test_nothing_that_looks_like_an_address_reaches_the_child(text):
    with pytest.raises(InputError, match="Only files on this machine"):
        run_in_child(add, text, "")


def test_the_child_does_not_inherit_our_secrets(monkeypatch):
    monkeypatch.setenv("CASEBOARD_SECRET", "x")
    assert "CASEBOARD_SECRET" not in run_in_child(environment)


def test_reading_and_peeking_go_through_the_child(tmp_path):
    path = tmp_path / "x"
    path.write_text(a_vcf(a_record(calls="GT 0/1"), samples=["S"], meta=["##contig=<ID=chr1,length=248956422>"]))
    table, findings = read_variants(path, display_name="x.vcf", work_dir=tmp_path)
    assert (len(table), table.samples, findings) == (1, ("S",), ())
    peek = peek_vcf(path)
    assert (peek.samples, peek.assembly.value, peek.contigs) == (("S",), "GRCh38", ("chr1",))


def test_a_waiting_child_does_one_task_and_the_next_is_ready_soon():
    from models.intake import child

    spare = child._Spare()
    spare.keep("json")
    first = spare.take()
    assert first is not None
    assert spare.take() is None
    spare.refill()
    second = spare.take()
    assert second is not None
    assert second.pid != first.pid
    for waiting in (first, second):
        assert waiting.communicate(b"", timeout=PATIENCE_S)[0] == b""
        assert waiting.returncode == 0


def test_a_cancelled_reading_ends_its_child_at_once_and_starts_no_other(tmp_path):
    stop, ended, pid_file = Stop(), [], tmp_path / "pid"

    def read():
        with stoppable(stop):
            for _ in range(2):
                try:
                    run_in_child(write_pid_and_sleep, str(pid_file))
                except Stopped:
                    ended.append(time.monotonic())

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    wait_for(lambda: pid_file.exists() and pid_file.read_text())
    child = int(pid_file.read_text())
    stop.now()
    thread.join(PATIENCE_S)
    assert len(ended) == 2
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_reading_that_nobody_stops_answers_as_ever():
    with stoppable(Stop()):
        assert run_in_child(add, 2, 3) == 5

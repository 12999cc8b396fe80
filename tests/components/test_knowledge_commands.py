"""Changing what is installed: only by those who may, one thing at a time, cancelled cleanly, ended in a sentence."""

import threading

import pytest

from components.access import Permission, Viewer
from components.knowledge_commands import (
    KnowledgeDesk,
    Wish,
    check,
    forget,
    install,
    look_for_newer,
    look_for_newer_of_all,
    mend,
    throw_away,
    use,
)
from components.workbench import Outcome, Workbench
from models.errors import InputError, IntegrityError, NotPermitted, Stopped, UnreadableFile
from models.knowledge import clingen_dosage, clingen_validity, panelapp
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import DOSAGE, VALIDITY, installed, write
from tests.knowledge.library.server import serving

ADMINISTRATOR = Viewer("a", "A", frozenset(Permission))
COLLEAGUE = Viewer("c", "C", frozenset({Permission.VIEW_SYSTEM}))
PANELS = "Gene\tmode_of_inheritance\tconfidence_level\nCFTR\tAR\t3\n"
DELIVERED = "/kb/gene-validity/download"


@pytest.fixture
def desk(tmp_path):
    return KnowledgeDesk(ADMINISTRATOR, Library(tmp_path / "library"), Workbench())


@pytest.fixture
def server():
    with serving() as served:
        yield served


def ended(desk):
    job = desk.workbench.job
    assert job.done.wait(180)
    return job


def said(desk):
    return " ".join(ended(desk).outcome.said)


def validity(desk, folder, day):
    return installed(desk.library, clingen_validity.OFFER, write(folder, "download", VALIDITY.format(day=day)))


def wish(**more):
    return Wish("ClinGen", clingen_validity.OFFER, **more)


def test_a_release_is_fetched_from_a_mirror_and_in_use(desk, server):
    server.put(DELIVERED, VALIDITY.format(day="2026-10-01").encode())
    install(desk, wish(mirror=f" {server.base} "))
    assert said(desk) == (
        "ClinGen gene-disease validity 2026-10-01 is installed. Open cases use it from the next look on."
    )
    assert desk.library.current("clingen_validity").release.version == "2026-10-01"
    assert [path for path, *_ in server.requests] == [DELIVERED]


def test_looking_for_a_newer_release_finds_one_or_says_there_is_none(desk, server, tmp_path):
    was = validity(desk, tmp_path, "2026-10-01")
    server.put(DELIVERED, VALIDITY.format(day="2026-10-01").encode())
    look_for_newer(desk, wish(mirror=server.base), was)
    assert "is the newest there is" in said(desk)
    server.put(DELIVERED, VALIDITY.format(day="2026-11-01").encode())
    look_for_newer(desk, wish(mirror=server.base), was)
    assert "2026-11-01 is installed" in said(desk)


def test_looking_for_newer_releases_of_everything_tells_of_each_and_stops_at_none(desk, server, tmp_path):
    validity(desk, tmp_path, "2026-10-01")
    installed(desk.library, clingen_dosage.OFFER, write(tmp_path, "list.tsv", DOSAGE.format(day="9 Nov,2026")))
    installed(desk.library, panelapp.OFFER, write(tmp_path, "p_2026-10-01.tsv", PANELS))
    server.put(DELIVERED, VALIDITY.format(day="2026-11-01").encode())
    look_for_newer_of_all(desk, server.base)
    outcome = ended(desk).outcome
    assert [s for s in outcome.said if "2026-11-01 is installed" in s]
    assert [s for s in outcome.said if "PanelApp" in s and "bring a newer file" in s]
    assert len(outcome.wrong) == 1 and "dosage sensitivity 2026-11-09 stays in use" in outcome.wrong[0]


def test_a_file_that_cannot_be_used_ends_in_its_sentence_and_changes_nothing(desk, tmp_path):
    was = validity(desk, tmp_path, "2026-10-01")
    install(desk, wish(files=(write(tmp_path, "other.csv", "a,b\n1,2\n"),)))
    assert isinstance(ended(desk).problem, UnreadableFile)
    assert desk.library.current("clingen_validity") == was


def test_a_licence_that_asks_for_a_name_is_not_accepted_by_nobody(desk, tmp_path):
    path, tidied = write(tmp_path, "panels_2026-10-01.tsv", "x"), []
    with pytest.raises(InputError, match="Type your name"):
        install(desk, Wish("PanelApp", panelapp.OFFER, " ", files=(path,)), lambda: tidied.append(1))
    assert tidied == [1] and desk.workbench.job is None


def test_a_source_nobody_may_download_needs_a_file(desk):
    with pytest.raises(InputError, match="Name a file"):
        install(desk, Wish("PanelApp", panelapp.OFFER, "Dr A"))


@pytest.mark.parametrize("act", [install, look_for_newer, use, throw_away, mend, forget, look_for_newer_of_all])
def test_a_colleague_who_may_only_look_changes_nothing(desk, tmp_path, act):
    release = validity(desk, tmp_path, "2026-10-01")
    theirs = KnowledgeDesk(COLLEAGUE, desk.library, desk.workbench)
    asked = {
        install: (wish(),),
        look_for_newer: (wish(), release),
        mend: (),
        look_for_newer_of_all: (),
        forget: (wish(),),
    }.get(act, (release,))
    with pytest.raises(NotPermitted, match="install and remove knowledge"):
        act(theirs, *asked)
    assert desk.workbench.job is None


def test_going_back_removing_and_checking_say_what_came_of_it(desk, tmp_path):
    old = validity(desk, tmp_path, "2026-08-01")
    new = validity(desk, tmp_path, "2026-10-01")
    use(desk, old)
    assert said(desk).endswith("2026-08-01 is in use.")
    throw_away(desk, old)
    assert said(desk).endswith("2026-10-01 is in use.")
    assert desk.library.installed() == (new,)
    check(desk)
    assert said(desk) == "Every installed file is as it was installed."
    (new.folder / "clingen_validity.parquet").write_bytes(b"x")
    check(desk)
    assert said(desk) == ""
    assert "is damaged; install it again" in ended(desk).outcome.wrong[0]


def test_a_damaged_list_is_written_again(desk, tmp_path):
    new = validity(desk, tmp_path, "2026-10-01")
    (desk.library.folder / "current.json").write_text("{")
    with pytest.raises(IntegrityError):
        desk.library.switched()
    mend(desk)
    assert said(desk) == "The list names 1 releases again."
    assert desk.library.current("clingen_validity") == new


def test_a_begun_download_can_be_forgotten(desk):
    part = desk.library.folder / "downloads" / "clingen_validity" / "any" / "download.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    forget(desk, wish())
    assert said(desk) == "What was fetched of ClinGen is forgotten."
    assert not part.exists()


def test_one_change_at_a_time_and_a_cancelled_one_is_stopped(desk):
    begun, go_on = threading.Event(), threading.Event()

    def slow(tell):
        tell("Waiting", 0.5)
        begun.set()
        go_on.wait(180)
        tell("Never said", None)
        return Outcome(("never",))

    job = desk.workbench.start("Installing something", slow)
    assert begun.wait(180)
    assert (job.doing, job.share) == ("Waiting", 0.5)
    tidied = []
    with pytest.raises(InputError, match="Installing something is under way"):
        desk.workbench.start("Another", slow, lambda: tidied.append(1))
    desk.workbench.clear()
    assert desk.workbench.job is job and tidied == [1]
    job.cancel()
    go_on.set()
    assert isinstance(ended(desk).problem, Stopped)
    desk.workbench.clear()
    assert desk.workbench.job is None


def test_a_defect_is_told_without_what_it_says(desk):
    def broken(_tell):
        raise RuntimeError("secret path /home/x")

    desk.workbench.start("Installing", broken)
    assert "defect in Caseboard" in ended(desk).problem.sentence
    assert "secret" not in ended(desk).problem.sentence

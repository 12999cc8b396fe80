"""Toy offers: a release is the text of its file, doubled, so that a test sees which one it reads."""

from datetime import UTC, datetime
from pathlib import Path

from models.case import Absent, Assembly, Found
from models.errors import UnreadableFile
from models.knowledge.library import Addressed, Library, Licence, Offer
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FREE = Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
TERMS = Licence("Terms of the Toy Consortium", "https://toys.example.org/terms", must_accept=True)


def release_of(paths):
    """Version and date are the first two words of the first file."""
    words = Path(paths[0]).read_bytes().split()
    if len(words) < 2:
        raise UnreadableFile("There is no version in it.", Path(paths[0]).name)
    version, day = words[0].decode(), words[1].decode()
    return Release("toys", "Toys", version, day, "CC0 1.0", "Toy et al. PMID:1", "https://toys.example.org")


def build(paths, folder, progress):
    progress("Building", 0.0)
    (folder / "table.txt").write_bytes(b"".join(Path(p).read_bytes() * 2 for p in paths))
    (folder / "parts").mkdir()
    (folder / "parts" / "one.txt").write_text("one")
    progress("Building", 1.0)


def offer(assembly=Assembly.GRCH38, licence=FREE, fetch=(), build=build, by_hand="", source="toys"):
    return Offer(source, assembly, licence, tuple(Addressed(*a) for a in fetch), release_of, build, by_hand)


def toy_file(folder, version="1", day="2026-01-01", text="cat"):
    path = folder / f"toys-{version.replace('/', '_')[:20]}-{text[:8]}.txt"
    path.write_text(f"{version} {day} {text}")
    return path


def text_in_use(folder: Path, assembly=Assembly.GRCH38) -> str | None:
    """The last word of the release in use, None when there is none."""
    current = Library(folder).current("toys", assembly)
    return current.file("table.txt").read_text().split()[-1] if current else None


def source(*offers, key="toys", shipped=None):
    """A source that answers with its installed release, else with what ships."""

    def release(library):
        found = [library.current(o.source, o.assembly) for o in offers]
        return next((i.release for i in found if i), shipped)

    return Source(
        key=key,
        question="Which toy is this?",
        unit="a word",
        missing="not assessed: not installed",
        release=release,
        look_up=lambda _knowledge, _query: Absent("Toys"),
        found=Example("x", Found("cat", "Toys")),
        missed=Example("y", Absent("Toys")),
        offers=offers,
    )

"""One source at a time: what it says, and installing, updating, going back and removing its releases."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import knowledge_commands, text
from components.choices import Choice, choices
from components.drawing import draw, el
from components.errors import sentence_of
from components.knowledge_commands import KnowledgeDesk, Wish
from components.knowledge_shelf import Slot, age_of, files_at, gain, recommended
from components.knowledge_table import origin
from components.workbench import discard
from models.errors import CaseboardError, InputError
from models.knowledge import Installed
from models.knowledge.library.disk import amount
from models.knowledge.library.download import downloaded_bytes
from models.knowledge.library.installed import is_plain_name
from models.knowledge.library.offer import Offer
from models.review.telling import day

_CHOSEN = "knowledge-slot"
_LAST_CHOSEN = "knowledge-last-chosen"
FIRST_SHOWN = 6
KEPT_SHOWN = 6
FILES_SEEN = 3  # of more, as gnomAD's two dozen, the rest is scrolled to
MANY_FILES_PX = 150


def invitation(slots: tuple[Slot, ...]) -> None:
    """What an installation without releases says: what to install, in which order, how large, and why."""
    text.plain(
        "Nothing is installed yet. What ships is enough for a file that brings its annotation along; "
        "a bare VCF needs the first of these. Each is fetched once and then read from this computer; "
        "nothing about a patient is sent."
    )
    cards = [
        Choice(slot.id, f"{place}. {slot.name} ({slot.size})", lines=(gain(slot),))
        for place, slot in enumerate(recommended(slots)[:FIRST_SHOWN], 1)
    ]
    if pressed := choices("Install in this order", cards, key="knowledge-first", layout="tight"):
        st.session_state[_CHOSEN] = pressed.id


def choose(slots: tuple[Slot, ...]) -> Slot | None:
    """The source a person works on; None when none can be installed."""
    open_ones = {slot.id: slot for slot in (*recommended(slots), *(s for s in slots if s.offer and s.is_installed))}
    if not open_ones:
        return None
    last = st.session_state.get(_CHOSEN, st.session_state.get(_LAST_CHOSEN))
    if last in open_ones:
        st.session_state[_CHOSEN] = last  # Streamlit forgets it while progress is shown in place of the list
    else:
        st.session_state.pop(_CHOSEN, None)
    chosen = st.selectbox("Source", list(open_ones), format_func=lambda key: option(open_ones[key]), key=_CHOSEN)
    st.session_state[_LAST_CHOSEN] = chosen
    return open_ones[chosen]


def option(slot: Slot) -> str:
    """One line of the list of sources."""
    state = slot.release.version if slot.is_installed and slot.release else slot.origin
    return text.one_line(f"{slot.name} – {state}")


def facts(slot: Slot, today: date) -> None:
    """What the source answers, which release does so now, and on which terms another may be installed."""
    now = f"{slot.release.version}, {age_of(slot, today)}, {origin(slot)}" if slot.release else "nothing"
    rows = [("Answers", slot.source.question), ("In use", now)]
    if slot.offer:
        rows += [("To install", size_words(slot)), ("Licence", licence_words(slot.offer))]
    pairs = [el("div", el("dt", name), el("dd", value)) for name, value in rows]
    draw(el("div", el("section", el("dl", *pairs), cls="block"), cls="cb blocks"), key="knowledge-facts")


def licence_words(offer: Offer) -> str:
    asks = "to be accepted by name" if offer.licence.must_accept else "no name asked"
    return f"{offer.licence.name} ({asks}) – {offer.licence.address}"


def size_words(slot: Slot) -> str:
    """ "3 files, 67 MB, from github.com", or how a person brings the file."""
    if slot.offer is None:
        return ""
    files = slot.offer.fetch
    if not files:
        return slot.offer.by_hand
    hosts = sorted({urlsplit(f.address).hostname or "" for f in files})
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    return f"{count}, {amount(slot.offer.size_bytes)}, from {', '.join(hosts)}"


def install(desk: KnowledgeDesk, slot: Slot) -> None:
    """Accept the licence and install, from its owner, a mirror, or files on this computer."""
    offer = slot.offer
    if offer is None:
        return
    name = st.text_input("Your name, to accept the licence", key=f"name-{slot.id}") if offer.licence.must_accept else ""
    if offer.fetch:
        _from_internet(desk, slot, Wish(slot.name, offer, name))
    with st.expander("From files on this computer", expanded=not offer.fetch):
        _from_files(desk, Wish(slot.name, offer, name), slot.id)


def _from_internet(desk: KnowledgeDesk, slot: Slot, wish: Wish) -> None:
    """Install, or look for a newer release where one is installed."""
    was, begun = slot.installed, downloaded_bytes(desk.library, wish.offer)
    pressed = st.button(
        button_words(slot, begun),
        key=f"install-{slot.id}",
        type="primary",
        icon=":material/download:",
    )
    with st.expander("From a mirror"):
        mirror = st.text_input(
            "Base address", key=f"mirror-{slot.id}", placeholder="https://files.hospital.example/knowledge"
        )
        text.quiet("Takes the place of the owner's host; the path behind it stays the same.")
    if pressed:
        with refused_in_a_sentence():
            wish = replace(wish, mirror=mirror)
            if was:
                knowledge_commands.look_for_newer(desk, wish, was)
            else:
                knowledge_commands.install(desk, wish)
            st.rerun()

    if begun and st.button("Forget what was fetched", key=f"forget-{slot.id}"):
        with refused_in_a_sentence():
            knowledge_commands.forget(desk, wish)
            st.rerun()


def button_words(slot: Slot, begun_bytes: int) -> str:
    """begun_bytes: what an earlier try fetched, from where the next one goes on."""
    if begun_bytes:
        return f"Go on · {amount(begun_bytes)} are here"
    return "Look for a newer release" if slot.installed else f"Install · {slot.size}"


def _from_files(desk: KnowledgeDesk, wish: Wish, key: str) -> None:
    typed = st.text_area("Paths, one a line; a folder stands for its files", key=f"paths-{key}", height=80)
    dropped = st.file_uploader("or drop the files", accept_multiple_files=True, key=f"dropped-{key}")
    _wanted(wish.offer)
    if st.button("Install these files", key=f"files-{key}"):
        with refused_in_a_sentence():
            files, tidy = _given(typed, dropped or ())
            if not files:
                raise InputError("Name a file, or drop one.")
            knowledge_commands.install(desk, replace(wish, files=files), tidy)
            st.rerun()


def _wanted(offer: Offer) -> None:
    """The addresses stand as code: to be copied letter by letter to the computer that has a network."""
    if not offer.fetch:
        text.quiet(wanted_files(offer))
        return
    text.quiet("As its owner delivers it:")
    many = len(offer.fetch) > FILES_SEEN
    st.code(wanted_files(offer), language=None, wrap_lines=True, height=MANY_FILES_PX if many else "content")


def wanted_files(offer: Offer) -> str:
    """Which files to bring: their addresses, one a line, or how to come by them."""
    return "\n".join(f.address for f in offer.fetch) or offer.by_hand


def _given(typed: str, dropped: Sequence[UploadedFile]) -> tuple[tuple[Path, ...], Callable[[], None]]:
    """The named and the dropped files, and how to throw the dropped ones away afterwards."""
    if not dropped:
        return files_at(typed), lambda: None
    folder = Path(tempfile.mkdtemp(prefix="caseboard-knowledge-"))
    put = [_put_aside(one, folder, place) for place, one in enumerate(dropped)]
    return (*files_at(typed), *put), lambda: discard([folder])


def _put_aside(dropped: UploadedFile, folder: Path, place: int) -> Path:
    """On disk under its own name where that is a plain one, for a release tells its files apart by name."""
    path = folder / (dropped.name if is_plain_name(dropped.name) else f"given-{place}")
    with path.open("wb") as out:
        shutil.copyfileobj(dropped, out)
    return path


def history(desk: KnowledgeDesk, slot: Slot) -> None:
    """The releases on this computer: use another one, or remove one."""
    here = ([slot.installed] if slot.installed else []) + list(slot.kept[:KEPT_SHOWN])
    if not here:
        return
    st.header("On this computer")
    state = "chosen, but older than what ships" if slot.is_left_alone else "in use"
    for release in here:
        _release(desk, release, state if release is slot.installed else "")
    if len(slot.kept) > KEPT_SHOWN:
        text.quiet(f"and {len(slot.kept) - KEPT_SHOWN} older; cli.py knowledge list names them all")


def _release(desk: KnowledgeDesk, release: Installed, state: str) -> None:
    """state: "" for one that is only kept."""
    key = f"{release.slot}-{release.folder.name}"
    said, use, drop = st.columns([5, 2, 2], vertical_alignment="center")
    with said:
        by = f", licence accepted by {release.terms_accepted_by}" if release.terms_accepted_by else ""
        size = amount(release.size_bytes)
        text.plain(f"{release.release.version} ({state or 'kept'}): installed {day(release.installed_at)}, {size}{by}")
    with use, refused_in_a_sentence():
        if not state and st.button("Use this", key=f"use-{key}"):
            knowledge_commands.use(desk, release)
            st.rerun()
    with drop, st.popover("Remove"), refused_in_a_sentence():
        text.plain(f"{release.label} will be deleted from this computer.")
        if st.button("Delete it", key=f"remove-{key}", type="primary"):
            knowledge_commands.throw_away(desk, release)
            st.rerun()


def for_all(desk: KnowledgeDesk) -> None:
    """Look for newer releases of everything installed; compare every installed file with what was installed."""
    st.header("Everything installed")
    with st.container(horizontal=True), refused_in_a_sentence():
        if st.button("Look for newer releases", key="knowledge-update", icon=":material/update:"):
            knowledge_commands.look_for_newer_of_all(desk)
            st.rerun()
        if st.button("Check all files", key="knowledge-verify", icon=":material/fact_check:"):
            knowledge_commands.check(desk)
            st.rerun()


def mend(desk: KnowledgeDesk, sentence: str) -> None:
    """The list of releases in use cannot be read: say so and offer to write it again."""
    st.error(text.label(sentence, 400), icon=":material/broken_image:")
    if st.button("Repair the list", key="knowledge-repair", type="primary"):
        with refused_in_a_sentence():
            knowledge_commands.mend(desk)
            st.rerun()


def only_looking(may_manage: bool) -> str:
    """Why there are no buttons."""
    if may_manage:
        return "This is a shared installation that may only be read here; whoever looks after it installs releases."
    return "Your role may look at what is installed; the person who runs Caseboard installs releases."


@contextmanager
def refused_in_a_sentence() -> Iterator[None]:
    """What a command refuses is said where it was asked for."""
    try:
        yield
    except CaseboardError as problem:
        st.error(text.label(sentence_of(problem), 600), icon=":material/error:")

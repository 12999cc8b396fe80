"""Choosing a sample patient to read blind: nothing on the cards, nor behind them, tells the answer."""

import streamlit as st

from components import place, reading_progress, text
from components.choices import Badge, Choice, choices
from components.sample_patients import SamplePatient

_LEARNER = "blind_who"  # session keys
_REVEALED = "blind_revealed_"
_KEPT = "blind_kept_"


def choose_patient(samples: tuple[SamplePatient, ...]) -> SamplePatient | None:
    """The patient just chosen. Titles and folder names say what is found, so they stay on the server."""
    st.title("Teaching")
    st.text(
        "Read a sample patient with ranks, scores and answer hidden. Name your candidates and a class, commit,\n"
        "then compare with the experts and the model."
    )
    if learner_now():
        _who_reads()
    if under_way := reading_progress.under_way():
        reading_progress.show_progress(under_way)
    pressed = choices(
        "Patients to read",
        [card(s) for s in sorted(samples, key=lambda s: s.pseudonym)],
        key="blind-patients",
        layout="grid",
    )
    return next((s for s in samples if pressed and s.pseudonym == pressed.id), None)


def _who_reads() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Reading as {text.one_line(learner_now())}")
        st.button("Next learner", icon=":material/person_add:", key="start-next", on_click=next_learner)


def card(sample: SamplePatient) -> Choice:
    """What a learner may see of a patient before reading."""
    return Choice(sample.pseudonym, sample.pseudonym, lines=(sample.indication,), badges=(Badge("synthetic"),))


def learner_now() -> str:
    """Who reads on this screen, as typed; "" before the first commitment and after "Next learner"."""
    return str(st.session_state.get(_LEARNER, ""))


def is_revealed(case_id: str) -> bool:
    """Whether the learner at this screen committed, or asked for the earlier answer, and has not started again."""
    return bool(st.session_state.get(_revealed(case_id)))


def reveal(case_id: str, learner: str) -> None:
    """From now on this screen shows what `learner` committed to about this case."""
    st.session_state[_LEARNER] = learner.strip()
    st.session_state[_revealed(case_id)] = True
    st.session_state.pop(kept_key(case_id), None)


def start_again() -> None:
    """Read it blind once more; what was committed stays in the log."""
    for name in [n for n in st.session_state if str(n).startswith(_REVEALED)]:
        del st.session_state[name]


def next_learner() -> None:
    """Somebody else sits down: no name, no candidates and no answer of the one before are left on this screen."""
    start_again()
    st.session_state.pop(_LEARNER, None)
    for name in [n for n in st.session_state if str(n).startswith(_KEPT)]:
        del st.session_state[name]


def kept_key(case_id: str) -> str:
    """Session key of the candidates a learner has gathered so far."""
    return f"{_KEPT}{case_id}"


def after_reveal(case_id: str) -> None:
    """Where to go from the answer."""
    with st.container(horizontal=True):
        if st.button("Open in case review", icon=":material/view_column:", key="reveal-open"):
            place.go_to_case(case_id)
        st.button("Start again", icon=":material/replay:", key="reveal-again", on_click=start_again)
        st.button("Next learner", icon=":material/person_add:", key="reveal-next", on_click=next_learner)
        if st.button("Another patient", icon=":material/group:", key="reveal-other"):
            st.query_params.pop("case", None)
            st.rerun()


def _revealed(case_id: str) -> str:
    return f"{_REVEALED}{case_id}"

"""What a person reads when something went wrong: one sentence, never a traceback or patient text."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components import place, text
from components.logs import log_defect
from models.errors import CaseboardError, CaseDeleted, IntegrityError, NeedsOverride, NotYours


def sentence_of(error: CaseboardError) -> str:
    """What to read, with the place (file and line) in front when there is one."""
    return f"{error.where}: {error.sentence}" if error.where else error.sentence


@contextmanager
def shown_to_people() -> Iterator[None]:
    """Show our own errors as sentences and a defect as such. A check that waits for a person, and
    a case of others, go on to whoever asks them."""
    try:
        yield
    except (NeedsOverride, NotYours):
        raise
    except Exception as problem:  # noqa: BLE001 - the last door: people read a sentence, the log gets the place
        if isinstance(problem, IntegrityError) or not isinstance(problem, CaseboardError):
            log_defect(problem)
        tell(problem)


def tell(problem: Exception) -> bool:
    """Say what went wrong where the screen stands. True, which tells Streamlit to add no box of its own.

    Streamlit asks this of what breaks out of reach of `shown_to_people`, in a fragment or a callback; it
    has written the log by then.
    """
    if isinstance(problem, IntegrityError):
        _notice("This cannot be opened", sentence_of(problem))
        place.link_to("pages/worklist.py", "Go to the worklist")
        place.link_to("pages/knowledge.py", "See what is installed", ":material/arrow_forward:")
    elif isinstance(problem, CaseDeleted):
        _notice("This case is no longer here", problem.sentence)
        place.link_to("pages/worklist.py", "Go to the worklist")
    elif isinstance(problem, CaseboardError):
        _notice("This did not work", sentence_of(problem))
    else:
        _notice(
            "This screen met a defect of Caseboard",
            "Nothing saved was lost. Reload the page; if it comes back, tell whoever runs Caseboard what you did.",
        )
    return True


def _notice(title: str, sentence: str) -> None:
    st.error(f"**{title}.** {text.label(sentence, 600)}", icon=":material/error:")

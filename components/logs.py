"""What reaches the server's log about a defect: its kind and place, never its message or values.

An exception's message can quote a sample name, a note or a line of a file (SAFETY T13).
"""

import logging
import traceback
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_log = logging.getLogger("caseboard")
# Where Streamlit writes exceptions of scripts, fragments and callbacks.
_STREAMLIT_LOGGERS = ("streamlit.error_util", "streamlit.runtime.scriptrunner.exec_code", "streamlit.runtime.fragment")


def where_and_what(error: BaseException) -> str:
    """ "KeyError at components/funnel.py:31": the innermost frame of our own code, "" outside it."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_ROOT)]
    place = f" at {Path(frames[-1].filename).relative_to(_ROOT)}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def log_defect(error: BaseException) -> None:
    """One line for whoever repairs it."""
    _log.error("defect: %s", where_and_what(error))


class _NoMessages(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = "defect: %s", (where_and_what(record.exc_info[1]),)
            record.exc_info = None
        return True


def keep_patient_text_out() -> None:
    """Put the filter on Streamlit's loggers; called when the server starts."""
    # Our warm-up and reading threads use Streamlit's caches on purpose; it warns at each call.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for name in _STREAMLIT_LOGGERS:
        logging.getLogger(name).addFilter(_NoMessages())

"""Every error Caseboard raises on purpose.

CaseboardError
├── InputError            a file or a value somebody gave us cannot be used
│   ├── UnreadableFile    not what it says it is, damaged, truncated
│   ├── TooLarge          a limit of models.intake.limits was reached
│   ├── CaseDeleted       the case was deleted; a certificate of it stays
│   └── WrongBuild        two things of different genome assemblies were brought together
├── Stopped               somebody asked to stop what was under way
├── NeedsOverride         a check failed that a named person must override before ranking goes on
├── IntegrityError        something of ours (model, knowledge, store) is not what its manifest says
├── NotAgreed             the patient's recorded consent does not cover this
└── NotPermitted          the viewer may not do this
    └── NotYours          the case is not one of the viewer's, who may open it in an emergency

The message says what, where and what to do, in one sentence for a clinician; it never holds
patient text beyond the file's display name. `where` is a file and a line, or "".
"""


class CaseboardError(Exception):
    """Base of all; `sentence` is what people read, `where` is a file and a line, or ""."""

    def __init__(self, sentence: str, where: str = "") -> None:
        super().__init__(f"{where}: {sentence}" if where else sentence)
        self.sentence = sentence
        self.where = where


class InputError(CaseboardError):
    """A file or value given to us cannot be used; nothing already saved is touched."""


class UnreadableFile(InputError):
    """The file is not what it says it is, damaged or truncated."""


class TooLarge(InputError):
    """A limit of models.intake.limits was reached."""


class WrongBuild(InputError):
    """Two things of different genome assemblies were brought together."""


class CaseDeleted(InputError):
    """The case was deleted. case_id: which; the sentence names its certificate."""

    def __init__(self, sentence: str, case_id: str) -> None:
        super().__init__(sentence)
        self.case_id = case_id


class Stopped(CaseboardError):
    """Somebody asked to stop what was under way; nothing of it was kept."""


class NeedsOverride(CaseboardError):
    """A check failed that a named person must override before ranking goes on."""


class IntegrityError(CaseboardError):
    """A model, a knowledge release or a stored case is not what its manifest says."""


class NotAgreed(CaseboardError):
    """The patient's recorded consent does not cover this; nothing left."""


class NotPermitted(CaseboardError):
    """The viewer may not do this."""


class NotYours(NotPermitted):
    """The case is not one of the viewer's. case_id: which; who may open it in an emergency is asked for a reason."""

    def __init__(self, case_id: str) -> None:
        super().__init__("This case is not one of yours.")
        self.case_id = case_id

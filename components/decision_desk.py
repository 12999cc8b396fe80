"""Where one person decides about one case: who they are, what stands, and how a decision is kept.

Without sign-in the name is typed, once a session; it stands for the person and nobody checks it. The screens say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import text
from models.errors import InputError
from models.review import Conflict, Event, ReviewState
from models.review.commands import Command

NAME_CHARS = 80
_NAME = "deciding_name"
NO_NAME = "Type your name first: a decision is kept with the name of who takes it."
AS_TYPED = "the name is as you type it: nobody is signed in"


def typed_name() -> str:
    """The name typed in this session, "" before."""
    return str(st.session_state.get(_NAME, ""))


def remember_name(name: str) -> None:
    st.session_state[_NAME] = text.one_line(name, NAME_CHARS)


@dataclass(frozen=True)
class Desk:
    """name, account: who is signed in; both "" in single-user mode, where the name is typed.

    needed: how many people must read a variant here. state: what stands now. keep: save what a command asks for
    (command, who, evidence); raises CaseboardError with a sentence. may_release: they may give back the place of a
    reader who will not finish.
    """

    case_id: str
    needed: int
    state: Callable[[], ReviewState]
    keep: Callable[[Command, str, Mapping[str, Any]], Event | Conflict]
    name: str = ""
    account: str = ""
    may_release: bool = False

    @property
    def who(self) -> str:
        return self.name if self.account else typed_name()

    @property
    def identity(self) -> str:
        """What tells this person from another: the account, else the name."""
        return self.account or self.who

    def named(self) -> str:
        """The name a decision is kept with. Raises InputError without one."""
        if not self.who.strip():
            raise InputError(NO_NAME)
        return self.who
